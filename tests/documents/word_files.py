"""Word documents of before 2007, written from scratch for tests: after [MS-DOC], and good enough for other programs."""

import importlib.util
import struct
from pathlib import Path

spec = importlib.util.spec_from_file_location("compound_files", Path(__file__).with_name("compound_files.py"))
assert spec
assert spec.loader
compound_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compound_files)


def word(
    body, *, notes="", margins="", boxes="", hidden=(), wide=False, encrypted=False, version=0xC1, small_table=False
):
    """A DOC with its text in two pieces; `hidden` are ranges of characters marked as hidden."""
    text = body + notes + margins + boxes
    half = len(text) // 2
    first, second = text[:half], text[half:]
    start = 1024
    raw_first = first.encode("cp1252")
    raw_second = second.encode("utf-16-le" if wide else "cp1252")
    offset = start + len(raw_first)
    main = bytearray(start) + raw_first + raw_second
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x200 | (0x100 if encrypted else 0))
    struct.pack_into("<II", main, 0x18, start, start + len(text))
    counts = (len(body), len(notes), len(margins), 0, 0, 0, len(boxes), 0)
    struct.pack_into("<8i", main, 0x4C if version >= 0xC1 else 0x34, *counts)
    page = -(-len(main) // 512)
    main = main.ljust(page * 512, b"\0")
    bounds = sorted({start, start + len(text), *(start + place for pair in hidden for place in pair)})
    sheet = bytearray(512)
    runs = len(bounds) - 1
    struct.pack_into(f"<{runs + 1}I", sheet, 0, *bounds)
    vanish = struct.pack("<BHBHB", 6, 0x0835, 1, 0x083C, 1)
    sheet[480 : 480 + len(vanish)] = vanish
    for run in range(runs):
        sheet[4 * (runs + 1) + run] = (
            240 if any(start + low <= bounds[run] < start + high for low, high in hidden) else 0
        )
    sheet[511] = runs
    main += sheet
    where = offset if wide else (offset * 2) | 0x40000000
    clx = b"\x01" + struct.pack("<H", 3) + b"abc" + b"\x02" + struct.pack("<I", 4 * 3 + 8 * 2)
    clx += (
        struct.pack("<3I", 0, half, len(text))
        + struct.pack("<HIH", 0, (start * 2) | 0x40000000, 0)
        + struct.pack("<HIH", 0, where, 0)
    )
    looks = struct.pack("<3I", start, start + len(text), page)
    struct.pack_into("<II", main, 0x1A2, 16, len(clx))
    struct.pack_into("<II", main, 0xFA, 16 + len(clx), len(looks))
    styles = struct.pack("<H9H", 18, 15, 10, 1, 0, 15, 0, 0, 0, 0) + bytes(2 * 15)  # none of them in use
    struct.pack_into("<II", main, 0xA2, 16 + len(clx) + len(looks), len(styles))
    table = bytes(16) + clx + looks + styles
    return compound_files.compound(
        {"WordDocument": bytes(main).ljust(4096, b"\0"), "1Table": table if small_table else table.ljust(4096, b"\0")}
    )
