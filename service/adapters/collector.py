"""Collector: how often a process looks for garbage."""

from __future__ import annotations

import gc

_MANY = 10_000  # new objects before the youngest are looked through; an answer makes thousands that die by themselves


def collect_rarely() -> None:
    """Look for garbage seldom: what a process loads, the rules above all, stays until it ends."""
    gc.set_threshold(_MANY, 10, 10)
