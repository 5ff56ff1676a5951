"""Findings become advice: a verdict, its reasons, the next steps."""
