"""The operator's desk: how the advisor is doing, and what its rules could do better."""
