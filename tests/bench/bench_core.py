"""What reading and judging costs, as ratios within one run: `uv run python -m tests.bench.bench_core`. Not a test.

Absolute times are this machine's; the ratios are what to compare between runs and versions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from service.adapters.compiled import why_pure
from service.consultation import Book, consult
from service.facts.classifier import Classifier
from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.pattern import Pattern
from service.facts.second_look import fingerprint
from service.intake.message import LONGEST_TEXT, make_message
from service.intake.view import read_text
from service.wiring.book import load_book
from tests.measure import load_cases
from tests.plain_matcher import PlainMatcher

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus" / "tune.yaml"
DAY = date(2026, 11, 23)
HEAVY = ("fastapi", "starlette", "uvicorn", "linebot", "openai", "pydantic", "aiohttp", "requests")
MESSAGE = (
    "はじめまして。このたびはご応募いただき、ありがとうございます。株式会社サンプルの採用担当です。プロフィールを拝見し、ぜひお願いしたいと"
    "考えております。お仕事の内容は、飲食店のホームページに載せる紹介記事の作成です。1記事2,000文字ほどで、月に10本を予定しております。つきましては、"
    "契約の前に一度Zoomで15分ほどお話しできますでしょうか。日程の調整はLINEで行っておりますので、IDを教えていただけると助かります。"
    "ご不明な点がございましたら、お気軽にお尋ねください。どうぞよろしくお願いいたします。"
)


def measure(work: Callable[[], object], *, rounds: int = 30) -> float:
    """Return the median time of a piece of work, in milliseconds, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1_000


def hostile_texts(book: Book) -> dict[str, str]:
    """Return 10,000-character texts made to cost: half matches, repeats, letters set apart, numbers, and messages end to end."""
    terms = list(book.reader.matcher.terms.values())
    words = [word for term in terms for word in term.words]
    labelled = [case.text for case in load_cases(CORPUS)]
    shuffled = Random(0).sample(labelled, len(labelled))
    chinese = [text for text in shuffled if not (text.isascii() or any("ぁ" <= char <= "ヿ" for char in text))]
    made = {
        "the lexicon's words, end to end": "".join(words),
        "… in one sentence each": "。".join(words),
        "… without their last letters": "".join(word[:-1] for word in words),
        "one ask, again and again": "LINEを交換しませんか。",
        "one ask in one endless sentence": "LINEを交換しませんか",
        "letters set apart": "L I N E 。",
        "separators only": "・ ",
        "half-width voiced kana": "ｶﾞ",
        "zero-width signs": "L\u200b",
        "digits": "0 9 0 - ",
        "addresses": "a@a.a ",
        "telephone numbers": "".join(f"03-1234-{number:04}。" for number in range(1000)),
        "telephone numbers in kanji": "〇九〇一二三四五六七八、",
        "romaji": "denwa bangou wo oshiete kudasai. LINE no ID wo okutte kudasai. ",
        "kana set apart by dashes": "テ-レ-グ-ラ-ム",
        "one sign for six letters": "㌖",
        "labelled messages, line by line": "\n".join(labelled),
        "… shuffled": "\n".join(shuffled),
        "… end to end": "".join(text.replace("\n", "") for text in shuffled),
        "… the Chinese ones": "".join(chinese),
    }
    return {name: (text * (LONGEST_TEXT // len(text) + 1))[:LONGEST_TEXT] for name, text in made.items()}


def multiply(book: Book, times: int) -> Book:
    """Return the book with every term and pattern there that many times, under new names."""
    reader, terms, patterns = book.reader, list[Term](), list[Pattern]()
    for number in range(times):
        terms += [_copy_term(term, number) for term in reader.matcher.terms.values()]
        patterns += [_copy_pattern(pattern, number) for pattern in reader.patterns]
    known = _let_know(reader, terms, patterns)
    return replace(book, reader=type(reader)(terms, patterns, classifier=known, build=reader.build))


def _let_know(reader: Reader, terms: Sequence[Term], patterns: Sequence[Pattern]) -> Classifier | None:
    """Return the reader's classifier as if it had been learnt with the patterns."""
    if reader.second is None:
        return None
    named = {term.name: term for term in terms}
    classifier = copy(reader.second.classifier)
    classifier.learnt = frozenset(fingerprint(pattern, named) for pattern in patterns)
    return classifier


def _copy_term(term: Term, copy: int) -> Term:
    """Rename a term; a copy's words are other words, as the words of more rules would be."""
    if not copy:
        return term
    other = chr(0x4E00 + 97 * copy)
    return replace(
        term,
        name=_copied(term.name, copy),
        words=tuple(other + word for word in term.words),
        disguised=tuple(other + word for word in term.disguised),
        patterns=tuple(f"{other}(?:{pattern})" for pattern in term.patterns),
        covers=tuple(_copied(name, copy) for name in term.covers),
    )


def _copied(name: str, copy: int) -> str:
    return f"{name}_{copy}" if copy else name


def _copy_pattern(pattern: Pattern, copy: int) -> Pattern:
    needs = tuple(tuple(_copied(name, copy) for name in place) for place in pattern.needs)
    return replace(pattern, id=_copied(pattern.id, copy), needs=needs)


def judge(book: Book, text: str) -> Callable[[], object]:
    """Return the whole consultation on a text, ready to be measured."""
    message = make_message(text, as_of=DAY, platform="crowdworks")
    return lambda: consult(message, book)


def start_check() -> dict[str, object]:
    """Run `kotowari check` in a fresh interpreter; return its time and what it loaded."""
    program = (
        "import sys, json; from time import perf_counter as now; start = now()\n"
        "from service.wiring.book import load_book; loaded = now(); load_book(); read = now()\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "print(json.dumps({'import': loaded - start, 'load': read - loaded, 'heavy': heavy}))"
    )
    environ = os.environ | {"PYTHONUTF8": "1"}
    inside = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, check=True)
    command = [sys.executable, "-m", "service", "check", "--json", MESSAGE]
    whole = measure(lambda: subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True), rounds=5)
    bare = measure(lambda: subprocess.run([sys.executable, "-c", ""], check=True), rounds=5)
    seen: dict[str, object] = json.loads(inside.stdout)
    return seen | {"whole": whole, "bare": bare}


def show_usual(book: Book) -> float:
    """Print the cost of a usual message beside a floor and beside the loop without the sieve."""
    reader, matcher = book.reader, book.reader.matcher
    reader.warm_up()
    whole = measure(judge(book, MESSAGE), rounds=200)
    read = measure(lambda: reader.read_facts(MESSAGE), rounds=200)
    python = measure(lambda: reader.read(MESSAGE), rounds=200)
    fold = measure(lambda: read_text(MESSAGE), rounds=200)
    folded = read_text(MESSAGE).text
    match = measure(lambda: matcher.find_tokens(folded), rounds=200)
    plain = PlainMatcher(matcher.terms.values())
    loop = measure(lambda: plain.find_tokens(folded), rounds=50)
    floor = measure(lambda: [MESSAGE.encode("utf-8").find(b"\xff") for _ in range(100)], rounds=50) / 100
    print(f"a message of {len(MESSAGE)} characters; {len(matcher.terms)} terms, {len(reader.patterns)} patterns")
    print(f"  the whole consultation   {whole:8.3f} ms   {whole / floor:8.0f} × encode and find ({floor * 1e3:.2f} µs)")
    print(f"  reading its facts        {read:8.3f} ms   {read / whole:8.0%} of the whole; {why_pure() or 'compiled'}")
    print(f"  the same in Python       {python:8.3f} ms   {python / read:8.1f} × that")
    print(f"  folding it               {fold:8.3f} ms   {fold / whole:8.0%} of the whole")
    print(f"  every term in Python     {match:8.3f} ms")
    print(f"  the plain re2 loop       {loop:8.3f} ms   {loop / match:8.1f} × every term with the sieve")
    return whole


def show_real(book: Book) -> None:
    """Print what one reading each of many different messages costs: nothing of a text is warm then."""
    cases = load_cases(CORPUS)
    for low, high in ((1, 100), (100, 250), (250, 350), (350, 700)):
        texts = [case.text for case in cases if low <= len(case.text) < high]
        for text in texts[:20]:
            judge(book, text)()
        times = []
        for text in texts:
            work = judge(book, text)
            start = perf_counter()
            work()
            times.append((perf_counter() - start) * 1_000)
        print(
            f"  {len(texts):5} labelled messages of {low}-{high - 1} characters, each once: median {median(times):6.3f} ms"
        )


def show_hostile(book: Book, usual: float) -> None:
    """Print what the worst texts cost; honest cost grows with the length alone."""
    fair = LONGEST_TEXT / len(MESSAGE)
    print(f"hostile texts of {LONGEST_TEXT:,} characters ({fair:.0f} × as long as the message)")
    costs = {name: measure(judge(book, text), rounds=11) for name, text in hostile_texts(book).items()}
    for name, cost in sorted(costs.items(), key=lambda item: -item[1]):
        times = cost / usual
        print(f"  {name:34} {cost:9.2f} ms   {times:7.0f} × the message, {times / fair:5.1f} × its share by length")


def main() -> None:
    """Print every figure."""
    book = load_book()
    usual = show_usual(book)
    show_real(book)
    many = multiply(book, 10)
    many.reader.warm_up()
    ten = measure(judge(many, MESSAGE), rounds=50)
    print(f"ten times the rules          {ten:8.3f} ms   {ten / usual:8.1f} × the book as it is")
    show_hostile(book, usual)
    start = start_check()
    print(f"`kotowari check` from nothing {start['whole']:7.0f} ms   (a bare Python {start['bare']:.0f} ms)")
    print(f"  of it: import {start['import']:.3f} s, loading the book {start['load']:.3f} s")
    print(f"  heavy modules loaded: {start['heavy'] or 'none'}")


if __name__ == "__main__":
    main()
