"""What the text says: asks, claims, contact details, each with the words that prove it."""
