"""The contract's JSON: its keys, its order, and quotes that are exact slices."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from service.consultation import Answer
from service.guard.reply import admit_template
from service.rendering.result import to_result

CONTRACT = [
    "id", "edition", "as_of", "platform", "stage", "role", "verdict", "summary", "asks", "claims", "findings",
    "next_steps", "drafts", "wording",
]  # fmt: skip


def _result(answer: Answer) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(to_result(admit_template(answer)))))


def test_the_contracts_keys_come_first_and_in_order(answer: Answer) -> None:
    assert list(to_result(admit_template(answer)))[: len(CONTRACT)] == CONTRACT


def test_branches_are_given_only_with_depends(answer: Answer, open_answer: Answer) -> None:
    assert "branches" not in to_result(admit_template(answer))
    assert to_result(admit_template(open_answer))["branches"] == {
        "before_contract": "against_rules",
        "after_contract": "caution",
    }


def test_every_quote_is_an_exact_slice(answer: Answer, text: str) -> None:
    result = _result(answer)
    facts = [*result["asks"], *result["claims"]]
    assert facts and all(text[each["start"] : each["end"]] == each["quote"] for each in facts)


def test_days_are_written_as_days(answer: Answer) -> None:
    result = _result(answer)
    assert result["as_of"] == result["findings"][0]["sources"][0]["checked_on"] == "2026-11-23"


def test_a_draft_is_its_whole_text(answer: Answer) -> None:
    draft = _result(answer)["drafts"][0]
    assert draft["text"].startswith("お世話になっております。\n\n恐れ入りますが")
    assert (draft["kind"], draft["label"], draft["wording"]) == ("decline", "丁寧にお断りする", "template")


def test_without_drafts_there_is_no_register(answer: Answer) -> None:
    result = to_result(admit_template(replace(answer, drafts=())))
    assert (result["drafts"], result["register"]) == ([], None)
