"""The vocabulary itself: thousands of sentences made of it at random hold nothing that agrees, promises or reassures."""

from __future__ import annotations

import random
import re
from pathlib import Path
from re import _constants as kinds
from re import _parser as parser
from typing import Any

import pytest

from service.adapters.model.files import VOCABULARY_FILES
from service.adapters.rule_files import read_file
from service.errors import RuleFileError
from service.guard.vocabulary import build_vocabulary
from service.located import Located
from service.wording.shell import CLIENT_PLACES, PLACES

PROMPTS = Path(__file__).parents[3] / "prompts"
FILES = {file.file: file for file in (read_file(PROMPTS / name, PROMPTS) for name in VOCABULARY_FILES)}
SAMPLES = 1_500  # sentences a place
STEP = re.compile(r"\{([a-z_|]+)\}([*?]?)")
NEVER = {
    "client": r"承知|承り|かしこまり|了解|お受け|引き受|喜んで|もちろん|可能です|問題(ござい|あり)ません|差し支え|ご?安心ください|任せ|後ほど|折り返し"
    r"|進めます|進めさせ|対応(いた)?します|お送り(いた)?します|お伝え(いた)?します|お渡し|登録|追加|お支払|振り?込|契約の|承認|許可|電話|通話|面談|日時|日程"
    r"|ぜひ|同意|合意|賛成|約束(いた|し)|保証|必ず|始め(ます|させ)|取りかか|お会い|ご一緒|従い|従って|断り|断る"
    r"|準備して|ご用意|放念|お時間をいただけ|名前を|今週|今日中|明日",
    "worker": r"安全|安心(して)?(ください|大丈夫)|心配(は)?(いりません|ありません)|問題ありません|信頼でき(ます|る依頼)|応じ(ましょう|て(も)?大丈夫|てみ)|進め(ましょう|て大丈夫)"
    r"|払い(ましょう|ます)|払って(み|も(よ|い|大丈夫))|登録し(ましょう|てみ)|教え(ましょう|てみ)|渡し(ましょう|てみ)|従い(ましょう|ます)|従って|断らな|断らず|断る必要|確かめる必要はありません"
    r"|消し(ましょう|ておき|てお|てから)|相手に(相談|確認|連絡|聞|話し)|依頼者に|逮捕|罰|訴え|違法|詐欺|評価が下が"
    r"|支払いの手続きを|作業を完了|後で確認|送り先|案内された窓口|メッセージの窓口|(応じ|登録し|払い|信じ)たい(という)?お?気持ちは?、?(大切|大事)|承認されるので",
}


def write(tree: Any) -> str:
    """Return one text that an expression matches, its choices made at random."""
    text = ""
    for kind, value in tree:
        if kind == kinds.LITERAL:
            text += chr(value)
        elif kind == kinds.BRANCH:
            text += write(random.choice(value[1]))
        elif kind == kinds.SUBPATTERN:
            text += write(value[3])
        elif kind == kinds.MAX_REPEAT:
            least, most, inner = value
            text += "".join(write(inner) for _ in range(random.randint(least, min(int(most), least + 2))))
        elif kind == kinds.IN:
            member, code = random.choice(value)
            text += chr(random.randint(*code) if member == kinds.RANGE else code)
        else:
            raise AssertionError(f"an expression that the vocabulary does not need: {kind}")
    return text


def compose(file: Located, place: str) -> str:
    """Return a random sentence of a place."""
    form = file["forms"][random.choice(file["places"][place])]
    words = []
    for group, often in STEP.findall(form):
        count = {"": 1, "?": random.randint(0, 1), "*": random.randint(0, 4)}[often]
        for _ in range(count):
            word = random.choice(file["words"][random.choice(group.split("|"))])
            words.append(write(parser.parse(word.replace("{topics}", "ライティング"))))
    return "".join(words)


@pytest.mark.parametrize("place", PLACES)
def test_no_sentence_of_the_vocabulary_gives_in(place: str) -> None:
    random.seed(f"kotowari {place}")
    kind = "client" if place in CLIENT_PLACES else "worker"
    never, file = re.compile(NEVER[kind]), FILES[f"prompts/guard/{kind}.yaml"]
    said = [compose(file, place) for _ in range(SAMPLES)]
    assert sorted({sentence for sentence in said if never.search(sentence)})[:10] == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_composed_is_what_is_known(place: str) -> None:
    """The sampler and the compiled shapes speak of the same sentences."""
    random.seed(place)
    vocabulary = build_vocabulary(FILES.values(), ["ライティング"])
    file = FILES[f"prompts/guard/{'client' if place in CLIENT_PLACES else 'worker'}.yaml"]
    assert all(vocabulary.find_sorts(place, sentence) for sentence in (compose(file, place) for _ in range(100)))


def make_file(**changes: Any) -> Located:
    """Return a small vocabulary file with something changed."""
    file = Located("guard/small.yaml", 1)
    file |= {"words": {"thing": ["ご連絡(を)?"], "thank": ["ありがとうございます"]}, "forms": {"thanks": "{thing}* {thank}"},
             "places": {"opening": ["thanks"]}} | changes  # fmt: skip
    return file


def test_a_small_vocabulary_admits_its_own_sentences_alone() -> None:
    small = build_vocabulary([make_file()], [])
    sentences = ("ご連絡を、ありがとうございます", "ありがとうございます", "ご連絡", "ご連絡をありがとうございますとも")
    assert [bool(small.find_sorts("opening", each)) for each in sentences] == [True, True, False, False]


@pytest.mark.parametrize(("changes", "told"), [
    ({"forms": {"thanks": "{nothing} {thank}"}}, "「nothing」がありません"), ({"forms": {"thanks": "{thing} です"}}, "読み取れません"),
    ({"words": {"thing": ["(ご)?"], "thank": ["はい"]}}, "空文字にも合います"), ({"words": {"thing": ["("], "thank": ["はい"]}}, "誤りがあります"),
    ({"places": {"opening": ["thanks", "hello"]}}, "形「hello」がありません"), ({"words": None}, "words がありません"),
    ({"forms": {"thanks": "{thank}"}}, "「thing」はどの形にも使われていません"),
])  # fmt: skip
def test_what_is_wrong_in_a_vocabulary_is_told_by_its_file(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleFileError, match=r"guard/small\.yaml") as error:
        build_vocabulary([make_file(**changes)], [])
    assert told in str(error.value)
