"""`python -m hirelens_cli`."""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line."""
    # Threads of OpenBLAS spin while they wait: a re-ranking took 10.5 CPU seconds with two and 5.2 with one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hirelens_cli.cli.main import run

    run()


if __name__ == "__main__":
    main()
