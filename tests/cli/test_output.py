from __future__ import annotations

import os
import stat

import pytest

from hirelens_cli.cli.output import check_output, write_result
from hirelens_cli.errors import OutputError


def test_a_new_file_obeys_the_umask_and_an_old_one_keeps_its_mode(tmp_path):
    before = os.umask(0o027)
    try:
        path = tmp_path / "out.json"
        write_result(b"1", path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        write_result(b"22", path)
        assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"22", 0o600)
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError):
        check_output(tmp_path / "out.json")
    tmp_path.chmod(0o700)


def test_what_can_be_written_passes(tmp_path):
    check_output(None)
    check_output(tmp_path / "out.json")
