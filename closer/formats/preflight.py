"""A stranger's .docx, looked at before anything of it is read.

Nothing is unpacked that was not measured first, nothing is fetched, nothing is run. A
file that is not what it should be is refused with one sentence that says why.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

BODY = "word/document.xml"

_MEGA = 1 << 20
_FILE = 24 * _MEGA
_PART = 16 * _MEGA
_WHOLE = 48 * _MEGA
_PARTS = 2_000
_DEPTH = 200
_ELEMENTS = 1_500_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READ = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(custom|core)\.xml"
    r"|word/(document|comments|footnotes|endnotes|header\d*|footer\d*|settings)\.xml"
    r"|word/_rels/[\w.]+\.rels)"
)
_RUNS = {
    "vbaproject": "macros",
    "activex/": "ActiveX controls",
    "embeddings/": "embedded files",
    "afchunk": "a part of another format",
}
_FETCHED = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")


class RefusedError(Exception):
    """The file is not read; the sentence says why."""


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts that are read, or raise RefusedError with the reason."""
    _is_a_package(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _measured(entries)
            _harmless(entry.filename for entry in entries)
            parts = {
                entry.filename: _content(package, entry)
                for entry in entries
                if _READ.fullmatch(entry.filename)
                or entry.filename.casefold().endswith(".rels")
            }
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as error:
        raise RefusedError(_BROKEN) from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise RefusedError(f"The archive cannot be read: {error}.") from error
    _is_word(parts)
    for name, content in parts.items():
        _sound(name, content)
    return parts


_BROKEN = "The archive is damaged or cut off. Ask for the file again."


def _is_a_package(data: bytes) -> None:
    if len(data) > _FILE:
        raise RefusedError(f"The file is larger than {_FILE // _MEGA} MB.")
    if not data:
        raise RefusedError("The file is empty.")
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedError(
                "The file is encrypted. Ask for a copy without a password."
            )
        raise RefusedError(
            "This is a document of the old .doc format. Save it as .docx in Word."
        )
    for start, name in ((b"%PDF", "a PDF"), (b"{\\rtf", "an RTF file")):
        if data.startswith(start):
            raise RefusedError(f"This is {name}. Ask for the .docx itself.")
    if not data.startswith(b"PK"):
        raise RefusedError("This is no .docx: it is no archive at all.")


def _measured(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what is too large, too many, twice there, or outside its folder."""
    if len(entries) > _PARTS:
        raise RefusedError(f"The file has more than {_PARTS} parts.")
    seen: set[str] = set()
    whole = 0
    for entry in entries:
        name = entry.filename
        whole += entry.file_size
        if entry.file_size > _PART or whole > _WHOLE:
            raise RefusedError(f"Unpacked the file is too large ({name}).")
        if entry.flag_bits & 1:
            raise RefusedError("The archive is encrypted. Ask for a copy that is not.")
        outside = name.startswith(("/", "\\")) or "\\" in name or ":" in name
        if outside or ".." in name.split("/") or "\0" in entry.orig_filename:
            raise RefusedError(f"The part {name!r} has a name that leads elsewhere.")
        if name.casefold() in seen:
            raise RefusedError(f"The part {name} is there twice.")
        seen.add(name.casefold())


def _harmless(names: Iterator[str]) -> None:
    for name in names:
        for mark, what in _RUNS.items():
            if mark in name.casefold():
                raise RefusedError(
                    f"The file holds {what} ({name}). Ask for a copy without."
                )


def _content(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack a part, and no more of it than its size says."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError(f"The part {entry.filename} is packed in an unusual way.")
    try:
        with package.open(entry) as stream:
            content = stream.read(_PART + 1)
    except Exception as error:
        raise RefusedError(_BROKEN) from error
    if len(content) > _PART:
        raise RefusedError(f"The part {entry.filename} is larger than it says.")
    return content


def _is_word(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml")
    if types is None or BODY not in parts:
        what = "an OpenDocument or other archive" if types is None else "another kind"
        raise RefusedError(f"This is no .docx but {what}. Save it as .docx in Word.")
    if b"macroEnabled" in types:
        raise RefusedError("The file is made for macros. Ask for a copy without.")
    for name, content in parts.items():
        if not name.casefold().endswith(".rels"):
            continue
        for found in _FETCHED.findall(content):
            if b"aFChunk" in found or b"/oleObject" in found:
                raise RefusedError("The file holds a part of another format.")
            if _OUTSIDE.search(found) and not _LINK.search(found):
                raise RefusedError(
                    "The file refers to something outside itself, which a program "
                    f"might fetch ({name}). Ask for a copy without linked parts."
                )


_KNOWN = (
    " LibreOffice writes such a file where changes are tracked in a value, and "
    "cannot open it again: ask for changes made without tracking; they are found as "
    "well."
)


def _sound(name: str, content: bytes) -> None:
    """Refuse XML with a document type, that is nested too deep, or broken."""
    depth = count = 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def begins(_: str, __: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEPTH:
            raise RefusedError(f"The part {name} is nested too deep.")
        if count > _ELEMENTS:
            raise RefusedError(f"The part {name} has too many elements.")

    def ends(_: str) -> None:
        nonlocal depth
        depth -= 1

    def typed(*_: object) -> None:
        raise RefusedError(f"The part {name} has a DOCTYPE, which no Word file needs.")

    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    parser.StartDoctypeDeclHandler = typed
    try:
        parser.Parse(content, True)  # noqa: FBT003 - how expat is called
    except expat.ExpatError as error:
        if name == "docProps/custom.xml" and not content.strip():
            return
        known = _KNOWN if name == BODY else ""
        raise RefusedError(
            f"The part {name} is not well-formed: {error}.{known}"
        ) from error
