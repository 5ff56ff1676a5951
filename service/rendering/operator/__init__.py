"""What the operator's desk shows, as plain values and drawings."""
