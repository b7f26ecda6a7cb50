"""Releases: which definitions are live."""
