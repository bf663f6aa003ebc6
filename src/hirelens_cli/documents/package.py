"""Zip packages of XML (DOCX, ODT), opened with suspicion: all checks come before any parser sees a byte."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TypeAlias

from lxml import etree

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused
from hirelens_cli.model.issues import Status

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = "its XML declares a document type, which no word processor writes"
_MEGABYTE = 1_000_000
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml)/main")
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Element: TypeAlias = etree._Element


class Hostile(Refused):
    """The refusal of a part that no honest program writes."""


class Package:
    """A zip file within its limits; raises Refused where it is not one. Only the parts asked for are ever unpacked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if is_encrypted_office(data):
            raise Refused(Status.ENCRYPTED, "it is protected by a password", "save it without a password")
        if data.count(b"PK\x01\x02") > limits.package_entries:
            raise Refused(Status.TOO_LARGE, "its package has too many parts", "raise limits.package_entries")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError) as error:
            raise Refused(Status.MALFORMED, "its package is damaged") from error
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > limits.package_bytes:
            raise Refused(Status.TOO_LARGE, "its package unpacks to too many bytes", "raise limits.package_bytes")
        if total > max(_MEGABYTE, limits.ratio * len(data)):
            raise Refused(
                Status.TOO_LARGE, "its package unpacks to a suspicious multiple of its size", "raise limits.ratio"
            )
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(Status.ENCRYPTED, "its package is protected by a password", "save it without a password")
        self.names = frozenset(entry.filename for entry in entries)
        self.max_objects = limits.max_objects

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one part; raises Refused where it is missing or damaged."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise Refused(Status.MALFORMED, "a part of its package is missing or damaged") from error

    def xml(self, name: str) -> Element:
        """The root of one XML part; raises Refused for a DOCTYPE, for damage, and for too many elements."""
        return parse_xml(self.read(name), self.max_objects)


def parse_xml(data: bytes, max_objects: int) -> Element:
    """The root of an XML text, without entities, network or a DOCTYPE; raises Refused. Strict OOXML becomes transitional."""
    check_xml(data, max_objects)
    if b"http://purl.oclc.org/ooxml/" in data[:4000]:
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/main", data)
        data = data.replace(_STRICT_RELATIONS, _RELATIONS)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Status.MALFORMED, "its XML is damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Hostile(Status.MALFORMED, _DOCTYPE)
    return root


def check_xml(data: bytes, max_objects: int) -> None:
    """Raises Refused for an XML text that no parser should see: one with a DOCTYPE, or with too many elements."""
    # In UTF-16 every other byte is a zero; XML in further encodings is caught once it is parsed, without its entities.
    plain = data.replace(b"\0", b"") if b"\0" in data[:4] else data
    if b"<!DOCTYPE" in plain[:100_000] or b"<!ENTITY" in plain:
        raise Hostile(Status.MALFORMED, _DOCTYPE)
    # An element takes four bytes at least, so that most parts need no count.
    if len(data) > 4 * max_objects and data.count(b"<") - data.count(b"</") > max_objects:
        raise Refused(Status.TOO_LARGE, "it has too many elements", "raise limits.max_objects")


def is_encrypted_office(data: bytes) -> bool:
    """Whether the bytes are the container in which Office keeps a document that opens only with a password."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data
