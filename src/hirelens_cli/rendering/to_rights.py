"""What is kept of people and what was taken out, as panels and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model.rights import Corrected, Forgetting, Held, Receipt, Retention
from hirelens_cli.rendering.panels import Panel, some
from hirelens_cli.rendering.to_history import diff_panels, diff_record, to_json
from hirelens_cli.rendering.to_page import NOT_ADVICE

NOT_REACHED = (
    "Not reached, because hirelens did not write it or cannot know of it: the resume files and the manifest themselves, "
    "files written with --output, plans and parts of `shard` here or in object stores, copies of the workspace, backups, "
    "and blocks of a disk that are free but not yet overwritten."
)

PROOF = (
    "The commitment is the SHA-256 of the salt, a colon and the SHA-256 of each file; with this receipt and the file "
    "anyone can show that the ledger's line is about it."
)


def held_panel(heading: str, held: Sequence[Held], last: str = "") -> Panel:
    """Documents, one a row; `last` is the heading of their notes."""
    columns = ("Document", "Files", "Runs", *([last] if last else ()))
    rows = tuple(
        (
            item.candidate,
            ", ".join(item.files) or "(read only)",
            ", ".join(run[:8] for run in item.runs) or "none",
            *([item.note] if last else ()),
        )
        for item in held
    )
    return Panel(heading, columns, rows)


def forgetting_panels(found: Forgetting) -> tuple[Panel, ...]:
    """What would go and what would stay."""
    panels = [held_panel(f"To be erased: {some(len(found.documents), 'document')}", found.documents)]
    if found.others:
        panels.append(held_panel("Seemingly of the same person; --all-files takes them too", found.others, "Why"))
    return tuple(panels)


def forgetting_json(found: Forgetting) -> bytes:
    """Schema hirelens.forgetting/1."""
    return to_json({"schema": "hirelens.forgetting/1", "documents": found.documents, "others": found.others})


def receipt_panels(receipt: Receipt) -> tuple[Panel, ...]:
    """A receipt that can be handed to the person."""
    facts = (
        ("at", receipt.at),
        ("by", receipt.who),
        ("status from now on", f"{receipt.status.value}: the same file is refused unread if it is found again"),
        ("decisions about them", f"{receipt.decisions} without their candidate, place and reason now"),
        ("ledger line", str(receipt.sequence)),
        ("commitment", receipt.commitment),
        ("salt", receipt.salt),
    )
    done = "Finished what had been begun: " if receipt.resumed else ""
    return (
        Panel(
            f"{done}{some(len(receipt.documents), 'document')} taken out",
            ("", ""),
            facts,
            (PROOF, NOT_REACHED, NOT_ADVICE),
        ),
        held_panel("", receipt.documents),
    )


def receipt_json(receipt: Receipt) -> bytes:
    """Schema hirelens.receipt/1."""
    return to_json({"schema": "hirelens.receipt/1", **_receipt(receipt), "not_reached": NOT_REACHED})


def retention_panels(found: Retention) -> tuple[Panel, ...]:
    """Which documents are older than the day, and the receipt where they were taken out."""
    heading = f"Last screened before {found.before}: {some(len(found.documents), 'document')}"
    if found.receipt is not None:
        return (Panel(heading), *receipt_panels(found.receipt))
    if not found.documents:
        return (Panel(heading),)
    return (held_panel(heading, found.documents, "Last screened (UTC)"),)


def retention_json(found: Retention) -> bytes:
    """Schema hirelens.retention/1."""
    record: dict[str, object] = {
        "schema": "hirelens.retention/1",
        "before": found.before,
        "documents": found.documents,
        "receipt": _receipt(found.receipt) if found.receipt else None,
    }
    return to_json(record)


def _receipt(receipt: Receipt) -> dict[str, object]:
    return {
        "at": receipt.at,
        "who": receipt.who,
        "status": receipt.status,
        "documents": receipt.documents,
        "decisions": receipt.decisions,
        "commitment": receipt.commitment,
        "salt": receipt.salt,
        "sequence": receipt.sequence,
        "resumed": receipt.resumed,
    }


def corrected_panels(found: Corrected) -> tuple[Panel, ...]:
    """What holds now, and whom it moved, the person first."""
    rows = tuple((text,) for text in found.corrections)
    name = ", ".join(found.held.files) or found.held.candidate
    note = "Others move only in rank: a score does not depend on who else is there."
    return (Panel(f"Put right of {name}", ("",), rows, (note, NOT_ADVICE)), *diff_panels(found.diff))


def corrected_json(found: Corrected) -> bytes:
    """Schema hirelens.corrected/1: the corrections and, as in hirelens.diff/1, what they changed."""
    record: dict[str, object] = {
        "schema": "hirelens.corrected/1",
        "document": found.held,
        "corrections": found.corrections,
        "diff": diff_record(found.diff),
    }
    return to_json(record)
