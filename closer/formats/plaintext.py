"""A document as plain text: one line a paragraph, for golden files and for diffs."""

from collections.abc import Callable, Iterable, Iterator

from closer.drafting.document import Block, Document, Paragraph, Provision, Span, Table
from closer.formats.labels import labels
from closer.formats.typography import DASH, curled, words


def projected(document: Document) -> str:
    """Return every word of a document with the numbers that Word shows beside them."""
    parts = [_cover, _opening, _articles, _ending, _annexes, _notes]
    sections = ("\n".join(part(document)) for part in parts)
    return "\n\n".join(section for section in sections if section) + "\n"


def _cover(document: Document) -> Iterator[str]:
    named = labels(document)
    if document.notice:
        yield curled(document.notice)
    if document.draft:
        yield named["draft"]
    yield from filter(None, (curled(document.title), curled(document.subtitle)))
    yield f"{named['reference']} {document.reference}"
    if document.cover:
        yield ""
        yield named["key_terms"]
    for label, spans in document.cover:
        yield f"  {curled(label)} | {words(spans)}"
    if document.draft and document.open_points:
        yield ""
        yield named["open_points"]
        yield from (f"  {curled(point)}" for point in document.open_points)


def _opening(document: Document) -> Iterator[str]:
    named = labels(document)
    for paragraph in document.preamble:
        yield _flat(words(paragraph.spans))
    numbered = (
        (named["parties"], document.parties, lambda n: str(n + 1)),
        (named["background"], document.background, lambda n: chr(65 + n)),
    )
    for heading, runs, number in numbered:
        if runs:
            yield ""
            yield heading
        yield from _numbered(runs, number)
    if document.lead_in:
        yield ""
        yield _flat(words(document.lead_in))


def _numbered(
    runs: Iterable[tuple[Span, ...]], number: Callable[[int], str]
) -> Iterator[str]:
    for place, spans in enumerate(runs):
        yield f"  ({number(place)}) {_flat(words(spans))}"


def _articles(document: Document) -> Iterator[str]:
    for place, article in enumerate(document.articles):
        if place:
            yield ""
        yield f"{article.number}. {curled(article.heading)}"
        for provision in article.provisions:
            yield from _provision(provision)


def _provision(provision: Provision) -> Iterator[str]:
    heading = f"  {provision.number} {curled(provision.heading)}".rstrip()
    first = provision.blocks[0] if provision.blocks else None
    others = provision.blocks
    if isinstance(first, Paragraph) and not first.level:
        stop = "" if heading[-1] in ".?!" or not provision.heading else "."
        yield _emphasised(f"{heading}{stop} {_flat(words(first.spans))}", first)
        others = others[1:]
    else:
        yield heading
    yield from _blocks(others, "  ")


def _blocks(blocks: Iterable[Block], margin: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block, margin + "  ")
            continue
        indent = margin + "  " * (block.level or 1)
        label = f"{block.label} " if block.label else ""
        yield _emphasised(f"{indent}{label}{_flat(words(block.spans))}", block)


def _emphasised(line: str, paragraph: Paragraph) -> str:
    """Return a line; conspicuous ones say so, for that is what they are for."""
    return f"{line} «conspicuous»" if paragraph.conspicuous else line


def _table(table: Table, margin: str) -> Iterator[str]:
    yield margin + " | ".join(map(curled, table.header))
    for row in table.rows:
        yield margin + " | ".join(_flat(words(cell)) for cell in row.cells)


def _ending(document: Document) -> Iterator[str]:
    if document.closing_words:
        yield _flat(words(document.closing_words))
    for block in document.signatures:
        yield ""
        yield f"{curled(block.heading)} | {words(block.name)}"
        for label, spans in block.lines:
            yield f"  {curled(label)} | {words(spans) or '____'}"


def _annexes(document: Document) -> Iterator[str]:
    named = labels(document)
    for place, annex in enumerate(document.annexes):
        if place:
            yield ""
        yield f"{named['annex']} {annex.number} {DASH} {curled(annex.heading)}"
        yield from _blocks(annex.blocks, "")


def _notes(document: Document) -> Iterator[str]:
    """Yield the footnotes, each by the id of what it is about."""
    for name, text in document.notes.items():
        yield f"* {name}: {curled(text)}"


def _flat(text: str) -> str:
    return text.replace("\n", " \u23ce ")
