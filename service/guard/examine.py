"""Examine a model's words: the checks in their order, each with an id; the first that fails refuses the whole."""

from __future__ import annotations

from collections.abc import Callable, Collection

import re2

from service.drafting import rubric_words
from service.drafting.draft import Draft
from service.drafting.rubric import GATES
from service.drafting.rubric_case import Case
from service.facts.contacts import find_contacts
from service.guard.assemble import assemble_draft
from service.guard.candidate import OVERLAP, Candidate, Sentence, runs
from service.vocabulary import DraftKind
from service.wording.shell import CLIENT_PLACES, split_sentences
from service.wording.situation import Situation, choose_draft

LONGEST_PLACE, MOST_SENTENCES, LONGEST_SENTENCE = 160, 4, 80
LONGEST_DRAFT = {"polite": 600, "soft": 600, "short": 200}
REPEAT = 8  # characters that stand twice in one sentence
ECHO = 12  # characters of the client's message in a row, outside what anybody might say

_CHARACTERS = re2.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}々ー、。・]*")
_PLACEHOLDER = re2.compile(r"[{}\[\]<>〔〕［］｛｝＜＞$%]|〇〇|○○|◯◯|●●|△△")
_CLAIMS = re2.compile(
    r"[^も]ので|から、|ため、|[でま]すし|のに|けれど|けど|[でま]すが|たが、|(?:こと|必要|心配|おそれ|恐れ|危険|損|ふあん|不安|困ること)[はがも]?(?:ありません|ない|なく)"
    r"|[らさかわたまなばが]なければ|れば、|えば、|けば、|せば、|めば、|べき(?:な|だ)"
)
_CITATION = re2.compile(
    r"第?[0-9〇一二三四五六七八九十百]+(?:条|項|号)|法第|[^方文手作無]法(?:で|に|は|律|上)|規約|ガイドライン|約款|規程|[「『]"
)
_POLITE = re2.compile(
    r"(?:です|ます|ません|でした|ました|でしょう|ましょう|ください|くださいませ)(?:ね|よ|よね|か)?$|(?:はじめまして|初めまして|こんにちは|こんばんは|ますように|お礼まで|返信まで|返事まで|連絡まで|挨拶まで)$"
)
_CASUAL = re2.compile(
    rf"{rubric_words.DOUBLE_KEIGO}|だよ|じゃあ|ちょっと|すごく|めっちゃ|マジ|まじ|オッケー|とか、|っす|ってば|じゃん"
)
_STAMMER = re2.compile(r"^[をが、]|をを|がが|にに|はは|もも|へへ|でで|を[がへ]|が[をへ]|[^も]のの|、、")
_DOUBLED = re2.compile(
    "いろいろ|ますます|なかなか|くれぐれ|一つ一つ|ひとつひとつ|まだまだ|いよいよ|そろそろ|わざわざ|ところどころ"
)
_WAVER, _AGREE = re2.compile(rubric_words.WAVER["ja"]), re2.compile(rubric_words.AGREE["ja"])
_MOST_SASETE = 2
_STAGES = {
    "before_contract": ("契約した", "契約後", "契約の後", "契約のあと"),
    "after_contract": ("契約前", "契約の前"),
}
_CONTRARY_TO_WORKER = {"ok": frozenset(("against",)), "danger": frozenset(("onward",))}
_REFUSING = ("decline", "refuse_firmly", "approval_request", "approval_check", "move_to_platform")


def examine(candidate: Candidate) -> str:
    """Return the id of the first check that fails, empty when all hold."""
    for check, holds in CHECKS.items():
        if not holds(candidate):
            return check
    return ""


def says_something(candidate: Candidate) -> bool:
    """There is at least one word."""
    return bool(candidate.places)


def is_short(candidate: Candidate) -> bool:
    """Each place is short, in few and short sentences."""
    return all(
        len(words) <= LONGEST_PLACE
        and len(split_sentences(words)) <= MOST_SENTENCES
        and max(map(len, split_sentences(words)), default=0) <= LONGEST_SENTENCE
        for _, words in candidate.places
    )


def has_no_placeholder(candidate: Candidate) -> bool:
    """No slot, bracket or 〇〇 that somebody would have to fill in."""
    return _PLACEHOLDER.search(candidate.whole) is None


def keeps_the_secret(candidate: Candidate) -> bool:
    """The sign that stands in the prompt alone does not come back."""
    return candidate.rules.canary not in candidate.whole


def keeps_the_prompt(candidate: Candidate) -> bool:
    """No sentence that the vocabulary does not know carries a long run of the prompt's rules."""
    return _shares_nothing(candidate, candidate.rules.prompt_runs, OVERLAP)


def keeps_to_letters(candidate: Candidate) -> bool:
    """Kana, kanji and plain punctuation alone: no digit, Latin letter, sign, link or invisible character."""
    return all(_CHARACTERS.fullmatch(words) for _, words in candidate.places)


def carries_no_contact(candidate: Candidate) -> bool:
    """No contact detail after folding, in any place or pieced together from several."""
    return not find_contacts(candidate.view, candidate.whole.replace("\n", ""))


def cites_nothing(candidate: Candidate) -> bool:
    """Clauses, laws, terms and quotations come from the rules alone."""
    return _CITATION.search(candidate.whole) is None


def echoes_nothing(candidate: Candidate) -> bool:
    """No sentence that the vocabulary does not know carries a long run of the client's message."""
    if all(each.sorts for each in candidate.sentences):
        return True
    return _shares_nothing(candidate, runs(candidate.answer.text, ECHO), ECHO)


def _shares_nothing(candidate: Candidate, theirs: Collection[str], length: int) -> bool:
    return all(each.sorts or runs(each.text, length).isdisjoint(theirs) for each in candidate.sentences)


def keeps_the_register(candidate: Candidate) -> bool:
    """です and ます throughout; no double keigo, no slang; させていただく at most twice."""
    polite = all(_POLITE.search(each.text) for each in candidate.sentences)
    return polite and not _CASUAL.search(candidate.whole) and candidate.whole.count("させていただ") <= _MOST_SASETE


def reads_well(candidate: Candidate) -> bool:
    """No sentence stammers: no run of its words twice, no particle at its start or twice in a row."""
    return not any(_STAMMER.search(each.text) or _repeats(each.text) for each in candidate.sentences)


def _repeats(sentence: str) -> bool:
    plain = _DOUBLED.sub("", sentence).replace("、", "")
    echoes = (
        plain[at : at + size] == plain[at + size : at + 2 * size]
        for size in (2, 3, 4, 5)
        for at in range(len(plain) - 2 * size + 1)
    )
    return any(echoes) or any(plain.count(run) > 1 for run in runs(plain, REPEAT))


def avoids(name: str) -> Callable[[Candidate], bool]:
    """Return the check that none of a list's forbidden words stands in the folded text."""
    return lambda candidate: candidate.rules.forbidden[name].search(candidate.view.text) is None


def fits_the_case(candidate: Candidate) -> bool:
    """Stage and topic, where they are named, are those of the case."""
    wrong = _STAGES.get(candidate.situation.stage, ())
    topics = [topic for topic in candidate.rules.topics if topic in candidate.whole]
    return not any(word in candidate.whole for word in wrong) and topics in ([], [candidate.situation.topic])


def is_known(candidate: Candidate) -> bool:
    """Every sentence has a shape of its place, made of that shape's words alone."""
    return all(each.sorts for each in candidate.sentences)


def agrees_with_the_verdict(candidate: Candidate) -> bool:
    """No sentence is of a sort that would contradict what the rules decided."""
    return not contradicts(candidate, None)


def contradicts(candidate: Candidate, kind: DraftKind | None) -> bool:
    """Say whether a sentence is of no sort but those that contradict the case, in a draft of this kind."""
    if _is_firm(candidate.situation, kind) and _sounds_glad(candidate):
        return True
    contrary = {place: find_contrary(candidate.situation, place, kind) for place, _ in candidate.places}
    return any(each.sorts <= contrary[each.place] | _find_claims(each) for each in candidate.sentences)


def _is_firm(situation: Situation, kind: DraftKind | None) -> bool:
    return situation.verdict == "danger" or (kind or situation.draft) == "refuse_firmly"


def _sounds_glad(candidate: Candidate) -> bool:
    glad = candidate.rules.forbidden["glad"]
    return any(glad.search(each.text) for each in candidate.sentences if each.place in CLIENT_PLACES)


def _find_claims(sentence: Sentence) -> frozenset[str]:
    """A shape that is nearly free does not admit a half sentence that says something is so."""
    return frozenset(("open",)) if _CLAIMS.search(sentence.text) else frozenset()


def find_contrary(situation: Situation, place: str, kind: DraftKind | None) -> frozenset[str]:
    """Return the sorts of sentences that contradict the case: warm beside a danger, regret beside a yes."""
    if place not in CLIENT_PLACES:
        return _CONTRARY_TO_WORKER.get(situation.verdict, frozenset())
    draft = kind or situation.draft
    return frozenset((["warm"] if _is_firm(situation, kind) else []) + ([] if draft in _REFUSING else ["regret"]))


def leaves_the_core(candidate: Candidate) -> bool:
    """The assembled draft still passes every gate of the rubric and keeps the locked parts as they were."""
    draft = choose_draft(candidate.answer)
    if draft is None:
        return True
    worded = assemble_draft(draft, candidate.shell)
    if _locked(worded) != _locked(draft) or len(worded.text) > LONGEST_DRAFT[draft.register]:
        return False
    case = Case(worded, (), {}, "ja", "")
    return all(GATES[gate](case) for gate in ("G3", "G5")) and _waver(worded) == _waver(draft)


def _locked(draft: Draft) -> list[str]:
    return [part.text for part in draft.parts if part.locked]


def _waver(draft: Draft) -> tuple[bool, bool]:
    text = draft.text
    return _WAVER.search(text) is not None, _AGREE.search(text) is not None


CHECKS: dict[str, Callable[[Candidate], bool]] = {
    "empty": says_something,
    "length": is_short,
    "placeholder": has_no_placeholder,
    "canary": keeps_the_secret,
    "prompt": keeps_the_prompt,
    "characters": keeps_to_letters,
    "contact": carries_no_contact,
    "citation": cites_nothing,
    "topic": avoids("topic"),
    "meta": avoids("meta"),
    "blame": avoids("blame"),
    "register": keeps_the_register,
    "fluency": reads_well,
    "echo": echoes_nothing,
    "case": fits_the_case,
    "vocabulary": is_known,
    "verdict": agrees_with_the_verdict,
    "core": leaves_the_core,
}
