"""smoke."""

from tests.fakes.line_events import user_id
from tests.integration.line.conftest import ASK, Chat
import time


def test_one(chat: Chat) -> None:
    t = time.monotonic()
    r = chat.post(chat.make.text(ASK, user_id(1)))
    print(r.status_code, time.monotonic() - t)
    d = chat.line.ledger.wait_for(1, 8)
    print(time.monotonic() - t, [str(x.messages)[:300] for x in d])
    print(chat.line.ledger.calls)
    assert len(d) == 1
