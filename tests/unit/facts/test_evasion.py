"""Disguises: an ask stays seen when its words are hidden, and nothing is seen in an innocent text that is dressed up.

Every transform of tests/evasion.py is tried on every example of the rule files; counted is whether the ask stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from service.adapters.rule_files import read_folder
from service.consultation import Book
from service.facts.parse import Example, parse_examples
from tests.conftest import ROOT
from tests.evasion import BENIGN, EVASIVE, dress, evade, find_hidden

FEWEST_EXAMPLES = 60  # with words to hide: fewer would prove nothing
KEPT = 0.90  # of all disguised texts
KEPT_BY_EACH = 0.60  # of the texts of any one disguise
# What the examples may lack: letters and kana that some disguises are made of.
OWN = (
    Example("今後の連絡はテレグラムでお願いします。", "hit", "ask", "other_messenger", "", 0),
    Example("LINE IDを教えてください。", "hit", "ask", "line_exchange", "", 0),
)
CONTACTS = {"phone": "携帯は090-1234-5678です。", "email": "連絡先はtaro.yamada@example.comです。"}


def read_examples(expect: str) -> list[Example]:
    """Return the rule files' examples of asks."""
    files = [file for file in read_folder(ROOT / "rules") if "/facts/" in file.file]
    return [each for file in files for each in parse_examples(file) if (each.fact, each.expect) == ("ask", expect)]


def sees(book: Book, text: str, kind: str) -> bool:
    """Say whether an ask is read in a text."""
    return any(ask.kind == kind for ask in book.reader.read_facts(text).asks)


@pytest.fixture(scope="module")
def hits(book: Book) -> list[Example]:
    """Return the examples whose own text is seen; the others are the rule tests' business."""
    return [example for example in (*read_examples("hit"), *OWN) if sees(book, example.text, example.kind)]


@pytest.fixture(scope="module")
def disguised(book: Book, hits: list[Example]) -> list[tuple[str, str, bool]]:
    """Return (transform, text, whether the ask is still seen) for every disguised example."""
    return [
        (name, text, sees(book, text, example.kind)) for example in hits for name, text in evade(example.text).items()
    ]


def share(seen: Iterable[bool]) -> float:
    """Return the share of what is true."""
    outcomes = list(seen)
    return sum(outcomes) / len(outcomes) if outcomes else 1.0


def list_missed(disguised: list[tuple[str, str, bool]]) -> str:
    """Name the transforms that hide most, each with a text that got through."""
    missed = Counter(name for name, _, seen in disguised if not seen)
    first = {name: text for name, text, seen in reversed(disguised) if not seen}
    return "\n".join(f"{count:4} {name}: {first[name]!r}" for name, count in missed.most_common(15))


def test_there_are_enough_examples(hits: list[Example]) -> None:
    assert len([example for example in hits if find_hidden(example.text)]) >= FEWEST_EXAMPLES
    assert len(EVASIVE) >= 25


def test_disguised_asks_are_still_seen(disguised: list[tuple[str, str, bool]]) -> None:
    assert share(seen for _, _, seen in disguised) >= KEPT, "\n" + list_missed(disguised)


@pytest.mark.parametrize("name", EVASIVE)
def test_no_single_disguise_gets_through(name: str, disguised: list[tuple[str, str, bool]]) -> None:
    own = [each for each in disguised if each[0] == name]  # none where it hides digits or addresses: tried below
    assert share(seen for _, _, seen in own) >= KEPT_BY_EACH, "\n" + list_missed(own)


@pytest.mark.parametrize("kind", CONTACTS)
@pytest.mark.parametrize("name", EVASIVE)
def test_disguised_contact_details_are_still_seen(name: str, kind: str, book: Book) -> None:
    text = EVASIVE[name](CONTACTS[kind], ["携帯"])
    assert kind in {contact.kind for contact in book.reader.read_facts(text).contacts}, text


@pytest.mark.parametrize("name", BENIGN)
def test_dressing_a_text_hides_nothing(name: str, book: Book, hits: list[Example]) -> None:
    lost = [text for example, text in _dressed(hits, name) if not sees(book, text, example.kind)]
    assert len(lost) <= 0.02 * len(hits), "\n".join(map(repr, lost[:10]))


@pytest.mark.parametrize("name", BENIGN)
def test_dressing_an_innocent_text_raises_nothing(name: str, book: Book) -> None:
    quiet = [example for example in read_examples("miss") if not sees(book, example.text, example.kind)]
    raised = [text for example, text in _dressed(quiet, name) if sees(book, text, example.kind)]
    assert raised == []


def _dressed(examples: Iterable[Example], name: str) -> Iterator[tuple[Example, str]]:
    for example in examples:
        if (text := dress(example.text).get(name)) is not None:
            yield example, text
