"""Approvals in Studio: their steps, what the checks say of each, and a run that stores nothing."""
