"""The shape of the code, beyond what import contracts and linters can show."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SERVICE = ROOT / "service"
GENERATED = {SERVICE / "intake" / "fold_table.py"}
FILES = sorted(path for path in SERVICE.rglob("*.py") if path not in GENERATED and "_bundled" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines; aim at 200 and 25
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}


def name(path: Path) -> str:
    """Return a file's path as the tests show it."""
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=FILES, ids=name)
def file(request: pytest.FixtureRequest) -> Path:
    """Return each file of the service in turn."""
    path: Path = request.param
    return path


def test_the_first_line_says_what_the_file_is_for(file: Path) -> None:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert docstring, f"{name(file)} has no docstring"
    assert docstring.split("\n")[0].endswith((".", "?")), f"{name(file)}: one sentence"


def test_no_drawer_for_leftovers(file: Path) -> None:
    assert file.stem not in NO_NAMES


def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_a_function_fits_on_a_screen(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: length for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > LONGEST_FUNCTION}
    assert long == {}


def test_public_functions_say_what_they_do(file: Path) -> None:
    """One line in the imperative; methods of a public class too, a protocol's fields not."""
    silent = [
        node.name
        for node in _public(ast.parse(file.read_text(encoding="utf-8")).body)
        if not ast.get_docstring(node) and not node.name.startswith("__")
    ]
    assert silent == []


def _public(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in body if isinstance(node, kinds) and not node.name.startswith("_")]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    own = [node for node in classes if not any("Protocol" in ast.unparse(base) for base in node.bases)]
    return nodes + [deep for node in own for deep in _public(node.body)]


def test_package_faces_hold_nothing_but_a_sentence() -> None:
    """`import service` from inside would tie every file into one circle; contracts cannot see it."""
    faces = [path for path in FILES if path.name == "__init__.py"]
    assert [name(path) for path in faces if len(ast.parse(path.read_text(encoding="utf-8")).body) > 1] == []


def test_nobody_imports_the_package_face(file: Path) -> None:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    assert [each for each in plain if each == "service"] == []


CORE = ("intake", "facts", "rulebook", "advice", "drafting", "rendering")
FORBIDDEN_CALLS = {"lower", "upper", "casefold", "isalpha", "isalnum", "isnumeric", "isdecimal"}
# The fold table has made letters small before; what is left are scripts in which no rule has a word.
ALLOWED_CALLS: set[tuple[str, str]] = {("service/facts/literals.py", "lower")}


@pytest.mark.parametrize("step", ("intake", "facts"))
def test_users_words_are_read_the_same_by_every_python(step: str) -> None:
    """Case and letter tables differ by interpreter; the frozen fold table does not."""
    used = {
        (name(path), node.func.attr)
        for path in FILES
        if path.is_relative_to(SERVICE / step) and path.stem != "build_fold_table"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FORBIDDEN_CALLS
    }
    assert used - ALLOWED_CALLS == set()


@pytest.mark.parametrize("step", CORE)
def test_what_the_core_passes_on_cannot_be_changed(step: str) -> None:
    """Dataclasses of the core are frozen; only a file's own scratch pad (_Section) may change."""
    loose = [
        f"{name(path)}: {node.name}"
        for path in FILES
        if path.is_relative_to(SERVICE / step)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and "frozen=True" not in ast.unparse(decorator)
    ]
    assert loose == []


def test_a_check_starts_without_the_web_and_the_model() -> None:
    """`check` must feel instant: what only the service needs is not even loaded."""
    heavy = ["fastapi", "starlette", "uvicorn", "linebot", "openai", "aiohttp", "pydantic", "requests"]
    program = (
        "import sys; from service.__main__ import main; code = main(['check', 'LINEを交換しませんか'])\n"
        f"print([name for name in {heavy} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr.strip().splitlines()[-1:]) == (0, ["[]"])


def test_no_registry_is_named() -> None:
    """Where packages come from is the machine's business, not the project's."""
    files = [ROOT / "pyproject.toml", ROOT / "Dockerfile", *sorted((ROOT / ".ci").iterdir())]
    words = ("index-url", "index_url", "[[tool.uv.index]]", "/simple", "pypi.org", "trusted-host", "find-links")
    named = [(name(path), word) for path in files for word in words if word in path.read_text(encoding="utf-8")]
    assert named == []
