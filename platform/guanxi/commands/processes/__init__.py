"""What approvals and automations have in common at run time."""
