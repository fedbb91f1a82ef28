"""Text of the contract as an amendment quotes it.

A quotation is no part of the amendment's own numbering: numbers, labels and references
in it are plain words, only the values of the terms stay what they are.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Definition,
    Paragraph,
    Provision,
    Row,
    Span,
    Table,
    Value,
    Words,
    plain,
)
from closer.drafting.telling import merged
from closer.drafting.turning import turned_blocks

NO_BREAK = "\u00a0"


def quoted(spans: tuple[Span, ...], marks: tuple[str, str]) -> tuple[Span, ...]:
    """Return new words between quotation marks."""
    inside = (as_quoted(span) for span in spans)
    return merged([Words(marks[0]), *inside, Words(marks[1])])


def cited(spans: tuple[Span, ...], marks: tuple[str, str]) -> tuple[Span, ...]:
    """Return words that are replaced: no value any more, only what was written."""
    return (Words(f"{marks[0]}{plain(spans)}{marks[1]}"),)


def as_quoted(span: Span) -> Span:
    """Return a span as it stands in a quotation."""
    if isinstance(span, (Words, Value)):
        return span
    return Words(f"“{span.text}”" if isinstance(span, Definition) else span.text)


def set_out(paragraph: Paragraph) -> tuple[Block, ...]:
    """Return a definition on a line of its own; it has quotation marks enough."""
    return turned_blocks((paragraph,), as_quoted)


def quoted_item(
    item: Article | Provision | Annex, marks: tuple[str, str]
) -> tuple[Block, ...]:
    """Return a whole article, section or annex set out between quotation marks."""
    return _marked(tuple(_lines(item)), marks)


def _lines(item: Article | Provision | Annex) -> Iterator[Block]:
    if isinstance(item, Article):
        yield Paragraph(spans=(Words(f"{item.number}{NO_BREAK}{item.heading}"),))
        for provision in item.provisions:
            yield from _lines(provision)
        return
    heading: list[Span] = [Words(f"{item.number}{NO_BREAK}")]
    heading += (
        item.heading_spans if isinstance(item, Provision) else [Words(item.heading)]
    )
    blocks = [_typed(block) for block in turned_blocks(item.blocks, as_quoted)]
    first = blocks[0] if blocks else None
    runs_in = isinstance(first, Paragraph) and not item.blocks[0].label  # type: ignore[union-attr]
    if isinstance(item, Provision) and runs_in and isinstance(first, Paragraph):
        spans = merged([*heading, Words(". "), *first.spans])
        yield replace(first, spans=spans)
        blocks = blocks[1:]
    else:
        yield Paragraph(spans=merged(heading))
    yield from blocks


def _typed(block: Block) -> Block:
    """Return a quoted block with its label as words, for here nothing counts it."""
    if isinstance(block, Table) or not block.label:
        return block
    label = Words(f"{block.label}{NO_BREAK}")
    return replace(block, spans=merged([label, *block.spans]), level=0, label="")


def _marked(blocks: tuple[Block, ...], marks: tuple[str, str]) -> tuple[Block, ...]:
    """Put marks around the whole, unless a table shows by itself where it ends."""
    first, last = blocks[0], blocks[-1]
    if not isinstance(first, Paragraph) or not isinstance(last, Paragraph):
        return blocks
    first = replace(first, spans=merged([Words(marks[0]), *first.spans]))
    blocks = (first, *blocks[1:])
    last = cast("Paragraph", blocks[-1])
    return (*blocks[:-1], replace(last, spans=merged([*last.spans, Words(marks[1])])))


def quoted_rows(table: Table, rows: Sequence[Row], name: str) -> Table:
    """Return some rows of a table under its header, as a table of their own."""
    (turned,) = turned_blocks((replace(table, rows=tuple(rows)),), as_quoted)
    return cast("Table", replace(turned, id=name))
