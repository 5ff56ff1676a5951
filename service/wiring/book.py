"""Read the rules and wordings from their folders: the book that every answer is made from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from service.adapters.files import prompts_folder, rules_folder
from service.adapters.reading_machine import build_machine
from service.adapters.rule_files import read_folder
from service.adapters.wordings import read_library
from service.consultation import Book
from service.drafting.library import add_site
from service.errors import RuleFileError
from service.facts.classifier import Classifier
from service.facts.classifier_file import NAME, parse_classifier
from service.facts.extract import Reader
from service.facts.lexicon import Term
from service.facts.parse import Example, parse_examples, parse_groups, parse_patterns, parse_terms
from service.facts.pattern import Pattern
from service.located import Located
from service.rulebook.book import RuleBook
from service.rulebook.parse import (
    parse_advised,
    parse_desks,
    parse_names,
    parse_rules,
    parse_site,
    parse_site_words,
    parse_sources,
)
from service.vocabulary import PLATFORMS

_SPELL = "rules/lexicon に書き足すか、綴りを直してください"
_FOLDERS = ("lexicon", "facts", "common", "platforms", "examples")
_FILES = ("edition.yaml", "sources.yaml", "names.yaml", "help.yaml", "answers.yaml")


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """The rule data with the examples it carries, for checking it."""

    reader: Reader
    rules: RuleBook
    examples: tuple[Example, ...]


def load_book(rules_dir: Path | None = None, prompts_dir: Path | None = None) -> Book:
    """Read rules and wordings; raise RuleFileError, with file and line, at the first thing wrong."""
    files = _read_files(rules_dir, without=("examples",))  # half of all lines, and no answer needs them
    rules = load_rules(files)
    drafts = read_library(prompts_folder(prompts_dir))
    for site in rules.sites.values():
        drafts = add_site(drafts, site.platform, site.name, site.drafts, file=site.file)
    return Book(load_reader(files, load_classifier(rules_dir)), rules, drafts)


def load_rule_files(rules_dir: Path | None = None) -> LoadedRules:
    """Read the rules with their examples."""
    files = _read_files(rules_dir)
    facts = [file for name, file in files.items() if name.startswith(("facts/", "examples/"))]
    examples = tuple(example for file in facts for example in parse_examples(file))
    known = {(example.fact, example.kind) for example in examples if "/facts/" in example.file}
    for example in examples:
        if (example.fact, example.kind) not in known:
            remedy = "rules/facts の fact と kind を、そのまま写してください"
            raise RuleFileError(
                f"「{example.fact} {example.kind}」の読み取り方がありません", file=example.file, line=1, remedy=remedy
            )
    return LoadedRules(load_reader(files), load_rules(files), examples)


def _read_files(rules_dir: Path | None, *, without: Collection[str] = ()) -> dict[str, Located]:
    read = read_folder(rules_folder(rules_dir), without=without)
    files = {file.file.split("/", 1)[1]: file for file in read}
    for name, file in files.items():
        if name not in _FILES and name.split("/")[0] not in _FOLDERS:
            remedy = f"置ける場所: {', '.join(f'rules/{folder}' for folder in _FOLDERS)}"
            raise RuleFileError("この場所のファイルは読み込まれません", file=file.file, line=1, remedy=remedy)
    return files


def load_classifier(rules_dir: Path | None = None) -> Classifier | None:
    """Read the learnt weights that lie beside the rules; a folder of rules may be without."""
    path = rules_folder(rules_dir) / NAME
    return parse_classifier(path.read_text(encoding="utf-8"), f"rules/{NAME}") if path.is_file() else None


def load_reader(files: dict[str, Located], classifier: Classifier | None = None) -> Reader:
    """Compile the lexicon and the fact files."""
    terms: list[Term] = []
    groups: dict[str, tuple[str, ...]] = {}
    lexicon = [file for name, file in files.items() if name.startswith("lexicon/")]
    for file in lexicon:
        terms += parse_terms(file)
        groups |= parse_groups(file)
    facts = [file for name, file in files.items() if name.startswith("facts/")]
    patterns = [pattern for file in facts for pattern in parse_patterns(file, groups)]
    named = [parse_site_words(file) for name, file in files.items() if name.startswith("platforms/")]
    terms += [pair[0] for pair in named if pair]
    patterns += [pair[1] for pair in named if pair]
    _check_terms(terms, patterns)
    return Reader(terms, patterns, classifier=classifier, build=build_machine)


def _check_terms(terms: list[Term], patterns: list[Pattern]) -> None:
    known: dict[str, Term] = {}
    for term in terms:
        if term.name in known:
            raise RuleFileError(
                f"語彙「{term.name}」は {known[term.name].file}:{known[term.name].line} にもあります",
                file=term.file,
                line=term.line,
                remedy="どちらかの名前を変えるか、一つにまとめてください",
            )
        known[term.name] = term
    for pattern in patterns:
        for name in sorted(pattern.terms() - known.keys()):
            raise RuleFileError(
                f"語彙「{name}」がありません",
                file=pattern.file,
                line=pattern.line,
                remedy="区切りは「、」でなく半角の「, 」にしてください" if "、" in name else _SPELL,
            )


def load_rules(files: dict[str, Located]) -> RuleBook:
    """Put the tables, sources and names together."""
    for name in _FILES:
        if name not in files:
            raise RuleFileError(
                "ファイルがありません", file=f"rules/{name}", remedy="リポジトリの同じファイルを写してください"
            )
    sites = [parse_site(file) for name, file in files.items() if name.startswith("platforms/")]
    common = [file for name, file in files.items() if name.startswith("common/")]
    for missing in sorted(set(PLATFORMS) - {site.platform for site in sites}):
        raise RuleFileError(
            f"サイト「{missing}」の表がありません",
            file=f"rules/platforms/{missing}.yaml",
            remedy="platform: の綴りを確かめるか、リポジトリの同じファイルを写してください",
        )
    channels, names = parse_names(files["names.yaml"])
    book = RuleBook(
        edition=files["edition.yaml"].text("edition"),
        common=tuple(rule for file in common for rule in parse_rules(file, prefix="common", slots=("site",))),
        sites={site.platform: site for site in sites},
        sources=parse_sources(files["sources.yaml"]),
        channels=channels,
        names=names,
        desks=parse_desks(files["help.yaml"]),
        done=parse_advised(files["answers.yaml"], "done"),
        questions=parse_advised(files["answers.yaml"], "questions"),
    )
    _check_references(book)
    return book


def _check_references(book: RuleBook) -> None:
    for rule in (*book.common, *(rule for site in book.sites.values() for rule in site.rules)):
        for kind, names, known in (("出典", rule.sources, book.sources), ("相談先", rule.help, book.desks)):
            for name in names:
                if name not in known:
                    raise RuleFileError(
                        f"{kind}「{name}」がありません（{rule.id}）",
                        file=rule.file,
                        line=rule.line,
                        remedy="rules/sources.yaml か rules/help.yaml に書き足すか、綴りを直してください",
                    )
