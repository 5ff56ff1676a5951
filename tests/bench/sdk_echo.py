"""LINE's own FastAPI echo example, made to run: what a bot is measured against that does nothing but answer.

As in the SDK's `examples/fastapi-echo/main.py`, but for what breaks there: its client is built at import time, before
any event loop runs (RuntimeError), and is never closed; and it has no timeout, so that one lost answer of LINE's would
hold a webhook for five minutes. Here the client lives with the application, and each call is given five seconds.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import AsyncApiClient, AsyncMessagingApi, Configuration, ReplyMessageRequest, TextMessage
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import MessageEvent, TextMessageContent

parser = WebhookParser(os.environ["LINE_CHANNEL_SECRET"])


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Build the client inside the running loop, and close it."""
    configuration = Configuration(
        access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"], host=os.environ["LINE_API_BASE"]
    )
    async with AsyncApiClient(configuration) as client:
        app.state.line = AsyncMessagingApi(client)
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/readyz")
async def ready() -> str:
    """Tell that it runs."""
    return "OK"


@app.post("/line/webhook")
async def callback(request: Request) -> str:
    """Reply each text with itself, then acknowledge."""
    body = (await request.body()).decode()
    try:
        events = parser.parse(body, request.headers["X-Line-Signature"])
    except InvalidSignatureError as error:
        raise HTTPException(status_code=400, detail="Invalid signature") from error
    for event in events:
        if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
            reply = ReplyMessageRequest(replyToken=event.reply_token, messages=[TextMessage(text=event.message.text)])
            await request.app.state.line.reply_message(reply, _request_timeout=5.0)
    return "OK"


if __name__ == "__main__":
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/ ", file=sys.stderr, flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])
