"""The model's API and what the database keeps of it."""
