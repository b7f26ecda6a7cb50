"""Records as values: reading a payload, completing it, saying what is wrong, showing it. Pure."""
