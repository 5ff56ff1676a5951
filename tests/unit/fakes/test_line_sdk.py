"""LINE's own client works against the stand-in as it works against LINE."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    FlexContainer,
    FlexMessage,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
)

from tests.fakes.line_events import Events, user_id
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine

BUBBLE = {
    "type": "bubble",
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "要確認", "wrap": True}]},
}


def with_sdk(line: RunningLine, work: Callable[[AsyncMessagingApi, AsyncMessagingApiBlob], Awaitable[Any]]) -> Any:
    """Run some work with LINE's async client, which is closed afterwards."""

    async def whole() -> Any:
        configuration = Configuration(host=line.url, access_token=line.account.channel_token)
        async with AsyncApiClient(configuration) as client:
            return await work(AsyncMessagingApi(client), AsyncMessagingApiBlob(client))

    return asyncio.run(whole())


def test_it_replies_with_text_and_card(line: RunningLine, make: Events) -> None:
    token = make.text("hi", user_id(1))["replyToken"]
    card = FlexMessage(altText="確認の結果です", contents=FlexContainer.from_dict(BUBBLE))
    request = ReplyMessageRequest(replyToken=token, messages=[card, TextMessage(text="はい")])
    answer = with_sdk(line, lambda api, _: api.reply_message(request, _request_timeout=5.0))
    [delivery] = line.ledger.deliveries
    assert tuple(each.id for each in answer.sent_messages) == delivery.ids
    assert [each["type"] for each in delivery.messages] == ["flex", "text"]


def test_its_push_under_a_used_key_says_409(line: RunningLine) -> None:
    key = str(uuid.uuid4())
    request = PushMessageRequest(to=user_id(1), messages=[TextMessage(text="はい")])

    async def twice(api: AsyncMessagingApi, _: AsyncMessagingApiBlob) -> None:
        await api.push_message(request, x_line_retry_key=key, _request_timeout=5.0)
        await api.push_message(request, x_line_retry_key=key, _request_timeout=5.0)

    with pytest.raises(ApiException) as caught:
        with_sdk(line, twice)
    assert caught.value.status == 409 and "already accepted" in caught.value.body
    assert caught.value.headers["x-line-accepted-request-id"]


def test_it_shows_loading_and_reads_the_account(line: RunningLine) -> None:
    async def look(api: AsyncMessagingApi, _: AsyncMessagingApiBlob) -> tuple[str, int]:
        await api.show_loading_animation(ShowLoadingAnimationRequest(chatId=user_id(1), loadingSeconds=20))
        return (await api.get_bot_info()).user_id, (await api.get_message_quota()).value

    assert with_sdk(line, look) == (line.account.bot_user_id, 200)
    assert line.ledger.count("loading") == 1


def test_it_fetches_contents(line: RunningLine) -> None:
    line.account.contents["9"] = ("image/png", b"\x89PNG")
    assert bytes(with_sdk(line, lambda _, blob: blob.get_message_content("9"))) == b"\x89PNG"


def test_a_reset_reaches_it_as_a_connection_error(line: RunningLine, make: Events) -> None:
    line.faults.script("reply", Fault("reset", "after"))
    request = ReplyMessageRequest(
        replyToken=make.text("hi", user_id(1))["replyToken"], messages=[TextMessage(text="a")]
    )
    with pytest.raises(OSError):
        with_sdk(line, lambda api, _: api.reply_message(request, _request_timeout=5.0))
    assert len(line.ledger.deliveries) == 1
