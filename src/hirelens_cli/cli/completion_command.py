"""`hirelens completion`: the script that teaches a shell to complete."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated, cast

import typer
from typer.core import TyperGroup

EXAMPLES = """\b
Examples:
  hirelens completion bash >> ~/.bashrc
  hirelens completion zsh > ~/.zfunc/_hirelens
  hirelens completion fish > ~/.config/fish/completions/hirelens.fish
"""


class Shell(StrEnum):
    """The shells that typer can complete for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def complete(command: TyperGroup, arguments: list[str] | None = None) -> None:
    """Answer what the completion variable in the environment asks, and exit."""
    # typer registers its shells only where its own --install-completion option is wanted.
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()
    command.main(args=arguments, prog_name="hirelens")


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
) -> None:
    """Print the completion script of a shell. It works off a terminal too."""
    root = context.find_root().command
    # typer answers with the script when the completion variable asks for it; there is no public function that does.
    os.environ["_HIRELENS_COMPLETE"] = f"source_{shell.value}"
    complete(cast("TyperGroup", root), [])
