"""`kotowari serve`: the whole service on one address."""

from __future__ import annotations

import os
import socket
import sys
from argparse import Namespace

import uvicorn

from service.app import create_app
from service.errors import InputError, UnknownOption
from service.settings import read_settings
from service.wiring.book import load_book
from service.wiring.parts import build_parts


def run(options: Namespace) -> int:
    """Serve until stopped."""
    settings = read_settings(os.environ)
    if settings.problems:
        raise InputError("設定を直してください: " + " / ".join(settings.problems))
    # A wrong rule file or data folder is told before anything listens.
    book = load_book()
    book.reader.warm_up()
    app = create_app(build_parts(settings, book))
    with _listen(options.host, options.port) as listener:
        host = f"[{options.host}]" if ":" in options.host else options.host
        print(f"http://{host}:{listener.getsockname()[1]}/ で待ち受けています（止めるには Ctrl+C）", file=sys.stderr)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise UnknownOption(f"ポート {port} は使えません。0から65535の数を書いてください。")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever reads the line below may call at once
    except OSError as error:
        listener.close()
        reason = "ほかのプログラムが使っているか、使えないアドレスです。--port で別の番号を試してください。"
        raise InputError(f"{host} のポート {port} で待ち受けられません。{reason}") from error
    return listener
