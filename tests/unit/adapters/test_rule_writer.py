"""An example goes into its place in a rule file; where the place is not plain, nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from service.adapters.rule_writer import Place, add_example, insert_example, is_writable
from service.errors import RuleFileError

FACT = """\
fact: ask # a remark that must stay
examples:
  hit:
    - "one"
    - "two"   # and another
  miss: ["three"]
"""
TABLE = """\
rules:
  - id: first
    examples:
      hit:
        - {text: "one", stage: unknown}
      miss:
        - {text: "two", stage: unknown}
  - id: second
    examples:
      hit:
        - {text: "three", stage: unknown}
"""


def test_a_line_goes_to_the_end_of_its_list_and_nothing_else_changes() -> None:
    changed = insert_example(FACT, Place("rules/facts/a.yaml", "hit"), '- "new"')
    assert changed == FACT.replace("# and another\n", '# and another\n    - "new"\n')


def test_a_row_gets_its_own_example() -> None:
    changed = insert_example(TABLE, Place("rules/a.yaml", "hit", "second"), '- {text: "new", stage: unknown}')
    rows = yaml.safe_load(changed)["rules"]
    assert [len(row["examples"]["hit"]) for row in rows] == [1, 2] and rows[1]["examples"]["hit"][1]["text"] == "new"


def test_a_list_that_is_missing_is_begun() -> None:
    changed = insert_example(FACT, Place("rules/a.yaml", "todo"), '- "new"')
    assert changed == FACT + '  todo:\n    - "new"\n'


def test_an_example_of_several_lines_is_not_torn() -> None:
    text = "examples:\n  hit:\n    - text: one\n      stage: unknown\n\n# the end\n"
    changed = insert_example(text, Place("rules/a.yaml", "hit"), "- new")
    assert changed == text.replace("unknown\n", "unknown\n    - new\n")


def test_a_file_without_a_last_line_end_is_mended() -> None:
    changed = insert_example(TABLE.rstrip("\n"), Place("rules/a.yaml", "hit", "second"), '- {text: "new"}')
    assert changed.endswith('unknown}\n        - {text: "new"}\n')


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place("rules/a.yaml", "miss"), "1行にまとめて"),
        (Place("rules/a.yaml", "hit", "none"), "見つからない"),
    ],
)
def test_a_place_that_is_not_plain_is_left_to_the_hand(place: Place, told: str) -> None:
    with pytest.raises(RuleFileError, match=told):
        insert_example(FACT, place, '- "new"')


@pytest.mark.parametrize(("text", "line"), [(FACT, '- "two"'), (TABLE, '- {text: "one", stage: after_contract}')])
def test_an_example_that_is_there_is_not_added(text: str, line: str) -> None:
    place = Place("rules/a.yaml", "hit", "first" if text == TABLE else "")
    with pytest.raises(RuleFileError, match="もう入っています"):
        insert_example(text, place, line)


def test_every_shipped_fact_file_can_take_a_hit_and_a_miss(root: Path) -> None:
    for path in sorted((root / "rules" / "facts").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for expect in ("hit", "miss", "todo"):
            changed = insert_example(text, Place(f"rules/facts/{path.name}", expect), '- "まったく新しい例"')
            assert yaml.safe_load(changed)["examples"][expect][-1] == "まったく新しい例"


@pytest.mark.parametrize("file", ["rules/../secret.yaml", "rules/none.yaml", "rules/facts/a.txt", ""])
def test_no_file_outside_the_rules_is_touched(tmp_path: Path, file: str) -> None:
    (tmp_path / "rules" / "facts").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text(FACT, encoding="utf-8")
    (tmp_path / "rules" / "facts" / "a.txt").write_text(FACT, encoding="utf-8")
    with pytest.raises(RuleFileError):
        add_example(tmp_path / "rules", Place(file, "hit"), '- "new"')
    assert (tmp_path / "secret.yaml").read_text(encoding="utf-8") == FACT


def test_the_file_keeps_its_rights_and_leaves_no_other_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FACT, encoding="utf-8")
    path.chmod(0o640)
    add_example(tmp_path, Place("rules/a.yaml", "hit"), '- "new"')
    assert path.stat().st_mode & 0o777 == 0o640 and [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_the_rules_inside_the_program_are_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "_bundled" / "rules").mkdir(parents=True)
    assert is_writable(tmp_path) and not is_writable(tmp_path / "_bundled" / "rules")
