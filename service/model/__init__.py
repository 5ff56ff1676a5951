"""Asking a model in time and within its budget; whatever fails, the template is there."""
