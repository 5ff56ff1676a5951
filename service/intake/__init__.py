"""Read the words: make them comparable, keep the way back to the original."""
