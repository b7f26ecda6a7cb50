"""Telling people and programs outside: in the application, by mail, by webhook."""
