"""Processes: approvals and automations compiled, the steps that both are made of, and what they refer to."""
