"""What judged messages add up to, and how a miss explains itself."""

from __future__ import annotations

from service.evaluation.floors import find_breaches, parse_floor
from service.evaluation.rate import Rate, Score
from service.evaluation.report import Report, make_report
from tests.unit.evaluation.conftest import DAY, Judge

LINE = "LINEのIDを教えてください。"


def report(judge: Judge) -> Report:
    """A danger found, a danger overlooked, a harmless one, a false alarm by label."""
    return make_report(
        [
            judge("運転免許証の表裏の写真を送ってください。", "danger", "identity_document", groups=("slice=plain",)),
            judge("うちの倉庫の鍵をお渡しします。", "danger", "forwarding", groups=("slice=odd",)),
            judge("初稿を拝見しました。", "ok"),
            judge(LINE, "ok", stage="before_contract", platform="lancers"),
        ],
        edition="e",
        as_of=DAY,
    )


def test_the_counts_are_those_of_the_messages(judge: Judge) -> None:
    total = report(judge).total
    assert (total.messages, total.verdict, total.danger, total.alarms) == (4, Rate(2, 4), Rate(1, 2), Rate(1, 2))
    assert total.asks == Score(found=1, extra=1, missed=1)


def test_the_confusion_names_label_and_verdict(judge: Judge) -> None:
    confusion = report(judge).confusion
    assert confusion[("danger", "ok")] == 1
    assert confusion[("ok", "against_rules")] == 1


def test_slices_come_from_labels_and_from_what_makes_a_message_hard(judge: Judge) -> None:
    slices = dict(report(judge).slices)
    assert slices["slice=plain"].messages == 1
    assert {"derived=hard negative", "derived=plainly harmless", "platform=lancers", "language=ja"} <= set(slices)


def test_a_disguised_word_puts_a_message_into_the_evasion_slice(judge: Judge) -> None:
    assert "derived=evasion" in judge("L I N Eのアイディーを教えてください", "ok").slices
    assert "derived=evasion" not in judge(LINE, "ok").slices


def test_a_false_alarm_shows_the_pattern_and_the_row(judge: Judge) -> None:
    trace = judge(LINE, "ok", stage="before_contract", platform="crowdworks").trace
    assert trace is not None
    assert trace.seen[0].pattern.startswith("rules/facts/line_exchange.yaml:")
    assert [row.rule for row in trace.decided] == ["crowdworks/contact-before-contract"]
    assert any(row.condition == "stage" for row in trace.refused)


def test_an_overlooked_ask_shows_what_took_it_back(judge: Judge) -> None:
    trace = judge("LINEのIDを教えていただく必要はありません。", "danger", "line_exchange").trace
    assert trace is not None
    assert any("止められました" in near.lacked for near in trace.overlooked)


def test_a_right_reading_needs_no_trace(judge: Judge) -> None:
    assert judge("初稿を拝見しました。", "ok").trace is None


def test_floors_are_held_over_all_and_over_a_slice(judge: Judge) -> None:
    made = report(judge)
    assert find_breaches(made, [parse_floor("verdict=0.5"), parse_floor("false_alarms=0.5")]) == []
    assert len(find_breaches(made, [parse_floor("verdict=0.6"), parse_floor("false_alarms=0.4")])) == 2
    assert find_breaches(made, [parse_floor("danger_recall@slice=odd=0.5")])
    assert find_breaches(made, [parse_floor("verdict@slice=none=0.1")])
