"""How a folder of hostile files is survived: `python benchmarks/hostile.py FOLDER [--files]`.

Every file must end with a status; the peak is the largest reader's, to be held against limits.memory_mb.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter

from hirelens_cli.config import Limits
from hirelens_cli.documents.discover import discover, open_source
from hirelens_cli.documents.sandbox import Sandbox, protections


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--files", action="store_true", help="a line for each file")
    parser.add_argument("--chunk", type=int, default=16, help="documents handed over at a time")
    arguments = parser.parse_args()
    limits = Limits()
    wall, cpu = time.perf_counter(), _cpu()
    found = discover([arguments.folder], limits)
    rows = [(item.name, item.issue.code, item.issue.message, 0.0) for item in found.rejected]
    with Sandbox(limits) as sandbox:
        for start in range(0, len(found.sources), arguments.chunk):
            sources = found.sources[start : start + arguments.chunk]
            names = {source.doc_id: source.name for source in sources}
            entries = []
            for source in sources:
                opened = open_source(source, limits)
                if opened.value is None:
                    rows.append((source.name, opened.status or "", opened.issues[0].message, 0.0))
                else:
                    entries.append((source.doc_id, source.name, opened.value))
            before = sandbox.usage.cpu_seconds
            for doc_id, outcome in sandbox.read_many(entries):
                spent, before = sandbox.usage.cpu_seconds - before, sandbox.usage.cpu_seconds
                message = next((issue.message for issue in outcome.issues if issue.code == outcome.status), "")
                rows.append((names[doc_id], outcome.status or "read", message, spent))
        usage = sandbox.usage
    if arguments.files:
        for name, status, message, spent in sorted(rows):
            print(f"{status:14} {spent:7.2f} s  {name}  {message}")
    for status, count in sorted(Counter(str(status) for _, status, _, _ in rows).items()):
        print(f"{status:14} {count:6}")
    print(f"{'duplicate':14} {found.duplicates:6}")
    print(
        f"{'found':14} {found.found:6}   {'all accounted for' if len(rows) + found.duplicates == found.found else 'LOST'}"
    )
    print(f"wall {time.perf_counter() - wall:.1f} s, CPU {_cpu() - cpu:.1f} s, {usage.readers} readers", end=", ")
    print(f"largest reader {usage.peak_bytes / 2**20:.0f} MB of {limits.memory_mb} allowed")
    print("protections: " + ", ".join(f"{name} {'on' if active else 'OFF'}" for name, active, _ in protections()))


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
