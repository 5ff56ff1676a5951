"""rules/README.md as its reader would follow it: every file written, every command typed, every mistake made."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from service.__main__ import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
WALK, REST = README.split("## 15分でできる", 1)[1].split("### うまくいかないとき", 1)
MISTAKES, SITE = REST.split("## サイトを1つ加える", 1)
STEP = re.compile(r"`rules/([^`]+\.yaml)` (を新しく作り|の最後に)(?:(?!```).)*```yaml\n(.*?)```", re.S)
SESSION = re.compile(r"```console\n(.*?)```", re.S)
EXAM, SIGNAL = "lexicon/exam.yaml", "facts/signal_exam_proxy.yaml"
DANGERS, SOURCES = "common/dangers.yaml", "sources.yaml"


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules to practise on."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.setenv("KOTOWARI_RULES_DIR", str(tmp_path / "rules"))
    return tmp_path / "rules"


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[[str], str]:
    """Type a command; return what is shown."""

    def typed(command: str) -> str:
        words = shlex.split(command)
        assert words[:3] == ["uv", "run", "kotowari"]
        main(words[3:])
        told = capfdbinary.readouterr()
        return (told.out + told.err).decode("utf-8")

    return typed


def follow(section: str, rules: Path) -> None:
    """Write every file of a section as the reader is told to."""
    steps = STEP.findall(section)
    assert steps
    for name, how, text in steps:
        path = rules / name
        before = path.read_text(encoding="utf-8") if how == "の最後に" else ""
        assert path.exists() == bool(before), name
        path.write_text(before + text, encoding="utf-8")


def is_shown(expected: str, shown: str) -> bool:
    """Whether a line stands in what is shown; … stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in expected.split("…"))
    return re.search(rf"^{pattern}", shown, flags=re.M) is not None


def replay(session: str, run: Callable[[str], str]) -> None:
    """Type the commands of a session and look for its lines."""
    for part in session.split("$ ")[1:]:
        command, *lines = part.strip("\n").split("\n")
        shown = run(command)
        assert [line for line in lines if not is_shown(line, shown)] == [], shown


def test_the_walk_leads_to_a_new_danger(rules: Path, run: Callable[[str], str]) -> None:
    """Nothing is found before; after six steps it is a danger, and what is ruled out stays silent."""
    before, after = SESSION.findall(WALK)
    replay(before, run)
    follow(WALK, rules)
    replay(after, run)


def test_a_site_is_one_file(rules: Path, run: Callable[[str], str]) -> None:
    follow(SITE, rules)
    (session,) = SESSION.findall(SITE)
    replay(session, run)


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a slip of the pen: some words of a file written otherwise (the last ones, where they stand twice)."""

    def slip(rules: Path) -> None:
        path = rules / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(new.join(text.rsplit(old, 1)), encoding="utf-8")

    return slip


def rename(old: str, new: str) -> Callable[[Path], None]:
    """Return a file put under another name."""

    def slip(rules: Path) -> None:
        (rules / new).parent.mkdir(exist_ok=True)
        (rules / old).rename(rules / new)

    return slip


def forget_row(rules: Path) -> None:
    """Leave out the last step."""
    path = rules / DANGERS
    path.write_text(path.read_text(encoding="utf-8").split("  - id: exam-proxy")[0], encoding="utf-8")


def save_as_shift_jis(rules: Path) -> None:
    """Save as an old editor would."""
    path = rules / EXAM
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))


def double_the_word(rules: Path) -> None:
    """Give a word a name that another file has."""
    path = rules / "lexicon" / "zzz.yaml"
    path.write_text((rules / EXAM).read_text(encoding="utf-8"), encoding="utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    "字下げをタブで書いた": edit(SIGNAL, "  - {id", "\t- {id"),
    "字下げに全角の空白を使った": edit(SIGNAL, "  - {id", "\u3000- {id"),
    "`:` を全角で書いた": edit(EXAM, "terms:", "terms："),
    "`,` のかわりに `、` で区切った": edit(SIGNAL, "exam, take_instead", "exam、take_instead"),
    "引用符を閉じ忘れた": edit(SIGNAL, 'いただきます。"', "いただきます。"),
    "`]` を閉じ忘れた": edit(EXAM, "替え玉]", "替え玉"),
    "文の中に `: ` がある": edit(DANGERS, "what: 試験を、", "what: 注意: 試験を、"),
    "項目の名前をまちがえた（`need`）": edit(SIGNAL, "needs:", "need:"),
    "言葉の名前をまちがえた": edit(SIGNAL, "[exam, ", "[exams, "),
    "同じ名前の言葉がもうある": double_the_word,
    "判定の言葉をまちがえた": edit(DANGERS, "verdict: danger\n", "verdict: dangerous\n"),
    "出典の名前をまちがえた": edit(DANGERS, "sources: [exam-proxy]", "sources: [exam]"),
    "日付を `2026/11/26` と書いた": edit(SOURCES, "2026-11-26", "2026/11/26"),
    "アドレスの https:// を抜かした": edit(SOURCES, "https://www.example.jp", "www.example.jp"),
    "しるしの名前をまちがえた": edit(DANGERS, "[exam_proxy]", "[exam_proxies]"),
    "行（5.）を書き忘れた": forget_row,
    "当たらない例を書き忘れた": edit(SIGNAL, "  miss:\n", "  todo:\n"),
    "例の文に、書いた言葉がない": edit(SIGNAL, "友人のWebテストを、代わりに受験してくださる方を探しています。", "本人のふりをしてテストを受けてください。"),
    "ファイルの名前を `.yml` にした": rename(SIGNAL, "facts/signal_exam_proxy.yml"),
    "ちがうフォルダに置いた": rename(SIGNAL, "fact/signal_exam_proxy.yaml"),
    "文字コードがUTF-8でない": save_as_shift_jis,
}  # fmt: skip
TOLD = dict(re.findall(r"^\| (.+?) \| `(rules/.+)` \|$", MISTAKES, flags=re.M))


def test_every_mistake_of_the_table_is_made() -> None:
    assert list(TOLD) == list(MADE)


@pytest.mark.parametrize("mistake", MADE)
def test_a_mistake_is_told_by_file_line_and_remedy(mistake: str, rules: Path, run: Callable[[str], str]) -> None:
    follow(WALK, rules)
    MADE[mistake](rules)
    shown = run("uv run kotowari rules lint")
    if "当たるはずの例" in TOLD[mistake]:
        shown = run("uv run kotowari rules test")
    assert is_shown(TOLD[mistake], shown), shown
