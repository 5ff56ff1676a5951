"""An answer as a person reads it in the terminal: verdict first, then the reasons, the next steps and the reply."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from service.advice.advice import Advice, HelpContact
from service.drafting.draft import Draft
from service.guard.reply import Reply
from service.rendering.names import PLATFORM_NAMES, ROLE_NAMES, STAGE_NAMES, badge, name_marked, name_source
from service.rendering.paint import Line, Piece, disarm, line, paint
from service.rendering.quoted import show_quoted
from service.rendering.wrap import wrap_lines
from service.rulebook.finding import Finding, Source

NARROWEST, WIDEST = 40, 88  # columns; longer lines of Japanese are hard to follow
_LABEL = 10  # columns of 「どうする」 and its gap


def show_answer(reply: Reply, text: str, *, width: int = 80, colour: bool = False, all_drafts: bool = False) -> str:
    """Return the whole answer for the terminal. `text` is the message that was judged."""
    width, advice = max(NARROWEST, min(width, WIDEST)), reply.advice
    blocks = [
        _head(advice, width),
        _filled(reply.lead, width, indent=1) if reply.lead else [],
        _message(advice, text, width=width, colour=colour),
        _branches(advice),
        _findings(advice.findings, width),
        _steps(advice.next_steps, width),
        _notes((*advice.notes, reply.tip) if reply.tip else advice.notes, width),
        _contacts(advice.help, width),
        *_drafts(reply.drafts, width=width, all_drafts=all_drafts),
    ]
    lines = [each for block in blocks if block for each in (*block, line())]
    return "\n" + paint(lines, colour=colour)


def show_draft(draft: Draft, *, width: int = 80, colour: bool = False, recommended: bool = False) -> str:
    """Return one draft in its box."""
    return paint(_draft(draft, max(NARROWEST, min(width, WIDEST)), recommended), colour=colour)


def _head(advice: Advice, width: int) -> list[Line]:
    where = [advice.platform_name or PLATFORM_NAMES[advice.platform], STAGE_NAMES[advice.stage]]
    if advice.role == "chat":
        where = []
    top = (Piece(f" {badge(advice.verdict)} ", advice.verdict), Piece("  " + " · ".join(where), "faint"))
    return [top, line(), *_filled(advice.summary, width, indent=1, style="bold")]


def _message(advice: Advice, text: str, *, width: int, colour: bool) -> list[Line]:
    facts = advice.facts
    spans = sorted({(ask.start, ask.end) for ask in facts.asks} | {(claim.start, claim.end) for claim in facts.claims})
    if not spans:
        return []  # nothing to point at: the worker has the text before them
    title = f"{ROLE_NAMES[advice.role]}（下線: {name_marked(facts)}）"
    return [*_title(title, width), *show_quoted(text, spans, width=width, colour=colour)]


def _branches(advice: Advice) -> list[Line]:
    if advice.verdict != "depends" or not advice.branches:
        return []
    lines = _title("段階ごとの答え")
    for stage, verdict in advice.branches:
        lines.append((Piece(f"  {STAGE_NAMES[stage]}なら  "), Piece(badge(verdict), "bold")))
    return lines


def _findings(findings: Sequence[Finding], width: int) -> list[Line]:
    lines = _title("わかったこと") if findings else []
    told: set[Source] = set()  # a source is written out once; several rules often stand on the same page
    for number, finding in enumerate(findings):
        lines += [line()] if number else []
        lines += _hanging(f"  {badge(finding.verdict)}  ", _place(finding), width, style="faint", head_style="bold")
        lines += _row("何が", finding.what, width)
        lines += _row("なぜ", finding.why, width)
        lines += _row("どうする", finding.do, width)
        fresh = [source for source in finding.sources if source not in told]
        lines += [each for source in fresh for each in _source(source, width)]
        lines += _row("出典", "上と同じ", width, style="faint") if finding.sources and not fresh else []
        told.update(fresh)
    return lines


def _place(finding: Finding) -> str:
    """Say which rule it is, and for which stage it holds where that is not for both."""
    stage = "" if finding.stage == "unknown" else f"{STAGE_NAMES[finding.stage]}の場合  "
    return stage + finding.rule


def _source(source: Source, width: int) -> list[Line]:
    return [*_row("出典", name_source(source), width, style="faint"), line(" " * (_LABEL + 4) + source.url, "faint")]


def _steps(steps: Sequence[str], width: int) -> list[Line]:
    lines = _title("次にすること") if steps else []
    for number, step in enumerate(steps, start=1):
        lines += _hanging(f"  {number}. ", step, width)
    return lines


def _notes(notes: Sequence[str], width: int) -> list[Line]:
    return [each for note in notes for each in _hanging(" ※ ", note, width)]


def _contacts(contacts: Sequence[HelpContact], width: int) -> list[Line]:
    lines = _title("相談できるところ") if contacts else []
    for contact in contacts:
        lines.append((Piece(f"  {contact.name}", "bold"), Piece(f"  {contact.phone}".rstrip(), "bold")))
        lines += _filled(contact.text, width, indent=4) if contact.text else []
        lines += [line(f"    {contact.url}", "faint")] if contact.url else []
    return lines


def _drafts(drafts: Sequence[Draft], *, width: int, all_drafts: bool) -> list[list[Line]]:
    if not drafts:
        return []
    shown = drafts if all_drafts else drafts[:1]
    blocks = [_draft(draft, width, recommended=number == 0) for number, draft in enumerate(shown)]
    if others := drafts[len(shown) :]:
        names = " · ".join(f"{number} {draft.label}" for number, draft in enumerate(others, start=2))
        blocks.append(_hanging(" ほかの文面: ", names, width, style="faint"))
    return blocks


def _draft(draft: Draft, width: int, recommended: bool) -> list[Line]:
    """Top and bottom of a box only, and no wrapping: what is copied is exactly what is sent."""
    head = f" {'おすすめの返信' if recommended else '返信'}: {draft.label} "
    rest = "─" * max(2, width - 2 - cell_len(head))
    top = (Piece("╭─", "frame"), Piece(head, "title"), Piece(rest, "frame"))
    return [top, *(line(each) for each in disarm(draft.text).split("\n")), line("╰" + "─" * (width - 1), "frame")]


def _title(text: str, width: int = WIDEST) -> list[Line]:
    return [(Piece("  " if number else "■ ", "title"), Piece(each, "title"))
            for number, each in enumerate(wrap_lines(text, width - 2))]  # fmt: skip


def _row(label: str, text: str, width: int, style: str = "") -> list[Line]:
    return _hanging("    " + label + " " * (_LABEL - cell_len(label)), text, width, style) if text else []


def _hanging(head: str, text: str, width: int, style: str = "", head_style: str = "faint") -> list[Line]:
    """Return a text that hangs from its head: the following lines stand under the first."""
    gap = " " * cell_len(head)
    lines = wrap_lines(disarm(text), width - cell_len(head))
    return [(Piece(gap if number else head, head_style), Piece(each, style)) for number, each in enumerate(lines)]


def _filled(text: str, width: int, *, indent: int, style: str = "") -> list[Line]:
    return [(Piece(" " * indent), Piece(each, style)) for each in wrap_lines(disarm(text), width - indent)]
