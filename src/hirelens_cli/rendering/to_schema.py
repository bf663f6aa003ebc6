"""What is in hirelens.duckdb, as tables, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model import codec
from hirelens_cli.model.store import Relation
from hirelens_cli.rendering.panels import Panel
from hirelens_cli.rendering.to_markdown import table_lines

_HEADS = ("Column", "Type", "Meaning")


def schema_panels(relations: Sequence[Relation]) -> tuple[Panel, ...]:
    """One per view or macro."""
    return tuple(Panel(f"{item.name}: {item.comment}", _HEADS, _rows(item)) for item in relations)


def schema_json(relations: Sequence[Relation]) -> bytes:
    """Schema hirelens.store/1: each view or macro with its columns, types and comments."""
    return codec.indented(codec.encode({"schema": "hirelens.store/1", "relations": relations})) + b"\n"


def schema_markdown(relations: Sequence[Relation]) -> bytes:
    """The same as a page."""
    lines: list[str] = []
    for item in relations:
        lines += [f"## {item.name}", "", f"{item.comment[:1].upper()}{item.comment[1:]}.", ""]
        lines += [*table_lines(_HEADS, [(f"{name}", kind, meaning) for name, kind, meaning in _rows(item)]), ""]
    return "\n".join(lines).encode()


def _rows(item: Relation) -> tuple[tuple[str, str, str], ...]:
    return tuple((column.name, column.type, column.comment) for column in item.columns)
