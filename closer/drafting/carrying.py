"""What was signed keeps its words: a later draft changes only what the terms changed.

A library goes on living; a signed contract does not. Where two drafts of one library
say the same before and after a change, the signed words stand, whatever that library
says today. Where they differ, a signed text that the library still has becomes the
later draft; one that it has lost takes the new values, or, failing that, the new text.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from closer.drafting.assembly import resolved
from closer.drafting.comparison import compare, row_reading, says
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Reference,
    Row,
    Span,
    Table,
    Value,
    Words,
    plain,
)
from closer.drafting.turning import turned
from closer.drafting.words import reading

_T = TypeVar("_T")
Spans = tuple[Span, ...]


def carried(signed: Document, before: Document, after: Document) -> Document:
    """Return what `after` says, in the signed words wherever `before` said the same.

    `before` and `after` are drafts by one library; `signed` may be by an older one.
    """
    if not compare(signed, before):
        return after
    articles = _units(
        signed.articles,
        before.articles,
        after.articles,
        said=_article_says,
        merge=_article,
    )
    annexes = _units(
        signed.annexes, before.annexes, after.annexes, said=_annex_says, merge=_annex
    )
    whole = replace(
        after,
        title=_chosen(signed.title, before.title, after.title),
        cover=_cover(signed, before, after),
        preamble=_paragraphs(signed.preamble, before.preamble, after.preamble),
        parties=_runs(signed.parties, before.parties, after.parties),
        background=_runs(signed.background, before.background, after.background),
        lead_in=_spans(signed.lead_in, before.lead_in, after.lead_in),
        articles=tuple(articles),
        annexes=tuple(annexes),
        closing_words=_spans(
            signed.closing_words, before.closing_words, after.closing_words
        ),
        signatures=_chosen(signed.signatures, before.signatures, after.signatures),
        labels=signed.labels,
    )
    return resolved(_without_dangling(whole))


def _chosen(signed: _T, before: _T, after: _T) -> _T:
    return signed if before == after else after


def _units(
    signed: Sequence[_T],
    before: Sequence[_T],
    after: Sequence[_T],
    *,
    said: Callable[[_T], object],
    merge: Callable[[_T, _T, _T], _T],
) -> list[_T]:
    """Return the units of the later text, each in the words that hold for it."""
    old, was, now = (_by_id(each) for each in (signed, before, after))
    order = [name for name in now if name in old or name not in was]
    previous = ""
    for name in old:
        if name not in was and name not in now:
            order.insert(order.index(previous) + 1 if previous in order else 0, name)
        previous = name
    found = []
    for name in order:
        one, then, later = old.get(name), was.get(name), now.get(name)
        if later is None and one is not None:
            found.append(one)
        elif later is not None and (one is None or then is None):
            found.append(later)
        elif one is not None and then is not None and later is not None:
            same = said(then) == said(later)
            known = said(one) == said(then)
            found.append(one if same else later if known else merge(one, then, later))
    return found


def _by_id(units: Sequence[_T]) -> dict[str, _T]:
    return {unit.id: unit for unit in units}  # type: ignore[attr-defined]


def _article_says(article: Article) -> object:
    return article.heading, [(p.id, _section_says(p)) for p in article.provisions]


def _section_says(provision: Provision) -> object:
    return provision.heading, [says(block) for block in provision.blocks]


def _annex_says(annex: Annex) -> object:
    return annex.heading, [says(block) for block in annex.blocks]


def _article(signed: Article, before: Article, after: Article) -> Article:
    sections = _units(
        signed.provisions,
        before.provisions,
        after.provisions,
        said=_section_says,
        merge=_section,
    )
    heading = _chosen(signed.heading, before.heading, after.heading)
    return replace(signed, heading=heading, provisions=tuple(sections))


def _section(signed: Provision, before: Provision, after: Provision) -> Provision:
    heading = _chosen(signed.heading, before.heading, after.heading)
    blocks = _blocks(signed.blocks, before.blocks, after.blocks)
    return replace(after, heading=heading, blocks=blocks)


def _annex(signed: Annex, before: Annex, after: Annex) -> Annex:
    heading = _chosen(signed.heading, before.heading, after.heading)
    blocks = _blocks(signed.blocks, before.blocks, after.blocks)
    return replace(after, heading=heading, blocks=blocks)


def _blocks(
    signed: tuple[Block, ...], before: tuple[Block, ...], after: tuple[Block, ...]
) -> tuple[Block, ...]:
    """Return blocks that keep the signed words where only values or rows changed."""
    if len(before) != len(after):
        return after
    values: dict[tuple[str, str], str] = {}
    tables: dict[str, tuple[Table, Table]] = {}
    for was, now in zip(before, after, strict=True):
        if isinstance(was, Table) and isinstance(now, Table) and was.id == now.id:
            tables[was.id] = was, now
        elif isinstance(was, Paragraph) and isinstance(now, Paragraph):
            changed = _values(was.spans, now.spans)
            if changed is None:
                return after
            values |= changed
        else:
            return after
    return tuple(
        _table(block, *tables[block.id])
        if isinstance(block, Table) and block.id in tables
        else replace(block, spans=_with(block.spans, values))
        if isinstance(block, Paragraph)
        else block
        for block in signed
    )


def _table(signed: Table, before: Table, after: Table) -> Table:
    rows = _units(signed.rows, before.rows, after.rows, said=row_reading, merge=_row)
    if signed.header != before.header:
        widths = len(signed.header)
        rows = [row for row in rows if len(row.cells) == widths]
    return replace(signed, rows=tuple(rows))


def _row(signed: Row, before: Row, after: Row) -> Row:
    if len({len(row.cells) for row in (signed, before, after)}) > 1:
        return after
    cells = zip(signed.cells, before.cells, after.cells, strict=True)
    return Row(signed.id, tuple(_spans(*each) for each in cells))


def _spans(signed: Spans, before: Spans, after: Spans) -> Spans:
    if reading(before) == reading(after):
        return signed
    changed = _values(before, after)
    if reading(signed) == reading(before) or changed is None:
        return after
    return _with(signed, changed)


def _values(before: Spans, after: Spans) -> dict[tuple[str, str], str] | None:
    """Return the new text of each value; None where more than values changed."""
    if len(before) != len(after):
        return None
    found: dict[tuple[str, str], str] = {}
    for was, now in zip(before, after, strict=True):
        if isinstance(was, Value) and isinstance(now, Value) and was.path == now.path:
            found[was.path, was.text] = now.text
        elif reading((was,)) != reading((now,)):
            return None
    return found


def _with(spans: Spans, values: Mapping[tuple[str, str], str]) -> Spans:
    return tuple(
        Value(span.path, values.get((span.path, span.text), span.text))
        if isinstance(span, Value)
        else span
        for span in spans
    )


def _runs(
    signed: tuple[Spans, ...], before: tuple[Spans, ...], after: tuple[Spans, ...]
) -> tuple[Spans, ...]:
    if [reading(each) for each in before] == [reading(each) for each in after]:
        return signed
    if len(signed) == len(before) == len(after):
        return tuple(_spans(*each) for each in zip(signed, before, after, strict=True))
    return after


def _paragraphs(
    signed: tuple[Paragraph, ...],
    before: tuple[Paragraph, ...],
    after: tuple[Paragraph, ...],
) -> tuple[Paragraph, ...]:
    texts = (tuple(p.spans for p in each) for each in (signed, before, after))
    return tuple(Paragraph(spans=spans) for spans in _runs(*texts))


def _cover(
    signed: Document, before: Document, after: Document
) -> tuple[tuple[str, Spans], ...]:
    old, was = dict(signed.cover), dict(before.cover)
    return tuple(
        (
            label,
            _spans(old[label], was[label], spans)
            if label in old and label in was
            else spans,
        )
        for label, spans in after.cover
        if label in old or label not in was
    )


def _without_dangling(document: Document) -> Document:
    """Print the number of what is gone as words: nothing may point to nothing."""
    ids = {
        *(article.id for article in document.articles),
        *(provision.id for provision in document.provisions()),
        *(annex.id for annex in document.annexes),
    }

    def standing(span: Span) -> Span:
        if isinstance(span, Reference) and span.target not in ids:
            return Words(plain((span,)))
        return span

    return turned(document, standing)
