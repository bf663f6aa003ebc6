"""`python -m hirelens_cli`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from hirelens_cli.cli.main import run

    run()


if __name__ == "__main__":
    main()
