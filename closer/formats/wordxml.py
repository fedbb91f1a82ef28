"""WordprocessingML for words: runs, values in their controls, references, paragraphs.

Everything here is text joined to text. It is written whole or, for a reference that
points nowhere, not at all.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from closer.drafting.document import Definition, Reference, Span, Value, Words
from closer.formats.faults import BrokenTemplateError, finding
from closer.formats.typography import printed

STRONG = '<w:rPr><w:rStyle w:val="Strong"/><w:b/><w:bCs/></w:rPr>'
DEFINED = '<w:rPr><w:rStyle w:val="DefinedWord"/></w:rPr>'
HEADING = '<w:rPr><w:rStyle w:val="SectionHeading"/></w:rPr>'
TAB = "<w:r><w:tab/></w:r>"

_FIELD_BEGINS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> '
)
_FIELD_SHOWS = ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_FIELD_ENDS = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_NAME = re.compile(r"[^0-9A-Za-z]")
_LONGEST_BOOKMARK = 40
_LONGEST_TAG = 64
_FIRST_BOOKMARK = 10_000  # above the few that a house style may hold itself
_FIRST_CONTROL = 1_000_000


def escaped(text: str) -> str:
    """Return a text as it stands in XML, in an attribute too."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def run(text: str, look: str = "") -> str:
    """Return a run of words; a line end and a tab in them stay what they are."""
    if not text:
        return ""
    if "\n" in text or "\t" in text:
        return f"<w:r>{look}{_broken(text)}</w:r>"
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _broken(text: str) -> str:
    out = []
    for piece in re.split(r"([\n\t])", text):
        if piece == "\n":
            out.append("<w:br/>")
        elif piece == "\t":
            out.append("<w:tab/>")
        elif piece:
            out.append(f'<w:t xml:space="preserve">{escaped(piece)}</w:t>')
    return "".join(out)


def field(code: str, shown: str, look: str = "") -> str:
    """Return a field with what it shows until somebody refreshes it.

    The code bears the look too: what a program counts afresh looks like its code.
    """
    made = f"{_FIELD_BEGINS}{code}{_FIELD_SHOWS}"
    if look:
        made = made.replace("<w:r>", f"<w:r>{look}")
    return f"{made}{shown}{_FIELD_ENDS}"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph in a style of the house."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def term_bookmark(path: str) -> str:
    """Return the bookmark of a term without the number of the place it stands in."""
    return f"_Tm_{_digest(path)}"


def control_tag(path: str) -> str:
    """Return the tag of a term's control: its path, or a digest of a long one."""
    return path if len(path) <= _LONGEST_TAG else _digest(path)


def provision_bookmarks(ids: Iterable[str]) -> dict[str, str]:
    """Return the bookmark of each article, provision and annex: the same for ever.

    A name that is too long for Word, or that another id has taken, ends in a digest.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in ids:
        name = "_Cl_" + _NAME.sub("_", identifier)
        if len(name) > _LONGEST_BOOKMARK or name in taken:
            name = f"{name[: _LONGEST_BOOKMARK - 13]}_{_digest(identifier)}"
        taken.add(name)
        names[identifier] = name
    return names


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


class Ink:
    """Writes spans; counts bookmarks and controls so that each has its own number."""

    def __init__(self, bookmarks: Mapping[str, str], annexes: frozenset[str]) -> None:
        """`bookmarks`: name by id of what can be referred to; `annexes`: their ids."""
        self._bookmarks = bookmarks
        self._annexes = annexes
        self._marks = _FIRST_BOOKMARK
        self._controls = _FIRST_CONTROL
        self._places: dict[str, int] = {}
        self._ends: dict[str, tuple[str, str]] = {}

    def spans(self, spans: tuple[Span, ...], *, strong: bool = False) -> str:
        """Return the runs of a paragraph; `strong` sets all of it as conspicuous."""
        texts = printed(spans)
        return "".join(
            self._span(span, text, STRONG if strong else "")
            for span, text in zip(spans, texts, strict=True)
        )

    def heading(self, spans: tuple[Span, ...], look: str) -> str:
        """Return the runs of a heading that runs into its section."""
        texts = printed(spans)
        return "".join(
            self._span(span, text, look)
            for span, text in zip(spans, texts, strict=True)
        )

    def _span(self, span: Span, text: str, look: str) -> str:
        match span:
            case Words():
                return run(text, STRONG if span.strong else look)
            case Value():
                return self._value(span.path, text, look)
            case Reference():
                return self._reference(span, text, look)
            case Definition():
                inner = run(text[1:-1], DEFINED)
                return run(text[0], look) + inner + run(text[-1], look)

    def marked(self, identifier: str, content: str) -> str:
        """Return a piece under the bookmark of an article, provision or annex."""
        return self._mark(self._bookmarks[identifier], content)

    def _mark(self, name: str, content: str) -> str:
        self._marks += 1
        return (
            f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{self._marks}"/>'
        )

    def _value(self, path: str, text: str, look: str) -> str:
        """Return a value in a control of its own, under a bookmark of its own.

        Two witnesses, because programs that save a document again lose one or the
        other.
        """
        if path not in self._ends:
            label = f'<w:alias w:val="{escaped(path)}"/>'
            label += f'<w:tag w:val="{escaped(control_tag(path))}"/>'
            self._ends[path] = (term_bookmark(path), label)
        name, label = self._ends[path]
        place = self._places[path] = self._places.get(path, 0) + 1
        lines = text.split("\n")
        controls = "<w:r><w:br/></w:r>".join(
            self._control(label, line, look) for line in lines
        )
        return self._mark(f"{name}_{place}", controls)

    def _control(self, label: str, text: str, look: str) -> str:
        """Return a control for one line: some programs misplace a line end in one.

        A conspicuous value stands in a control of formatted text, because LibreOffice
        sets the words of a plain one as the paragraph has them.
        """
        self._controls += 1
        kind = "" if look else "<w:text/>"
        inner = run(text, look) or f"<w:r>{look}<w:t></w:t></w:r>"
        return (
            f'<w:sdt><w:sdtPr>{look}{label}<w:id w:val="{self._controls}"/>'
            f"{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )

    def _reference(self, span: Reference, text: str, look: str) -> str:
        """Return a live cross-reference to the number that Word counts.

        To an annex by its marked letter, because the number of a list level would bring
        the word "Annex" a second time.
        """
        name = self._bookmarks.get(span.target)
        if name is None:
            what = f"A reference points to {span.target}, which is not in the document."
            remedy = "Select the clause it refers to, or take the reference out."
            raise BrokenTemplateError(
                [finding("reference-to-nothing", "word/document.xml", what, remedy)]
            )
        switches = r"\h" if span.target in self._annexes else r"\r \h"
        return field(f"REF {name} {switches}", run(text, look), look)
