"""OpenAiModel: the model behind OpenAI's API or one that speaks it; the SDK is loaded only where a model is wanted."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from service.adapters.model.dialects import Chat, Responses, check_answer
from service.adapters.model.failures import explain
from service.model.ports import Said
from service.settings import Settings
from service.wording.prompt import Request

CONNECT = 2.0  # seconds


class OpenAiModel:
    """One model by name. `name_user` turns a user into a keyed hash: who asks is not told."""

    def __init__(self, settings: Settings, name_user: Callable[[str], str]) -> None:
        self._settings, self._name_user = settings, name_user
        self._dialect: type[Chat] | type[Responses] = Chat if settings.model_api == "chat" else Responses
        # A client's connections belong to the loop that opened them.
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Any] = WeakKeyDictionary()

    @property
    def name(self) -> str:
        """The model's name, as it stands in the price table."""
        return self._settings.model

    async def ask(self, request: Request, *, seconds: float, user: str) -> Said:
        """Ask once; raise ModelUnavailable for whatever goes wrong."""
        body = self._dialect.body(request, model=self.name, user=self._name_user(user))
        try:
            openai = load_sdk()
            timeout = openai.Timeout(seconds, connect=min(CONNECT, seconds))
            answer = await self._dialect.send(self._client(openai), body, timeout)
            check_answer(answer, "response" if self._dialect is Responses else "chat.completion")
            return self._dialect.read(answer)
        except Exception as error:
            raise explain(error) from None  # the SDK's error holds the request: it is not carried along

    async def close(self) -> None:
        """Close the connections of the running loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    def _client(self, openai: Any) -> Any:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            key, address = self._settings.openai_api_key, self._settings.openai_base_url or None
            self._clients[loop] = openai.AsyncOpenAI(api_key=key, base_url=address, max_retries=0)
        return self._clients[loop]


def load_sdk() -> Any:
    """Load the SDK: a good half second, spent before the first answer rather than in it."""
    importlib.import_module("openai.resources.responses")
    importlib.import_module("openai.resources.chat")
    return importlib.import_module("openai")
