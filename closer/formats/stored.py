"""The document model inside its own Word file: what was signed can be read back.

A redraft by a later library says other words. The model in the file is what was
printed: every provision with its clause, its edition and the terms that it prints.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

import msgspec

from closer.drafting.document import Document
from closer.formats import files
from closer.formats.wordxml import escaped

_SPACE = "urn:closer:document:1"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = "word/document.xml"
_TEXT_RELS = "word/_rels/document.xml.rels"
_ITEM = re.compile(r"customXml/item\d+\.xml")
_LARGEST = 64 * 1024 * 1024
_MOST_PARTS = 2000


class Stored(NamedTuple):
    """A Word file as it was found: its parts, the model in it, and whether it is whole.

    `untouched`: the text is still the very one that was written with the model.
    """

    parts: dict[str, bytes]
    document: Document | None
    untouched: bool


def kept(document: Document, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts by which a package remembers the model of its text."""
    number = 1
    while f"customXml/item{number}.xml" in parts:
        number += 1
    item = f"customXml/item{number}"
    model = msgspec.json.encode(document).decode()
    body = sha256(parts[_BODY]).hexdigest()
    identity = sha256(_SPACE.encode()).hexdigest().upper()
    guid = "-".join((identity[:8], identity[8:12], identity[12:16], identity[16:20]))
    types = parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    line = (
        f'<Override PartName="/{item[:10]}itemProps{number}.xml" ContentType="{kind}"/>'
    )
    types = types.replace("</Types>", f"{line}</Types>")
    rels = parts[_TEXT_RELS].decode()
    line = (
        f'<Relationship Id="closerModel" Type="{_OFFICE}relationships/customXml"'
        f' Target="../{item}.xml"/>'
    )
    rels = rels.replace("</Relationships>", f"{line}</Relationships>")
    return {
        "[Content_Types].xml": types.encode(),
        _TEXT_RELS: rels.encode(),
        f"{item}.xml": (
            f'{_HEAD}<document xmlns="{_SPACE}" body="{body}">{escaped(model)}'
            "</document>"
        ).encode(),
        f"customXml/itemProps{number}.xml": (
            f'{_HEAD}<ds:datastoreItem xmlns:ds="{_OFFICE}customXml" ds:itemID="'
            f'{{{guid}-{identity[20:32]}}}"><ds:schemaRefs><ds:schemaRef ds:uri='
            f'"{_SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        f"customXml/_rels/item{number}.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship Id="rId1"'
            f' Type="{_OFFICE}relationships/customXmlProps"'
            f' Target="itemProps{number}.xml"/></Relationships>'
        ).encode(),
    }


def read(archive: bytes) -> Stored | str:
    """Read a Word file back, or say in a sentence why it is none.

    Nothing in it is believed: not its sizes, and not the model until it is decoded.
    """
    import io  # noqa: PLC0415 - only a command that reads a document comes here
    import zipfile  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            listed = opened.infolist()
            if len(listed) > _MOST_PARTS or sum(x.file_size for x in listed) > _LARGEST:
                return "It is larger than any contract."
        parts = files.unpacked(archive)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError):
        return "It is no Word document."
    if _BODY not in parts:
        return "It is no Word document."
    if any(b"<!DOCTYPE" in data[:2000] for data in parts.values()):
        return "It holds a part that Word never writes."
    for name in sorted(parts):
        if _ITEM.fullmatch(name) and _SPACE.encode() in parts[name][:400]:
            document, body = _decoded(parts[name])
            same = sha256(parts[_BODY]).hexdigest() == body
            return Stored(parts, document, document is not None and same)
    return Stored(parts, None, untouched=False)


def _decoded(item: bytes) -> tuple[Document | None, str]:
    from lxml import etree  # noqa: PLC0415 - only a command that reads comes here

    try:
        root = etree.fromstring(item, strict())
        text = "".join(root.itertext())
        return msgspec.json.decode(text, type=Document), root.get("body", "")
    except (etree.XMLSyntaxError, msgspec.MsgspecError):
        return None, ""


def strict() -> object:
    """Return the parser for parts that come from outside."""
    from lxml import etree  # noqa: PLC0415

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
