"""Sending to the world outside: mail servers and webhooks. It knows no database and decides nothing."""
