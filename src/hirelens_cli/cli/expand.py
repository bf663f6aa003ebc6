"""Commands as typer sees them: where several options fill one parameter, each is an option of its own."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import LogFormatOption, MetricsFile, Otlp, Watch

_PARTS: dict[str, tuple[tuple[str, object, object], ...]] = {
    "workspace": (("tenant", options.Tenant, None), ("region", options.Region, None)),
    "watch": (
        ("quiet", options.Quiet, False),
        ("verbose", options.Verbose, False),
        ("log_format", LogFormatOption, None),
        ("metrics_file", MetricsFile, None),
        ("otlp", Otlp, None),
    ),
}
"""Parameters of a command that several options fill: (name, annotation, default) of each."""


def expanded(command: Callable[..., object], words: str) -> Callable[..., object]:
    """The command as typer sees it: --tenant and --region after its --workspace, the options of its Watch in its place.

    Their values arrive in `workspace` and `watch`; a command with neither is left as it is. `words` are its name.
    """
    signature = inspect.signature(command, eval_str=True)
    if not _PARTS.keys() & signature.parameters.keys():
        return command

    @functools.wraps(command)
    def with_parts(**given: Any) -> object:
        parts = {
            name: {part: given.pop(part) for part, _, _ in _PARTS[name]}
            for name in _PARTS
            if name in signature.parameters
        }
        if "workspace" in parts:
            given["workspace"] = replace(given["workspace"] or options.Place(), **parts["workspace"])
        if "watch" in parts:
            given["watch"] = Watch(command=words, **parts["watch"])
        return command(**given)

    parameters: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        if name != "watch":
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
        parameters += [
            inspect.Parameter(part, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for part, kind, default in _PARTS.get(name, ())
        ]
    with_parts.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return with_parts
