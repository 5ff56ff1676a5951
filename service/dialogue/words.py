"""What a worker may say to the advisor itself: a site, a stage, a tone, a wish. Anything else is a message to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Wish = Literal["platform", "stage", "register", "draft", "help", "done", "forget", "reset", "quit"]
_LONGEST = 40  # characters; longer lines are messages


@dataclass(frozen=True, slots=True)
class Command:
    """A wish and its value: ("stage", "before_contract")."""

    wish: Wish
    value: str = ""


_WORDS: dict[tuple[Wish, str], str] = {
    ("platform", "crowdworks"): "クラウドワークス crowdworks cw",
    ("platform", "lancers"): "ランサーズ lancers",
    ("platform", "coconala"): "ココナラ coconala",
    ("platform", "shufti"): "シュフティ shufti",
    ("platform", "craudia"): "クラウディア craudia",
    ("platform", "upwork"): "アップワーク upwork",
    ("platform", "fiverr"): "ファイバー fiverr",
    ("platform", "unknown"): "ほかのサイト 他のサイト サイト不明",
    ("stage", "before_contract"): "契約前 契約の前 まだ契約前 まだ契約していません 契約していません 契約はまだ 未契約 "
    "仮払い前 before before_contract",
    ("stage", "after_contract"): "契約後 契約の後 契約済み 契約しました 契約しています 契約中 仮払い済み 発注済み "
    "after after_contract",
    ("stage", "unknown"): "段階は不明 契約の段階は不明",
    ("register", "soft"): "やわらかく 柔らかく もっとやわらかく もっと柔らかく やさしく もっとやさしく soft",
    ("register", "short"): "短く もっと短く 短めに 短めで 簡潔に short",
    ("register", "polite"): "丁寧に もっと丁寧に ていねいに polite",
    ("draft", "all"): "ほかの文面 他の文面 ほかの返信 他の返信 返信文 文面",
    ("help", ""): "ヘルプ 使い方 help ?",
    ("done", ""): "もう送ってしまった もう送ってしまいました 送ってしまった 送ってしまいました",
    ("forget", ""): "履歴を削除 履歴削除 履歴を消して 履歴を消す データを削除 データ削除",
    ("reset", ""): "リセット 最初から 新しい相談 reset",
    ("quit", ""): "終了 終わり おわり 終わります quit exit bye",
}
_KNOWN = {word: Command(*wish) for wish, words in _WORDS.items() for word in words.split()}
# Words that only hold wishes together: 「ココナラの、契約後です。」
_ENDINGS = ("です", "でした", "だよ", "して", "ください", "してください", "お願いします", "見せて", "案件")
_GLUE = frozenset([*"のではにもをし、。,.!！？~ \u3000", *_ENDINGS])
_LONGEST_FIRST = tuple(sorted([*_KNOWN, *_GLUE], key=lambda word: (-len(word), word)))
_SLASH: dict[str, Wish] = {"platform": "platform", "stage": "stage", "register": "register"}


def understand(text: str) -> tuple[Command, ...]:
    """Return the wishes that a line consists of; empty where the line says anything else."""
    text = text.strip().casefold()
    if len(text) > _LONGEST:
        return ()
    if text.startswith("/"):
        return _read_slash(text[1:])
    if text.isdecimal():
        return (Command("draft", str(int(text))),)
    return _read_words(text)


def _read_slash(text: str) -> tuple[Command, ...]:
    name, _, rest = text.partition(" ")
    known = _read_words(rest) if name in _SLASH else _read_words(name)
    if name in _SLASH and not any(command.wish == _SLASH[name] for command in known):
        return (Command(_SLASH[name], rest.strip()),)  # an unknown value: the advisor says which ones there are
    return known or (Command("help"),)


def _read_words(text: str) -> tuple[Command, ...]:
    found: list[Command] = []
    while text:
        if not text.startswith(_LONGEST_FIRST):
            return ()
        word = next(word for word in _LONGEST_FIRST if text.startswith(word))
        found += [_KNOWN[word]] if word in _KNOWN else []
        text = text[len(word) :]
    return tuple(found)
