"""Sending: what reaches a user, once."""
