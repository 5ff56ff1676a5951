"""The LINE webhook: what is genuine, what it says, and that it is kept before it is acknowledged."""
