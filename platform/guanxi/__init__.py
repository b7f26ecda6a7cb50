"""Guanxi: a CRM platform whose entities, approvals and roles are JSON definitions."""

__version__ = "0.1.0"
