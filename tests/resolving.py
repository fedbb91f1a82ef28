"""Accepts or rejects every revision of a Word file, as the standard says; no more.

Written apart from the code that makes redlines, so that each can judge the other.
"""

import io
import zipfile
from typing import Any

from counting import Paper
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def resolved(docx: bytes, *, accept: bool) -> bytes:
    """Return the file with all of its revisions accepted, or all rejected."""
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    root = etree.fromstring(parts[BODY])
    keep, drop = (f"{W}ins", f"{W}del") if accept else (f"{W}del", f"{W}ins")
    _rows(root, keep, drop)
    gone = _paragraph_marks(root, keep, drop)
    _runs(root, keep, drop)
    _looks(root, accept=accept)
    for paragraph in gone:
        _join_to_next(paragraph)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for code in root.iter(f"{W}delInstrText"):
        code.tag = f"{W}instrText"
    parts[BODY] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def _rows(root: Any, keep: str, drop: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is None:
            continue
        if properties.find(drop) is not None:
            row.getparent().remove(row)
            continue
        for mark in properties.findall(keep):
            properties.remove(mark)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _paragraph_marks(root: Any, keep: str, drop: str) -> list[Any]:
    gone = []
    for paragraph in root.iter(f"{W}p"):
        looks = paragraph.find(f"{W}pPr/{W}rPr")
        if looks is None:
            continue
        if looks.find(drop) is not None:
            gone.append(paragraph)
        for mark in (*looks.findall(keep), *looks.findall(drop)):
            looks.remove(mark)
        if not len(looks):
            looks.getparent().remove(looks)
    return gone


def _runs(root: Any, keep: str, drop: str) -> None:
    for mark in list(root.iter(drop)):
        mark.getparent().remove(mark)
    for mark in list(root.iter(keep)):
        parent = mark.getparent()
        place = parent.index(mark)
        parent[place : place + 1] = list(mark)


def _looks(root: Any, *, accept: bool) -> None:
    for change in list(root.iter(f"{W}pPrChange")):
        properties = change.getparent()
        properties.remove(change)
        if not accept:
            for each in list(properties):
                properties.remove(each)
            properties.extend(list(change.find(f"{W}pPr")))


def _join_to_next(paragraph: Any) -> None:
    """Without its mark a paragraph runs into the next, which keeps its own look."""
    content = [each for each in paragraph if each.tag != f"{W}pPr"]
    following = paragraph.getnext()
    assert following is not None
    bare = all(each.tag.startswith(f"{W}bookmark") for each in content)
    assert following.tag == f"{W}p" or bare, "words would run into a table"
    if following.tag == f"{W}p":
        first = following.find(f"{W}pPr")
        place = 0 if first is None else 1
        following[place:place] = content
    paragraph.getparent().remove(paragraph)


def body(docx: bytes) -> list[tuple[str, str, str]]:
    """Return place, number and words of every paragraph; the contents are left out.

    A live reference reads as what it points to: its number is for the program to count.
    """
    paper = Paper(docx)
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        root = etree.fromstring(opened.read(BODY))
    found = []
    for paragraph, line in zip(root.iter(f"{W}p"), paper.lines, strict=True):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val")
        if name == "TOC1":
            continue
        depth = sum(each.tag == f"{W}tc" for each in paragraph.iterancestors())
        found.append((f"{name}/{depth}", line.label, _words(paragraph)))
    return found


def _words(paragraph: Any) -> str:
    out, shown = [], True
    for each in paragraph.iter():
        if each.tag == f"{W}fldChar":
            kind = each.get(f"{W}fldCharType")
            shown = kind != "separate"
        elif each.tag == f"{W}instrText":
            out.append("{" + " ".join((each.text or "").split()) + "}")
        elif each.tag == f"{W}t" and shown:
            out.append(each.text or "")
        elif each.tag == f"{W}tab" and each.getparent().tag == f"{W}r":
            out.append("\t")
        elif each.tag == f"{W}br":
            out.append("\n")
    return "".join(out)
