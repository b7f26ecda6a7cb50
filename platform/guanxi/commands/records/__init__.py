"""What people do with records."""
