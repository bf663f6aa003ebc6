from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.cli.options import Format, configure, destination, weight_flags
from hirelens_cli.errors import UsageError


@pytest.mark.parametrize(
    ("form", "output", "expected"),
    [
        (None, None, (Format.TABLE, None)),
        (None, "x.json", (Format.JSON, "x.json")),
        (None, "x.CSV", (Format.CSV, "x.CSV")),
        (None, "x.ndjson", (Format.JSONL, "x.ndjson")),
        (None, "x.md", (Format.MD, "x.md")),
        (None, "x.txt", (Format.TABLE, "x.txt")),
        (Format.JSON, "x.csv", (Format.JSON, "x.csv")),
        (Format.JSON, "-", (Format.JSON, None)),
    ],
)
def test_destination(form, output, expected):
    place = destination(form, Path(output) if output else None)
    assert (place.format, str(place.path) if place.path else None) == expected


def test_weights():
    assert weight_flags(["skills=50", "domain = 5"]) == {"weights.skills": "50", "weights.domain": "5"}
    for text in ("skills", "=5", "skills="):
        with pytest.raises(UsageError):
            weight_flags([text])


def test_a_flag_beats_environment_and_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("hirelens.toml").write_text("top = 7\nworkers = 2\nchunk = 5\n")
    monkeypatch.setenv("HIRELENS_TOP", "9")
    monkeypatch.setenv("HIRELENS_CHUNK", "6")
    config = configure(top=3)
    assert (config.top, config.chunk, config.workers) == (3, 6, 2)
