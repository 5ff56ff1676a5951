"""`kotowari doctor`: what is there, what is missing, what that costs, and never a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.__main__ import main
from service.adapters.compiled import why_pure
from service.settings import ROWS, read_settings

SECRET = "s3cr3t-word"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("KOTOWARI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")


def test_what_is_missing_is_told_with_its_cost(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    for said in ("✅ ルール", "✅ 文面", "➖ LINE", "→ LINEでの相談は休みます。", "➖ モデル", "➖ 管理画面"):
        assert said in shown


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for row in ROWS:
        if row.secret:
            monkeypatch.setenv(row.name, SECRET)
    monkeypatch.setenv("KOTOWARI_DATABASE_URL", f"postgresql://me:{SECRET}@db.example/kotowari")
    monkeypatch.setenv("OPENAI_BASE_URL", f"https://me:{SECRET}@model.example/v1")
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert SECRET not in shown and "postgresql://db.example" in shown and "設定済み" in shown


def test_every_setting_is_listed_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    shown = capsys.readouterr().out
    assert [row.name for row in ROWS if row.name not in shown or row.help not in shown] == []


def test_the_reader_that_reads_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    assert ("✅ 読み取り" in capsys.readouterr().out) == (not why_pure())
    monkeypatch.setenv("KOTOWARI_PURE", "1")
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "➖ 読み取り" in shown and "Pythonで読み取ります（KOTOWARI_PURE" in shown and "→ 判定は同じです。" in shown


def test_missing_rules_are_an_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KOTOWARI_RULES_DIR", "/no/such/folder")
    assert main(["doctor"]) == 1
    assert "🛑 ルール" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOTOWARI_MODEL_API", "soap"),
        ("KOTOWARI_MODEL_DEADLINE", "soon"),
        ("KOTOWARI_MODEL_DEADLINE", "nan"),
        ("KOTOWARI_MODEL_DEADLINE", "-1"),
        ("KOTOWARI_MODEL_CACHE", "maybe"),
        ("KOTOWARI_PLATFORM", "mixi"),
    ],
)
def test_an_unusable_value_is_told_and_replaced(name: str, value: str) -> None:
    settings = read_settings({name: value})
    assert len(settings.problems) == 1 and name in settings.problems[0]
    assert (settings.model_api, settings.model_deadline, settings.model_cache) == ("responses", 6.0, True)


def test_settings_hide_their_secrets_when_printed() -> None:
    names = [row.name for row in ROWS if row.secret]
    assert SECRET not in repr(read_settings(dict.fromkeys(names, SECRET)))
