"""What is done when its moment has come."""
