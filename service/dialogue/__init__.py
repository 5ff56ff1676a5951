"""Talking with a worker: the words they may say to the advisor itself, and what is known of their case."""
