"""Our own reading of a finished document: what no validator looks for.

Validators know the form of a Word file. They do not see a bookmark without an end, a
reference to nothing, a tag left in the text, or words that were lost on the way.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from closer.drafting.document import Block, Document, Paragraph, Provision, Table
from closer.formats.faults import finding
from closer.formats.labels import key_terms
from closer.formats.typography import DASH, curled, words
from closer.problems import Problem

_FILE = "word/document.xml"
_STARTS = re.compile(r"<w:bookmarkStart ([^>]*)>")
_ENDS = re.compile(r"<w:bookmarkEnd ([^>]*)>")
_ID = re.compile(r'w:id="([^"]*)"')
_NAME = re.compile(r'w:name="([^"]*)"')
_CONTROL_ID = re.compile(r'<w:id w:val="([^"]*)"')
_FIELD_MARKS = re.compile(r'w:fldCharType="(\w+)"')
_CODES = re.compile(r"<w:instrText[^>]*>([^<]*)")
_POINTS = re.compile(r"\s*(?:PAGE)?REF\s+(\S+)")
_ANCHORS = re.compile(r'<w:hyperlink [^>]*w:anchor="([^"]*)"')
_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")
_TEXT = re.compile(r"<w:(?:t(?:>| [^>]*>)([^<]*)|(br|tab|p)/>|p [^>]*/>)|(</w:p>)")
_LONGEST_BOOKMARK = 40


def findings(xml: str, document: Document | None = None) -> list[Problem]:
    """Return what is wrong in the text part of a document.

    With the document that it was made from, every word of it must stand in the text,
    in order.
    """
    return [
        *_bookmarks(xml),
        *_controls(xml),
        *_fields(xml),
        *_marks(xml),
        *(_lost(xml, document) if document is not None else ()),
    ]


def _bookmarks(xml: str) -> Iterator[Problem]:
    starts = _STARTS.findall(xml)
    ids = Counter(_of(_ID, start) for start in starts)
    names = [_of(_NAME, start) for start in starts]
    ends = Counter(_of(_ID, end) for end in _ENDS.findall(xml))
    if ids != ends:
        for mark in sorted(ids.keys() | ends.keys()):
            if ids[mark] != 1 or ends[mark] != 1:
                what = (
                    f"Bookmark {mark} begins {ids[mark]} and ends {ends[mark]} times."
                )
                yield _found("document-bookmark", what)
    elif len(ids) != len(starts):
        yield _found("document-bookmark", "Two bookmarks have one number.")
    for name, times in Counter(names).items():
        if times > 1:
            what = f"The bookmark {name} stands {times} times."
            yield _found("document-bookmark", what)
        if len(name) > _LONGEST_BOOKMARK:
            what = f"The bookmark {name} is too long for Word."
            yield _found("document-bookmark", what)


def _controls(xml: str) -> Iterator[Problem]:
    ids = Counter(_CONTROL_ID.findall(xml))
    for mark, times in ids.items():
        if times > 1:
            what = f"The number {mark} is that of {times} content controls."
            yield _found("document-control", what)


def _fields(xml: str) -> Iterator[Problem]:
    """Yield fields that do not close, and those that point to no bookmark."""
    names = {_of(_NAME, start) for start in _STARTS.findall(xml)}
    depth, targets = 0, set(_ANCHORS.findall(xml))
    for kind in _FIELD_MARKS.findall(xml):
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth < 0:
            break
    for code in _CODES.findall(xml):
        if target := _POINTS.match(code):
            targets.add(target[1])
    if depth:
        yield _found(
            "document-field", "A field begins and does not end, or ends twice."
        )
    for target in sorted(targets - names):
        what = f"A reference points to {target}, and nothing bears that name."
        yield _found("document-reference", what)


def _marks(xml: str) -> Iterator[Problem]:
    for mark in _MARKS if "{" in xml or "}" in xml else ():
        at = xml.find(mark)
        if at >= 0:
            around = re.sub(r"<[^>]*>", "", xml[max(0, at - 40) : at + 40]).strip()
            yield _found("document-tag-left", f"A tag is left in the text: {around}")
            return


def _lost(xml: str, document: Document) -> Iterator[Problem]:
    text = visible(xml)
    for name, lines in _blocks(document):
        if "\n".join(lines) in text:
            continue
        yield _first_lost(name, lines, text)
    for name, pieces in _pieces(document):
        at = 0
        for piece in pieces:
            at = text.find(piece, at)
            if at < 0:
                yield _found("document-text-lost", f"Lost in {name}: {piece[:80]}")
                break
            at += len(piece)


def _first_lost(name: str, lines: list[str], text: str) -> Problem:
    at = 0
    for line in lines:
        found = text.find(line, at)
        if found < 0:
            return _found("document-text-lost", f"Lost in {name}: {line[:80]}")
        at = found + len(line)
    what = f"Something stands between the paragraphs of {name} that no clause says."
    return _found("document-text-added", what)


def visible(xml: str) -> str:
    """Return the text of a document part: a line a paragraph, numbers apart."""
    out = [
        text or ("" if not (space or end) else "\t" if space == "tab" else "\n")
        for text, space, end in _TEXT.findall(xml)
    ]
    return (
        "".join(out)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#34;", '"')
        .replace("&#39;", "'")
        .replace("&amp;", "&")
    )


def _blocks(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands in the document as one block, paragraph by paragraph."""
    yield "the preamble", [words(p.spans) for p in document.preamble]
    body: list[str] = []
    for article in document.articles:
        body.append(curled(article.heading))
        for provision in article.provisions:
            body += _section(provision)
    yield "the articles", body
    for annex in document.annexes:
        heading = f"{annex.number} {DASH} {curled(annex.heading)}"
        yield f"annex {annex.number}", [heading, *_lines(annex.blocks)]


def _section(provision: Provision) -> list[str]:
    """Return the lines of a section; its heading runs into its first words."""
    lines = list(_lines(provision.blocks))
    heading = curled(provision.heading)
    first = provision.blocks[0] if provision.blocks else None
    if not isinstance(first, Paragraph) or first.level:
        return [heading, *lines]
    if heading and lines[0]:
        stop = "" if heading[-1] in ".?!" else "."
        heading = f"{heading}{stop}\u2002"
    return [heading + lines[0], *lines[1:]]


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the paragraphs of some blocks; each cell of a table is one."""
    for block in blocks:
        if isinstance(block, Table):
            yield from map(curled, block.header)
            for row in block.rows:
                yield from map(words, row.cells)
            yield ""
        else:
            yield words(block.spans)


def _pieces(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield what the house style itself places, piece by piece."""
    cover = [curled(document.title)]
    for block in document.signatures if document.kind != "letter" else ():
        cover += [words(block.name), curled(block.heading)]
    for label, spans in key_terms(document):
        cover += [curled(label), words(spans)]
    if document.draft:
        cover += map(curled, document.open_points)
    yield "the cover", cover
    yield "the reference", [document.reference]
    for _, spans in document.cover:
        yield "the key terms", [words(spans)]
    runs = [*document.parties, *document.background]
    yield "the parties", [*map(words, runs), words(document.lead_in)]
    yield "the closing words", [words(document.closing_words)]
    for block in document.signatures:
        lines = [curled(block.heading), words(block.name)]
        for label, spans in block.lines:
            lines += [curled(label), words(spans)]
        yield f"the signature of {block.party}", lines


def _of(pattern: re.Pattern[str], source: str) -> str:
    match = pattern.search(source)
    return match[1] if match else ""


def _found(code: str, what: str) -> Problem:
    remedy = "Check the template; if it is the shipped one, this is a bug of closer."
    return finding(code, _FILE, what, remedy)
