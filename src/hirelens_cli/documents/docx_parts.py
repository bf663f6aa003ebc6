"""Which parts of a Word package hold text, found by its relationships."""

from __future__ import annotations

import posixpath

from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.docx_look import W
from hirelens_cli.documents.package import Element, Package
from hirelens_cli.model.issues import Status

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
    """The further parts of a document that hold text, found by its relationships."""

    def __init__(self, package: Package, folder: str, name: str) -> None:
        self._package, self._folder = package, folder
        relations = f"{folder}/_rels/{name}.rels"
        self._targets: dict[str, str] = {}
        for relation in package.xml(relations) if relations in package.names else ():
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            self._targets[relation.get("Id", "")] = path

    def referenced(self, root: Element, tag: str) -> list[Element]:
        """The headers or footers of all sections, each part once, parts with equal text once."""
        names = dict.fromkeys(self._targets.get(reference.get(_R + "id", ""), "") for reference in root.iter(tag))
        roots = [self._package.xml(name) for name in names if name in self._package.names]
        return list({"".join(root.itertext(W + "t")): root for root in reversed(roots)}.values())[::-1]

    def diagrams(self, root: Element) -> list[Element]:
        """The data of SmartArt."""
        used = root.iter(_DIAGRAM)
        names = dict.fromkeys(self._targets.get(diagram.get(_R + "dm", ""), "") for diagram in used)
        return [self._package.xml(name) for name in names if name in self._package.names]

    def named(self, name: str) -> Element | None:
        """The part of that name in the document's folder."""
        path = f"{self._folder}/{name}"
        return self._package.xml(path) if path in self._package.names else None
