"""AnswerView: a reply as a page shows it, every word that needs a language left to the page's own texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.advice.advice import Advice, HelpContact
from service.drafting.draft import Draft
from service.guard.reply import Reply
from service.intake.message import Message
from service.rendering.names import PLATFORM_NAMES
from service.rendering.web.passages import Passage, cut_passages
from service.rulebook.finding import Finding, Source
from service.vocabulary import BADGES, AskKind, Language, Platform, Register, Stage, Verdict

_COLUMNS = 22  # full-width characters in a line of a draft on a small phone
# What a worker may already have done about an ask: the value of `prompts/line/done.yaml`.
_DEEDS: dict[AskKind, str] = {
    "line_exchange": "line",
    "other_messenger": "line",
    "phone_number": "contact",
    "email_exchange": "contact",
    "postal_address": "contact",
    "identity_document": "identity",
    "upfront_payment": "pay",
    "purchase": "pay",
    "credentials": "account",
    "bank_account": "account",
    "account_lending": "account",
    "remote_control": "remote",
    "app_install": "remote",
    "solicitation": "sign",
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source; `again` where it stands on the page already."""

    source: Source
    again: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A rule that applied, with its sources."""

    finding: Finding
    sign: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft, how many lines its box needs, and its language for screen readers."""

    draft: Draft
    rows: int
    language: Language


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything the answer's template needs."""

    id: str
    text: str
    advice: Advice
    sign: str
    lead: str
    tip: str
    passages: tuple[Passage, ...]
    findings: tuple[FindingView, ...]
    drafts: tuple[DraftView, ...]
    register: Register | None
    branches: tuple[tuple[Stage, Verdict, str], ...]
    other_stages: tuple[Stage, ...]
    other_sites: tuple[tuple[Platform, str], ...]
    deeds: tuple[str, ...]  # those that fit what was asked for
    assumed_site: bool  # nobody named a site, so the usual one was taken
    worded: bool

    @property
    def help(self) -> tuple[HelpContact, ...]:
        """The desks to turn to."""
        return self.advice.help


def view_answer(reply: Reply, message: Message, *, id: str) -> AnswerView:
    """Return the view of a reply to a message; `id` names the answer for its reader's opinion."""
    advice = reply.advice
    branches = advice.branches if advice.verdict == "depends" else ()
    stages: tuple[Stage, ...] = ("before_contract", "after_contract")
    return AnswerView(
        id=id,
        text=message.text,
        advice=advice,
        sign=BADGES[advice.verdict][0],
        lead=reply.lead,
        tip=reply.tip,
        passages=cut_passages(message.text, advice.facts),
        findings=_view_findings(advice.findings),
        drafts=tuple(_view_draft(draft, advice) for draft in reply.drafts),
        register=reply.drafts[0].register if reply.drafts else None,
        branches=tuple((stage, verdict, BADGES[verdict][0]) for stage, verdict in branches),
        other_stages=tuple(stage for stage in stages if stage != advice.stage and not branches),
        other_sites=tuple((site, _call_site(site)) for site in PLATFORM_NAMES if site != advice.platform),
        deeds=tuple(dict.fromkeys(_DEEDS[ask] for ask in advice.asks if ask in _DEEDS)),
        assumed_site=message.platform is None and advice.facts.platform is None,
        worded=reply.wording == "model",
    )


def count_rows(text: str) -> int:
    """Return how many lines a text takes on a small phone."""
    return sum(max(1, -(-len(line) // _COLUMNS)) for line in text.split("\n"))


def _view_draft(draft: Draft, advice: Advice) -> DraftView:
    language: Language = "ja" if draft.kind == "report" else advice.facts.language
    return DraftView(draft, count_rows(draft.text), language)


def _view_findings(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    told: set[Source] = set()
    views = []
    for finding in findings:
        sources = tuple(SourceView(source, source in told) for source in finding.sources)
        views.append(FindingView(finding, BADGES[finding.verdict][0], sources))
        told.update(finding.sources)
    return tuple(views)


def _call_site(site: Platform) -> str:
    """Return how a worker names a site to the advisor."""
    return "ほかのサイト" if site == "unknown" else PLATFORM_NAMES[site]
