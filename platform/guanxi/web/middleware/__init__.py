"""What every request passes through before a handler sees it: one concern a file."""
