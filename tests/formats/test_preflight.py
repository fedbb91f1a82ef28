"""A stranger's file is refused before it is read, with one clear sentence."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from edited import BODY, parts
from specimen import SPECIMEN

from closer.formats import files, word
from closer.formats.preflight import RefusedError, parts_of

HOUSE = Path(__file__).parents[2] / "templates" / "word" / "house.docx"
ROOT = Path(__file__).parents[2]
GOOD = word.write(SPECIMEN, HOUSE)
RELS = "word/_rels/document.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**swaps: bytes | None) -> bytes:
    """Return the document with parts replaced, added, or taken out."""
    made: dict[str, bytes] = parts(GOOD)
    for name, content in swaps.items():
        if content is None:
            made.pop(name, None)
        else:
            made[name] = content
    return files.pack(made)


def _swap(name: str, old: bytes, new: bytes) -> bytes:
    content = parts(GOOD)[name]
    assert old in content
    return packed(**{name: content.replace(old, new, 1)})


def _typed(declaration: bytes, name: str = BODY) -> bytes:
    content = parts(GOOD)[name]
    at = content.index(b"?>") + 2
    root = re.search(rb"<([\w:]+)", content[at:])
    assert root
    kind = b"<!DOCTYPE " + root[1] + b" [" + declaration + b"]>"
    return packed(**{name: content[:at] + kind + content[at:]})


def _linked(kind: str, target: str) -> bytes:
    line = (
        '<Relationship Id="evil" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )
    return _swap(RELS, b"</Relationships>", line.encode())


def _raw(*entries: tuple[str, bytes]) -> bytes:
    """Return the document with entries added as no honest program would."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries:
            package.writestr(name, content)
    return out.getvalue()


def _body(inside: bytes) -> bytes:
    return _swap(BODY, b"<w:sectPr", inside + b"<w:sectPr")


def _patched(old: bytes, new: bytes) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new)


def _flag_encrypted() -> bytes:
    """Set the bit that says that an entry is encrypted, in every header."""
    made = bytearray(GOOD)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = 0
        while (start := made.find(mark, start)) >= 0:
            made[start + at] |= 1
            start += 4
    return bytes(made)


def _odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<office/>")
    return out.getvalue()


_LAUGHS = b'<!ENTITY l0 "lol">' + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
)
_DEEP = b"<w:sdt><w:sdtContent>" * 5_000 + b"</w:sdtContent></w:sdt>" * 5_000

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "a text file": (lambda: b"Dear Sirs, please find", "no archive"),
    "a PDF": (lambda: b"%PDF-1.7\n", "a PDF"),
    "an RTF": (lambda: b"{\\rtf1 hello}", "an RTF"),
    "an old .doc": (lambda: OLE + bytes(600), ".doc"),
    "encrypted by Word": (
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "encrypted in the archive": (_flag_encrypted, "encrypted"),
    "truncated": (lambda: GOOD[: len(GOOD) // 2], "cut off"),
    "only its first bytes": (lambda: GOOD[:40], "cut off"),
    "a part with a wrong checksum": (
        lambda: GOOD[:700] + bytes(b ^ 255 for b in GOOD[700:720]) + GOOD[720:],
        "damaged",
    ),
    "an OpenDocument file": (_odt, "OpenDocument"),
    "without its text": (lambda: packed(**{BODY: None}), "no .docx"),
    "without its types": (lambda: packed(**{"[Content_Types].xml": None}), "no .docx"),
    "a part of 60 MB": (lambda: _raw(("word/media/x.bin", bytes(60 << 20))), "large"),
    "many parts of 10 MB": (
        lambda: _raw(*((f"word/media/{n}.bin", bytes(10 << 20)) for n in range(6))),
        "large",
    ),
    "three thousand parts": (
        lambda: _raw(*((f"word/media/{n}", b"") for n in range(3_000))),
        "parts",
    ),
    "a part twice": (lambda: _raw((BODY.upper(), b"<a/>")), "twice"),
    "a name that climbs": (lambda: _raw(("../../evil", b"x")), "elsewhere"),
    "an absolute name": (lambda: _raw(("/etc/evil", b"x")), "elsewhere"),
    "a name of a drive": (lambda: _raw(("C:evil", b"x")), "elsewhere"),
    "an entity of a file": (
        lambda: _typed(b'<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "DOCTYPE",
    ),
    "a billion laughs": (lambda: _typed(_LAUGHS), "DOCTYPE"),
    "a DOCTYPE in the relations": (lambda: _typed(b"", RELS), "DOCTYPE"),
    "an image on a server": (lambda: _linked("image", "http://127.0.0.1/x"), "outside"),
    "an image of this machine": (
        lambda: _linked("image", "file:///etc/passwd"),
        "outside",
    ),
    "a template on a server": (
        lambda: _linked("attachedTemplate", "http://127.0.0.1/t.dotm"),
        "outside",
    ),
    "macros": (lambda: _raw(("word/vbaProject.bin", OLE)), "macros"),
    "made for macros": (
        lambda: _swap(
            "[Content_Types].xml",
            b"wordprocessingml.document.main+xml",
            b"wordprocessingml.document.macroEnabled.main+xml",
        ),
        "macros",
    ),
    "an embedded object": (
        lambda: _raw(("word/embeddings/oleObject1.bin", OLE)),
        "embedded",
    ),
    "an ActiveX control": (
        lambda: _raw(("word/activeX/activeX1.xml", b"<a/>")),
        "ActiveX",
    ),
    "a chunk of HTML": (
        lambda: _raw(("word/afchunk.htm", b"<html>")),
        "another format",
    ),
    "nested ten thousand deep": (lambda: _body(_DEEP), "deep"),
    "not well-formed": (lambda: _body(b"<w:p>"), "well-formed"),
    "a prefix that nobody declared": (lambda: _body(b"<q:p/>"), "well-formed"),
    "two million elements": (lambda: _body(b"<w:p/>" * 1_600_000), "elements"),
    "packed in an unusual way": (
        lambda: _patched(b"\x08\x00\x00\x00!\x00", b"\x0e\x00\x00\x00!\x00"),
        "",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    with pytest.raises(RefusedError) as refused:
        parts_of(make())
    said = str(refused.value)
    assert reason in said
    assert said.endswith(".")
    assert len(said) < 250


def test_there_are_thirty_of_them_and_more() -> None:
    assert len(HOSTILE) >= 30


def test_an_honest_file_and_one_with_a_link_are_read() -> None:
    assert BODY in parts_of(GOOD)
    assert BODY in parts_of(_linked("hyperlink", "https://example.com"))


_READ = """
import resource, sys
from pathlib import Path
from closer.formats.preflight import RefusedError, parts_of
from closer.formats.wordtext import paragraphs
limit = 256 << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for file in sys.argv[1:]:
    try:
        parts = parts_of(Path(file).read_bytes())
        paragraphs(parts["word/document.xml"])
        print("read")
    except RefusedError:
        print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are Unix's")
def test_all_of_it_happens_within_256_mb(tmp_path: Path) -> None:
    names = ("a part of 60 MB", "many parts of 10 MB", "two million elements")
    made = {name: HOSTILE[name][0]() for name in names}
    many = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 100_000
    made["a hundred thousand paragraphs"] = _body(many)
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    told = subprocess.run(
        [sys.executable, "-c", _READ, *(str(tmp_path / name) for name in made)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert told.stdout.split() == ["refused"] * 3 + ["read"]
