"""What people decided about candidates, kept in the ledger without naming anyone.

The ledger holds a commitment: the SHA-256 of a small file that has a random salt, the candidate and the reason. When that
file is erased, nothing of the person is left and the chain still holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.governance.ledger import Entry, Value
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.decisions import Decision

KIND = "decision"

_LEAST = 3
"""Letters of a part of a name that is looked for; shorter ones are words as well."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What can be erased of a decision."""

    salt: str
    candidate: str
    rank: int
    score: int
    reason: str


def seal(decision: Decision, salt: str) -> tuple[str, bytes]:
    """The commitment to a decision's erasable part, and the file's bytes; `salt` must be random."""
    data = encode(Sealed(salt, decision.candidate, decision.rank or 0, decision.score or 0, decision.reason))
    return hashlib.sha256(data).hexdigest(), data


def entry_body(decision: Decision, commitment: str) -> Mapping[str, Value]:
    """What the ledger keeps of a decision."""
    return {
        "run": decision.run,
        "job": decision.job,
        "job_id": decision.job_id,
        "decision": decision.decision,
        "who": decision.who,
        "digest": decision.digest,
        "commitment": commitment,
    }


def decisions_in(entries: Sequence[Entry], folder: Path) -> tuple[Decision, ...]:
    """Every decision, oldest first; without candidate, place and reason where these were erased."""
    return tuple(_decision(entry, folder) for entry in entries if entry.kind == KIND)


def _decision(entry: Entry, folder: Path) -> Decision:
    body = {key: str(value) for key, value in entry.body.items()}
    sealed = _opened(folder, body.get("commitment", ""))
    return Decision(
        sequence=entry.sequence,
        at=entry.at,
        who=body.get("who", ""),
        run=body.get("run", ""),
        job=body.get("job", ""),
        job_id=body.get("job_id", ""),
        candidate=sealed.candidate if sealed else "",
        decision=body.get("decision", ""),
        reason=sealed.reason if sealed else "",
        rank=sealed.rank if sealed else None,
        score=sealed.score if sealed else None,
        digest=body.get("digest", ""),
    )


def _opened(folder: Path, commitment: str) -> Sealed | None:
    if re.fullmatch(r"[0-9a-f]{64}", commitment) is None:
        return None
    try:
        data = (folder / f"{commitment}.json").read_bytes()
        return decode(data, Sealed) if hashlib.sha256(data).hexdigest() == commitment else None
    except (OSError, CodecError):
        return None


def erase(folder: Path, candidates: Collection[str]) -> int:
    """Remove what can be erased of the decisions about these candidates; returns how many there were."""
    count = 0
    for path in sorted(folder.glob("*.json")):
        sealed = _opened(folder, path.stem)
        if sealed is None or sealed.candidate in candidates:
            path.unlink(missing_ok=True)
            count += sealed is not None
    return count


def nameless(reason: str, name: str) -> str:
    """The reason on one line, with the parts of the candidate's name replaced by `[name]`."""
    text = " ".join(reason.split())
    for part in re.findall(rf"[^\W\d_]{{{_LEAST},60}}", name):
        text = re.sub(rf"\b{re.escape(part)}\b", "[name]", text, flags=re.IGNORECASE)
    return re.sub(r"\[name\](?:[ -]\[name\]){1,9}", "[name]", text)
