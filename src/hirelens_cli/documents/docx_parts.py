"""Which parts of a Word package hold text, found by its relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.docx_look import Styles, W
from hirelens_cli.documents.package import Element, Hostile, Package
from hirelens_cli.model.issues import Issue, Severity, Status

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def main_part(package: Package) -> str:
    """Name of the part that holds the text; the package's own relationships decide where it has another than usual."""
    usual = "word/document.xml"
    if usual in package.names:
        return usual
    for relation in package.xml("_rels/.rels") if "_rels/.rels" in package.names else ():
        target = str(relation.get("Target", "")).lstrip("/")
        if relation.get("Type", "").endswith("/officeDocument") and target in package.names:
            return target
    raise Refused(Status.MALFORMED, "its package holds no text document")


class Parts:
    """The further parts of a document that hold text, found by its relationships; a damaged one is left out and said."""

    def __init__(self, package: Package, folder: str, name: str) -> None:
        self._package, self._folder = package, folder
        self._damaged = 0
        self._targets: dict[str, str] = {}
        relations = self._root(f"{folder}/_rels/{name}.rels")
        for relation in relations if relations is not None else ():
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            self._targets[relation.get("Id", "")] = path

    def styles(self) -> Styles:
        """The styles of the document; none where their part is missing or damaged."""
        name, most = f"{self._folder}/styles.xml", self._package.max_objects
        try:
            return Styles(self._package.read(name) if name in self._package.names else b"", most)
        except Refused as refused:
            self._forgive(refused)
            return Styles(b"", most)

    def referenced(self, root: Element, tag: str) -> list[Element]:
        """The headers or footers of all sections, each part once, parts with equal text once."""
        roots = self._roots(reference.get(_R + "id", "") for reference in root.iter(tag))
        return list({"".join(root.itertext(W + "t")): root for root in reversed(roots)}.values())[::-1]

    def diagrams(self, root: Element) -> list[Element]:
        """The data of SmartArt."""
        return self._roots(diagram.get(_R + "dm", "") for diagram in root.iter(_DIAGRAM))

    def chunks(self, root: Element) -> list[bytes]:
        """Foreign documents within this one, as they are."""
        names = dict.fromkeys(self._targets.get(chunk.get(_R + "id", ""), "") for chunk in root.iter(W + "altChunk"))
        return [self._package.read(name) for name in names if name in self._package.names]

    def named(self, name: str) -> Element | None:
        """The part of that name in the document's folder."""
        return self._root(f"{self._folder}/{name}")

    def issues(self, doc_id: str) -> tuple[Issue, ...]:
        """The warning `partly_read` where a part was damaged."""
        if not self._damaged:
            return ()
        message = f"{self._damaged} of its lesser parts (styles, headers, notes) are damaged and were left out"
        return (Issue("partly_read", Severity.WARNING, doc_id, message, "save it again from a word processor"),)

    def _roots(self, ids: Iterable[str]) -> list[Element]:
        names = dict.fromkeys(self._targets.get(key, "") for key in ids)
        return [root for name in names if (root := self._root(name)) is not None]

    def _root(self, name: str) -> Element | None:
        if name not in self._package.names:
            return None
        try:
            return self._package.xml(name)
        except Refused as refused:
            self._forgive(refused)
            return None

    def _forgive(self, refused: Refused) -> None:
        """Counts a damaged part; what looks like an attack or is too large is never forgiven."""
        if isinstance(refused, Hostile) or refused.status is not Status.MALFORMED:
            raise refused
        self._damaged += 1
