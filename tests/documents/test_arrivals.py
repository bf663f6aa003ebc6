from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.documents.arrivals import Arrivals
from hirelens_cli.errors import InputError


def names(seen):
    return [Path(path).name for path in seen.settled]


def test_a_file_counts_once_it_stays_the_same(tmp_path):
    (tmp_path / "old.txt").write_text("whole")
    arrivals = Arrivals(tmp_path)
    assert names(arrivals.look()) == []
    (tmp_path / "new.txt").write_text("half")
    seen = arrivals.look()
    assert (names(seen), seen.moving) == (["old.txt"], 1)
    (tmp_path / "new.txt").write_text("half and the rest")
    seen = arrivals.look()
    assert (names(seen), seen.moving) == (["old.txt"], 1)
    seen = arrivals.look()
    assert (names(seen), seen.moving) == (["new.txt", "old.txt"], 0)
    (tmp_path / "old.txt").unlink()
    assert names(arrivals.look()) == ["new.txt"]


def test_what_is_no_document_yet_is_left_out(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hirelens").mkdir()
    for name in ("a.pdf.part", "b.crdownload", ".c.pdf", "~$d.docx", "sub/e.pdf", ".hirelens/f.pdf"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "sub" / "e.pdf")
    arrivals = Arrivals(tmp_path)
    arrivals.look()
    assert names(arrivals.look()) == ["e.pdf"]


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        Arrivals(tmp_path / "gone").look()
