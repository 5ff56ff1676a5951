"""Advice becomes texts ready to send."""
