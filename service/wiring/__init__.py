"""Builds every part once: the only folder that knows both the core and the outside."""
