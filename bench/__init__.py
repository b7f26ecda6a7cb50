"""Measures the platform against a hand-written control application (`make bench`)."""
