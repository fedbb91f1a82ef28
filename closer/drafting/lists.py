"""Lists in prose: their labels, and ends that stay right when items are left out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from msgspec.structs import replace

from closer.drafting.document import Block, Paragraph, Words
from closer.library.prose import ClauseBlock, Text


class Labels:
    """Counts items (a), (b) and, below them, (i), (ii).

    `sentences`: each item is a sentence of its own, and opens like one.
    """

    def __init__(self, *, sentences: bool = False) -> None:
        self._sentences = sentences
        self._items, self._subitems = count(1), count(1)

    def opens(self, level: int) -> bool:
        """Whether a paragraph of a level opens a sentence."""
        return level == 0 or self._sentences

    def next(self, level: int) -> str:
        """Return the label of the next paragraph of a level; text has none."""
        if level == 0:
            return ""
        if level == 1:
            self._subitems = count(1)
            return f"({letters(next(self._items))})"
        return f"({roman(next(self._subitems))})"


def letters(number: int) -> str:
    """Return a, b … z, aa, bb as Word counts its lower letters."""
    repeats, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


def roman(number: int) -> str:
    """Return i, ii, iii, iv as Word counts its lower Roman figures."""
    text = ""
    for value, figure in (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            text, number = text + figure, number - value
    return text


def punctuated(blocks: Sequence[Block], joint: str) -> tuple[Block, ...]:
    """Mend the ends of lists whose last items a condition left out.

    A list is written as `a; b; and c.`; when `c` is not selected, `b; and` must end
    the sentence, and the item before it take the conjunction. An item that is repeated
    carries the conjunction only where one more follows.
    """
    mended = list(blocks)
    for index, block in enumerate(mended):
        if not isinstance(block, Paragraph) or block.level == 0:
            continue
        following = mended[index + 1] if index + 1 < len(mended) else None
        mended[index] = _item_end(block, mended, index, following, joint)
    return tuple(mended)


def _item_end(
    block: Paragraph,
    blocks: Sequence[Block],
    index: int,
    following: Block | None,
    conjunction: str,
) -> Paragraph:
    ends_list = not (
        isinstance(following, Paragraph) and following.level >= block.level
    )
    text = block.spans[-1].text if block.spans else ""
    words = text.rstrip()
    for joint in ("; and", "; or", ";"):
        if ends_list and words.endswith(joint):
            return _with_end(block, words.removesuffix(joint) + ".")
    if ends_list:
        return block
    later = _siblings_after(blocks, index, block.level)
    if conjunction and words.endswith(";") and later == 1:
        return _with_end(block, f"{words} {conjunction}")
    if words.endswith(("; and", "; or")) and later > 1:
        return _with_end(block, words.rpartition(" ")[0])
    return block


def _with_end(block: Paragraph, text: str) -> Paragraph:
    last = block.spans[-1]
    if not isinstance(last, Words):
        return block
    return replace(block, spans=(*block.spans[:-1], replace(last, text=text)))


def are_sentences(blocks: Iterable[ClauseBlock]) -> bool:
    """Whether the items of a clause are sentences: none of them ends in `;`."""
    ends = [
        block.parts[-1].text.rstrip()
        for block in blocks
        if block.kind != "text" and block.parts and isinstance(block.parts[-1], Text)
    ]
    return bool(ends) and not any(end.endswith((";", "; and", "; or")) for end in ends)


def conjunction(blocks: Iterable[ClauseBlock]) -> str:
    """Return the word that joins the items of a clause: the one an item ends in."""
    for block in blocks:
        last = block.parts[-1] if block.parts else None
        if block.kind != "text" and isinstance(last, Text):
            for word in ("and", "or"):
                if last.text.rstrip().endswith(f"; {word}"):
                    return word
    return ""


def _siblings_after(blocks: Sequence[Block], index: int, level: int) -> int:
    """Return how many items of a list follow one of its items."""
    later: Iterator[Block] = iter(blocks[index + 1 :])
    siblings = 0
    for block in later:
        if not isinstance(block, Paragraph) or block.level < level:
            break
        siblings += block.level == level
    return siblings
