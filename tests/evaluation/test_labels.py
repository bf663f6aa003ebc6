from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.errors import InputError
from hirelens_cli.evaluation.labels import read_labels


def write(folder: Path, text: str) -> Path:
    path = folder / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_labels_by_job_and_resume(tmp_path: Path) -> None:
    path = write(
        tmp_path, "\ufeffjob,resume,relevance,who\ncook.txt,a.pdf,1,x\ncook.txt,b.pdf,0.5,\nclerk.txt,a.pdf,0,\n"
    )
    assert read_labels(path) == {"cook.txt": {"a.pdf": 1.0, "b.pdf": 0.5}, "clerk.txt": {"a.pdf": 0.0}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("job,resume\na,b\n", "no column 'relevance'"),
        ("job,resume,relevance\n", "no labels"),
        ("job,resume,relevance\na,b,good\n", "line 2"),
        ("job,resume,relevance\na,b,nan\n", "line 2"),
        ("job,resume,relevance\na,b,-1\n", "line 2"),
        ("job,resume,relevance\na,,1\n", "no resume"),
        ("job,resume,relevance\na,b,1\na,b,0\n", "second time"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_labels(write(tmp_path, text))


def test_a_missing_or_binary_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_labels(tmp_path / "none.csv")
    path = tmp_path / "labels.csv"
    path.write_bytes(b"\xff\xfe\x00job")
    with pytest.raises(InputError):
        read_labels(path)
