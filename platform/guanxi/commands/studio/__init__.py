"""Studio: change the configuration in a draft, look at what it would be, publish it."""
