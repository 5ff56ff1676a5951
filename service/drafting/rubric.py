"""The fifteen points a draft is measured by, as far as a script can tell: five gates (G) and ten points (S).

Two points are a person's to give, 9 (clear but not blunt) and 15 (the client would stay): they are taken as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from statistics import median

from service.drafting import rubric_words as words
from service.drafting.draft import Draft
from service.drafting.rubric_case import Case, split_sentences
from service.vocabulary import AskKind, Language, Register

LEAST_POINTS = 12
LENGTHS: dict[Register, tuple[int, int]] = {"polite": (120, 400), "soft": (120, 400), "short": (40, 120)}
LONGEST_SENTENCE = 60  # the median sentence
LONGEST_LINE = 100  # about five lines on a phone
MOST_SASETE = 2  # させていただく
LONGEST_ECHO = 20  # characters of the client's message in a row


@dataclass(frozen=True, slots=True)
class Check:
    """One of the fifteen points: G1–G5 are gates, S6–S14 count, H9 and H15 are given."""

    id: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a draft was found to be."""

    checks: tuple[Check, ...]

    @property
    def points(self) -> int:
        """How many of the fifteen points hold."""
        return sum(check.passed for check in self.checks)

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the checks that do not hold."""
        return tuple(check.id for check in self.checks if not check.passed)

    @property
    def passed(self) -> bool:
        """Whether every gate holds and enough points were reached."""
        return not any(each.startswith("G") for each in self.failed) and self.points >= LEAST_POINTS


def rate_draft(
    draft: Draft,
    *,
    asks: Collection[AskKind] = (),
    slots: Mapping[str, str],
    language: Language = "ja",
    client_text: str = "",
) -> Report:
    """Measure a draft; outside Japanese only the gates are looked at, the other points are given."""
    case = Case(draft, asks, slots, language, client_text)
    given = {"H9": True, "H15": True}
    gates = {name: check(case) for name, check in GATES.items()}
    points = {name: language != "ja" or check(case) for name, check in POINTS.items()}
    return Report(tuple(Check(name, passed) for name, passed in {**gates, **points, **given}.items()))


def says_the_verdict(case: Case) -> bool:
    """G1: the core says what was decided, and nothing in the draft can be read as the opposite."""
    core, kind, language = case.part("core"), case.draft.kind, case.language
    refuses = bool(re.search(words.REFUSE[language], core))
    if re.search(words.WAVER[language], case.own):
        return False
    if kind in ("report", "ask_details"):
        return not refuses
    must_refuse = kind in ("decline", "refuse_firmly") or (
        kind != "approval_check" and bool(set(case.asks) & words.NEVER)
    )
    agrees = bool(re.search(words.AGREE[language], case.own))
    return agrees == (kind == "accept") and (refuses or not must_refuse)


def has_the_required(case: Case) -> bool:
    """G2: nothing that this kind of draft needs is missing."""
    text, kind, language = case.own, case.draft.kind, case.language
    needed = [*words.REQUIRED.get((kind, language), ())]
    if kind in ("approval_request", "approval_check"):
        application = case.slots.get("application")
        needed.append(re.escape(application) + "|申請ステータス" if application else words.OFFICE[language])
    if kind == "approval_request":
        needed.append(words.UNTIL_THEN[language])
        if not set(case.asks) & words.NEVER and case.draft.register != "short":
            needed.append(words.EITHER_SIDE[language])
    if kind in ("move_to_platform", "ask_details"):
        needed.append(re.escape(case.slots["channel_in_site"]))
    if kind == "report" and case.slots.get("quote"):
        return case.slots["quote"] in case.draft.text and all(re.search(each, text) for each in needed)
    return all(re.search(each, text) for each in needed)


def carries_no_contact(case: Case) -> bool:
    """G3: no contact detail, no address, no slot left open."""
    return not re.search(words.CONTACT, case.draft.text) and not re.search(r"[{}\[\]|]", case.draft.text)


def invents_nothing(case: Case) -> bool:
    """G4: no clause, law, penalty, price or date; the draft knows of none."""
    return not re.search(words.LAW[case.language], case.own)


def echoes_nothing(case: Case) -> bool:
    """G5: no accusation, no talk about how the draft was made, no long run of the client's own words."""
    runs = range(len(case.client_text) - LONGEST_ECHO + 1)
    echo = any(case.client_text[start : start + LONGEST_ECHO] in case.own for start in runs)
    return not echo and not re.search(words.META[case.language], case.own)


def opens_with_a_greeting(case: Case) -> bool:
    """S6: the opening fits a first message as well as a later one."""
    return bool(re.search(r"お世話になっております|ご連絡|ご担当者様", case.part("opening")))


def thanks_before_the_core(case: Case) -> bool:
    """S7: thanks, or the office's greeting, come before the answer."""
    before = case.part("opening") + case.part("empathy")
    return bool(re.search(r"ありがとう|ご担当者様", before))


def cushions_once(case: Case) -> bool:
    """S8: a cushion stands in the refusing or asking sentence, before the refusal, and none is said twice."""
    if any(case.own.count(cushion) > 1 for cushion in words.CUSHIONS):
        return False
    refusing = [each for each in split_sentences(case.part("core")) if re.search(words.REFUSE["ja"], each)]
    if refusing:
        return all(each.startswith(words.CUSHIONS) for each in refusing)
    return case.draft.kind in ("accept", "report") or any(cushion in case.own for cushion in words.CUSHIONS)


def gives_one_reason(case: Case) -> bool:
    """S10: one sentence, a rule or one's own side, without blame."""
    reason = case.part("reason")
    own = len(split_sentences(reason)) == 1 and re.search(words.OWN_SIDE, reason)
    return bool(own) and not re.search(words.BLAME, case.own)


def offers_an_alternative(case: Case) -> bool:
    """S11: something that can be done now, on the site."""
    return bool(re.search(r"サイト|メッセージ|お送りください|申請|運営|完了|確認", case.part("alternative")))


def closes_kindly(case: Case) -> bool:
    """S12: goodwill, then よろしくお願いいたします."""
    closing = case.part("closing")
    kind_enough = case.draft.register == "short" or case.draft.kind == "report" or re.search(words.GOODWILL, closing)
    return closing.endswith("よろしくお願いいたします。") and bool(kind_enough)


def keeps_the_register(case: Case) -> bool:
    """S13: です/ます in every sentence; no double keigo, slang or emoji; させていただく at most twice."""
    text = case.own
    plain = [each for each in split_sentences(text) if not re.search(words.POLITE_END, each)]
    wrong = re.search(f"{words.DOUBLE_KEIGO}|{words.EMOJI}|{words.CASUAL}", text)
    return not plain and not wrong and text.count("させていただ") <= MOST_SASETE


def is_easy_to_read(case: Case) -> bool:
    """S14: the whole, the median sentence and every line short enough for a phone."""
    least, most = LENGTHS[case.draft.register]
    text = case.own
    sentences = split_sentences(text)
    fits = least <= len("".join(text.split())) <= most
    return fits and median(map(len, sentences)) <= LONGEST_SENTENCE and max(map(len, text.split("\n"))) <= LONGEST_LINE


GATES: dict[str, Callable[[Case], bool]] = {
    "G1": says_the_verdict, "G2": has_the_required, "G3": carries_no_contact, "G4": invents_nothing,
    "G5": echoes_nothing,
}  # fmt: skip
POINTS: dict[str, Callable[[Case], bool]] = {
    "S6": opens_with_a_greeting, "S7": thanks_before_the_core, "S8": cushions_once, "S10": gives_one_reason,
    "S11": offers_an_alternative, "S12": closes_kindly, "S13": keeps_the_register, "S14": is_easy_to_read,
}  # fmt: skip
