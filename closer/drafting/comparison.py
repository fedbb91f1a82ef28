"""Two drafts of a contract → what one says that the other does not, place by place.

Provisions, annexes and rows are compared by their ids, paragraphs by what they say. A
reference that only renumbers is no difference, nor is a number.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Definition,
    Document,
    Paragraph,
    Provision,
    Row,
    SignatureBlock,
    Span,
    Table,
    Words,
    as_paragraphs,
)
from closer.drafting.sentences import Edit, edits
from closer.drafting.words import (
    RESTATED_ABOVE,
    Alike,
    aligned,
    matched,
    reading,
    share_changed,
)

Kind = Literal[
    "inserted",
    "deleted",
    "changed",
    "heading changed",
    "row inserted",
    "row deleted",
    "row changed",
]
Part = Literal[
    "title",
    "cover",
    "preamble",
    "party",
    "recital",
    "lead-in",
    "article",
    "section",
    "annex",
    "closing words",
    "signature",
]
Pairs = list[tuple[int | None, int | None]]
Item = Article | Provision | Annex | Paragraph | Table | Row | SignatureBlock

OMITTED = "omitted"
"""The label of a document that holds the words standing for an emptied number."""


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that an amendment has to say, with the place where it says it.

    `id` names the article, section, annex, cover row or signing party, `article` the
    article of a section; `pair` is a place among the `aligned_blocks` of the two texts,
    `follows` the id of what is before a new part. No `edits`: the text is set out anew.
    """

    kind: Kind
    part: Part
    id: str
    article: str = ""
    old: Item | None = None
    new: Item | None = None
    pair: int | None = None
    row: str = ""
    follows: str = ""
    edits: tuple[Edit, ...] = ()


def compare(before: Document, after: Document) -> tuple[Difference, ...]:
    """Return every difference in the order of the document."""
    return tuple(_differences(before, after))


def _differences(before: Document, after: Document) -> Iterator[Difference]:
    yield from _run("title", (Words(before.title),), (Words(after.title),))
    yield from _cover(before, after)
    yield from _blocks("preamble", "", before.preamble, after.preamble)
    yield from _text("party", before.parties, after.parties)
    yield from _text("recital", before.background, after.background)
    yield from _run("lead-in", before.lead_in, after.lead_in)
    yield from _articles(before, after)
    yield from _annexes(before, after)
    yield from _run("closing words", before.closing_words, after.closing_words)
    yield from _signatures(before, after)


def _run(
    part: Part, before: tuple[Span, ...], after: tuple[Span, ...]
) -> Iterator[Difference]:
    old, new = as_paragraphs((before, after))
    yield from _paragraph(part, "", old, new, 0)


def _text(
    part: Part,
    before: Sequence[tuple[Span, ...]],
    after: Sequence[tuple[Span, ...]],
) -> Iterator[Difference]:
    yield from _blocks(part, "", as_paragraphs(before), as_paragraphs(after))


def _cover(before: Document, after: Document) -> Iterator[Difference]:
    old, new = dict(before.cover), dict(after.cover)
    for i, j, follows in matched(list(old), list(new)):
        label = list(old)[i] if i is not None else list(new)[j or 0]
        was = Paragraph(spans=old[label]) if i is not None else None
        now = Paragraph(spans=new[label]) if j is not None else None
        if was and now and says(was) == says(now):
            continue
        kind: Kind = "changed" if was and now else "inserted" if now else "deleted"
        yield Difference(
            kind=kind, part="cover", id=label, old=was, new=now, follows=follows
        )


def _articles(before: Document, after: Document) -> Iterator[Difference]:
    old = {article.id: article for article in before.articles}
    new = {article.id: article for article in after.articles}
    emptied = [article.id for article in before.articles if not article.provisions]
    for i, j, follows in matched(list(old), list(new), emptied):
        was = before.articles[i] if i is not None else None
        now = after.articles[j] if j is not None else None
        if was is None or now is None:
            if now is not None or (was is not None and was.provisions):
                yield _alone("article", was, now, follows)
        elif not was.provisions and now.provisions:
            yield Difference(
                kind="changed", part="article", id=was.id, old=was, new=now
            )
        else:
            yield from _heading("article", was, now)
            for each in _sections(was, now, before):
                yield replace(each, article=was.id)


def _sections(
    before: Article, after: Article, document: Document
) -> Iterator[Difference]:
    old = [provision.id for provision in before.provisions]
    new = [provision.id for provision in after.provisions]
    emptied = [provision.id for provision in before.provisions if provision.omitted]
    for i, j, follows in matched(old, new, emptied):
        was = before.provisions[i] if i is not None else None
        now = after.provisions[j] if j is not None else None
        if was is None or now is None:
            if now is not None or (was is not None and not was.omitted):
                yield _alone("section", was, now, follows)
        elif was.omitted != now.omitted:
            yield Difference(
                kind="changed", part="section", id=was.id, old=was, new=now
            )
        else:
            yield from _section(was, now, document.labels.get(OMITTED))


def _section(
    before: Provision, after: Provision, omitted: str | None
) -> Iterator[Difference]:
    if restated(before, after):
        yield Difference(
            kind="changed", part="section", id=before.id, old=before, new=after
        )
        return
    yield from _heading("section", before, after)
    yield from _blocks("section", before.id, before.blocks, after.blocks, omitted)


def _annexes(before: Document, after: Document) -> Iterator[Difference]:
    old, new = before.annexes, after.annexes
    emptied = [a.id for a in old if not a.blocks]
    for i, j, follows in matched([a.id for a in old], [a.id for a in new], emptied):
        was = old[i] if i is not None else None
        now = new[j] if j is not None else None
        if was is None or now is None:
            if now is not None or (was is not None and was.blocks):
                yield _alone("annex", was, now, follows)
        elif not was.blocks and now.blocks:
            yield Difference(kind="changed", part="annex", id=was.id, old=was, new=now)
        else:
            yield from _heading("annex", was, now)
            omitted = before.labels.get(OMITTED)
            yield from _blocks("annex", was.id, was.blocks, now.blocks, omitted)


def _signatures(before: Document, after: Document) -> Iterator[Difference]:
    old = {block.party: block for block in before.signatures}
    new = {block.party: block for block in after.signatures}
    for i, j, follows in matched(list(old), list(new)):
        was = before.signatures[i] if i is not None else None
        now = after.signatures[j] if j is not None else None
        if was != now:
            kind: Kind = "changed" if was and now else "inserted" if now else "deleted"
            party = (was or now).party  # type: ignore[union-attr]
            yield Difference(
                kind=kind, part="signature", id=party, old=was, new=now, follows=follows
            )


def _alone(
    part: Part,
    old: Article | Provision | Annex | None,
    new: Article | Provision | Annex | None,
    follows: str,
) -> Difference:
    kind: Kind = "deleted" if new is None else "inserted"
    name = (old or new).id  # type: ignore[union-attr]
    return Difference(
        kind=kind, part=part, id=name, old=old, new=new, follows=follows if new else ""
    )


def _heading(
    part: Part, old: Article | Provision | Annex, new: Article | Provision | Annex
) -> Iterator[Difference]:
    if old.heading != new.heading:
        yield Difference(kind="heading changed", part=part, id=old.id, old=old, new=new)


def _blocks(
    part: Part,
    name: str,
    before: Sequence[Block],
    after: Sequence[Block],
    omitted: str | None = None,
) -> Iterator[Difference]:
    for place, (i, j) in enumerate(aligned_blocks(before, after)):
        was = before[i] if i is not None else None
        now = after[j] if j is not None else None
        if isinstance(was, Table) and isinstance(now, Table):
            yield from _rows(part, name, was, now, place)
        elif was is None or now is None:
            if now is not None or not _is_omitted(was, omitted):
                kind: Kind = "inserted" if now is not None else "deleted"
                yield Difference(
                    kind=kind, part=part, id=name, old=was, new=now, pair=place
                )
        elif isinstance(was, Paragraph) and isinstance(now, Paragraph):
            yield from _paragraph(part, name, was, now, place)


def _is_omitted(block: Block | None, words: str | None) -> bool:
    """Tell whether an earlier amendment left this item only its label."""
    return isinstance(block, Paragraph) and bool(block.label) and says(block) == words


def _paragraph(
    part: Part, name: str, old: Paragraph, new: Paragraph, place: int
) -> Iterator[Difference]:
    if says(old) == says(new):
        return
    patch = share_changed([(old.spans, new.spans)]) <= RESTATED_ABOVE
    yield Difference(
        kind="changed",
        part=part,
        id=name,
        old=old,
        new=new,
        pair=place,
        edits=edits(old.spans, new.spans) if patch else (),
    )


def _rows(
    part: Part, name: str, before: Table, after: Table, place: int
) -> Iterator[Difference]:
    if before.header != after.header:
        yield Difference(
            kind="changed", part=part, id=name, old=before, new=after, pair=place
        )
        return
    found = list(_row_by_row(part, name, before, after, place))
    moved = {row.id for row in before.rows} & {row.id for row in after.rows}

    # a row that moves is deleted before it is put in again: there are never two
    yield from sorted(
        found, key=lambda each: each.kind != "row deleted" or each.row not in moved
    )


def _row_by_row(
    part: Part, name: str, before: Table, after: Table, place: int
) -> Iterator[Difference]:
    ids = [row.id for row in before.rows], [row.id for row in after.rows]
    for i, j, follows in matched(*ids):
        was = before.rows[i] if i is not None else None
        now = after.rows[j] if j is not None else None
        if was and now and row_reading(was) == row_reading(now):
            continue
        kind: Kind = "row inserted" if was is None else "row deleted"
        yield Difference(
            kind="row changed" if was and now else kind,
            part=part,
            id=name,
            old=was,
            new=now,
            pair=place,
            row=(was or now).id,  # type: ignore[union-attr]
            follows=follows if was is None else "",
        )


def says(block: Block) -> object:
    """Return what a block says, whatever the numbers in it."""
    if isinstance(block, Paragraph):
        return reading(block.spans)
    return block.id, block.header, tuple(row_reading(row) for row in block.rows)


def row_reading(row: Row) -> tuple[str, ...]:
    """Return what the cells of a row say."""
    return tuple(reading(cell) for cell in row.cells)


def aligned_blocks(before: Sequence[Block], after: Sequence[Block]) -> Pairs:
    """Pair the paragraphs and tables of two texts in order.

    A definition pairs with the definition of the same word, a table with the table of
    the same id, any other paragraph with the one at its level that says nearly the
    same.
    """
    keys = [_key(block) for block in before], [_key(block) for block in after]
    texts = [_spans(block) for block in before], [_spans(block) for block in after]
    alike = Alike(*texts)

    def score(i: int, j: int) -> float:
        if keys[0][i][0] != keys[1][j][0]:
            return 0.0
        return 1.0 if keys[0][i][0] != _kind_of_text(before[i]) else alike(i, j)

    return aligned(*keys, score)


def _key(block: Block) -> tuple[str, object]:
    """Return what a block is paired by, and what it says."""
    if isinstance(block, Table):
        return f"table {block.id}", says(block)
    word = defined_word(block)
    return (f"word {word}" if word else _kind_of_text(block)), says(block)


def _kind_of_text(block: Block) -> str:
    return f"level {block.level}" if isinstance(block, Paragraph) else "table"


def _spans(block: Block) -> tuple[Span, ...]:
    return block.spans if isinstance(block, Paragraph) else ()


def defined_word(block: Block) -> str:
    """Return the word that a paragraph of definitions opens with, if it is one."""
    if isinstance(block, Paragraph) and not block.label:
        first = next(iter(block.spans), None)
        if isinstance(first, Definition):
            return first.text
    return ""


def restated(before: Provision, after: Provision) -> bool:
    """Tell whether a section changed so much that it is set out anew.

    A list of definitions never is: each of its paragraphs stands on its own.
    """
    if [says(block) for block in before.blocks] == [says(b) for b in after.blocks]:
        return False
    if any(defined_word(block) for block in (*before.blocks, *after.blocks)):
        return False
    old, new = before.blocks, after.blocks
    texts = [
        (None if i is None else _spans(old[i]), None if j is None else _spans(new[j]))
        for i, j in aligned_blocks(old, new)
    ]
    return share_changed(texts) > RESTATED_ABOVE
