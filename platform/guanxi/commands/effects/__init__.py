"""Carrying out what actions, transitions and processes do to records."""
