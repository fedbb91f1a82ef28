"""The contract as it reads after an amendment, with the numbers that were signed.

A redraft counts afresh; people cite 5.3 for years. Here everything keeps its number,
what is new gets one in between, and what is gone leaves its number behind.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from closer.drafting.assembly import resolved
from closer.drafting.comparison import (
    OMITTED,
    aligned_blocks,
    restated,
)
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Words,
)
from closer.drafting.numbering import Series, filled, in_count
from closer.drafting.words import matched


def omitted_words(phrases: Mapping[str, Mapping[str, object]], language: str) -> str:
    """Return what stands for an emptied number in a language: [Intentionally omitted].

    English of a country that has no words of its own follows the British use.
    """
    words = phrases[OMITTED]
    return str(words.get(language, words["en-GB"]))


def kept(before: Document, after: Document, *, omitted: str) -> Document:
    """Return the later document with the numbers of the earlier one kept.

    Everything it says is what `after` says; the numbers, the references to them, the
    `omitted` words under an emptied number and who signed are all that differ.
    """
    numbered = replace(
        after,
        articles=tuple(_articles(before, after, omitted)),
        annexes=tuple(_annexes(before, after, omitted)),
        signatures=before.signatures,
        labels={**after.labels, OMITTED: omitted},
    )
    return resolved(numbered)


def _articles(before: Document, after: Document, omitted: str) -> Iterator[Article]:
    pairs = [
        (
            before.articles[i] if i is not None else None,
            after.articles[j] if j is not None else None,
        )
        for i, j, _ in matched(
            [article.id for article in before.articles],
            [article.id for article in after.articles],
            [article.id for article in before.articles if not article.provisions],
        )
    ]
    names = _Names(before, after)
    numbers = filled([was.number if was else None for was, _ in pairs], "figures")
    for (was, now), number in zip(pairs, numbers, strict=True):
        if now is None and was is not None:
            yield replace(was, id=names.emptied(was.id), heading=omitted, provisions=())
        elif now is not None:
            yield _article(was, now, number, names, omitted)


def _article(
    was: Article | None, now: Article, number: str, names: "_Names", omitted: str
) -> Article:
    inserted = was.inserted if was else not in_count(number, "figures")
    article = replace(now, number=number, inserted=inserted)
    if was is None or not was.provisions:
        provisions = tuple(
            replace(provision, number=f"{number}.{place}", inserted=inserted)
            for place, provision in enumerate(now.provisions, 1)
        )
        return replace(article, provisions=provisions)
    return replace(article, provisions=tuple(_provisions(was, article, names, omitted)))


def _provisions(
    before: Article, after: Article, names: "_Names", omitted: str
) -> Iterator[Provision]:
    stem = f"{after.number}."
    pairs = [
        (
            before.provisions[i] if i is not None else None,
            after.provisions[j] if j is not None else None,
        )
        for i, j, _ in matched(
            [provision.id for provision in before.provisions],
            [provision.id for provision in after.provisions],
            [provision.id for provision in before.provisions if provision.omitted],
        )
    ]
    given = [was.number.removeprefix(stem) if was else None for was, _ in pairs]
    for (was, now), number in zip(pairs, filled(given, "figures"), strict=True):
        if now is None and was is not None:
            yield _left_empty(was, names, omitted)
        elif now is not None:
            blocks = now.blocks
            if was and not was.omitted and not restated(was, now):
                blocks = kept_blocks(was.blocks, now.blocks, omitted)
            inserted = after.inserted or not in_count(number, "figures")
            yield replace(now, number=stem + number, blocks=blocks, inserted=inserted)


def _left_empty(provision: Provision, names: "_Names", omitted: str) -> Provision:
    return replace(
        provision,
        id=names.emptied(provision.id),
        heading=omitted,
        titled=(),
        blocks=(),
        omitted=True,
    )


class _Names:
    """The ids of both documents: what moved takes its own to its new place."""

    def __init__(self, before: Document, after: Document) -> None:
        self._live = _ids(after)
        self._taken = self._live | _ids(before)

    def emptied(self, name: str) -> str:
        """Return the id under which an emptied number stays."""
        if name not in self._live:
            return name
        while name in self._taken:
            name += "~"
        return name


def _ids(document: Document) -> set[str]:
    return {
        *(article.id for article in document.articles),
        *(provision.id for provision in document.provisions()),
        *(annex.id for annex in document.annexes),
    }


def _annexes(before: Document, after: Document, omitted: str) -> Iterator[Annex]:
    pairs = [
        (
            before.annexes[i] if i is not None else None,
            after.annexes[j] if j is not None else None,
        )
        for i, j, _ in matched(
            [annex.id for annex in before.annexes],
            [annex.id for annex in after.annexes],
            [annex.id for annex in before.annexes if not annex.blocks],
        )
    ]
    names = _Names(before, after)
    numbers = filled([was.number if was else None for was, _ in pairs], "capitals")
    for (was, now), number in zip(pairs, numbers, strict=True):
        if now is None and was is not None:
            name = names.emptied(was.id)
            yield replace(was, id=name, heading=omitted, blocks=())
        elif now is not None:
            blocks = kept_blocks(was.blocks, now.blocks, omitted) if was else now.blocks
            yield replace(now, number=number, blocks=blocks)


def kept_blocks(
    before: Sequence[Block], after: Sequence[Block], omitted: str
) -> tuple[Block, ...]:
    """Return the later blocks with the earlier labels kept: (b), then (ba)."""
    return tuple(
        block for block in paired_blocks(before, after, omitted) if block is not None
    )


def paired_blocks(
    before: Sequence[Block], after: Sequence[Block], omitted: str
) -> list[Block | None]:
    """Return for each pair of `aligned_blocks` what stands in the conformed text.

    An item that is gone leaves its label, text without a label leaves nothing.
    """
    pairs = [
        (
            before[i] if i is not None else None,
            after[j] if j is not None else None,
        )
        for i, j in aligned_blocks(before, after)
    ]
    found: list[Block | None] = [
        now if now is not None or was is None else _emptied_item(was, omitted)
        for was, now in pairs
    ]
    old = [was for was, _ in pairs]
    items = _at_level(found, 1)
    _label(found, old, items, "letters")
    for first, last in zip(items, [*items[1:], len(found)], strict=False):
        below = [i for i in _at_level(found, 2) if first < i < last]
        if pairs[first][1] is None:
            for place in below:
                found[place] = None if pairs[place][1] is None else found[place]
            below = [i for i in below if found[i] is not None]
        _label(found, old, below, "romans")
    return found


def _emptied_item(block: Block, omitted: str) -> Block | None:
    if isinstance(block, Paragraph) and block.label:
        return replace(block, spans=(Words(omitted),))
    return None


def _at_level(blocks: Sequence[Block | None], level: int) -> list[int]:
    return [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.level == level and block.label
    ]


def _label(
    found: list[Block | None],
    old: Sequence[Block | None],
    group: Sequence[int],
    series: Series,
) -> None:
    given = [_bare_label(old[place]) for place in group]
    if len({_parent(old, place) for place in group if old[place]}) > 1:
        given = [None] * len(group)
    for place, label in zip(group, filled(given, series), strict=True):
        block = found[place]
        if isinstance(block, Paragraph):
            found[place] = replace(block, label=f"({label})")


def _bare_label(block: Block | None) -> str | None:
    return block.label.strip("()") if isinstance(block, Paragraph) else None


def _parent(blocks: Sequence[Block | None], place: int) -> int:
    """Return the place of the item under which one stood before; -1 for the section."""
    block = blocks[place]
    if not isinstance(block, Paragraph) or block.level < 2:
        return -1
    above = (i for i in range(place, -1, -1) if i in _at_level(blocks, 1))
    return next(above, -1)
