"""Count in how many messages each string of the sieve stands and write `service/facts/usual.py`, the most usual ones.

    python -m tests.tools.count_usual

Worth doing again when the corpus has grown much: what it writes changes how fast a text is read, never what is read.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from pprint import pformat

from ahocorasick_rs import AhoCorasick

from service.facts import usual
from service.facts.literals import find_needs, make_small
from service.intake.view import read_text
from service.wiring.book import load_book
from tests.measure import load_cases

CORPUS = Path("tests/corpus")
FILES = ("tune.yaml", "fresh.yaml")
SHARES = ((0.10, 1), (0.05, 2), (0.02, 3))  # of messages: what stands in so many weighs so much at most
_TOP = '''"""Usual: strings that stand in many messages. Written by `tests/tools/count_usual.py`."""

from __future__ import annotations

# A weight, and the strings that weigh so much at most: those in a tenth of all messages, in a twentieth, in a fiftieth.
USUAL: dict[int, str] = {
'''


def main() -> None:
    """Read all messages and write the module."""
    texts = [make_small(read_text(case.text).text) for name in FILES for case in load_cases(CORPUS / name)]
    strings = AhoCorasick(list_strings())
    counts = Counter(each for text in texts for each in {*strings.find_matches_as_strings(text, overlapping=True)})
    lines = [_TOP]
    for share, weight in SHARES:
        above = [string for string, count in counts.items() if count >= share * len(texts)]
        counts = Counter({string: count for string, count in counts.items() if string not in above})
        lines.append(f"    {weight}: {pformat(' '.join(sorted(above)), width=110, indent=4)},\n")
    Path(str(usual.__file__)).write_text("".join([*lines, "}\n"]), encoding="utf-8")


def list_strings() -> set[str]:
    """Return the strings without gaps that any expression of the book needs."""
    expressions = load_book().reader.matcher.expressions
    needs = [need for each in expressions for way in find_needs(each.source) for need in way]
    return {string for need in needs for string in need.strings if string and not any(map(str.isspace, string))}


if __name__ == "__main__":
    main()
