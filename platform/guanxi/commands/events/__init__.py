"""What happened, passed on to those who react to it."""
