"""The `hirelens` command."""

from __future__ import annotations


def run() -> None:
    """Run the command line and exit with its code."""
