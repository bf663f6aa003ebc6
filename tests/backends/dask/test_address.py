"""What is refused before anything is connected."""

from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.backends.dask.address import is_loopback, require_hidden, require_safe
from hirelens_cli.config import Cluster
from hirelens_cli.errors import ExitCode, UsageError


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"])
def test_this_machine_needs_no_certificates(address: str) -> None:
    require_safe(Cluster(scheduler=address))


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.7:8786",
        "tcp://scheduler:8786",
        "tcp://0.0.0.0:8786",
        "tcp://127.0.0.1.example:8786",
        "tcp://[::]:1",
    ],
)
def test_other_machines_without_tls_are_refused_with_the_reason(address: str) -> None:
    with pytest.raises(UsageError, match="is refused: whoever reaches a Dask cluster without TLS") as raised:
        require_safe(Cluster(scheduler=address))
    assert raised.value.exit_code is ExitCode.USAGE
    assert "tls://" in raised.value.hint


@pytest.mark.parametrize(
    "address", ["", "scheduler:8786", "http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://:1", "tcp://a:x"]
)
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(UsageError, match="address of a"):
        require_safe(Cluster(scheduler=address))


def test_tls_needs_its_three_files(tmp_path: Path) -> None:
    files = {name: str(tmp_path / name) for name in ("tls_ca", "tls_cert", "tls_key")}
    with pytest.raises(UsageError, match="needs --tls-ca"):
        require_safe(Cluster(scheduler="tls://10.0.0.7:8786"))
    with pytest.raises(UsageError, match="there is no file"):
        require_safe(Cluster(scheduler="tls://10.0.0.7:8786", **files))  # type: ignore[arg-type]
    for name in files.values():
        Path(name).touch()
    require_safe(Cluster(scheduler="tls://10.0.0.7:8786", **files))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="is not encrypted"):
        require_safe(Cluster(scheduler="tcp://127.0.0.1:8786", **files))  # type: ignore[arg-type]


def test_a_cluster_that_listens_beyond_this_machine_is_refused() -> None:
    require_hidden(["tcp://127.0.0.1:1", "tcp://127.0.0.9:2"])
    with pytest.raises(UsageError, match=r"tcp://192\.168\.1\.5:3 listens beyond this machine"):
        require_hidden(["tcp://127.0.0.1:1", "tcp://192.168.1.5:3"])
    assert not is_loopback("")
