"""A document as Markdown: also what a terminal shows, so tables are set in columns."""

import re
import textwrap
from collections.abc import Iterator

from closer.drafting.document import Block, Document, Paragraph, Provision, Table
from closer.formats.labels import labels
from closer.formats.typography import curled, words

_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_WIDE = 88
_NARROWEST = 8


def markdown(document: Document, *, plain: bool = False) -> str:
    """Return a document as Markdown; `plain` for a terminal, without its escapes."""
    return "\n".join(_Page(plain=plain).lines(document)).rstrip() + "\n"


class _Page:
    def __init__(self, *, plain: bool) -> None:
        self.plain = plain

    def _safe(self, text: str) -> str:
        text = text.replace("\n", " ").replace("\u00a0", " ")
        return text if self.plain else _MARKS.sub(r"\\\1", text)

    def lines(self, document: Document) -> Iterator[str]:
        yield f"# {self._safe(curled(document.title))}"
        yield ""
        for paragraph in document.preamble:
            yield from self._paragraph(words(paragraph.spans), "", paragraph)
        for article in document.articles:
            yield f"## {article.number}. {self._safe(curled(article.heading))}"
            yield ""
            for provision in article.provisions:
                yield from self._provision(provision)
        yield from self._ending(document)

    def _provision(self, provision: Provision) -> Iterator[str]:
        lead = provision.number
        for block in provision.blocks:
            yield from self._block(block, lead)
            lead = ""

    def _block(self, block: Block, lead: str) -> Iterator[str]:
        if isinstance(block, Table):
            yield from self._table(block)
            return
        opening = f"{lead} " if lead else f"- {block.label} " if block.label else ""
        yield from self._paragraph(words(block.spans), opening, block)

    def _paragraph(
        self, text: str, opening: str, paragraph: Paragraph
    ) -> Iterator[str]:
        text = self._safe(text)
        strong = any(getattr(span, "strong", False) for span in paragraph.spans)
        if strong and not self.plain:
            text = f"**{text}**"
        indent = " " * len(opening) if opening.startswith("-") else ""
        yield from textwrap.wrap(opening + text, _WIDE, subsequent_indent=indent)
        yield ""

    def _table(self, table: Table) -> Iterator[str]:
        rows = [[curled(text) for text in table.header]]
        rows += [[words(cell) for cell in row.cells] for row in table.rows]
        cells = [[self._safe(cell) for cell in row] for row in rows]
        widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
        if self.plain:
            yield from _narrow(cells, _fitted(widths))
            return
        head, *others = cells
        rule = ["-" * width for width in widths]
        for row in (head, rule, *others):
            padded = (
                cell.ljust(width) for cell, width in zip(row, widths, strict=True)
            )
            yield f"| {' | '.join(padded)} |"
        yield ""

    def _ending(self, document: Document) -> Iterator[str]:
        if document.signatures:
            yield f"## {labels(document)['signatures']}"
            yield ""
        if document.closing_words:
            yield from textwrap.wrap(self._safe(words(document.closing_words)), _WIDE)
            yield ""
        for block in document.signatures:
            heading, name = curled(block.heading), words(block.name)
            yield f"- {self._safe(heading)}, {self._safe(name)}"
            for label, spans in block.lines:
                text = self._safe(words(spans)) or "\\_" * 20 * (not self.plain)
                yield f"  {label}: {text or '_' * 20}"
            yield ""


def _fitted(widths: list[int]) -> list[int]:
    """Return widths that fit on a line: the widest columns give way."""
    widths = list(widths)
    while sum(widths) + 3 * len(widths) > _WIDE and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _narrow(rows: list[list[str]], widths: list[int]) -> Iterator[str]:
    """Yield the rows of a table, long cells folded below themselves."""
    for place, row in enumerate(rows):
        folded = [
            textwrap.wrap(cell, width) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for line in range(max(map(len, folded))):
            cells = [cell[line] if line < len(cell) else "" for cell in folded]
            padded = (c.ljust(w) for c, w in zip(cells, widths, strict=True))
            yield f"  {'   '.join(padded)}".rstrip()
        if place == 0:
            yield f"  {'   '.join('-' * width for width in widths)}"
    yield ""
