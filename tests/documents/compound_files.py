"""Compound files (DOC, MSG), written from scratch for tests."""

import struct

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(tree):
    """A compound file of 512-byte sectors: names with bytes (streams) or further trees (storages).

    Streams under 4096 bytes lie in the small stream; siblings are chained to the right.
    """
    sectors, chain, small_table, entries = [], [], [], [["Root Entry", 5, FREE, FREE, END, 0]]
    small = bytearray()

    def place(content):
        first = len(sectors)
        count = -(-len(content) // 512)
        for number in range(count):
            sectors.append(content[number * 512 : number * 512 + 512].ljust(512, b"\0"))
            chain.append(first + number + 1 if number < count - 1 else END)
        return first

    def add(parent, children):
        previous = None
        for name, content in children.items():
            number = len(entries)
            entries.append([name, 1 if isinstance(content, dict) else 2, FREE, FREE, END, 0])
            if previous is None:
                entries[parent][3] = number
            else:
                entries[previous][2] = number
            previous = number
            if isinstance(content, dict):
                add(number, content)
            elif len(content) < 4096:
                start, count = len(small_table), -(-len(content) // 64)
                small.extend(content.ljust(count * 64, b"\0"))
                small_table.extend([*range(start + 1, start + count), END][:count])
                entries[number][4:] = [start, len(content)]
            else:
                entries[number][4:] = [place(content), len(content)]

    add(0, tree)
    entries[0][4:] = [place(bytes(small)) if small else END, len(small)]
    packed = struct.pack(f"<{len(small_table)}I", *small_table)
    small_start = place(packed.ljust(-(-len(packed) // 512) * 512, b"\xff")) if small else END
    directory = b""
    for name, kind, right, child, start, size in entries:
        raw = name.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
        directory += bytes(36) + struct.pack("<IQ", start, size)
    directory_start = place(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    table_start = len(sectors)
    table = struct.pack(f"<{len(chain) + 1}I", *chain, TABLE).ljust(512, b"\xff")
    assert len(table) == 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, directory_start, 0, 4096, small_start, 1, END, 0)
    return header + struct.pack("<109I", table_start, *[FREE] * 108) + b"".join(sectors) + table
