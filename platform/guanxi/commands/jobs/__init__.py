"""What administrators do with jobs that failed."""
