"""The card: verdict, summary, the client's words, why, what to do, and where it is written; the answer's first bubble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.advice.advice import Advice, HelpContact
from service.guard.reply import Reply
from service.rendering.line.flex import (
    FAINT,
    INK,
    PAPER,
    TINT,
    VERDICT_COLOURS,
    Json,
    box,
    bubble,
    button,
    encode_words,
    link,
    separator,
    spans,
    words,
)
from service.rendering.line.measure import LARGEST_BUBBLE, count_bytes
from service.rendering.line.postback import Postback, encode_postback
from service.rendering.line.quick import STAGE_LABELS
from service.rendering.line.quotes import Quotation, quote_facts
from service.rendering.names import PLATFORM_NAMES, ROLE_NAMES, STAGE_NAMES, badge, name_source
from service.rulebook.finding import Finding, Source
from service.vocabulary import Stage, Verdict

_MOST_QUOTES, _MOST_STEPS, _MOST_SOURCES, _MOST_DESKS = 3, 4, 4, 4
_MOST_IN_FULL, _MOST_OTHERS = 2, 6  # findings; more whole ones would push what to do off the screen
_NOT_A_PROMISE = "気になる点が見つからなかった、という意味です。相手の方が信頼できるかどうかまではわかりません。"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card. Where the card grows too large, the highest `rank` is left out first; 0 always stays."""

    contents: tuple[Json, ...]
    rank: int = 0


def draw_card(reply: Reply, *, text: str, key: str, joined: int = 1) -> Json:
    """Return the answer's bubble. `text` is the message that was judged, `joined` how many bubbles it came in."""
    advice = reply.advice
    # Worst first; but what has already happened comes before what should not happen.
    findings = sorted(advice.findings, key=lambda finding: not finding.is_deed)
    sections = [
        Section((*_count_joined(joined), words(advice.summary, size="md", weight="bold"))),
        Section(_plain((reply.lead,))),
        Section(_quotes(advice, text)),
        Section(_branches(advice, key)),
        *(Section(_finding(each, advice), rank=rank) for rank, each in zip((1, 3), findings, strict=False)),
        Section(_others(findings[_MOST_IN_FULL:]), rank=4),
        Section(_steps(advice.next_steps)),
        Section(_notes(reply), rank=2),
        Section(_desks(advice.help), rank=4),
        Section(_sources(findings), rank=2),
    ]
    return _fit(_head(advice), [section for section in sections if section.contents])


def _fit(head: Json, sections: Sequence[Section]) -> Json:
    kept = list(sections)
    while count_bytes(card := _lay_out(head, kept)) > LARGEST_BUBBLE and any(each.rank for each in kept):
        kept.remove(max(reversed(kept), key=lambda each: each.rank))
    return card


def _lay_out(head: Json, sections: Sequence[Section]) -> Json:
    contents: list[Json] = []
    for section in sections:
        first, *rest = section.contents
        contents += [separator(), first | {"margin": "lg"}, *rest] if contents else section.contents
    ground = head["backgroundColor"]
    return bubble(header=head, body=box(contents, spacing="sm", paddingAll="lg"), ground=ground)


def _head(advice: Advice) -> Json:
    where = [advice.platform_name or PLATFORM_NAMES[advice.platform], STAGE_NAMES[advice.stage]]
    lines = [words(badge(advice.verdict), size="xl", color=PAPER, weight="bold")]
    if advice.role != "chat":
        lines.append(words(" · ".join(where), size="xs", color=PAPER))
    return box(lines, spacing="xs", paddingAll="lg", backgroundColor=VERDICT_COLOURS[advice.verdict])


def _count_joined(joined: int) -> tuple[Json, ...]:
    return (words(f"{joined}件のメッセージをまとめて確認しました", size="xs", color=FAINT),) if joined > 1 else ()


def _quotes(advice: Advice, text: str) -> tuple[Json, ...]:
    found = quote_facts(advice.facts, text, [kind for finding in advice.findings for kind in finding.asks])
    if not found:
        return ()
    more = len(found) - _MOST_QUOTES
    rest = [words(f"ほかに{more}か所あります。", size="xs", color=FAINT)] if more > 0 else []
    return (_title(f"{ROLE_NAMES[advice.role]}の言葉"), *map(_quote, found[:_MOST_QUOTES]), *rest)


def _quote(quotation: Quotation) -> Json:
    pieces = [("「" + quotation.before, False), (quotation.words, True), (quotation.after + "」", False)]
    name = words("・".join(quotation.names), size="xs", color=FAINT)
    return box([name, spans(pieces)], backgroundColor=TINT, cornerRadius="md", paddingAll="md", spacing="xs")


def _branches(advice: Advice, key: str) -> tuple[Json, ...]:
    if advice.verdict != "depends" or not advice.branches:
        return ()
    rows = [_branch(stage, verdict, key) for stage, verdict in advice.branches]
    return (_title("どちらの段階ですか"), *rows)


def _branch(stage: Stage, verdict: Verdict, key: str) -> Json:
    answer = words(f"{STAGE_NAMES[stage]}なら {badge(verdict)}", weight="bold", color=VERDICT_COLOURS[verdict])
    if stage not in STAGE_LABELS:
        return answer
    label = STAGE_LABELS[stage]
    data = encode_postback(Postback("stage", stage, key))
    tap = button(label, {"type": "postback", "data": data, "displayText": label})
    return box([answer, tap], spacing="xs", margin="md")


def _finding(finding: Finding, advice: Advice) -> tuple[Json, ...]:
    """Return what, why and what to do; the verdict is said again only where it is another than the answer's."""
    stage = "" if finding.stage == "unknown" else f"{STAGE_NAMES[finding.stage]}の場合"
    sign = "" if finding.verdict == advice.verdict else badge(finding.verdict)
    above = " ".join(filter(None, (stage, sign)))
    colour = VERDICT_COLOURS[finding.verdict]
    return (
        *((words(above, size="xs", color=colour, weight="bold"),) if above else ()),
        *((words(finding.what, weight="bold"),) if finding.what.strip() else ()),
        *_labelled("なぜ", finding.why),
        *_labelled("どうする", finding.do),
    )


def _others(findings: Sequence[Finding]) -> tuple[Json, ...]:
    """Return the milder findings in short: the verdict, what, and what to do."""
    rows = [each for finding in findings[:_MOST_OTHERS] for each in _other(finding)]
    return (_title("ほかにわかったこと"), *rows) if rows else ()


def _other(finding: Finding) -> tuple[Json, ...]:
    stage = "" if finding.stage == "unknown" else f"（{STAGE_NAMES[finding.stage]}の場合）"
    what = words(f"{badge(finding.verdict)}{stage} {finding.what}", weight="bold", margin="md")
    return (what, *_plain((finding.do,)))


def _labelled(label: str, text: str) -> tuple[Json, ...]:
    return (words(label, size="xs", color=FAINT, weight="bold", margin="md"), words(text)) if text.strip() else ()


def _steps(steps: Sequence[str]) -> tuple[Json, ...]:
    told = [step for step in steps if step.strip()][:_MOST_STEPS]
    rows = [_row(f"{number}.", words(step)) for number, step in enumerate(told, start=1)]
    return (_title("次にすること"), *rows) if rows else ()


def _row(mark: str, content: Json) -> Json:
    """Return a text that hangs from its mark."""
    sign = {"type": "text", "text": mark, "size": "sm", "color": INK, "flex": 0, "wrap": True}
    return box([sign, content | {"flex": 1}], layout="horizontal", spacing="sm")


def _notes(reply: Reply) -> tuple[Json, ...]:
    advice = reply.advice
    told = (*advice.notes, reply.tip)
    if advice.verdict == "ok" and advice.role in ("client_message", "job_posting"):
        told = (_NOT_A_PROMISE, *told)
    return tuple(_row("※", words(note, color=FAINT)) for note in told if note.strip())


def _desks(contacts: Sequence[HelpContact]) -> tuple[Json, ...]:
    shown = [each for contact in contacts[:_MOST_DESKS] for each in _desk(contact)]
    return (_title("相談できるところ"), *shown) if shown else ()


def _desk(contact: HelpContact) -> tuple[Json, ...]:
    name = [words(contact.name, weight="bold", margin="md")] if contact.name.strip() else []
    lines = [*name, *_plain((contact.text,), size="xs")]
    if contact.phone:
        call = {"type": "uri", "uri": f"tel:{encode_words(contact.phone)}"}
        lines.append(button(f"{contact.phone} に電話", call))
    if contact.url:
        lines.append(link("くわしく見る", contact.url))
    return tuple(lines)


def _sources(findings: Sequence[Finding]) -> tuple[Json, ...]:
    sources: dict[Source, None] = dict.fromkeys(source for finding in findings for source in finding.sources)
    rows = [link(name_source(source), source.url) for source in list(sources)[:_MOST_SOURCES]]
    return (_title("出典"), *rows) if rows else ()


def _title(text: str) -> Json:
    return words(text, size="xs", color=FAINT, weight="bold")


def _plain(texts: Iterable[str], size: str = "sm") -> tuple[Json, ...]:
    return tuple(words(each, size=size) for each in texts if each.strip())
