"""Located: a mapping from a rule file that knows where it was written, and how to complain about itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from service.errors import RuleFileError


class Located(dict[str, Any]):
    """A mapping with the file and line it came from."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}

    def refuse(self, message: str, key: str | None = None, remedy: str = "") -> NoReturn:
        """Raise RuleFileError at a key's line."""
        raise RuleFileError(message, file=self.file, line=self.lines.get(key or "", self.line), remedy=remedy)

    def check_keys(self, known: Iterable[str], required: Iterable[str] = ()) -> None:
        """Refuse unknown and missing keys."""
        allowed = list(known)
        for key in self:
            if key not in allowed:
                self.refuse(f"知らない項目「{key}」があります", key, f"使える項目: {', '.join(allowed)}")
        for key in required:
            if self.get(key) in (None, "", []):
                self.refuse(f"必要な項目「{key}」がありません", None, f"「{key}:」を書き足してください")

    def text(self, key: str, default: str = "") -> str:
        """Return a text value."""
        value = self.get(key, default)
        if value is None:
            return default
        if not isinstance(value, str):
            self.refuse(f"「{key}」は文字で書いてください", key)
        return value

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> Any:
        """Return a text value that must be one of the choices."""
        value, allowed = self.text(key, default or ""), list(choices)
        if value not in allowed:
            self.refuse(f"「{key}: {value}」は使えません", key, f"使える値: {', '.join(allowed)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(f"「{key}」は文字の一覧で書いてください", key)
        return tuple(value)

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self.text(key, str(default))
        if not value.isascii() or not value.isdigit():
            self.refuse(f"「{key}: {value}」は整数で書いてください", key)
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return yes or no."""
        value = self.text(key, "true" if default else "false")
        if value not in ("true", "false"):
            self.refuse(f"「{key}: {value}」は true か false で書いてください", key)
        return value == "true"

    def day(self, key: str) -> date | None:
        """Return a date, or None where there is none."""
        value = self.text(key)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(f"「{key}: {value}」は日付として読めません", key, "2026-11-23 の形で書いてください")

    def part(self, key: str) -> Located:
        """Return a nested mapping (empty where there is none)."""
        value = self.get(key)
        if value is None:
            return Located(self.file, self.lines.get(key, self.line))
        if not isinstance(value, Located):
            self.refuse(f"「{key}」は「名前: 値」の形で書いてください", key)
        return value

    def parts(self, key: str) -> list[Located]:
        """Return a list of nested mappings."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Located) for item in value):
            self.refuse(f"「{key}」は「- 名前: 値」の一覧で書いてください", key)
        return value
