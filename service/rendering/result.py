"""A reply as the JSON of the contract."""

from __future__ import annotations

from typing import Protocol

from service.advice.advice import HelpContact
from service.facts.fact import Ask
from service.guard.reply import Reply
from service.rulebook.finding import Finding, Source


class Quoted(Protocol):
    """A fact with the words that prove it."""

    @property
    def kind(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def to_result(reply: Reply) -> dict[str, object]:
    """Return the reply as the contract's result, in its order of keys."""
    advice, facts = reply.advice, reply.advice.facts
    result: dict[str, object] = {
        "id": advice.id,
        "edition": advice.edition,
        "as_of": advice.as_of.isoformat(),
        "platform": advice.platform,
        "stage": advice.stage,
        "role": advice.role,
        "verdict": advice.verdict,
        "summary": advice.summary,
        "asks": [_ask(ask) for ask in facts.asks],
        "claims": [_quoted(claim) for claim in facts.claims],
        "findings": [_finding(finding) for finding in advice.findings],
        "next_steps": list(advice.next_steps),
    }
    if advice.verdict == "depends":
        result["branches"] = dict(advice.branches)
    result["drafts"] = [
        {"kind": each.kind, "label": each.label, "text": each.text, "wording": each.wording} for each in reply.drafts
    ]
    result["wording"] = reply.wording
    return result | _extras(reply)


def _extras(reply: Reply) -> dict[str, object]:
    facts = reply.advice.facts
    return {
        "lead": reply.lead,
        "tip": reply.tip,
        "register": reply.drafts[0].register if reply.drafts else None,
        "notes": list(reply.advice.notes),
        "help": [_contact(each) for each in reply.advice.help],
        "signals": [_quoted(signal) for signal in facts.signals],
        "contacts": [_quoted(contact) for contact in facts.contacts],
    }


def _ask(ask: Ask) -> dict[str, object]:
    return {"kind": ask.kind, "channel": ask.channel, "quote": ask.quote, "start": ask.start, "end": ask.end}


def _quoted(fact: Quoted) -> dict[str, object]:
    return {"kind": fact.kind, "quote": fact.quote, "start": fact.start, "end": fact.end}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "asks": list(finding.asks),
        "stage": finding.stage,
        "what": finding.what,
        "why": finding.why,
        "do": finding.do,
        "sources": [_source(source) for source in finding.sources],
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "title": source.title,
        "url": source.url,
        "checked_on": source.checked_on.isoformat(),
        "confirmed": source.confirmed,
    }


def _contact(contact: HelpContact) -> dict[str, object]:
    return {
        "id": contact.id,
        "name": contact.name,
        "phone": contact.phone,
        "url": contact.url,
        "text": contact.text,
    }
