"""Situation: what is known of a worker's case from what they said about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """The site, the stage and the tone of the drafts; None where nothing was said."""

    platform: str | None = None
    stage: str | None = None
    register: str = "polite"
