"""The durable engine: accepted work is done once, in order, by whichever process lives."""
