"""The tree of everything that can go wrong, and what the user is told.

AdvisorError
├── InputError            told, exit 2 / HTTP 422     the message or an option cannot be judged
│   ├── EmptyText
│   ├── TextTooLong
│   ├── UnreadableText
│   └── UnknownOption     a platform, stage, date or register that does not exist
├── RuleFileError         told to the operator        a rule or wording file is wrong: file, line, remedy
├── LineRefused           told to the operator        LINE did not do what was asked while setting up
└── ModelUnavailable      never told                  the template goes out instead
"""

from __future__ import annotations


class AdvisorError(Exception):
    """The advisor could not answer."""

    told = False  # whether the text of the error may be shown to the person who asked

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class InputError(AdvisorError):
    """入力を読み取れませんでした。"""

    told = True


class EmptyText(InputError):
    """文章が空です。依頼者から届いたメッセージを、そのまま貼り付けてください。"""


class TextTooLong(InputError):
    """文章が長すぎます。"""


class UnreadableText(InputError):
    """文字として読み取れませんでした。UTF-8のテキストを渡してください。"""


class UnknownOption(InputError):
    """指定された値は使えません。"""


class RuleFileError(AdvisorError):
    """ルールファイルに誤りがあります。"""

    told = True

    def __init__(self, message: str, *, file: str, line: int | None = None, remedy: str = "") -> None:
        self.file, self.line, self.remedy, self.reason = file, line, remedy, message
        where = f"{file}:{line}" if line else file
        super().__init__(f"{where}: {message}" + (f" → {remedy}" if remedy else ""))


class LineRefused(AdvisorError):
    """LINEの設定を進められませんでした。"""

    told = True

    def __init__(self, message: str, *, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


class ModelUnavailable(AdvisorError):
    """The model gave no usable wording.

    `reason` is a word for counting. `again` is the least number of seconds after which another try may help; None:
    it would not.
    """

    def __init__(self, reason: str, *, again: float | None = None) -> None:
        self.reason, self.again = reason, again
        super().__init__(f"{self.__doc__} ({reason})")
