"""Learn the classifier's weights anew: `uv run --group learn python -m tests.tools.learn_weights`. Takes some minutes.

Learnt from what is labelled: tune.yaml and fresh.yaml, the examples of the rule files and tables as the rules alone read
them, the lines that must stay silent; also from examples in other dress and from messages in disguise. fresh.yaml was not used to write rules: there it shows how far the rules can be trusted.
The locked half is not looked at. Writes rules/classifier.tsv.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import yaml
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from service.facts.classifier import NORM_UNIT, ZERO, Blend, Classifier, Head, simplify
from service.facts.classifier_file import NAME, parse_classifier, write_classifier
from service.facts.extract import Reader
from service.facts.fact import Facts
from service.facts.parse import Example
from service.facts.second_look import ANY_ASK, ASK, WHOLE, fingerprint, name_group, unveil
from service.intake.sentences import Sentences
from service.intake.view import read_text
from service.rulebook.book import RuleBook
from service.rulebook.check_examples import judge_rule_example, list_tables, shows
from service.vocabulary import ASK_KINDS
from service.wiring.book import LoadedRules, load_rule_files
from tests.evasion import dress, evade
from tests.measure import AS_OF, load_cases

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
GROUPS = (*(ASK + kind for kind in ASK_KINDS), ANY_ASK, "role:worker_question", "role:job_posting", *WHOLE)
GRAMS = 20_000  # half as many read the locked half a little worse, twice as many no better
LEAST_TEXTS = 3  # a gram of fewer texts tells nothing
STRENGTH = 100.0  # inverse of the regularisation
MOSTLY = 0.8  # share of an ask's messages that are dangers: from here on it is grave
FOLDS = 3
ROUNDS = 4
# First chosen on 3,060 messages that no rule was written with, each weighed by a model that had not seen it: asks F1 0.871
# (rules alone 0.814), dangers found 91.5 % (79.5), false alarms 6.3 % (7.6).
LOOK, LOOK_GRAVE = -3.1, -4.0  # -2 lost 1 in 100 disguised asks
BOTH, BOTH_GRAVE = -6.4, -4.0  # so did -3
CARE, CAUTION = 1.1, 0.55  # a danger overlooked costs more than a false alarm, and this more than a slip of the rules
_COUNTS = {"labelled": 1.0, "example": 0.5, "dressed": 0.25, "disguised": 0.3, "silent": 0.4, "misread": 2.0}


Promise = tuple[str, Callable[[Facts], bool]]  # a text, and whether what was read from it is right


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text as it is weighed, the groups of patterns that hold in it, and how much it counts.

    `seen`: the groups in which the rules alone saw something, where they were not written with the text.
    """

    text: str
    groups: frozenset[str]
    source: str
    danger: bool = False
    seen: frozenset[str] | None = None


def gather_lessons(loaded: LoadedRules, labelled: Iterable[Path], fresh: Iterable[Path]) -> Iterator[Lesson]:
    """Yield everything there is to learn from."""
    reader = loaded.reader
    for path, is_fresh in (*((path, False) for path in labelled), *((path, True) for path in fresh)):
        for case in load_cases(path):
            read = read_groups(case.text, reader)
            groups = frozenset({ASK + kind for kind in case.asks} | ({ANY_ASK} if case.asks else set()))
            groups |= {group for group in read if not group.startswith(ANY_ASK)}  # asks are what they are labelled
            danger, text = case.verdict == "danger", prepare_text(case.text, reader)
            yield Lesson(text, groups, "labelled", danger, read if is_fresh else None)
            if case.asks and (disguised := choose_one(case.text, evade(case.text))):
                yield Lesson(prepare_text(disguised, reader), groups, "disguised")
    rows = (row.text for _, rules in list_tables(loaded.rules) for rule in rules for row in rule.examples)
    for text in dict.fromkeys((*(example.text for example in loaded.examples), *rows)):
        groups = read_groups(text, reader)
        yield Lesson(prepare_text(text, reader), groups, "example")
        dressed = choose_one(text, dress(text))
        if dressed and read_groups(dressed, reader) == groups:
            yield Lesson(prepare_text(dressed, reader), groups, "dressed")
    for line in (CORPUS / "silent.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Lesson(prepare_text(line, reader), read_groups(line, reader), "silent")


def choose_one(text: str, changed: Mapping[str, str]) -> str:
    """Return one of a text's changed versions, always the same; nothing where there is none."""
    versions = [*changed.values()]
    return versions[crc32(text.encode()) % len(versions)] if versions else ""


def read_groups(text: str, reader: Reader) -> frozenset[str]:
    """Return what the rules alone read, by groups."""
    facts = reader.read_facts(text)
    shown: dict[str, object] = {
        ANY_ASK: facts.asks,
        "claim": facts.claims,
        "signal": facts.signals,
        "site": facts.platform,
        "future": facts.future,
        "stage": facts.stage != "unknown",
    }
    return frozenset({f"role:{facts.role}", *(ASK + ask.kind for ask in facts.asks), *(g for g in shown if shown[g])})


def prepare_text(text: str, reader: Reader) -> str:
    """Return a text as the classifier sees it."""
    view = read_text(text)
    found = reader.matcher.open_text(view.text, Sentences(view.text))
    return simplify(unveil(view.text, found.veiled, reader.matcher.terms))


class Course:
    """The lessons as vectors of grams, weighted by their rarity and brought to one length."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.lessons = lessons
        counter = CountVectorizer(
            analyzer="char", ngram_range=(2, 3), min_df=LEAST_TEXTS, binary=True, lowercase=False, dtype=np.float32
        )
        self.counted: csr_matrix = counter.fit_transform([lesson.text for lesson in lessons])
        self.rarity = np.log((1 + len(lessons)) / (1 + np.asarray(self.counted.sum(0)).ravel())) + 1
        self.names: list[str] = list(counter.get_feature_names_out())
        self.kept = np.arange(len(self.names))

    def vectors(self) -> csr_matrix:
        """Return a row a lesson."""
        rows = normalize(self.counted[:, self.kept] @ diags(self.rarity[self.kept].astype(np.float32))).tocsr()
        rows.sort_indices()
        return rows

    def fit(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return weights (groups by grams) and biases, learnt from some of the lessons."""
        vectors = self.vectors()[rows]
        fitted = Parallel(n_jobs=-1, max_nbytes=None)(
            delayed(_fit_group)(group, vectors, [self.lessons[row] for row in rows]) for group in GROUPS
        )
        return np.vstack([weights for weights, _ in fitted]), np.array([bias for _, bias in fitted])

    def keep_telling(self, weights: np.ndarray) -> None:
        """Keep the grams that tell most."""
        self.kept = np.sort(np.argsort(-np.abs(weights).max(0), kind="stable")[:GRAMS])

    def blend(self, grave: frozenset[str]) -> Blend:
        """Learn on the fresh lessons how far letters and patterns are to be trusted, each fold weighed by the others."""
        fresh = np.array([row for row, lesson in enumerate(self.lessons) if lesson.seen is not None])
        fold = np.random.RandomState(0).randint(0, FOLDS, len(fresh))
        columns, answers = [], []
        vectors = self.vectors()
        for number in range(FOLDS):
            held = fresh[fold == number]
            weights, biases = self.fit(np.setdiff1d(np.arange(len(self.lessons)), held))
            odds = vectors[held] @ weights.T + biases
            for row, own in zip(held, odds, strict=True):
                columns += [*_blend_columns(self.lessons[row], own, grave)]
                answers += [group in self.lessons[row].groups for group in _ASKS]
        model = LogisticRegression(C=1.0, max_iter=5_000).fit(np.array(columns), answers)
        own, most, anything, grave_too, *_ = map(float, model.coef_[0])
        return Blend(
            own=round(own, 4),
            most=round(most, 4),
            anything=round(anything, 4),
            base=round(float(model.intercept_[0]) - CAUTION, 4),
            grave=round(grave_too + CAUTION + CARE, 4),
            look=LOOK,
            look_grave=LOOK_GRAVE,
            both=BOTH,
            both_grave=BOTH_GRAVE,
        )


_ASKS = [group for group in GROUPS if group.startswith(ASK)]


def _blend_columns(lesson: Lesson, odds: np.ndarray, grave: frozenset[str]) -> Iterator[list[float]]:
    own = dict(zip(GROUPS, map(float, odds), strict=True))
    most = max(own[group] for group in _ASKS)
    for group in _ASKS:
        seen = float(group in (lesson.seen or ()))
        yield [own[group], most, own[ANY_ASK], float(group in grave), seen, seen * own[group]]


def _fit_group(group: str, vectors: csr_matrix, lessons: Sequence[Lesson]) -> tuple[np.ndarray, float]:
    counts = np.array([_COUNTS[lesson.source] for lesson in lessons])
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, intercept_scaling=3)
    model.fit(vectors, [group in lesson.groups for lesson in lessons], sample_weight=counts)
    return model.coef_[0], float(model.intercept_[0])


def list_promises(loaded: LoadedRules) -> Iterator[Promise]:
    """Yield what must be read: of asks the examples, plain and dressed; those of the tables' rows; the catalogue."""
    for example in loaded.examples:
        if example.fact == "ask" and example.expect != "todo":
            for text in (example.text, *dress(example.text).values()):
                yield text, partial(_keeps_example, example)
    for platform, rules in list_tables(loaded.rules):
        for rule in rules:
            for row in rule.examples:
                yield row.text, partial(judge_rule_example, rule, row, platform, book=loaded.rules)
    for entry in yaml.safe_load((CORPUS / "catalogue.yaml").read_text(encoding="utf-8")):
        for hit in entry["hit"]:
            yield hit["text"], partial(_keeps_label, hit, loaded.rules)
        yield entry["miss"], lambda facts: not facts.asks


def _keeps_example(example: Example, facts: Facts) -> bool:
    return shows(facts, example.fact, example.kind) == (example.expect == "hit")


def _keeps_label(hit: Mapping[str, Any], book: RuleBook, facts: Facts) -> bool:
    stage = facts.stage if hit["stage"] == "unknown" else hit["stage"]
    judged = book.judge(facts, platform=hit["platform"], stage=stage, as_of=AS_OF)
    return ({ask.kind for ask in facts.asks}, judged.verdict) == (set(hit["asks"]), hit["verdict"])


def find_misread(classifier: Classifier, rules: Reader, promises: Iterable[Promise]) -> Iterator[Lesson]:
    """Yield the texts that are misread with the weights though the rules alone read them right."""
    reader = Reader(tuple(rules.matcher.terms.values()), rules.patterns, rules.matcher, classifier)
    for text, keeps in promises:
        if not keeps(reader.read_facts(text)) and keeps(rules.read_facts(text)):
            yield Lesson(prepare_text(text, rules), read_groups(text, rules), "misread")


def find_grave(lessons: Sequence[Lesson]) -> frozenset[str]:
    """Return the asks that are mostly part of a danger."""
    labelled = [lesson for lesson in lessons if lesson.source == "labelled"]
    every = Counter(group for lesson in labelled for group in lesson.groups)
    danger = Counter(group for lesson in labelled if lesson.danger for group in lesson.groups)
    return frozenset(group for group in _ASKS if danger[group] > MOSTLY * every[group])


def pack(course: Course, weights: np.ndarray, biases: np.ndarray) -> tuple[list[Head], list[tuple[str, bytes]]]:
    """Return the heads, and of each gram its weights as bytes."""
    rarity = course.rarity[course.kept]
    folded = weights * rarity
    scales = np.abs(folded).max(1) / (ZERO - 1)
    small = np.clip(np.round(folded / scales[:, None]), 1 - ZERO, ZERO - 1).astype(int) + ZERO
    squared = np.clip(np.round(rarity**2 * NORM_UNIT), 1, 255).astype(int)
    heads = [Head(k, round(float(b), 4), round(float(s), 6)) for k, b, s in zip(GROUPS, biases, scales, strict=True)]
    return heads, [(course.names[at], bytes([*small[:, n], squared[n]])) for n, at in enumerate(course.kept)]


def learn(lessons: Sequence[Lesson], reader: Reader) -> tuple[str, Classifier]:
    """Return the file's text and the classifier it holds."""
    course = Course(lessons)
    everything = np.arange(len(lessons))
    course.keep_telling(course.fit(everything)[0])
    heads, rows = pack(course, *course.fit(everything))
    grave = find_grave(lessons)
    known = (each for each in reader.patterns if name_group(each.fact, each.kind) in GROUPS)
    learnt = {fingerprint(each, reader.matcher.terms) for each in known}
    blend = course.blend(grave)
    print(blend)
    text = write_classifier(heads, blend, rows, grave=grave, learnt=learnt)
    return text, parse_classifier(text, NAME)


def main(labelled: Sequence[Path], fresh: Sequence[Path]) -> None:
    """Learn, learn again what was misread, and write."""
    loaded = load_rule_files()
    lessons = list(gather_lessons(loaded, labelled, fresh))
    promises = list(list_promises(loaded))
    for _ in range(ROUNDS):
        text, classifier = learn(lessons, loaded.reader)
        (ROOT / "rules" / NAME).write_text(text, encoding="utf-8")
        misread = list(find_misread(classifier, loaded.reader, promises))
        print(f"{len(lessons)} texts, {len(misread)} of the promises misread")
        if not misread:
            break
        lessons += misread


if __name__ == "__main__":
    main([CORPUS / "tune.yaml"], [Path(name) for name in sys.argv[1:]] or [CORPUS / "fresh.yaml"])
