"""Pages: one family of addresses a file."""
