"""Secrets with which the workspace signs what it sends."""
