"""The sentences of a paragraph, and how one reading of it differs from another.

What differs becomes edits as a lawyer writes them: words that stand once in their
sentence are replaced, inserted after others or deleted; too many of them, and the
sentence is quoted whole.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from closer.drafting.document import Span, Value, Words, plain
from closer.drafting.words import (
    RESTATED_ABOVE,
    Alike,
    Token,
    aligned,
    matcher,
    reading,
    share_changed,
    sliced,
    tokens,
)

_FAR_APART = 2
"""Changes with no more words than this between them read better as one."""

_MOST_SWAPS = 2
"""A sentence with more changes than this is quoted whole."""

_SENTENCE_END = re.compile(r"[.?!][”\")]?")
_ABBREVIATIONS = frozenset(
    ("Co", "Corp", "Dr", "Inc", "Ltd", "Mr", "Mrs", "Ms", "No", "Nos", "St", "v")
)

EditKind = Literal[
    "words replaced",
    "words inserted",
    "words deleted",
    "sentence replaced",
    "sentence inserted",
    "sentence deleted",
]


class Edit(Struct, frozen=True, kw_only=True):
    """A change within a paragraph, in the words a lawyer would quote.

    `sentence` counts from 1 in the earlier text, `of` is how many that has; a sentence
    is inserted after the one counted (0: before the first). Words are inserted after
    or before `anchor`, which stands once in the sentence.
    """

    kind: EditKind
    sentence: int
    of: int
    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()
    anchor: str = ""
    side: Literal["after", "before"] = "after"


def sentences(words: Sequence[Token]) -> list[list[Token]]:
    """Return the words sentence by sentence."""
    found: list[list[Token]] = [[]]
    for place, token in enumerate(words):
        found[-1].append(token)
        following = words[place + 1] if place + 1 < len(words) else None
        if following and _ends_a_sentence(words, place, following):
            found.append([])
    return [sentence for sentence in found if sentence]


def _ends_a_sentence(words: Sequence[Token], place: int, following: Token) -> bool:
    token = words[place]
    if token.end == following.start or not following.text[:1].isupper():
        return False
    if len(token.text) > 1:
        return token.text[-1] in ".?!"
    previous = words[place - 1].text if place else ""
    if token.text == "." and (previous in _ABBREVIATIONS or _is_initial(previous)):
        return False
    return _SENTENCE_END.fullmatch(token.text) is not None


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def edits(before: tuple[Span, ...], after: tuple[Span, ...]) -> tuple[Edit, ...]:
    """Return the changes that turn one paragraph into the other, in order."""
    whole = _rewritten(before, after)
    old, new = sentences(tokens(before, whole)), sentences(tokens(after, whole))
    if not old:
        return ()
    old_spans = [_spans_of(before, sentence) for sentence in old]
    new_spans = [_spans_of(after, sentence) for sentence in new]
    keys = [reading(spans) for spans in old_spans], [reading(s) for s in new_spans]
    found: list[Edit] = []
    last = 0
    for i, j in aligned(*keys, Alike(old_spans, new_spans)):
        number = last if i is None else i + 1
        last = number
        if i is None and j is not None:
            found.append(
                Edit(
                    kind="sentence inserted",
                    sentence=number,
                    of=len(old),
                    new=new_spans[j],
                )
            )
        elif j is None and i is not None:
            found.append(
                Edit(
                    kind="sentence deleted",
                    sentence=number,
                    of=len(old),
                    old=old_spans[i],
                )
            )
        elif i is not None and j is not None and keys[0][i] != keys[1][j]:
            found += _within(before, after, old[i], new[j], (number, len(old)))
    return tuple(found)


def _rewritten(before: tuple[Span, ...], after: tuple[Span, ...]) -> frozenset[str]:
    """Return the paths of long values of which too much changed to swap words."""
    old = {span.path: span for span in before if isinstance(span, Value)}
    new = {span.path: span for span in after if isinstance(span, Value)}
    return frozenset(
        path
        for path in old.keys() & new.keys()
        if share_changed([((Words(old[path].text),), (Words(new[path].text),))])
        > RESTATED_ABOVE
    )


def _spans_of(spans: tuple[Span, ...], words: Sequence[Token]) -> tuple[Span, ...]:
    return sliced(spans, words[0].start, words[-1].end) if words else ()


def _within(
    before: tuple[Span, ...],
    after: tuple[Span, ...],
    old: list[Token],
    new: list[Token],
    place: tuple[int, int],
) -> list[Edit]:
    """Return the word swaps of one sentence, or the sentence whole if they are many."""
    whole = Edit(
        kind="sentence replaced",
        sentence=place[0],
        of=place[1],
        old=_spans_of(before, old),
        new=_spans_of(after, new),
    )
    found: list[Edit] = []
    floor = 0
    for i1, i2, j1, j2 in _swaps(old, new):
        edit = _swap((before, old, i1, i2), (after, new, j1, j2), place, floor)
        if edit is None:
            return [whole]
        found.append(edit)
        floor = i2
    return found if 0 < len(found) <= _MOST_SWAPS else [whole]


def _swaps(old: list[Token], new: list[Token]) -> list[tuple[int, int, int, int]]:
    """Return the places that differ, near ones joined, lone marks with their word."""
    comparing = matcher([t.key for t in old], [t.key for t in new])
    found: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in comparing.get_opcodes():
        if tag == "equal":
            continue
        if found and i1 - found[-1][1] <= _FAR_APART:
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return [_with_a_word(swap, old, new) for swap in found]


def _with_a_word(
    swap: tuple[int, int, int, int], old: list[Token], new: list[Token]
) -> tuple[int, int, int, int]:
    """Add the word before to a change of nothing but marks: nobody quotes a comma.

    Nor can a comma that stands close take the place of words that stand apart.
    """
    i1, i2, j1, j2 = swap
    if i1 and j1 and i1 < i2 and j1 < j2:
        apart = old[i1].start > old[i1 - 1].end, new[j1].start > new[j1 - 1].end
        if apart[0] != apart[1]:
            return i1 - 1, i2, j1 - 1, j2
    if all(not token.text[:1].isalnum() for token in (*old[i1:i2], *new[j1:j2])):
        return (i1 - 1, i2, j1 - 1, j2) if i1 and j1 else (i1, i2 + 1, j1, j2 + 1)
    return swap


_Part = tuple[tuple[Span, ...], list[Token], int, int]


def _swap(
    before: _Part, after: _Part, place: tuple[int, int], floor: int
) -> Edit | None:
    """Return one swap, quoted with enough words to stand once in its sentence.

    Words before `floor` are the business of another swap; where no quotation would do
    without them, there is none.
    """
    (spans, old, i1, i2), (new_spans, new, j1, j2) = before, after
    added = _spans_of(new_spans, new[j1:j2])
    sentence, of = place
    if i1 == i2:
        anchor = _anchor(spans, old, i1, floor)
        if anchor is None:
            return None
        return Edit(
            kind="words inserted",
            sentence=sentence,
            of=of,
            new=added,
            anchor=anchor,
            side="after" if i1 else "before",
        )
    while not _once(spans, old, i1, i2):
        if i1 <= floor or not j1:
            return None
        i1, j1 = i1 - 1, j1 - 1
    return Edit(
        kind="words replaced" if j1 < j2 else "words deleted",
        sentence=sentence,
        of=of,
        old=_spans_of(spans, old[i1:i2]),
        new=_spans_of(new_spans, new[j1:j2]),
    )


def _anchor(
    spans: tuple[Span, ...], old: list[Token], place: int, floor: int
) -> str | None:
    """Return the words after which (at the start: before which) others go."""
    for size in range(1, len(old) + 1):
        first, last = (place - size, place) if place else (0, size)
        if first < floor:
            return None
        if _once(spans, old, first, last) and old[first].text[:1].isalnum():
            return plain(_spans_of(spans, old[first:last]))
    return None


def _once(spans: tuple[Span, ...], words: list[Token], first: int, last: int) -> bool:
    sentence = plain(_spans_of(spans, words))
    return sentence.count(plain(_spans_of(spans, words[first:last]))) == 1
