"""Where something stands in a contract, in the words that name the place."""

from collections.abc import Sequence
from typing import cast

from closer.drafting.comparison import (
    Difference,
    aligned_blocks,
    defined_word,
)
from closer.drafting.conformed import paired_blocks
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Table,
    as_paragraphs,
)
from closer.drafting.lists import letters
from closer.library.instruments import Instrument

_CLOSING = {"closing words": "closing"}
_ONE_RUN = ("title", "lead-in", "closing words")


def nth(instrument: Instrument, number: int) -> str:
    """Return first, second … of the instrument's wording."""
    words = instrument.value["nth"]
    if 0 < number <= len(words):
        return words[number - 1]
    return str(instrument.value["beyond_nth"]).format(number=number)


class Places:
    """Names the places of one contract, with the numbers that it keeps."""

    def __init__(
        self,
        before: Document,
        after: Document,
        worked: Document,
        instrument: Instrument,
        omitted: str,
    ) -> None:
        """`worked`: the contract with the changes worked in, under kept numbers."""
        self._before = before
        self._after = after
        self._worked = worked
        self._patterns = instrument.place
        self._instrument = instrument
        self._omitted = omitted

    def _said(self, key: str, **fields: str) -> str:
        return str(self._patterns[key]).format(**fields)

    def worked(self, name: str) -> Article | Provision | Annex:
        """Return what has an id in the contract with the changes worked in."""
        return _units(self._worked)[name]

    def named(self, difference: Difference) -> tuple[str, str]:
        """Return number and heading of the part that a difference is about."""
        unit = _units(self._before).get(difference.id)
        if unit is None or (difference.kind == "inserted" and difference.pair is None):
            unit = self.worked(difference.id)
        heading = unit.heading
        if difference.kind == "changed" and difference.pair is None:
            heading = self.worked(difference.id).heading
        return unit.number, heading

    def number(self, difference: Difference) -> str:
        """Return the number of the part that a difference is about."""
        return self.named(difference)[0]

    def part(self, difference: Difference) -> str:
        """Name the article, section, annex or other part that changes."""
        part = difference.part
        if part in ("article", "section", "annex"):
            return self._said(part, number=self.number(difference))
        if part == "cover":
            return self.cover(difference.id)
        if part in ("party", "recital"):
            return self._loose(part, 0)
        return self._said(_CLOSING.get(part, part))

    def cover(self, label: str) -> str:
        """Name an entry of the cover."""
        return self._said("cover", label=label)

    def before_it(self, difference: Difference) -> str:
        """Return the number that a new article, section or annex comes after."""
        groups: list[Sequence[Article | Provision | Annex]] = [
            self._worked.articles,
            self._worked.annexes,
            *(article.provisions for article in self._worked.articles),
        ]
        for group in groups:
            for place, unit in enumerate(group):
                if unit.id == difference.id:
                    return group[place - 1].number if place else ""
        return ""

    def letter(self, place: int) -> str:
        """Return the letter of the item at a place that counts from 0."""
        return letters(place + 1)

    def tables(self, difference: Difference) -> tuple[Table, Table]:
        """Return the table before and after, of which a row changes."""
        before, after = self._texts(difference)
        i, j = aligned_blocks(before, after)[difference.pair or 0]
        return cast("Table", before[i or 0]), cast("Table", after[j or 0])

    def table(self, difference: Difference) -> str:
        """Name the table that changes: the section or annex, if it has no other."""
        before, after = self._texts(difference)
        tables = [i for i, block in enumerate(before) if isinstance(block, Table)]
        i, _ = aligned_blocks(before, after)[difference.pair or 0]
        if len(tables) < 2 or i not in tables:
            return self.part(difference)
        key = "table" if difference.part == "section" else "annex-table"
        count = nth(self._instrument, tables.index(i) + 1)
        return self._said(key, number=self.number(difference), nth=count)

    def paragraph(self, difference: Difference) -> str:
        """Name the paragraph that changes or goes."""
        if difference.part in _ONE_RUN:
            return self._loose(difference.part, 0)
        before, after = self._texts(difference)
        i, _ = aligned_blocks(before, after)[difference.pair or 0]
        return self._place(difference, before, i or 0)

    def previous(self, difference: Difference) -> str:
        """Name the paragraph after which a new one goes; nothing: it is the first."""
        before, after = self._texts(difference)
        pairs = aligned_blocks(before, after)[: difference.pair]
        old = [i for i, j in pairs if i is not None and j is not None]
        return self._place(difference, before, old[-1]) if old else ""

    def follows_a_new_paragraph(self, difference: Difference) -> bool:
        """Tell whether the paragraph before a new one is new as well."""
        before, after = self._texts(difference)
        place = difference.pair or 0
        if not place:
            return False
        i, j = aligned_blocks(before, after)[place - 1]
        return i is None and j is not None and not _label(after[j])

    def previous_item(self, difference: Difference) -> str:
        """Name the item of the same list after which a new one goes."""
        blocks = self._kept(difference)
        place = difference.pair or 0
        level = _level(blocks[place])
        for earlier in range(place - 1, -1, -1):
            block = blocks[earlier]
            if _level(block) == level and _label(block):
                return self._item(difference, _full_label(blocks, earlier))
            if level == 2 and _level(block) == 1:
                return ""
        return ""

    def label(self, difference: Difference) -> str:
        """Return the whole label that a new item gets: (ba), (b)(iia)."""
        return _full_label(self._kept(difference), difference.pair or 0)

    def keeps_its_label(self, difference: Difference) -> bool:
        """Tell whether a deleted item leaves its label behind."""
        return self._kept(difference)[difference.pair or 0] is not None

    def _kept(self, difference: Difference) -> list[Block | None]:
        return paired_blocks(*self._texts(difference), self._omitted)

    def _texts(self, difference: Difference) -> tuple[Sequence[Block], Sequence[Block]]:
        return (
            _text(self._before, difference),
            _text(self._after, difference),
        )

    def _place(
        self, difference: Difference, blocks: Sequence[Block], place: int
    ) -> str:
        part = difference.part
        if part not in ("section", "annex"):
            return self._loose(part, place)
        number = self.number(difference)
        word = defined_word(blocks[place])
        if word and _lists_words(blocks):
            return self._said("definition", number=number, word=word)
        if _label(blocks[place]):
            return self._item(difference, _full_label(blocks, place))
        loose = [i for i, block in enumerate(blocks) if _is_loose(block)]
        if len(loose) > 1:
            key = "paragraph" if part == "section" else "annex-paragraph"
            count = nth(self._instrument, loose.index(place) + 1)
            return self._said(key, number=number, nth=count)
        if part == "section" and any(_label(block) for block in blocks[place:]):
            return self._said("opening", number=number)
        return self._said(part, number=number)

    def _item(self, difference: Difference, label: str) -> str:
        key = "item" if difference.part == "section" else "annex-item"
        return self._said(key, number=self.number(difference), label=label)

    def _loose(self, part: str, place: int) -> str:
        if part == "party":
            return self._said("party", number=str(place + 1))
        if part == "recital":
            return self._said("recital", number=letters(place + 1).upper())
        return self._said(_CLOSING.get(part, part))


def _lists_words(blocks: Sequence[Block]) -> bool:
    """Tell whether a section is a list of definitions, and not a rule with one."""
    defined = [bool(defined_word(block)) for block in blocks]
    return sum(defined) > 1 or not defined[0]


def _units(document: Document) -> dict[str, Article | Provision | Annex]:
    units: dict[str, Article | Provision | Annex] = {}
    for article in document.articles:
        units[article.id] = article
    units.update((provision.id, provision) for provision in document.provisions())
    units.update((annex.id, annex) for annex in document.annexes)
    return units


def _text(document: Document, difference: Difference) -> Sequence[Block]:
    if difference.part in ("section", "annex"):
        unit = _units(document)[difference.id]
        return () if isinstance(unit, Article) else unit.blocks
    runs = {
        "preamble": document.preamble,
        "party": as_paragraphs(document.parties),
        "recital": as_paragraphs(document.background),
    }
    return runs.get(difference.part, ())


def _is_loose(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.label


def _label(block: Block | None) -> str:
    return block.label if isinstance(block, Paragraph) else ""


def _level(block: Block | None) -> int:
    return block.level if isinstance(block, Paragraph) else 0


def _full_label(blocks: Sequence[Block | None], place: int) -> str:
    """Return the label of an item with that of the item above it: (b)(ii)."""
    label = _label(blocks[place])
    if _level(blocks[place]) < 2:
        return label
    above = (
        _label(blocks[earlier])
        for earlier in range(place - 1, -1, -1)
        if _level(blocks[earlier]) == 1
    )
    return next(above, "") + label
