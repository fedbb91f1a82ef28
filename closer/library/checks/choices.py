"""Conditions and repetitions that ask for what no deal can have."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from closer.library.checks.passages import Source
from closer.library.conditions import (
    All,
    AnyOf,
    Condition,
    Equals,
    Not,
    Present,
    spelt_out,
)
from closer.library.fields import NoSuchPath, is_repeated, kinds_at, words_at
from closer.library.prose import ClauseBlock
from closer.library.shapes import Clause, ContractType, Library, TableShape
from closer.problems import Place, Problem


class Choice(NamedTuple):
    """A condition, or the path of a repetition, where it stands; `it` spelt out."""

    source: Source
    entry: str
    when: Condition | None = None
    each: str | None = None


def conditions_name_terms(library: Library) -> Iterator[Problem]:
    """Every condition looks at terms that a deal can have, and at possible values."""
    for choice in _choices(library):
        if choice.each and not is_repeated(choice.each):
            yield _not_repeated(choice, choice.each)
        for each in _singles(choice.when):
            yield from _condition(choice, each)


def _choices(library: Library) -> Iterator[Choice]:
    for clause in library.clauses.values():
        yield from _of_clause(clause)
    for contract in library.types.values():
        yield from _of_type(contract)
    for table in library.tables.values():
        yield from _of_table(table)


def _of_clause(clause: Clause) -> Iterator[Choice]:
    source = Source(clause.file, clause.body, clause.first_line)
    entry = f"{clause.each}.*" if clause.each else ""
    yield Choice(source, entry, _under(clause.when, entry), clause.each)
    yield from _of_blocks(source, entry, clause.blocks)


def _of_blocks(
    source: Source, entry: str, blocks: Sequence[ClauseBlock]
) -> Iterator[Choice]:
    for block in blocks:
        each = block.each and _spelt(block.each, entry)
        here = f"{each}.*" if each else entry
        yield Choice(source, here, _under(block.when, here), each)


def _of_type(contract: ContractType) -> Iterator[Choice]:
    source = Source(contract.file, contract.source)
    for when in (
        *(article.when for article in contract.articles),
        *(annex.when for annex in contract.annexes),
        *(row.when for row in contract.cover),
    ):
        yield Choice(source, "", when)
    for annex in contract.annexes:
        yield from _of_blocks(source, "", annex.blocks)


def _of_table(table: TableShape) -> Iterator[Choice]:
    source, entry = Source(table.file, table.source), f"{table.each}.*"
    yield Choice(source, entry, None, table.each)
    for column in table.columns:
        for when, _ in column.cells:
            yield Choice(source, entry, _under(when, entry))


def _spelt(path: str, entry: str) -> str:
    return spelt_out(path, entry) if entry else path


def _under(condition: Condition | None, entry: str) -> Condition | None:
    return condition.under(entry) if condition and entry else condition


def _singles(condition: Condition | None) -> Iterator[Present | Equals]:
    match condition:
        case Present() | Equals():
            yield condition
        case Not():
            yield from _singles(condition.of)
        case All() | AnyOf():
            for inner in condition.of:
                yield from _singles(inner)


def _condition(choice: Choice, condition: Present | Equals) -> Iterator[Problem]:
    path = condition.path
    where = _place(choice, path)
    if not isinstance(kinds := kinds_at(path), NoSuchPath):
        if isinstance(condition, Equals):
            yield from _values(condition, where)
        return
    yield Problem(
        "L17",
        where,
        "",
        f"{path!r} is no path of the terms: nothing there is called {kinds.key!r}.",
        "No deal could ever have it.",
        f"{kinds.hint}The keys stand in the schema of the terms file.",
    )


def _values(condition: Equals, where: Place) -> Iterator[Problem]:
    known = words_at(condition.path)
    for value in condition.values:
        if known is not None and value not in known:
            yield Problem(
                "L25",
                where,
                "",
                f"{condition.path} is never {value!r}.",
                "What stands under the condition would never be printed.",
                f"It can be {', '.join(sorted(known))}.",
            )


def _not_repeated(choice: Choice, path: str) -> Problem:
    return Problem(
        "L17",
        _place(choice, path),
        "",
        f"{path!r} is no map or list of the terms.",
        "There are no entries to repeat a text for.",
        "Name a map or a list.",
    )


def _place(choice: Choice, path: str) -> Place:
    """Return where a path stands as it was written: in the prose, or else in a head."""
    written = path.replace(f"{choice.entry}.", "it.", 1) if choice.entry else path
    return choice.source.place(written)
