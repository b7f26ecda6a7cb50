"""A real log of approvals, replayed through the commands: see `replay`."""
