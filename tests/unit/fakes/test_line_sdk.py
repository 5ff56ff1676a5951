"""LINE's own client works against the stand-in as it works against LINE, live and from recordings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linebot.v3.messaging import AsyncMessagingApi
from vcr.errors import CannotOverwriteExistingCassetteException

from tests.fakes.line_cassettes import FOLDER, ORIGIN, SECRET, record, recorder
from tests.fakes.line_faults import Fault
from tests.fakes.line_sdk import SCENARIOS, USER, prepare, reply, with_sdk
from tests.fakes.line_server import RunningLine

RECORDED = sorted(FOLDER.glob("*.yaml"))


def live(line: RunningLine, name: str) -> Any:
    prepare(name, line)
    return with_sdk(SCENARIOS[name], line.account.channel_token, line.url)


def test_it_replies_with_card_and_text(line: RunningLine) -> None:
    answer = live(line, "reply")
    [delivery] = line.ledger.to(USER)
    assert tuple(each.id for each in answer.sent_messages) == delivery.ids
    assert [each["type"] for each in delivery.messages] == ["flex", "text"]


def test_a_token_used_twice_is_told_in_lines_words(line: RunningLine) -> None:
    status, body = live(line, "reply_twice")
    assert (status, json.loads(body)) == (400, {"message": "Invalid reply token"})


def test_after_a_500_the_second_try_says_that_the_first_was_accepted(line: RunningLine) -> None:
    assert [status for status, _ in live(line, "reply_after_a_500")] == [500, 400]
    assert len(line.ledger.deliveries) == 1


def test_a_push_under_a_used_key_is_a_conflict(line: RunningLine) -> None:
    sent, (status, body) = live(line, "push_twice")
    assert status == 409
    assert json.loads(body)["sentMessages"][0]["id"] == sent.sent_messages[0].id


def test_rate_and_quota_are_told_by_their_sentences(line: RunningLine) -> None:
    (rate, says), (month, ends) = live(line, "push_over_the_limits")
    assert (rate, month) == (429, 429)
    assert "rate limit" in says and "monthly limit" in ends


def test_it_shows_loading_reads_the_account_and_fetches_contents(line: RunningLine) -> None:
    bot, quota, used, picture, gone = live(line, "look_around")
    assert (bot, quota, used, picture) == (line.account.bot_user_id, 200, 0, b"\x89PNG\r\n\x1a\n")
    assert gone[0] == 410


def test_a_reset_reaches_it_as_a_connection_error(line: RunningLine) -> None:
    prepare("reply", line)
    line.faults.script("reply", Fault("reset", "after"))
    with pytest.raises(OSError):
        with_sdk(reply, line.account.channel_token, line.url)
    assert len(line.ledger.deliveries) == 1


def test_every_scenario_is_recorded_and_nothing_else() -> None:
    assert [path.stem for path in RECORDED] == sorted(SCENARIOS)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recording_plays_to_its_end_to_an_unchanged_client(path: Path) -> None:
    with recorder("none").use_cassette(str(path)) as cassette:
        with_sdk(SCENARIOS[path.stem], "any token")
    assert cassette.all_played and len(cassette) == cassette.play_count


async def _ask_for_a_profile(api: AsyncMessagingApi, _: Any) -> None:
    await api.get_profile(USER)


def test_a_recording_lets_nothing_else_through() -> None:
    with recorder("none").use_cassette(str(FOLDER / "reply.yaml")) as cassette:
        with pytest.raises(CannotOverwriteExistingCassetteException):
            with_sdk(_ask_for_a_profile, "any token")
        assert not cassette.all_played


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recording_says_where_it_comes_from_and_holds_no_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"origin: {ORIGIN}\n")
    assert SECRET not in text and "Bearer filtered" in text and "127.0.0.1" not in text


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recording_is_what_the_client_and_the_stand_in_say_today(path: Path, tmp_path: Path) -> None:
    record(path.stem, tmp_path / path.name)
    assert (tmp_path / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
