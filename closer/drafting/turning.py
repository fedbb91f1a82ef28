"""Change every span of a document, and nothing else of it."""

from collections.abc import Callable

from msgspec.structs import replace

from closer.drafting.document import Block, Document, Paragraph, Span

Turn = Callable[[Span], Span]


def turned(document: Document, turn: Turn) -> Document:
    """Return the document with `turn` applied to each of its spans."""
    return replace(
        document,
        cover=tuple(
            (label, turned_spans(spans, turn)) for label, spans in document.cover
        ),
        preamble=tuple(_paragraph(each, turn) for each in document.preamble),
        parties=tuple(turned_spans(spans, turn) for spans in document.parties),
        background=tuple(turned_spans(spans, turn) for spans in document.background),
        lead_in=turned_spans(document.lead_in, turn),
        articles=tuple(
            replace(
                article,
                provisions=tuple(
                    replace(each, blocks=turned_blocks(each.blocks, turn))
                    for each in article.provisions
                ),
            )
            for article in document.articles
        ),
        annexes=tuple(
            replace(annex, blocks=turned_blocks(annex.blocks, turn))
            for annex in document.annexes
        ),
        closing_words=turned_spans(document.closing_words, turn),
    )


def turned_blocks(blocks: tuple[Block, ...], turn: Turn) -> tuple[Block, ...]:
    """Return blocks with `turn` applied to each of their spans."""
    return tuple(_block(block, turn) for block in blocks)


def turned_spans(spans: tuple[Span, ...], turn: Turn) -> tuple[Span, ...]:
    """Return spans with `turn` applied to each."""
    return tuple(turn(span) for span in spans)


def _block(block: Block, turn: Turn) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, turn)
    rows = tuple(
        replace(row, cells=tuple(turned_spans(cell, turn) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=rows)


def _paragraph(paragraph: Paragraph, turn: Turn) -> Paragraph:
    return replace(paragraph, spans=turned_spans(paragraph.spans, turn))
