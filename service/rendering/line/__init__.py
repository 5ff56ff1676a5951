"""Answers and other words as LINE's message objects."""
