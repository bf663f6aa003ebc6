"""The house rules that a linter does not keep: sizes, mirrors, generated pages, examples in the help."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import math
import os
import pkgutil
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.core import TyperGroup

import hirelens_cli
from hirelens_cli.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hirelens_cli"
MODULES = sorted(SOURCE.rglob("*.py"))
MODULE_LINES, FUNCTION_LINES = 420, 65
COMMAND = typer.main.get_command(app)


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(
    command: typer.core.TyperCommand | TyperGroup, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command that does something, with its words."""
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield path, command


COMMANDS = list(commands(COMMAND, ()))


@pytest.mark.parametrize(
    "page",
    ["docs/commands.md", "docs/configuration.md", "docs/schema.md", "configs/default.toml", "docs/architecture.md"],
)
def test_generated_pages_are_fresh(generate, page):
    assert (ROOT / page).read_text(encoding="utf-8") == generate.PAGES[page](), "run `make docs`"


@pytest.mark.slow
def test_the_readme_shows_what_is_printed(generate):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text == generate.readme(text), "run `make docs`"


@pytest.mark.slow
def test_the_readme_can_be_typed(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("hirelens ")]
    assert len(lines) >= 6
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "hirelens_cli", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 3}, (line, done.stderr)
        assert done.stdout or "-o" in words or words[0] == "init"
    assert (tmp_path / "shortlist.csv").read_text(encoding="utf-8").startswith("job,title,status,rank")


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_every_command_has_help_with_an_example(path, command):
    assert len(command.help) > 20
    assert command.short_help
    assert f"hirelens {' '.join(path)}" in command.epilog


def lines_to_type() -> Iterator[tuple[str, str]]:
    """Each `hirelens ...` line of the documentation and of the help's examples."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for page in pages:
        for line in page.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s*hirelens [a-z]", line) and not re.search(r"<|\{|\[OPTIONS\]", line):
                yield page.name, line.strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(lines_to_type())))
def test_documented_command_lines_are_understood(page, line):
    words = shlex.split(line, comments=True)
    end = next((index for index, word in enumerate(words) if word in {"|", ">", ">>"}), len(words))
    context = COMMAND.make_context("hirelens", words[1:end])
    command, rest = COMMAND, [*context._protected_args, *context.args]
    while isinstance(command, TyperGroup):
        name, command, rest = command.resolve_command(context, rest)
        if "--help" in rest:
            return
        context = command.make_context(name, rest, parent=context)
        rest = [*getattr(context, "_protected_args", []), *context.args]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_and_functions_can_be_read_in_one_sitting(module):
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LINES, node.name


def test_package_inits_are_empty():
    inits = [path for path in MODULES if path.name == "__init__.py" and path.parent != SOURCE]
    assert inits
    assert [path for path in inits if path.read_text(encoding="utf-8").strip()] == []


def test_tests_mirror_the_source():
    outside = {ROOT / "tests", ROOT / "tests" / "examples", ROOT / "tests" / "benchmarks"}
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")} - outside
    assert [str(path) for path in sorted(folders) if not (SOURCE / path.relative_to(ROOT / "tests")).is_dir()] == []
    packages = {path.parent for path in MODULES if path.name != "__init__.py"} - {SOURCE}
    for package in sorted(packages):
        mirror = ROOT / "tests" / package.relative_to(SOURCE)
        assert any(mirror.rglob("test_*.py")) or (mirror.parent / f"test_{mirror.name}.py").exists(), package


def test_no_file_names_this_machine_or_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    words = re.compile(r"/work/|\bpypi\.|files\.pythonhosted|index-url|find-links")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ""} and path.is_file() and path != Path(__file__):
            found += [name] if words.search(path.read_text(encoding="utf-8", errors="ignore")) else []
    assert found == []


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv=['hirelens','--help']\n"
        "from hirelens_cli.cli.main import main\n"
        "main(['--help'])\n"
        "print(sorted({'numpy','polars','duckdb','rich','joblib','lxml','msgspec'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert done.stderr.strip() == "[]"


def test_the_layers_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stdout[-3000:]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module holds by name."""
    for info in pkgutil.walk_packages(hirelens_cli.__path__, "hirelens_cli."):
        if info.name == "hirelens_cli.__main__":
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            for item in held:
                if isinstance(item, re.Pattern):
                    yield f"{info.name}.{name}", item


def test_every_test_that_the_properties_name_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "properties.md").read_text())
    assert len(named) >= 18
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text()]
    assert missing == []


class TooSlowError(Exception):
    """A pattern took more than its time."""


def _give_up(_number: int, _frame: object) -> None:
    raise TooSlowError


@pytest.mark.slow
def test_regular_expressions_are_linear():
    slow = []
    before = signal.signal(signal.SIGVTALRM, _give_up)
    try:
        for name, pattern in patterns():
            for run in ("a", "1", " ", "\n", "A", "a ", "1.", "a@", "- ", "1 "):
                short, long = (_seconds(pattern, run, length) for length in (20_000, 80_000))
                if long > 12 * short + 0.05:  # four times as much text takes four times as long, or sixteen times
                    slow.append(f"{name} on {run!r}: {short:.3f} s, then {long:.3f} s")
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert "\n".join(slow) == ""


def _seconds(pattern: re.Pattern, run: str, length: int) -> float:
    """CPU seconds to find every match in so many characters; infinite above five."""
    text = run * (length // len(run))
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, 5)
    try:
        deque(pattern.finditer(text.encode() if isinstance(pattern.pattern, bytes) else text), maxlen=0)
    except TooSlowError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started
