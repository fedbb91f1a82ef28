"""Every term with the provision and the sentence in which it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from closer.drafting.assembly import Draft
from closer.drafting.checks import EXEMPT, leaves
from closer.drafting.document import (
    Block,
    Document,
    Paragraph,
    Span,
    Value,
    Words,
    plain,
)
from closer.drafting.filling import sketch
from closer.terms.reading import Agreed

_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z“])")


class Traced(Struct, frozen=True, kw_only=True):
    """A term, how the contract says it, and where.

    `how`: a value stands there as `phrase`; a choice brought in the sentence. `home` is
    the id of the provision, article or annex, empty for the frame around them.
    """

    path: str
    value: str
    how: Literal["stands", "chose"]
    phrase: str
    place: str
    home: str
    sentence: str


class Line(NamedTuple):
    """A paragraph or a row of a table, and where it stands."""

    home: str
    place: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return " ".join(plain(self.spans).split())


def lines(document: Document, words: Mapping[str, object]) -> Iterator[Line]:
    """Yield everything that a document says, its provisions first.

    `words` names a section and an annex (`phrases.references`).
    """
    for article in document.articles:
        for provision in article.provisions:
            place = f"{words['section']} {provision.number}"
            if provision.heading:
                place += f" ({provision.heading})"
            home = provision.id
            yield from _of_blocks(provision.blocks, home, place)
            yield Line(home, place, provision.heading_spans)
    for annex in document.annexes:
        place = f"{words['annex']} {annex.number} ({annex.heading})"
        yield from _of_blocks(annex.blocks, annex.id, place)
    yield from _frame(document)


def _frame(document: Document) -> Iterator[Line]:
    """Yield what stands around the articles and annexes."""
    labels = document.labels
    for spans in document.parties:
        yield Line("", labels.get("parties", ""), spans)
    for spans in document.background:
        yield Line("", labels.get("background", ""), spans)
    for paragraph in document.preamble:
        yield Line("", document.title, paragraph.spans)
    for _, spans in document.cover:
        yield Line("", labels.get("key_terms", ""), spans)
    for block in document.signatures:
        for _, spans in (("", block.name), *block.lines):
            yield Line("", labels.get("signatures", ""), spans)


def _of_blocks(blocks: Sequence[Block], home: str, place: str) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            label = f"{block.label} " if block.label else ""
            yield Line(home, f"{place} {label}".rstrip(), block.spans)
            continue
        for row in block.rows:
            yield Line(home, place, tuple(_joined(row.cells)))


def _joined(cells: Sequence[tuple[Span, ...]]) -> Iterator[Span]:
    for place, cell in enumerate(cells):
        if place:
            yield Words(" | ")
        yield from cell


def traced(
    agreed: Agreed, drafted: Draft, words: Mapping[str, object]
) -> tuple[Traced, ...]:
    """Return every term of a deal with the sentence that says it.

    A term that stands nowhere is missing here, and an error of `drafting.checks`.
    """
    tracing = _Tracing(drafted, list(lines(drafted.document, words)))
    found: list[Traced] = []
    for path in leaves(agreed.canonical):
        if path.partition(".")[0] not in EXEMPT:
            found += tracing.of(path, str(_leaf(agreed.canonical, path)))
    return tuple(found)


def _leaf(tree: object, path: str) -> object:
    for key in path.split("."):
        if isinstance(tree, dict):
            tree = tree[key]
        elif isinstance(tree, list):
            tree = tree[int(key)]
    return tree


class _Tracing:
    def __init__(self, drafted: Draft, said: list[Line]) -> None:
        self.drafted = drafted
        self.said = said
        self.values: dict[str, tuple[Line, str]] = {}
        for line in said:
            for span in line.spans:
                if isinstance(span, Value):
                    self.values.setdefault(span.path, (line, span.text))
        self.sketches = [(sketch(line.spans), line) for line in said]

    def of(self, path: str, value: str) -> Iterator[Traced]:
        """Yield where a term stands: as a value, or as the words it brought in."""
        document = self.drafted.document
        if path in ("title", "reference"):
            yield _made(path, value, "stands", value, Line("", document.title, ()))
            return
        head, _, last = path.rpartition(".")
        for name in (path, head) if last.isdigit() else (path,):
            if name in self.values:
                line, phrase = self.values[name]
                yield _made(path, value, "stands", phrase, line)
                return
        for name in (path, head) if last.isdigit() else (path,):
            words = self.drafted.chosen.get(name)
            home = self.drafted.decided.get(name)
            chosen = self._line(words, home) if words else None
            if words and chosen:
                yield _made(path, value, "chose", words, chosen)
                return

    def _line(self, words: str, home: str | None) -> Line | None:
        """Return the line that some words brought in; `home` where it should be."""
        wanted = sketch([Words(words)])
        there = [(known, line) for known, line in self.sketches if line.home == home]
        for known, line in (*there, *self.sketches):
            if known == wanted:
                return line
        for known, line in (*there, *self.sketches):
            if wanted in known:
                return line
        return None


def _made(
    path: str, value: str, how: Literal["stands", "chose"], phrase: str, line: Line
) -> Traced:
    sentence = _sentence(line.text, phrase) if line.spans else phrase
    return Traced(
        path=path,
        value=value,
        how=how,
        phrase=phrase if how == "stands" else sentence,
        place=line.place,
        home=line.home,
        sentence=sentence,
    )


def _sentence(text: str, phrase: str) -> str:
    """Return the sentence of a paragraph in which a phrase stands."""
    if " | " in text:
        return text
    wanted = " ".join(phrase.split())
    sentences = _SENTENCES.split(text)
    return next((one for one in sentences if wanted in one), text)
