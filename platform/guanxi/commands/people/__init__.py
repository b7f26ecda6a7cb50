"""People: signing in and out, tokens, and who may do so."""
