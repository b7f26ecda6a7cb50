"""What approvers and process administrators do with tasks."""
