"""The rules as tables: facts in, findings out."""
