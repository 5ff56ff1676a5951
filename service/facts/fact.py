"""Facts: what the text asks for, what it claims, which contact details it carries."""

from __future__ import annotations

from dataclasses import dataclass

from service.vocabulary import AskKind, ClaimKind, Language, Platform, Role, Stage


@dataclass(frozen=True, slots=True)
class Ask:
    """Something the client wants from the worker, with the words that prove it."""

    kind: AskKind
    quote: str
    start: int
    end: int
    channel: str | None = None  # zoom, line, telegram …: an entry of rules/lexicon/channels.yaml
    evidence: str = ""  # the id of the pattern that saw it
    future: bool = False  # tied to "after the contract" in its own sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the client says about permission, with the words that prove it."""

    kind: ClaimKind
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact detail written out in the text. `kind`: phone, email, line_id, url, handle."""

    kind: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that raises or explains the risk without being an ask: hurry, easy money, a past deed."""

    kind: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read from one text. `stage` and `platform` are what the text itself shows."""

    role: Role
    language: Language = "ja"
    stage: Stage = "unknown"
    stage_quote: str = ""
    platform: Platform | None = None
    asks: tuple[Ask, ...] = ()
    claims: tuple[Claim, ...] = ()
    contacts: tuple[Contact, ...] = ()
    signals: tuple[Signal, ...] = ()
    future: bool = False  # something is said to happen after the contract
