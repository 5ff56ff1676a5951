"""The table's hit policy, on rows made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from service.facts.fact import Ask, Facts, Signal
from service.rulebook.rule import Condition, Rule
from service.rulebook.table import RuleTable, explain_refusal, match_rules
from service.vocabulary import Verdict

DAY = date(2026, 11, 23)


def _row(name: str, when: Condition, verdict: Verdict = "caution", **effective: date) -> Rule:
    row = Rule(
        id=name, title="", when=when, verdict=verdict, what="", why="", do="", next_steps=(), drafts=(), sources=(),
        help=(),
    )  # fmt: skip
    return replace(row, **effective)  # type: ignore[arg-type]


def _asking(*asks: Ask, signals: tuple[str, ...] = ()) -> Facts:
    return Facts("client_message", asks=asks, signals=tuple(Signal(kind, "", 0, 0) for kind in signals))


def _ids(rules: list[Rule], facts: Facts, day: date = DAY) -> list[str]:
    return [rule.id for rule, _ in match_rules(RuleTable(rules), facts, stage="before_contract", as_of=day)]


CALL, MAIL = Ask("call", "", 0, 0, "zoom"), Ask("email_exchange", "", 0, 0)
ANY_CALL = Condition(asks=("call",))


def test_the_first_row_that_holds_decides_an_ask() -> None:
    rules = [_row("zoom", Condition(asks=("call",), channels=("zoom",))), _row("any", ANY_CALL)]
    assert _ids(rules, _asking(CALL)) == ["zoom"]
    assert _ids(rules, _asking(Ask("call", "", 0, 0))) == ["any"]


def test_one_row_gathers_all_asks_it_decides() -> None:
    rules = [_row("contact", Condition(asks=("call", "email_exchange")))]
    ((_, asks),) = match_rules(RuleTable(rules), _asking(CALL, MAIL), stage="before_contract", as_of=DAY)
    assert asks == (CALL, MAIL)


def test_an_ask_without_a_row_is_left_alone() -> None:
    assert _ids([_row("call", ANY_CALL)], _asking(MAIL)) == []


def test_a_row_ends_on_its_last_day() -> None:
    rules = [
        _row("old", ANY_CALL, effective_until=date(2020, 10, 19)),
        _row("new", ANY_CALL, effective_from=date(2020, 10, 20)),
    ]
    assert _ids(rules, _asking(CALL), date(2020, 10, 19)) == ["old"]
    assert _ids(rules, _asking(CALL), date(2020, 10, 20)) == ["new"]


def test_a_row_that_excludes_a_channel_lets_it_through() -> None:
    rules = [_row("not zoom", Condition(asks=("call",), not_channels=("zoom",))), _row("any", ANY_CALL)]
    assert _ids(rules, _asking(CALL)) == ["any"]


def test_a_mild_row_of_signals_alone_is_silent_beside_an_ask_but_a_danger_speaks() -> None:
    rules = [
        _row("form", Condition(signals=("form_link",))),
        _row("office", Condition(signals=("impersonation",)), "danger"),
    ]
    assert _ids(rules, _asking(CALL, signals=("form_link", "impersonation"))) == ["office"]
    assert _ids(rules, _asking(signals=("form_link",))) == ["form"]


def test_no_claim_can_be_asked_for() -> None:
    rules = [_row("silent", Condition(asks=("call",), claims=("none",)))]  # type: ignore[arg-type]
    assert _ids(rules, _asking(CALL)) == ["silent"]


def test_a_refusal_names_the_condition_that_failed() -> None:
    rule = _row("later", Condition(asks=("call",), stages=("after_contract",)))
    assert explain_refusal(rule, _asking(CALL), CALL, "before_contract") == "stage"
    assert explain_refusal(rule, _asking(MAIL), MAIL, "after_contract") == "asks"
    assert explain_refusal(rule, _asking(CALL), CALL, "after_contract") is None
