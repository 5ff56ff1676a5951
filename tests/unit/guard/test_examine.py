"""The guard's checks, each by its own fixture, and what good and bad phrasings come to."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from service.consultation import Book
from service.guard.admit import Refused, admit_wording
from service.guard.candidate import make_candidate
from service.guard.examine import CHECKS
from service.wording.shell import PLACES, Shell, read_shell
from tests.phrases import (
    TEXT,
    Trial,
    find_leaks,
    guard_rules,
    is_locked,
    make_shell,
    make_trial,
    read_phrases,
)

GOOD = read_phrases("answers")["zoom_first"]
CANARY = "はやぶさ・ゆきわり・こだまの印"
# One fixture for each check: the words, and the place they stand in.
CAUGHT = {
    "empty": ("lead", ""),
    "length": ("lead", "迷いますよね。" * 30),
    "placeholder": ("opening", "〇〇様、お世話になっております。"),
    "canary": ("tip", f"{CANARY}を確かめましょう。"),
    "prompt": ("lead", "判定と返信の要点は、すでに決まっています。"),
    "characters": ("opening", "ご連絡ありがとうございます😊"),
    "contact": ("closing", "お電話は090-1234-5678です。"),
    "citation": ("bridge", "利用規約により、ご理解いただけますと幸いです。"),
    "topic": ("closing", "安心してお任せください。"),
    "meta": ("lead", "この文章は人工知能が書きました。"),
    "blame": ("tip", "相手は詐欺かもしれません。"),
    "register": ("opening", "連絡ありがとう。"),
    "echo": ("empathy", "契約前に、一度ゆっくりお話しできますでしょうか。"),
    "fluency": ("opening", "お世話になっておりますお世話になっております。"),
    "case": ("opening", "動画編集のご相談をいただき、ありがとうございます。"),
    "vocabulary": ("opening", "ご提示の方法で進めます。"),
}


@pytest.fixture(scope="module")
def trial(book: Book) -> Trial:
    return make_trial(book)


def phrasings(*names: str) -> Iterator[tuple[str, str]]:
    """Yield every good phrasing with its place."""
    for name in names:
        for place, texts in read_phrases(name).items():
            yield from ((place, text) for text in texts)


@pytest.mark.parametrize("check", CAUGHT)
def test_every_check_catches_what_it_is_for(check: str, trial: Trial, book: Book) -> None:
    place, words = CAUGHT[check]
    case = trial if check != "echo" else make_trial(book, "契約前に、一度ゆっくりお話しできますでしょうか。Zoomです。")
    candidate = make_candidate(make_shell(**{place: words}), case.answer, case.situation, guard_rules())
    assert not CHECKS[check](candidate)


def test_no_check_is_without_a_fixture() -> None:
    assert set(CHECKS) - set(CAUGHT) == {"verdict", "core"}  # they have tests of their own below


def test_a_warm_word_is_refused_beside_a_danger(book: Book) -> None:
    danger = make_trial(book, "初期費用として5,000円を先にお振り込みください。")
    assert danger.situation.verdict == "danger"
    assert danger.examine(closing="またのご縁がございましたら幸いです。") == "verdict"


@pytest.mark.parametrize("words", [
    {"empathy": "貴重な機会をいただき、うれしく思っております。"}, {"bridge": "お気軽にご連絡ください。"},
    {"closing": "今後ともよろしくお願いいたします。"},
])  # fmt: skip
def test_gladness_and_invitation_are_refused_beside_a_danger(words: dict[str, str], trial: Trial, book: Book) -> None:
    danger = make_trial(book, "初期費用として5,000円を先にお振り込みください。")
    assert danger.examine(**words) == "verdict"
    assert trial.examine(**words) == ""


def test_a_right_to_refuse_is_not_spoken_of_where_all_is_well(book: Book) -> None:
    fine = make_trial(book, "記事の納期は12月10日、1本3,000円でお願いいたします。")
    assert fine.situation.verdict == "ok"
    assert fine.examine(tip="無理に応じる必要はありません。") == "verdict"


def test_the_stage_is_the_cases_own(trial: Trial) -> None:
    assert trial.examine(lead="契約後に通話を求められると、迷いますよね。") == "case"
    assert trial.examine(lead="契約前に通話を求められると、迷いますよね。") == ""


@pytest.mark.parametrize("name", ("attacks", "attacks_later", "attacks_last"))
def test_no_attack_passes_in_any_place(name: str, trial: Trial) -> None:
    assert list(find_leaks(trial, name)) == []


@pytest.mark.parametrize("name", ("attacks", "attacks_later", "attacks_last"))
def test_one_bad_place_refuses_the_whole(name: str, trial: Trial) -> None:
    """An attack beside five good places is refused as well."""
    for text in read_phrases(name)["client"]:
        assert trial.examine(**(GOOD | {"empathy": text})) != "", text


@pytest.mark.parametrize(("names", "locked", "least"), [
    (("good", "good_later"), False, 0.97), (("good", "good_later"), True, 0.92), (("good_last", "good_fresh", "good_worker"), False, 0.86),
    (("good_last", "good_fresh", "good_worker"), True, 0.86),
])  # fmt: skip
def test_good_phrasing_is_admitted(
    names: tuple[str, ...], locked: bool, least: float, trial: Trial, book: Book
) -> None:
    """A guard that refuses everything is no guard: the share of good phrasings that pass, by set."""
    after = make_trial(book, TEXT, stage="after_contract")
    texts = [(place, text) for place, text in phrasings(*names) if is_locked(text) == locked]
    passed = [1 for place, text in texts if not trial.examine(**{place: text}) or not after.examine(**{place: text})]
    assert len(passed) / len(texts) >= least


def test_whole_answers_in_a_models_manner_pass(trial: Trial, book: Book) -> None:
    """All six places at once: one sentence that is not known refuses the whole."""
    after = make_trial(book, TEXT, stage="after_contract")
    answers = read_phrases("good_answers")
    refused = [answer for answer in answers if trial.examine(**answer) and after.examine(**answer)]
    assert len(refused) <= len(answers) * 0.1


def test_whole_answers_written_by_hand_pass(book: Book) -> None:
    assert make_trial(book).examine(**GOOD) == ""


def test_the_prompts_own_phrases_pass(trial: Trial, book: Book, root: object) -> None:
    """The model is told to use them, so the guard must know them."""
    import tomllib
    from pathlib import Path

    data = tomllib.loads((Path(str(root)) / "prompts" / "model" / "shell.toml").read_text(encoding="utf-8"))
    after = make_trial(book, TEXT, stage="after_contract")
    said = [(place, text) for place, texts in data["phrases"].items() for text in texts]
    refused = [(p, t) for p, t in said if trial.examine(**{p: t}) and after.examine(**{p: t})]
    assert refused == []


@pytest.mark.parametrize("text", [
    "", "null", "[]", "{}", '{"lead": 1}', "契約前に", json.dumps(GOOD | {"more": "x"}),
    json.dumps({key: value for key, value in GOOD.items() if key != "tip"}), json.dumps(GOOD | {"lead": None}),
    "[" * 5000,
])  # fmt: skip
def test_any_other_shape_is_no_shell(text: str, trial: Trial) -> None:
    assert read_shell(text) is None
    with pytest.raises(Refused, match="shape"):
        admit_wording(trial.answer, read_shell(text), trial.situation, rules=guard_rules())


def test_locked_parts_stay_as_they_are(trial: Trial) -> None:
    reply = admit_wording(trial.answer, make_shell(**GOOD), trial.situation, rules=guard_rules())
    for before, after in zip(trial.answer.drafts, reply.drafts, strict=True):
        assert [part for part in after.parts if part.locked] == [part for part in before.parts if part.locked]
    assert reply.wording == "model" and reply.drafts[0].wording == "model" and reply.lead == GOOD["lead"]


def test_a_report_to_the_office_is_never_worded(book: Book) -> None:
    case = make_trial(book, "本人確認のため、運転免許証の写真をこのメッセージで送ってください。")
    reply = admit_wording(
        case.answer,
        make_shell(**GOOD | {"opening": "お世話になっております。", "empathy": "", "bridge": ""}),
        case.situation,
        rules=guard_rules(),
    )
    reports = [draft for draft in reply.drafts if draft.kind == "report"]
    assert reports and all(draft.wording == "template" for draft in reports)


def test_a_cushion_left_open_is_closed(trial: Trial) -> None:
    shell = make_shell(bridge="せっかくのご提案のところ恐縮ですが")
    assert shell.bridge == "せっかくのご提案のところ恐縮です。"


def test_a_shell_has_the_six_places() -> None:
    assert tuple(Shell.__slots__) == PLACES
