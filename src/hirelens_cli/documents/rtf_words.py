"""What the control words of rich text mean to a reader of its text."""

from __future__ import annotations

import codecs

from hirelens_cli.model.documents import BlockKind

_SKIPPED_WORDS = """
annotation atnid atnauthor atndate atnref atnicn author background bkmkstart bkmkend blipuid buptim category colorschememapping comment
company creatim datafield datastore doccomm docvar fldinst fontemb fontfile filetbl formfield ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc
generator info keycode keywords latentstyles listoverridetable listpicture listtable lsdlockedexcept macpict manager nonshppict objdata
objclass objname operator panose pict pn pntext listtext pntxta pntxtb pgptbl printim private propname revtbl revtim rsidtbl rxe shprslt sn
sp staticval subject sv tc template themedata title txe ud userprops wgrffmtfilter xe xmlnstbl xmlattrname xmlattrvalue
"""
SKIPPED = frozenset(_SKIPPED_WORDS.split())
"""Destinations whose text is no part of the page, or is there a second time."""

READ_THOUGH_STARRED = frozenset(("shpinst", "shptxt", "do", "dptxbxtext", "nesttableprops"))
"""Marked as ignorable for old programs, and yet part of the page."""

SPOKEN = {
    "tab": " ", "cell": "", "emdash": "\u2014", "endash": "\u2013", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "\u2022",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "zwj": "", "zwnj": "", "nestcell": " ",
}  # fmt: skip
SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
BREAKS = frozenset(("par", "line", "sect", "page", "column", "nestrow", "softline", "\n", "\r"))
PLACES = {
    "header": BlockKind.HEADER, "headerl": BlockKind.HEADER, "headerr": BlockKind.HEADER, "headerf": BlockKind.HEADER,
    "footer": BlockKind.FOOTER, "footerl": BlockKind.FOOTER, "footerr": BlockKind.FOOTER, "footerf": BlockKind.FOOTER,
    "footnote": BlockKind.NOTE, "shptxt": BlockKind.TEXT_BOX, "dptxbxtext": BlockKind.TEXT_BOX,
}  # fmt: skip
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip

for _name in CHARSETS.values():
    codecs.lookup(_name)  # loaded now: a sandboxed reader may open no file later
