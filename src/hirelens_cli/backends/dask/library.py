"""Dask's distributed, imported when it is first needed (extra `cluster`)."""

from __future__ import annotations

import logging
from typing import Any

from hirelens_cli.errors import MissingExtraError


def distributed() -> Any:
    """The library, told to be quiet: what matters is said in our own words. Raises MissingExtraError where it is not installed."""
    try:
        import distributed as library
    except ImportError as error:
        raise MissingExtraError("clusters need Dask's distributed", "pip install 'hirelens[cluster]'") from error
    for name in ("distributed", "distributed.client", "distributed.gc"):  # each has a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return library
