"""What a library holds: clauses, contract types, tables, and a few words.

Frozen values without behaviour of their own; `loading.py` makes them from files.
"""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from closer.library.conditions import Condition
from closer.library.prose import ClauseBlock, Part

SLOTS = ("preamble", "parties", "background", "lead-in", "closing", "definitions")
"""Where a clause can stand besides the articles of a contract type."""


class Clause(Struct, frozen=True, kw_only=True):
    """A clause of the library: one section of a contract, in prose with blanks.

    A `variant` takes the place of its clause, whose `id` it has, where a deal chose it.
    `when_text` is the condition and `body` the prose as written; the prose begins on
    line `first_line` of `file`.
    """

    id: str
    family: str
    heading: str = ""
    heading_parts: tuple[Part, ...] = ()
    slot: str
    order: int = 0
    when: Condition | None = None
    when_text: str = ""
    each: str | None = None
    variant: str = ""
    defines: str | None = None
    conspicuous: bool = False
    edition: int
    note: str
    blocks: tuple[ClauseBlock, ...]
    file: str
    body: str
    first_line: int


class ArticleShape(NamedTuple):
    """An article of a contract type; `when`: only in some deals."""

    id: str
    heading: str
    when: Condition | None = None


class AnnexShape(NamedTuple):
    """An annex of a contract type: its prose is written as in a clause."""

    id: str
    heading: str
    when: Condition | None
    blocks: tuple[ClauseBlock, ...]


class CoverLine(NamedTuple):
    """A key term on the cover: its label, and the prose that prints it."""

    label: str
    parts: tuple[Part, ...]
    when: Condition | None = None


class ContractType(Struct, frozen=True, kw_only=True):
    """A kind of contract: who takes part, what it must settle, in which order.

    `roles`: role → defined word, in order; a type without them takes any two or more
    parties, each called by its id. `sides`: who performs and who receives;
    `words`: generic word → the word this type prints; `required`: sections of the
    terms without which there is no such contract; `required_any`: groups of sections
    of which one has to be there.
    """

    id: str
    title: str
    roles: Mapping[str, str]
    sides: Mapping[str, str]
    words: Mapping[str, str]
    required: tuple[str, ...]
    required_any: tuple[tuple[str, ...], ...] = ()
    articles: tuple[ArticleShape, ...]
    annexes: tuple[AnnexShape, ...]
    labels: Mapping[str, str]
    cover: tuple[CoverLine, ...]
    file: str
    source: str


class Column(NamedTuple):
    """A column of a table: of its `cells` the first whose condition holds stands."""

    heading: str
    cells: tuple[tuple[Condition | None, tuple[Part, ...]], ...]
    width: int = 1
    figures: bool = False


class TableShape(Struct, frozen=True, kw_only=True):
    """A table of terms: a row for each entry of a map or list."""

    id: str
    each: str
    columns: tuple[Column, ...]
    file: str
    source: str


class Library(Struct, frozen=True, kw_only=True):
    """Everything that contracts are written from, and the digest of its files.

    `words`: every word that some text of it defines.
    """

    clauses: Mapping[str, Clause]
    types: Mapping[str, ContractType]
    tables: Mapping[str, TableShape]
    phrases: Mapping[str, Mapping[str, object]]
    institutions: Mapping[str, Mapping[str, object]]
    variants: Mapping[str, Mapping[str, Clause]] = {}
    laws: Mapping[str, Mapping[str, object]] = {}
    consideration: Mapping[str, Mapping[str, object]] = {}
    contingencies: Mapping[str, Mapping[str, object]] = {}
    required_words: Mapping[str, Mapping[str, object]] = {}
    words: frozenset[str]
    digest: str
