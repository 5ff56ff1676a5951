"""Makers of test data, run by a person."""
