"""Blueprints that no reader wrote, each opened by the compiled library and read with: run apart, for they might crash it.

`python -m tests.tools.broken_blueprints SEED COUNT` tells on stderr which one is at hand, and at the end what became of all.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from random import Random

from service.adapters.compiled import load_library
from service.adapters.reading_machine import ReadingMachine
from service.facts.classifier import Blend, Classifier, Head
from service.facts.extract import Reader
from service.facts.pattern import Pattern
from service.facts.second_look import fingerprint
from service.facts.sheet import Sheet, write_folding
from tests.compiled_reader import draw_blueprint
from tests.small_rules import PATTERNS, PIECES, TERMS

ROOM = 2**31  # bytes a library may ask for: what a wrong number makes it want must not take the whole machine down
EXTREMES = (-(2**31), -3, -2, -1, 0, 1, 2, 63, 64, 255, 2**16, 2**24, 2**31 - 1)
GRAMS = ("電話", "交換", "ライ", "LI", "Zo", "して", "お願", "ませ", "契約", "。\n")
HEADS = ("ask", "ask:call", "ask:line_exchange", "ask:bank_account", "signal", "claim", "role:job_posting")


def make_classifier() -> Classifier:
    """Return a classifier of a few grams; what it thinks of a text does not matter."""
    dice = Random(0)
    heads = [Head(kind, 0.2, 0.1) for kind in HEADS]
    rows = bytes(dice.randrange(90, 170) if at % 9 < 7 else at % 9 - 6 for at in range(9 * len(GRAMS)))
    blend = Blend(1.0, 0.2, 0.5, -0.5, 0.2, -1.5, -2.0, -1.0, -1.5)
    learnt = {fingerprint(pattern, {term.name: term for term in TERMS}) for pattern in PATTERNS[::2]}
    return Classifier(heads, blend, GRAMS, rows, grave={"ask:bank_account", "ask:call"}, learnt=learnt)


def make_sheet(patterns: tuple[Pattern, ...] = PATTERNS) -> array[int]:
    """Return the numbers of the small rules with a classifier."""
    classifier = make_classifier()
    return draw_blueprint(Reader(TERMS, patterns, classifier=classifier), classifier)


def measure_folding() -> int:
    """Return how many numbers of a blueprint the intake's tables take up: most of it."""
    sheet = Sheet()
    write_folding(sheet, ())
    return len(sheet.numbers)


def break_sheet(whole: array[int], folding: int, dice: Random) -> tuple[str, array[int]]:
    """Return one of many ways to spoil a blueprint, with what was done; half of them behind the intake's tables."""
    if dice.random() < 0.1:
        size = dice.randrange(dice.choice((0, folding)), len(whole))
        return f"cut at {size}", whole[:size]
    broken = array("i", whole)
    changes = []
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        at = dice.randrange(dice.choice((0, folding)), len(whole))
        near = broken[at] + dice.choice((-1, 1))
        broken[at] = dice.choice((*EXTREMES, near, dice.choice(whole), dice.randrange(-(2**31), 2**31)))
        changes.append(f"[{at}] = {broken[at]}")
    return "; ".join(changes), broken


def list_garbage(whole: array[int], dice: Random) -> Iterator[tuple[str, array[int]]]:
    """Yield what is no blueprint at all."""
    yield "empty", array("i")
    yield "version alone", whole[:1]
    for number in EXTREMES:
        yield f"all {number}", array("i", [number] * 400)
        yield f"all {number} behind the version", whole[:1] + array("i", [number] * 400)
    for seed in range(20):
        yield f"noise {seed}", whole[:1] + array("i", [dice.randrange(-9, 40) for _ in range(400)])


def try_sheet(sheet: array[int], texts: list[str]) -> bool:
    """Whether a sheet is opened; if so, texts are read with it."""
    library = load_library()
    assert library is not None
    try:
        machine = ReadingMachine(library, sheet)
    except ValueError:
        return False
    for text in texts:
        machine.read(text)
    return True


def main(seed: int, count: int) -> None:
    """Spoil a blueprint in many ways; print how many were opened and how many refused."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    dice, whole, folding = Random(seed), make_sheet(), measure_folding()
    pieces = [piece for piece in PIECES if piece.isprintable()] + ["\n"]
    texts = ["", "".join(pieces), *("".join(dice.choices(pieces, k=40)) for _ in range(6))]
    opened = [0, 0]
    assert try_sheet(whole, texts)
    for name, sheet in [*list_garbage(whole, dice), *(break_sheet(whole, folding, dice) for _ in range(count))]:
        print(name, file=sys.stderr, flush=True)
        opened[try_sheet(sheet, texts)] += 1
    print(*opened)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
