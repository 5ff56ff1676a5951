"""LINE's own client at work: short scenarios, run against the stand-in, recorded from it, and played back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

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

from tests.fakes.line_events import user_id
from tests.fakes.line_faults import Fault
from tests.fakes.line_server import RunningLine

Work = Callable[[AsyncMessagingApi, AsyncMessagingApiBlob], Awaitable[Any]]
USER, TOKEN = user_id(1), "0f3779fba3b349968c5d07db31eab56f"
KEY = "123e4567-e89b-12d3-a456-426614174000"
TIMEOUT = 5.0
BUBBLE = {
    "type": "bubble",
    "body": {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "要確認", "wrap": True}]},
}
CARD = FlexMessage(altText="確認の結果です", contents=FlexContainer.from_dict(BUBBLE))
HELLO = TextMessage(text="こんにちは")


def with_sdk(work: Work, token: str, host: str | None = None) -> Any:
    """Run some work with LINE's async client, closed afterwards; without a host it asks LINE's own."""

    async def whole() -> Any:
        configuration = Configuration(access_token=token, **({"host": host} if host else {}))
        async with AsyncApiClient(configuration) as client:
            return await work(AsyncMessagingApi(client), AsyncMessagingApiBlob(client))

    return asyncio.run(whole())


async def reply(api: AsyncMessagingApi, _: Any) -> Any:
    """Reply with a card and a text."""
    return await api.reply_message(_reply(CARD, HELLO), _request_timeout=TIMEOUT)


async def reply_twice(api: AsyncMessagingApi, _: Any) -> Any:
    """Use one token twice."""
    await api.reply_message(_reply(HELLO), _request_timeout=TIMEOUT)
    return await refused(api.reply_message(_reply(HELLO), _request_timeout=TIMEOUT))


async def reply_after_a_500(api: AsyncMessagingApi, _: Any) -> Any:
    """Try again after a 500 that LINE sent although it had accepted the reply."""
    first = await refused(api.reply_message(_reply(HELLO), _request_timeout=TIMEOUT))
    return first, await refused(api.reply_message(_reply(HELLO), _request_timeout=TIMEOUT))


async def push_twice(api: AsyncMessagingApi, _: Any) -> Any:
    """Push twice under one key."""
    request = PushMessageRequest(to=USER, messages=[HELLO])
    sent = await api.push_message(request, x_line_retry_key=KEY, _request_timeout=TIMEOUT)
    again = await refused(api.push_message(request, x_line_retry_key=KEY, _request_timeout=TIMEOUT))
    return sent, again


async def push_over_the_limits(api: AsyncMessagingApi, _: Any) -> Any:
    """Meet the rate limit, then the month's."""
    request = PushMessageRequest(to=USER, messages=[HELLO])
    rate = await refused(api.push_message(request, x_line_retry_key=KEY, _request_timeout=TIMEOUT))
    return rate, await refused(api.push_message(request, x_line_retry_key=KEY, _request_timeout=TIMEOUT))


async def look_around(api: AsyncMessagingApi, blob: AsyncMessagingApiBlob) -> Any:
    """Show the animation, read the account, fetch a picture and one that is gone."""
    await api.show_loading_animation(ShowLoadingAnimationRequest(chatId=USER, loadingSeconds=20))
    bot, quota, used = (
        await api.get_bot_info(),
        await api.get_message_quota(),
        await api.get_message_quota_consumption(),
    )
    picture = await blob.get_message_content("9")
    return bot.user_id, quota.value, used.total_usage, bytes(picture), await refused(blob.get_message_content("10"))


async def refused(call: Awaitable[Any]) -> tuple[int, str]:
    """Return how LINE refused a call."""
    try:
        await call
    except ApiException as error:
        body = error.body.decode() if isinstance(error.body, bytes) else error.body
        return error.status, body
    raise AssertionError("the call was accepted")


def _reply(*messages: Any) -> ReplyMessageRequest:
    return ReplyMessageRequest(replyToken=TOKEN, messages=list(messages))


def prepare(name: str, line: RunningLine) -> None:
    """Bring a stand-in to where a scenario begins."""
    line.account.issue(USER, TOKEN)
    line.account.contents["9"] = ("image/png", b"\x89PNG\r\n\x1a\n")
    line.account.gone.add("10")
    if name == "reply_after_a_500":
        line.faults.script("reply", Fault("server_error", "after"))
    if name == "push_over_the_limits":
        line.account.quota = 0
        line.faults.script("push", Fault("rate_limit"))


SCENARIOS: dict[str, Work] = {
    work.__name__: work
    for work in (reply, reply_twice, reply_after_a_500, push_twice, push_over_the_limits, look_around)
}
