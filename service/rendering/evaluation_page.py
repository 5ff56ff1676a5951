"""The measure as one HTML file that needs nothing else: every figure, every miss with its trace. No script runs in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from service.evaluation.judge import Judged
from service.evaluation.report import Report
from service.evaluation.trace import Seen, Trace
from service.rendering.figures import NAMES, NOTHING, show_figures, show_rate, show_score
from service.rendering.names import ASK_NAMES
from service.vocabulary import BADGES, VERDICTS

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --bad: #c62828; --good: #2e7d32; }
body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.wrap td { text-align: left; white-space: normal; }
.right { color: var(--good); font-weight: 600; } .wrong { color: var(--bad); font-weight: 600; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; }
pre { background: var(--soft); border-radius: .4rem; padding: .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: #ffd54f; color: #000; }
.faint { opacity: .7; font-size: .85rem; }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
_REASONS = {
    "channels": "手段がちがう",
    "not_channels": "除かれた手段",
    "stage": "段階がちがう",
    "claims": "許可の説明がちがう",
    "signals": "しるしがない",
    "asks": "頼みごとがある",
}


def render_page(report: Report) -> str:
    """Return the whole page. Every text from outside is escaped; the policy lets nothing run and nothing load."""
    body = "\n".join(
        [
            f"<h1>読み取りの正確さ</h1><p class=faint>版 {escape(report.edition)}、{report.as_of.isoformat()} のルール。"
            "括弧の中は95 %信頼区間（Wilson）。</p>",
            _section("全体", _show_total(report)),
            _section("判定: 行がラベル、列が判定", _show_confusion(report)),
            _section("頼みごと", _show_kinds(report)),
            _section("分けて数えると", _show_slices(report)),
            _section(f"読み違え {len(report.missed)} 件", "".join(_show_miss(each) for each in report.missed)),
            _section("使えなかった項目", _list(report.problems)) if report.problems else "",
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>Kotowari: 読み取りの正確さ</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _section(title: str, body: str) -> str:
    return f"<h2>{escape(title)}</h2>\n{body}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a table; the cells are HTML already."""
    top = "<tr>" + "".join(f"<th>{each}</th>" for each in head) + "</tr>" if head else ""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class=wide><table class="{kind}">{top}{body}</table></div>'


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _show_total(report: Report) -> str:
    values = (*show_figures(report.total), show_score(report.total.claims))
    return _table((), zip(NAMES.values(), values, strict=True))


def _show_confusion(report: Report) -> str:
    rows = []
    for want in VERDICTS:
        counts = [(report.confusion.get((want, got), 0), want == got) for got in VERDICTS]
        rows.append([BADGES[want][1], *(_mark(number, right) for number, right in counts)])
    return _table(["", *(BADGES[verdict][1] for verdict in VERDICTS)], rows)


def _mark(number: int, right: bool) -> str:
    return f"<span class={'right' if right else 'wrong'}>{number}</span>" if number else NOTHING


def _show_kinds(report: Report) -> str:
    rows = [
        (ASK_NAMES[kind], show_score(score), show_rate(score.precision), show_rate(score.recall))  # type: ignore[index]
        for kind, score in report.kinds
    ]
    return _table(("種類", "F1", "適合率", "再現率"), rows)


def _show_slices(report: Report) -> str:
    head = ("グループ", *(NAMES[name] for name in ("messages", "verdict", "asks", "danger", "alarms")))
    return _table(head, [(escape(name), *show_figures(figures)) for name, figures in report.slices])


def _show_miss(each: Judged) -> str:
    case = each.case
    want, got = (" ".join(BADGES[verdict]) for verdict in (case.verdict, each.verdict))
    verdict = want if case.verdict == each.verdict else f"{want} → <span class=wrong>{got}</span>"
    asks = _compare("余分", each.asks - case.asks) + _compare("見落とし", case.asks - each.asks)
    head = f"<summary>{escape(case.id)} {verdict}{asks} <span class=faint>{escape(case.place)}</span></summary>"
    note = f"<p class=faint>{escape(case.note)}</p>" if case.note else ""
    labels = f"<p class=faint>{escape('、'.join(each.slices))}</p>"
    seen = each.trace.seen if each.trace else ()
    trace = _show_trace(each.trace) if each.trace else ""
    return f"<details>{head}<pre>{_highlight(case.text, seen)}</pre>{note}{labels}{trace}</details>\n"


def _compare(word: str, kinds: frozenset[str]) -> str:
    return f" · {word}: <span class=wrong>{escape(' '.join(sorted(kinds)))}</span>" if kinds else ""


def _highlight(text: str, seen: Sequence[Seen]) -> str:
    """Return the text, escaped, with the words of facts marked; words within marked words are not marked again."""
    pieces, at = [], 0
    for each in sorted(seen, key=lambda fact: (fact.start, -fact.end)):
        if each.start < at:
            continue
        pieces += [escape(text[at : each.start]), f"<mark>{escape(text[each.start : each.end])}</mark>"]
        at = each.end
    return "".join([*pieces, escape(text[at:])])


def _show_trace(trace: Trace) -> str:
    shown = f"（「{trace.stage_quote}」から）" if trace.stage_quote else ""
    told = f"<p>{escape(f'{trace.platform} · {trace.stage}{shown} · {trace.role} · {trace.language}')}</p>"
    return told + "".join(_show_blocks(trace))


def _show_blocks(trace: Trace) -> Iterator[str]:
    if trace.seen:
        seen = [(each.fact, each.kind, each.quote, each.channel, each.pattern) for each in trace.seen]
        yield _block(("事実", "種類", "言葉", "手段", "読み取り方"), seen)
    if trace.overlooked:
        near = [(each.kind, each.pattern, each.lacked) for each in trace.overlooked]
        yield _block(("見落とした頼みごと", "近かった読み取り方", "足りなかったもの"), near)
    if trace.decided:
        decided = [(each.rule, each.verdict, " ".join(each.asks), each.stage) for each in trace.decided]
        yield _block(("決めた行", "判定", "頼みごと", "段階"), decided)
    if trace.refused:
        refused = [(r.rule, r.verdict, r.ask, r.stage, _REASONS.get(r.condition, r.condition)) for r in trace.refused]
        yield _block(("当てはまらなかった行", "判定", "頼みごと", "段階", "わけ"), refused)


def _block(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return _table(head, [[escape(cell) for cell in row] for row in rows], "wrap")
