"""Romaji: Japanese in Latin letters is read as Japanese - 「denwa bangou wo oshiete kudasai」 as 電話番号を教えてください."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from service.intake.edits import Change
from service.intake.kana import find_all
from service.intake.romaji_words import HINTS, KEPT, SURE_WORDS, TELLING_ENDS, WORDS

_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_CAPITAL = {small: capital for capital, small in _SMALL.items()}
_JOINTS = str.maketrans("", "", "'-")
_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ", "m": "まみむめも",
    "y": "や-ゆ-よ", "r": "らりるれろ", "w": "わ---を", "g": "がぎぐげご", "z": "ざじずぜぞ", "j": "-じ---", "d": "だぢづでど",
    "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "f": "--ふ--",
}  # fmt: skip
_GLIDES = {
    "ky": "き", "gy": "ぎ", "sy": "し", "sh": "し", "zy": "じ", "j": "じ", "jy": "じ", "ty": "ち", "ch": "ち", "cy": "ち", "dy": "ぢ",
    "ny": "に", "hy": "ひ", "by": "び", "py": "ぴ", "my": "み", "ry": "り",
}  # fmt: skip
_SINGLE = {"shi": "し", "chi": "ち", "tsu": "つ", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ", "ti": "ち", "je": "じぇ",
           "she": "しぇ", "che": "ちぇ"}  # fmt: skip
SYLLABLES = (
    {head + vowel: kana for head, row in _ROWS.items() for vowel, kana in zip(_VOWELS, row, strict=True) if kana != "-"}
    | {
        head + vowel: kana + small
        for head, kana in _GLIDES.items()
        for vowel, small in zip("auo", "ゃゅょ", strict=True)
    }
    | _SINGLE
)
_SIZES = (3, 2, 1)  # letters of a syllable
WHOLE = {"wa": "は", "o": "を", "wo": "を", "e": "へ", "he": "へ", "dewa": "では", "yen": "円"}
_SITE = "site"  # して or a site, by what follows
AFTER_NOUN = frozenset(["wa", "ga", "wo", "o", "no", "ni", "de", "e", "kara", "mo", "to"])
_STOPS = {".": "。", ",": "、"}
_Piece = tuple[int, int, str]  # start, end and kind
_WORD, _GAP, _ADDRESS, _SIGNS = "word", "gap", "address", "signs"
_LETTERS = frozenset(map(chr, _SMALL)) | frozenset(map(chr, _CAPITAL)) | frozenset("'-")
_WORDS_ALONE = {code: " " for code in range(128) if chr(code) not in _LETTERS}
_ADDRESS_SIGNS = frozenset("@_/\\=#&")  # in what is no word: an address, a link, a handle
_LEAST_WORDS = 3
_LEAST_KANA = 0.55  # share of the words that can be read as kana
_SHORTEST_FIRST, _SHORTEST_WITHIN = 3, 4  # kana of a listed word that a longer one may begin with, or hold


def read_romaji(text: str) -> list[Change]:
    """Return the changes that make Japanese of a romaji text; none where it is none."""
    if not any(hint in text for hint in HINTS):
        return []
    latin = text.encode("ascii", "replace").decode("ascii")  # letter for letter, and quicker to go through
    chunks = latin.replace("\n", " ").split(" ")
    words = [*_list_words(chunks)]
    small = [word.translate(_SMALL) for word in words]
    spelt = _spell_romaji(small)
    if spelt is None:
        return []
    shouts = sum(word == low for word, low in zip(words, small, strict=True)) * 4 < len(words)
    kept = KEPT | {_SITE} if any(one == _SITE and then in AFTER_NOUN for one, then in pairwise(small)) else KEPT
    written = {word: _write_word(word, spelt, kept, shouts=shouts) for word in {*words}}
    pieces = [*_cut_words(chunks)]
    read = [written[text[start:end]] if kind == _WORD else None for start, end, kind in pieces]
    return [*_list_changes(text, pieces, read)]


def _list_words(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the words alone: most texts with a word or two of Japanese in them are given up then."""
    for letters in chunks:
        if letters and _LETTERS.issuperset(letters):
            yield letters
        elif letters and not _is_address(letters):
            yield from letters.translate(_WORDS_ALONE).split()


def _cut_words(chunks: Iterable[str]) -> Iterator[_Piece]:
    """Yield each run of Latin letters, and what stands between them; addresses and handles stay whole."""
    at = end = 0
    for letters in chunks:
        if letters:
            if end < at:
                yield end, at, _GAP
            end = at + len(letters)
            if _LETTERS.issuperset(letters):
                yield at, end, _WORD
            elif _is_address(letters):
                yield at, end, _ADDRESS
            else:
                yield from _cut_letters(letters, at)
        at += len(letters) + 1
    if end < at - 1:  # behind the last chunk there is no gap
        yield end, at - 1, _GAP


def _cut_letters(letters: str, at: int) -> Iterator[_Piece]:
    for is_word, run in groupby(letters, key=_LETTERS.__contains__):
        end = at + len([*run])
        yield at, end, _WORD if is_word else _SIGNS
        at = end


def _spell_romaji(words: list[str]) -> dict[str, str | None] | None:
    """Return the kana of each word in small letters; None where the words are not Japanese for the most part."""
    if len(words) < _LEAST_WORDS or not any(word.endswith(TELLING_ENDS) or word in SURE_WORDS for word in words):
        return None
    spelt = {word: _spell_kana(word.translate(_JOINTS)) for word in {*words}}
    readable = sum(spelt[word] is not None for word in words)
    return spelt if readable >= _LEAST_KANA * len(words) else None


def _write_word(word: str, spelt: Mapping[str, str | None], kept: frozenset[str], *, shouts: bool) -> str | None:
    """Return a word in Japanese; None where it is none: LINE, Zoom, data."""
    small = word.translate(_SMALL)
    if small in kept or (word[1:] and word == word.translate(_CAPITAL) and not shouts):
        return None
    if small in WHOLE:
        return WHOLE[small]
    kana = spelt[small]
    return _write_kanji(kana) if kana else None


def _spell_kana(word: str) -> str | None:
    kana, at = "", 0
    while at < len(word):
        for size in _SIZES:
            if sound := SYLLABLES.get(word[at : at + size]):
                kana, at = kana + sound, at + size
                break
        else:
            if word[at] == "n" or (word[at] == "m" and word[at + 1 : at + 2] in ("b", "p", "m")):
                kana, at = kana + "ん", at + 1
            elif word[at + 1 : at + 2] == word[at] or word[at : at + 2] == "tc":
                kana, at = kana + "っ", at + 1
            else:
                return None
    return kana or None


def _shorten(kana: str) -> tuple[str, list[int]]:
    """Return kana without what only makes a vowel long, and where each that is left stood."""
    kept = [at for at, sign in enumerate(kana) if not (at and _lengthens(kana[at - 1], sign))]
    return "".join(kana[at] for at in kept), [*kept, len(kana)]


def _lengthens(before: str, sign: str) -> bool:
    if sign == "ー":
        return True
    vowel = VOWEL_OF.get(before)
    return sign in "あいうえお" and (sign == vowel or (sign == "う" and vowel == "お"))


VOWEL_OF = {
    kana: vowel for row in _ROWS.values() for vowel, kana in zip("あいうえお", row, strict=True) if kana != "-"
} | {"ゃ": "あ", "ゅ": "う", "ょ": "お", "ぁ": "あ", "ぃ": "い", "ぇ": "え", "ぉ": "お"}
WRITTEN = {
    _shorten(sound)[0]: written
    for sound, _, written in (each.partition(" ") for each in WORDS.strip().replace("\n", "|").split("|"))
}
# The kana of the listed words by their first one, the longest first.
_WORD_SIZES = {
    first: sorted({len(short) for short in WRITTEN if short[0] == first}, reverse=True)
    for first in {short[0] for short in WRITTEN}
}


def _write_kanji(kana: str) -> str:
    """Return kana with the listed words in it written as usual; the longest counts."""
    short, places = _shorten(kana)
    if short in WRITTEN:
        return WRITTEN[short]
    written, at = "", 0
    while at < len(short):
        size = _find_word(short, at)
        written += WRITTEN[short[at : at + size]] if size else kana[places[at] : places[at + 1]]
        at += size or 1
    return written


def _find_word(short: str, at: int) -> int:
    """Return how many kana the longest listed word has that stands at a place; 0: there is none."""
    least = _SHORTEST_WITHIN if at else _SHORTEST_FIRST
    for size in _WORD_SIZES.get(short[at], ()):
        if least <= size <= len(short) - at and short[at : at + size] in WRITTEN:
            return size
    return 0


def _list_changes(text: str, pieces: Sequence[_Piece], read: Sequence[str | None]) -> Iterator[Change]:
    """Yield the Japanese words; the spaces beside them go, full stops and commas are written as Japanese writes them."""
    nothing: _Piece = (0, 0, _SIGNS)
    around = zip([nothing, *pieces], [None, *read], [*pieces[1:], nothing], [*read[1:], None], strict=False)
    for (start, end, kind), written, (left, behind, right, before) in zip(pieces, read, around, strict=True):
        if written is not None:
            yield start, end, written
        elif kind == _GAP:
            if (behind or before) and _ADDRESS not in (left[2], right[2]):
                yield from ((at, at + 1, "") for at in range(start, end) if text[at] != "\n")
        elif behind and text[start] in _STOPS:
            yield start, start + 1, _STOPS[text[start]]


def _is_address(letters: str) -> bool:
    if not _ADDRESS_SIGNS.isdisjoint(letters):
        return True
    dots = find_all(letters, ".") if "." in letters else ()
    return any("a" <= letters[at + 1 : at + 2] <= "z" and letters[at - 1] in _LETTERS for at in dots if at)
