"""RuleBook: every table, source and name; judges facts for a site, a stage and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from service.errors import UnknownOption
from service.facts.fact import Ask, Facts
from service.rulebook.answers import Advised, choose_answers
from service.rulebook.finding import Finding, Source
from service.rulebook.rule import Rule
from service.rulebook.table import RuleTable, match_rules
from service.vocabulary import AskKind, Platform, Stage, Verdict, rank_verdict

BOTH_STAGES: tuple[Stage, Stage] = ("before_contract", "after_contract")


@dataclass(frozen=True, slots=True)
class Site:
    """One platform's table with its names."""

    platform: Platform
    name: str
    about: str
    slots: Mapping[str, str]
    rules: tuple[Rule, ...]
    file: str = ""
    drafts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by language: how drafts name it


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk to turn to."""

    id: str
    name: str
    phone: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The worst verdict, its findings (worst first), and both branches where the stage decides."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    branches: tuple[tuple[Stage, Verdict], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rule data. `common` rows hold on every site and are tried before the site's own."""

    edition: str
    common: tuple[Rule, ...]
    sites: Mapping[Platform, Site]
    sources: Mapping[str, Source]
    channels: Mapping[str, str]
    names: Mapping[AskKind, Mapping[str, str]]
    desks: Mapping[str, Desk]
    done: tuple[Advised, ...]
    questions: tuple[Advised, ...]
    _tables: Mapping[Platform, RuleTable] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tables", {site: RuleTable(self.rules_for(site)) for site in self.sites})

    def require_site(self, platform: str | None) -> None:
        """Raise UnknownOption for a site without a table; None is no site."""
        if platform is not None and platform not in self.sites:
            raise UnknownOption(f"サイト「{platform[:40]}」は登録されていません。使える値: {' · '.join(self.sites)}")

    def rules_for(self, platform: Platform) -> tuple[Rule, ...]:
        """Return the rows that apply on a site, in the order they are tried."""
        return self.common + self.sites[platform].rules

    def judge(self, facts: Facts, *, platform: Platform, stage: Stage, as_of: date) -> Judgement:
        """Judge facts; with the stage unknown, judge both stages and compare."""
        if stage != "unknown":
            findings = self._find(facts, platform, stage, as_of)
            return Judgement(worst(findings), findings)
        by_stage, verdicts = dict[Stage, tuple[Finding, ...]](), dict[Stage, Verdict]()
        for each in BOTH_STAGES:
            by_stage[each] = self._find(facts, platform, each, as_of)
            verdicts[each] = worst(by_stage[each])
            if verdicts[each] == "danger":  # what may be a danger is told as one
                return Judgement("danger", by_stage[each])
        findings = _tell_apart(by_stage)
        if len(set(verdicts.values())) == 1:
            return Judgement(worst(findings), findings)
        return Judgement("depends", findings, tuple(verdicts.items()))

    def is_past(self, judgement: Judgement, platform: Platform) -> bool:
        """Whether the judgement stands on a row that holds no more."""
        ended = {rule.id for rule in self.rules_for(platform) if rule.effective_until is not None}
        return any(finding.rule in ended for finding in judgement.findings)

    def name_asks(self, asks: Sequence[Ask], platform: Platform) -> str:
        """Return what was asked for as one noun phrase for the worker: Zoomでの通話とLINEの交換."""
        named = list(dict.fromkeys(self._name(ask) for ask in asks))
        if len(named) > 3:
            return "、".join(named[:2]) + "など"
        return "と".join(named) if len(named) < 3 else "、".join(named)

    def _name(self, ask: Ask) -> str:
        words = self.names[ask.kind]
        if ask.channel and ask.channel in words:  # a channel may have a wording of its own: 電話での会話
            return words[ask.channel]
        channel = self.channels.get(ask.channel or "")
        return words["through"].replace("{channel}", channel) if channel and "through" in words else words["plain"]

    def _find(self, facts: Facts, platform: Platform, stage: Stage, as_of: date) -> tuple[Finding, ...]:
        matches = match_rules(self._tables[platform], facts, stage=stage, as_of=as_of)
        findings = [self._make(rule, asks, platform) for rule, asks in matches]
        findings += [
            self._answer(row)
            for row in (*choose_answers(self.done, facts, platform), *choose_answers(self.questions, facts, platform))
        ]
        return tuple(sorted(findings, key=lambda finding: rank_verdict(finding.verdict)))

    def _make(self, rule: Rule, asks: Sequence[Ask], platform: Platform) -> Finding:
        slots = {**self.sites[platform].slots, "asked": self.name_asks(asks, platform)}
        return Finding(
            rule=rule.id,
            verdict=rule.verdict,
            asks=tuple(dict.fromkeys(ask.kind for ask in asks)),
            what=fill_slots(rule.what, slots),
            why=fill_slots(rule.why, slots),
            do=fill_slots(rule.do, slots),
            sources=tuple(self.sources[name] for name in rule.sources),
            drafts=rule.drafts,
            next_steps=tuple(fill_slots(step, slots) for step in rule.next_steps),
            help=rule.help,
            summary=fill_slots(rule.summary, slots),
        )

    def _answer(self, row: Advised) -> Finding:
        return Finding(
            rule=f"answers/{row.signal.replace('_', '-')}",
            verdict=row.verdict,
            asks=(),
            what=row.title,
            why=row.text,
            do="".join(row.steps[:1]),
            sources=tuple(self.sources[name] for name in row.sources),
            drafts=(),
            next_steps=row.steps,
            help=row.help,
        )


def fill_slots(text: str, slots: Mapping[str, str]) -> str:
    """Put values into a rule's text; the loader has checked that every slot exists."""
    if "{" not in text:
        return text
    for name, value in slots.items():
        text = text.replace("{" + name + "}", value)
    return text


def worst(findings: Sequence[Finding]) -> Verdict:
    """Return the worst verdict found; nothing found is ok."""
    return min((finding.verdict for finding in findings), key=rank_verdict, default="ok")


def _tell_apart(by_stage: Mapping[Stage, Sequence[Finding]]) -> tuple[Finding, ...]:
    """Keep what both stages share once, and say of the rest for which stage it holds."""
    before, after = (by_stage[stage] for stage in BOTH_STAGES)
    shared = [finding for finding in before if finding in after]
    apart = [
        replace(finding, stage=stage) for stage in BOTH_STAGES for finding in by_stage[stage] if finding not in shared
    ]
    return tuple(sorted(shared + apart, key=lambda finding: rank_verdict(finding.verdict)))
