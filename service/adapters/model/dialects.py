"""The two APIs a model may be asked through: what is sent to each, and how its answer is read."""

from __future__ import annotations

from typing import Any

from service.errors import ModelUnavailable
from service.model.ports import Said
from service.wording.prices import Usage
from service.wording.prompt import Request
from service.wording.shell import schema

_NAME = "shell"


class Responses:
    """OpenAI's Responses API."""

    @staticmethod
    def body(request: Request, *, model: str, user: str) -> dict[str, Any]:
        """Return what is sent: nothing is stored, no tools, no streaming."""
        prompt = request.prompt
        form = {"type": "json_schema", "name": _NAME, "strict": True, "schema": schema()}
        return {
            "model": model,
            "instructions": request.instructions,
            "input": request.input,
            "text": {"format": form, "verbosity": "low"},
            "reasoning": {"effort": prompt.effort},
            "max_output_tokens": prompt.max_output_tokens,
            "prompt_cache_key": prompt.name,
            "safety_identifier": user,
            "store": False,
        }

    @staticmethod
    async def send(client: Any, body: dict[str, Any], timeout: Any) -> Any:
        """Send a body and return the answer as the SDK has it."""
        return await client.responses.create(**body, timeout=timeout)

    @staticmethod
    def read(answer: Any) -> Said:
        """Return what was said; the tokens are counted whatever became of it."""
        spent, found = spent_on(answer), getattr(spent_on(answer), "input_tokens_details", None)
        usage = Usage(
            input=number(spent, "input_tokens"),
            output=number(spent, "output_tokens"),
            cached=number(found, "cached_tokens"),
            written=number(found, "cache_write_tokens"),
        )
        parts = [part for item in answer.output or () for part in getattr(item, "content", None) or ()]
        if any(getattr(part, "type", "") == "refusal" for part in parts):
            return Said("", usage, "refusal")
        if answer.status == "incomplete":
            why = getattr(answer.incomplete_details, "reason", "")
            return Said("", usage, "filtered" if why == "content_filter" else "incomplete")
        if answer.status not in ("completed", None):
            return Said("", usage, "failed")
        return Said(answer.output_text or "", usage)


class Chat:
    """The Chat Completions API, for servers that know no other."""

    @staticmethod
    def body(request: Request, *, model: str, user: str) -> dict[str, Any]:
        """Return what is sent: nothing is stored, no tools, no streaming."""
        return {
            "model": model,
            "messages": [
                {"role": "system", "content": request.instructions},
                {"role": "user", "content": request.input},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": _NAME, "strict": True, "schema": schema()},
            },
            "max_completion_tokens": request.prompt.max_output_tokens,
            "prompt_cache_key": request.prompt.name,
            "safety_identifier": user,
            "store": False,
        }

    @staticmethod
    async def send(client: Any, body: dict[str, Any], timeout: Any) -> Any:
        """Send a body and return the answer as the SDK has it."""
        return await client.chat.completions.create(**body, timeout=timeout)

    @staticmethod
    def read(answer: Any) -> Said:
        """Return what was said; the tokens are counted whatever became of it."""
        spent, found = spent_on(answer), getattr(spent_on(answer), "prompt_tokens_details", None)
        usage = Usage(
            input=number(spent, "prompt_tokens"),
            output=number(spent, "completion_tokens"),
            cached=number(found, "cached_tokens"),
        )
        if not answer.choices:
            return Said("", usage, "failed")
        choice = answer.choices[0]
        if getattr(choice.message, "refusal", None):
            return Said("", usage, "refusal")
        if choice.finish_reason in ("length", "content_filter"):
            return Said("", usage, "filtered" if choice.finish_reason == "content_filter" else "incomplete")
        return Said(choice.message.content or "", usage)


def check_answer(answer: Any, kind: str) -> None:
    """Raise ModelUnavailable for what is no answer of the API: a web page comes through the SDK as plain text."""
    if isinstance(answer, str | bytes):
        raise ModelUnavailable("html")
    if getattr(answer, "object", kind) != kind:
        raise ModelUnavailable("malformed")


def spent_on(answer: Any) -> Any:
    """Return the answer's usage, which servers may leave out."""
    return getattr(answer, "usage", None)


def number(holder: Any, name: str) -> int:
    """Return a count, 0 where it is missing or none."""
    value = getattr(holder, name, 0)
    return value if isinstance(value, int) and value > 0 else 0
