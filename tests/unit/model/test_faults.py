"""Whatever the API does, the template goes out in time; what may help is tried again, what may not is not."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from llmock.pytest_plugin import LLMock

from tests.phrases import read_phrases
from tests.standins import model_api as does
from tests.standins.model_api import ModelApi
from tests.unit.model.conftest import Desk

GOOD = read_phrases("answers")["zoom_first"]
FAULTS = {
    "rate_limit": does.fail(429, headers={"retry-after": "30"}),
    "quota": does.fail(429, code="insufficient_quota"),
    "server": does.fail(500),
    "unauthorized": does.fail(401),
    "bad_request": does.fail(400),
    "html": does.send_page(),
    "malformed": does.cut_body(),
    "refusal": does.refuse(),
    "incomplete": does.stop_short("max_output_tokens"),
    "filtered": does.stop_short("content_filter"),
    "guard_shape": does.say('{"lead": "契約前に通話を'),
    "connection": does.reset(),
    "deadline": does.drip(),
    "timeout": does.hang(),
}


@pytest.mark.parametrize("reason", FAULTS)
def test_the_template_goes_out_in_time(reason: str, api: ModelApi, desk: Callable[..., Desk]) -> None:
    api.will(FAULTS[reason])
    made = desk(model_deadline=1.0)
    (reply,) = made.word()
    assert reply.wording == "template" and reply.drafts == made.answer.drafts
    assert reply.reason == reason or (reason == "timeout" and reply.reason == "deadline")
    assert made.seconds[0] < 1.0 + 0.5


@pytest.mark.parametrize(("first", "calls"), [
    (does.fail(429, headers={"retry-after": "0.2"}), 2), (does.fail(500), 2), (does.fail(408), 2), (does.reset(), 2),
    (does.fail(401), 1), (does.fail(400), 1), (does.fail(429, code="insufficient_quota"), 1), (does.refuse(), 1),
    (does.send_page(), 1), (does.fail(500, headers={"x-should-retry": "false"}), 1),
])  # fmt: skip
def test_only_what_may_help_is_tried_again(
    first: does.Move, calls: int, api: ModelApi, desk: Callable[..., Desk]
) -> None:
    api.will(first, does.say(GOOD))
    (reply,) = desk().word()
    assert len(api.bodies) == calls
    assert reply.wording == ("model" if calls == 2 else "template")


def test_a_pause_that_the_server_asks_for_is_kept(api: ModelApi, desk: Callable[..., Desk]) -> None:
    api.will(does.fail(429, headers={"retry-after": "1"}), does.say(GOOD))
    made = desk(model_deadline=4.0)
    (reply,) = made.word()
    assert reply.wording == "model" and made.seconds[0] >= 1.0


def test_a_pause_beyond_the_deadline_is_not_waited_for(api: ModelApi, desk: Callable[..., Desk]) -> None:
    api.will(does.fail(429, headers={"retry-after": "30"}), does.say(GOOD))
    made = desk(model_deadline=4.0)
    (reply,) = made.word()
    assert (reply.reason, len(api.bodies)) == ("rate_limit", 1) and made.seconds[0] < 2.0


def test_an_api_that_is_down_delays_the_first_answer_alone(api: ModelApi, desk: Callable[..., Desk]) -> None:
    made = desk(openai_base_url="http://127.0.0.1:9/v1")
    replies = made.word(made.answer, made.answer, made.answer)
    assert [reply.reason for reply in replies] == ["connect", "breaker", "breaker"]


def test_the_chat_dialect_words_as_well(api: ModelApi, desk: Callable[..., Desk]) -> None:
    message = {"role": "assistant", "content": json.dumps(GOOD, ensure_ascii=False), "refusal": None}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "gpt-6-luna",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message, "logprobs": None}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}}  # fmt: skip
    api.will(lambda handler: handler.send_json(200, body))
    (reply,) = desk(model_api="chat").word()
    assert reply.wording == "model" and reply.cost == pytest.approx(0.00014)


def test_a_stand_in_made_by_others_finds_no_fault_with_the_client(llmock: LLMock, desk: Callable[..., Desk]) -> None:
    """llmock grades its client: pauses kept, no storm of retries, nothing asked again that cannot help."""
    llmock.fail(503).rate_limit(retry_after=0.5).reply(json.dumps(GOOD, ensure_ascii=False))
    (reply,) = desk(openai_base_url=llmock.base_url("openai"), model_deadline=6.0).word()
    assert reply.wording == "model" and len(llmock.requests) == 3
    llmock.assert_resilient(strict=True)
