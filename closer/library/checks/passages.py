"""What one contract type can print: its passages, and when each of them stands.

Every check looks at a library through the contract types, because a reference that
holds in one type may dangle in another. `it` is spelt out as the path of any entry
(`milestones.*`), so that conditions can be held against each other.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from closer.library.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    Equals,
    Not,
    Present,
    spelt_out,
)
from closer.library.fields import Model
from closer.library.proof import implies, possible
from closer.library.prose import ClauseBlock, Defines, Part, Refers, Uses
from closer.library.shapes import SLOTS, Clause, ContractType, Library, TableShape
from closer.problems import Place

STEP = "step-"
"""How the ids of dispute steps begin: they stand in the order of the terms."""


class Source(NamedTuple):
    """The text that some prose was read from, and the line on which it begins."""

    file: str
    body: str
    first_line: int = 1

    def place(self, words: str, line: int = 1) -> Place:
        """Return where some words stand from a line on, or else that line."""
        lines = self.body.split("\n")
        for number in range(max(line - self.first_line, 0), len(lines)):
            column = lines[number].find(words)
            if column >= 0:
                return Place(self.file, self.first_line + number, column + 1)
        return Place(self.file, line, 1)

    def line_of(self, words: str) -> int:
        """Return the line on which some words stand."""
        offset = max(self.body.find(words), 0)
        return self.first_line + self.body.count("\n", 0, offset)


class Passage(NamedTuple):
    """A run of prose, when it stands, and which entry `it` means there."""

    owner: str
    parts: tuple[Part, ...]
    given: Condition
    entry: str
    source: Source
    line: int
    clause: Clause | None = None
    table: str | None = None

    def place(self, mark: str) -> Place:
        """Return where a mark stands, or else where the passage begins."""
        return self.source.place(mark, self.line)

    def path(self, name: str) -> str:
        """Return the full path that a name means here."""
        return spelt_out(name, self.entry) if self.entry else name


class View:
    """A library as one contract type sees it."""

    def __init__(self, library: Library, contract: ContractType) -> None:
        self.library = library
        self.contract = contract
        self.source = Source(contract.file, contract.source)
        self.ground = Model(frozenset(library.types))
        self.base = All(
            (
                Equals("contract", (contract.id,)),
                *(Present(section) for section in contract.required),
                *(_one_of(group) for group in contract.required_any),
            )
        )
        self._proofs: dict[tuple[Condition, Condition], bool] = {}
        self.articles = {shape.id: shape.when or ALWAYS for shape in contract.articles}
        self.clauses = self._carried()
        self.passages = tuple(
            passage for passage in self._passages() if self.possible(passage.given)
        )

    def proves(self, given: Condition, wanted: Condition) -> bool:
        """Whether every deal of this type that meets one condition meets the other."""
        key = (given, wanted)
        if key not in self._proofs:
            self._proofs[key] = implies(All((self.base, given)), wanted, self.ground)
        return self._proofs[key]

    def possible(self, *conditions: Condition) -> bool:
        """Whether some deal of this type meets all the conditions."""
        return possible(All((self.base, *conditions)), self.ground)

    def selected(self, clause: Clause) -> Condition:
        """Return when a clause stands in a contract of this type."""
        article = self.articles.get(clause.slot, ALWAYS)
        if clause.each is None:
            return All((article, clause.when or ALWAYS))
        entry = f"{clause.each}.*"
        when = (clause.when or ALWAYS).under(entry)
        return All((article, Present(entry), when))

    def in_slot(self, slot: str) -> list[Clause]:
        """Return the clauses of one slot in their order, definitions left out."""
        found = (c for c in self.clauses.values() if c.slot == slot and not c.defines)
        return sorted(found, key=lambda clause: (clause.order, clause.id))

    def article_stands(self, article: str) -> Condition:
        """Return when an article has a section to stand for."""
        sections = tuple(self.selected(clause) for clause in self.in_slot(article))
        return All((self.articles[article], AnyOf(sections)))

    def _carried(self) -> dict[str, Clause]:
        slots = {*self.articles, *SLOTS}
        return {
            clause.id: clause
            for clause in self.library.clauses.values()
            if clause.slot in slots and self.possible(self.selected(clause))
        }

    def _passages(self) -> Iterator[Passage]:
        shown: dict[str, None] = {}
        for passage in self._of_texts():
            yield passage
            if passage.table:
                shown[passage.table] = None
        for name in shown:
            table = self.library.tables.get(name)
            if table is not None:
                yield from _of_table(table)

    def _of_texts(self) -> Iterator[Passage]:
        for clause in self.clauses.values():
            yield from _of_clause(clause, self.selected(clause))
        yield from self._of_contract()

    def _of_contract(self) -> Iterator[Passage]:
        for annex in self.contract.annexes:
            given = annex.when or ALWAYS
            line = self.source.line_of(annex.heading)
            outer = Passage(annex.id, (), given, "", self.source, line)
            yield from _of_blocks(annex.blocks, outer)
        for row in self.contract.cover:
            line = self.source.line_of(row.label)
            given = row.when or ALWAYS
            yield Passage("cover", row.parts, given, "", self.source, line)


def _one_of(sections: Sequence[str]) -> Condition:
    return AnyOf(tuple(Present(section) for section in sections))


def _of_clause(clause: Clause, given: Condition) -> Iterator[Passage]:
    entry = f"{clause.each}.*" if clause.each else ""
    source = Source(clause.file, clause.body, clause.first_line)
    heading = clause.heading_parts
    outer = Passage(clause.id, heading, given, entry, source, 1, clause)
    yield outer
    yield from _of_blocks(clause.blocks, outer)


def _of_blocks(blocks: Sequence[ClauseBlock], outer: Passage) -> Iterator[Passage]:
    for block in blocks:
        entry, given = outer.entry, outer.given
        if block.each:
            entry = f"{spelt_out(block.each, entry)}.*"
            given = All((given, Present(entry)))
        if block.when:
            given = All((given, block.when.under(entry or "it")))
        yield outer._replace(
            parts=block.parts,
            given=given,
            entry=entry,
            line=block.line,
            table=block.table,
        )


def _of_table(table: TableShape) -> Iterator[Passage]:
    entry = f"{table.each}.*"
    source = Source(table.file, table.source)
    for column in table.columns:
        given: Condition = Present(entry)
        for when, parts in column.cells:
            stands = (when or ALWAYS).under(entry)
            line = source.line_of(column.heading)
            both = All((given, stands))
            yield Passage(table.id, parts, both, entry, source, line)
            given = All((given, Not(stands)))


def mark_of(part: Part) -> str:
    """Return how a part is written in a clause file, as far as it can be searched."""
    match part:
        case Uses():
            return f"<{part.printed}>"
        case Refers():
            return f"{{{part.target}}}"
        case Defines():
            return f'""{part.word}""'
        case _:
            return f"{getattr(part, 'path', '')}]"
