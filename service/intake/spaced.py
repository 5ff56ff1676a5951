"""Letters set apart one by one (L I N E, ラ・イ・ン), and the signs between them."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from service.intake.kana import is_katakana
from service.intake.letters import find_matches

_SEPARATOR = r"[ \-・._/*|,~+=:;'()\[\]<>【】「」『』☆★♪♡♥◆◇■□●○▲△\x{2600}-\x{27BF}\x{1F300}-\x{1FAFF}]{1,3}"
_SIGNS = frozenset(" -・._/*|,~+=:;'()[]<>【】「」『』☆★♪♡♥◆◇■□●○▲△\n") | {
    chr(code) for code in (*range(0x2600, 0x27C0), *range(0x1F300, 0x1FB00))
}
# Each script has its own runs. A sign eaten after a run could not open the next one.
_SPACED = (
    rf"(?:^|[^A-Za-z])([A-Za-z](?:(?:{_SEPARATOR}|\n{{1,2}})[A-Za-z]){{2,}})"
    rf"|(?:^|[^ァ-ヺー])([ァ-ヺー](?:(?:{_SEPARATOR}|\n{{1,2}})[ァ-ヺー]){{2,}})"
    rf"|(?:^|[^ぁ-ゖー])([ぁ-ゖー](?:{_SEPARATOR}[ぁ-ゖー]){{2,}})"
    rf"|(?:^|[^一-龠])([一-龠](?:{_SEPARATOR}[一-龠])+)"
    r"|[ぁ-ゖ]([ぁ-ゖー](?:[・._/*|★☆♪♡][ぁ-ゖー]){2,})"
    r"|([ぁ-ゖァ-ヺー一-龠0-9](?: [ぁ-ゖァ-ヺー一-龠0-9]){5,})"
)
# To look for the runs takes half the time that it takes to find out of which kind each is.
_ANY_RUN = re2.compile(_SPACED.replace("([", "(?:[").encode())
_RUN_OF_KIND = re2.compile(_SPACED.encode())
_GLUED = 5  # hiragana set apart right behind a word: 使ってないこ・う・ざ
_MIXED = 6  # letters of every script: 貸 し て く れ る
_HAN = 4
_HIRAGANA = 3  # the one group that a word may follow directly: ら い ん で
_SHORTEST = (0, 3, 3, 3, 2, 3, 6)  # letters of a run, by group; 電 話 are two, of mixed script it takes more


def list_separators(text: str) -> list[int]:
    """Return the indices of the signs between letters that were set apart one by one."""
    signs: list[int] = []
    for group, start, end in _find_runs(text):
        signs += _list_signs(text, start, end, group)
    return signs


def _find_runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield group, start and end of each run."""
    encoded = text.encode("utf-8")
    for index, first, run in find_matches(_ANY_RUN, encoded):
        group, behind = _guess_group(run) if first else None, 1
        if group is None:
            _, *groups = _RUN_OF_KIND._regexp.Match(re2._Anchor.ANCHOR_START, encoded, first, len(encoded))
            group, begin = next((number, begin) for number, (begin, _) in enumerate(groups, 1) if begin >= 0)
            behind = len(encoded[first:begin].decode("utf-8"))
        yield group, index + behind, index + len(run)


def _guess_group(run: str) -> int | None:
    """Return the group of a run behind another sign, where its first letter tells."""
    letter = run[1]
    if "ァ" <= letter <= "ヺ":
        return 2
    if "A" <= letter <= "Z" or "a" <= letter <= "z":
        return 1
    return _HAN if "一" <= letter <= "龠" else None


def _list_signs(text: str, first: int, last: int, group: int) -> list[int]:
    """Return the signs between the letters of a run; a last letter that opens a word (A B Cat) is not part of it."""
    signs = [index for index, char in enumerate(text[first:last], first) if char in _SIGNS]
    letters = last - first - len(signs)
    if group not in (_HIRAGANA, _GLUED, _MIXED) and last < len(text) and _is_letter(text[last], group):
        letters -= 1
        while signs and signs[-1] == (last := last - 1) - 1:
            signs.pop()
    return signs if letters >= _SHORTEST[group] else []


def _is_letter(char: str, group: int) -> bool:
    if group == 1:
        return "A" <= char <= "Z" or "a" <= char <= "z"
    if group == 2:
        return is_katakana(char)
    if group in (_HIRAGANA, _GLUED):
        return "ぁ" <= char <= "ゖ" or char == "ー"
    if group == _MIXED:
        return char != " "
    return "一" <= char <= "龠"
