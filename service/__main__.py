"""The command line: one place that turns whatever goes wrong into one line and an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from service.adapters.collector import collect_rarely
from service.cli.parser import build_parser
from service.cli.screen import prepare_streams
from service.errors import AdvisorError, InputError

USAGE, FAULT, SETUP, PIPE, STOPPED = 2, 70, 78, 141, 130  # as sysexits.h and shells number them


def main(argv: Sequence[str] | None = None) -> int:
    """Run `kotowari` and return its exit code."""
    prepare_streams()
    try:
        return _run(argv)
    except InputError as error:
        return _tell(str(error), USAGE)
    except AdvisorError as error:  # a rule or wording file
        return _tell(str(error), SETUP)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return STOPPED
    except BrokenPipeError:
        # The reader (`head`) left; without this Python complains once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE
    except Exception as error:
        return _last_resort(error)


def _run(argv: Sequence[str] | None) -> int:
    parser = build_parser()
    options = parser.parse_args(argv)
    if options.version:
        sys.stdout.write(f"kotowari {_version()}\n")
        return 0
    if options.command is None:
        parser.print_help()
        return 0
    return _command(options)


def _command(options: Namespace) -> int:
    collect_rarely()
    # Each command loads only what it needs: `check` starts without the web server and the clients of LINE and OpenAI.
    code: int = import_module(f"service.cli.{options.command}").run(options)
    return code


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, seldom asked for

    try:
        return version("kotowari")
    except PackageNotFoundError:
        return "(開発版)"


def _tell(text: str, code: int) -> int:
    print("kotowari: " + " ".join(text.split()), file=sys.stderr)
    return code


def _last_resort(error: Exception) -> int:
    if os.environ.get("KOTOWARI_DEBUG", "0") not in ("", "0"):
        import traceback

        traceback.print_exception(error)
    return _tell("プログラムの不具合で答えられませんでした。KOTOWARI_DEBUG=1 を付けると詳しい記録が出ます。", FAULT)


if __name__ == "__main__":
    sys.exit(main())
