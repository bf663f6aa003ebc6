"""Which cluster may be talked to: over TLS any, without it one that no other machine can reach."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from hirelens_cli.config import Cluster
from hirelens_cli.errors import UsageError

_PLAIN = "whoever reaches a Dask cluster without TLS can run any program on it"


def require_safe(cluster: Cluster) -> None:
    """Raises UsageError, before anything is connected, for an address that is none, lacks its TLS files, or would be open to others."""
    parts = urlsplit(cluster.scheduler)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or _port(cluster.scheduler) is None:
        raise UsageError(
            f"{cluster.scheduler or 'no scheduler'} is not the address of a Dask scheduler"
            if cluster.scheduler
            else "the engine dask needs the address of a scheduler",
            "--scheduler tls://host:8786; `hirelens cluster local` starts one to try",
        )
    files = {"tls-ca": cluster.tls_ca, "tls-cert": cluster.tls_cert, "tls-key": cluster.tls_key}
    if parts.scheme == "tls":
        for option, name in files.items():
            if not name:
                raise UsageError(f"{cluster.scheduler} needs --{option}", "--tls-ca, --tls-cert and --tls-key, as PEM")
            if not Path(name).is_file():
                raise UsageError(f"there is no file {name} for --{option}", "check the path")
    elif any(files.values()):
        raise UsageError(f"{cluster.scheduler} is not encrypted, whatever --tls-ca says", "write tls://, not tcp://")
    elif not is_loopback(cluster.scheduler):
        raise UsageError(
            f"{cluster.scheduler} is refused: {_PLAIN}", "start it with certificates, and name it as tls://"
        )


def require_hidden(addresses: list[str]) -> None:
    """Raises UsageError where the parts of a cluster without TLS listen on more than this machine."""
    for address in addresses:
        if not is_loopback(address):
            raise UsageError(
                f"the cluster is refused, because {address} listens beyond this machine: {_PLAIN}",
                "start it with certificates, or with --host 127.0.0.1",
            )


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost may lead anywhere."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(address: str) -> int | None:
    try:
        return urlsplit(address).port
    except ValueError:
        return None
