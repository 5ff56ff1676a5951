"""The worker's text cut into passages: plain ones, and those that prove the answer, each with what it is."""

from __future__ import annotations

from dataclasses import dataclass

from service.facts.fact import Ask, Claim, Facts


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text; `kinds` are the asks and claims that it proves, none where it is plain."""

    text: str
    kinds: tuple[str, ...] = ()


def cut_passages(text: str, facts: Facts) -> tuple[Passage, ...]:
    """Return the whole text in passages; joined, they are the text again. What overlaps is one passage."""
    found: tuple[Ask | Claim, ...] = (*facts.asks, *facts.claims)
    passages: list[Passage] = []
    done = 0
    for start, end, kinds in _join_overlaps(sorted((each.start, each.end, str(each.kind)) for each in found)):
        passages += [Passage(text[done:start]), Passage(text[start:end], kinds)]
        done = end
    return tuple(passage for passage in (*passages, Passage(text[done:])) if passage.text)


def _join_overlaps(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, tuple[str, ...]]]:
    joined: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, kind in spans:
        if joined and start < joined[-1][1]:
            low, high, kinds = joined.pop()
            joined.append((low, max(high, end), tuple(dict.fromkeys((*kinds, kind)))))
        else:
            joined.append((start, end, (kind,)))
    return joined
