"""What a deal chose of the library: a variant of a clause, or the clause left out.

`clauses: {force-majeure: open, counterparts: none}`. A variant takes the place of its
clause and keeps its id, so that references and amendments go on naming it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from closer.library.conditions import Condition, spelt_out
from closer.library.prose import ClauseBlock, Defines, Part, Refers, Uses
from closer.library.shapes import Clause, Library
from closer.problems import Problem
from closer.terms.model import Terms
from closer.terms.paths import entries, value_at
from closer.terms.reading import Agreed

NONE = "none"
_GENERAL = "general"
_BY_A_TERM = re.compile(r"(?!not |contract )\w")
"""A condition that some term meets, and not the absence of one, nor the type."""


def chosen(library: Library, terms: Terms) -> Library:
    """Return the library as this deal uses it."""
    if not terms.clauses:
        return library
    clauses = dict(library.clauses)
    for id_, choice in terms.clauses.items():
        variant = library.variants.get(id_, {}).get(choice)
        if choice == NONE:
            clauses.pop(id_, None)
        elif variant is not None:
            clauses[id_] = variant
    return replace(library, clauses=clauses)


def with_all_variants(library: Library) -> Iterator[Library]:
    """Yield the library with the first variant of each clause, then with the second."""
    rounds = max((len(each) for each in library.variants.values()), default=0)
    for number in range(rounds):
        swapped = {
            id_: list(variants.values())[number]
            for id_, variants in library.variants.items()
            if number < len(variants)
        }
        yield replace(library, clauses={**library.clauses, **swapped})


def choices_can_be_made(agreed: Agreed, library: Library) -> Iterator[Problem]:
    """Yield what a deal chose that the library does not offer."""
    if not agreed.terms.clauses:
        return
    printed = list(_printed(chosen(library, agreed.terms), agreed.terms))
    for id_, choice in agreed.terms.clauses.items():
        path = f"clauses.{id_}"
        variants = library.variants.get(id_, {})
        if id_ not in library.clauses:
            yield _unknown(agreed, path, id_, library)
        elif choice == NONE:
            yield from _missed(agreed, path, library.clauses[id_], printed)
        elif choice not in variants:
            offered = ", ".join((*variants, NONE))
            yield Problem(
                "R15",
                agreed.source.place(path),
                path,
                f"The clause {id_} has no variant {choice!r}.",
                "The clause would stand in the wording that nobody chose.",
                f"Write one of {offered}.",
            )


def _unknown(agreed: Agreed, path: str, id_: str, library: Library) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

    near = get_close_matches(id_, library.clauses, 1)
    return Problem(
        "R14",
        agreed.source.place(path),
        path,
        f"There is no clause {id_!r}.",
        "A choice about nothing changes nothing.",
        (f"Did you mean {near[0]}? " if near else "")
        + "closer clauses lists them all.",
    )


def _missed(
    agreed: Agreed, path: str, left: Clause, printed: Sequence["_Text"]
) -> Iterator[Problem]:
    """Yield a problem where a text of this deal needs the clause left out."""
    if left.slot in _FRAME or left.id == _OPENS_THE_DEFINITIONS:
        yield Problem(
            "R18",
            agreed.source.place(path),
            path,
            f"A contract cannot do without {left.id}.",
            "It says who is bound, to what, or what the words mean.",
            "Keep it; a clause of your own with this name takes its place.",
        )
        return
    needing = list(_needing(left, printed))
    if needing:
        (owner, needs), more = needing[0], len(needing) - 1
        others = f" {more} more need it too." if more else ""
        yield Problem(
            "R16",
            agreed.source.place(path),
            path,
            f"{owner} {needs}, which is left out.{others}",
            "The contract would speak of what it does not have.",
            "Keep it, or leave out what needs it too.",
        )


def in_every_contract(
    agreed: Agreed, library: Library
) -> Iterator[tuple[str, list[str]]]:
    """Yield the general clauses that nobody asked for, and what may be chosen instead.

    A deal that says something of one, by a section or a choice, has asked for it.
    """
    terms = agreed.terms
    used = chosen(library, terms)
    printed = list(_printed(used, terms))

    def value(path: str) -> object:
        return value_at(terms, path)

    present = [
        clause
        for clause in used.clauses.values()
        if clause.slot == _GENERAL
        and clause.id not in terms.clauses
        and (clause.when is None or clause.when.holds(value))
        and not clause.each
        and not _BY_A_TERM.match(clause.when_text or "")
    ]
    for clause in sorted(present, key=lambda each: (each.order, each.id)):
        ways = list(library.variants.get(clause.id, {}))
        if not any(_missed(agreed, "", clause, printed)):
            ways.append(NONE)
        yield clause.id, ways


_FRAME = frozenset({"preamble", "parties", "lead-in", "closing"})
_OPENS_THE_DEFINITIONS = "defined-words"
"""The section at whose end the definitions stand."""


def _needing(left: Clause, printed: Sequence["_Text"]) -> Iterator[tuple[str, str]]:
    """Yield each text that would be printed and needs a clause, and what it needs."""
    id_ = left.id
    texts = [text for text in printed if text.owner != id_]
    slots = {text.slot for text in texts}
    words = _defined(left) - {
        part.word for text in texts for part in text.parts if isinstance(part, Defines)
    }
    for text in texts:
        for part in text.parts:
            if isinstance(part, Refers) and part.target == id_:
                yield text.owner, f"refers to {id_}"
                break
            if isinstance(part, Refers) and part.target == left.slot not in slots:
                yield (
                    text.owner,
                    f"refers to {left.slot}, where nothing stands but {id_}",
                )
                break
            if isinstance(part, Uses) and part.word in words:
                yield text.owner, f"uses {part.word!r}, defined in {id_}"
                break


def _defined(clause: Clause) -> set[str]:
    parts = (part for block in clause.blocks for part in block.parts)
    named = {part.word for part in parts if isinstance(part, Defines)}
    return {word for word in named if not word.startswith("[")}


class _Text(NamedTuple):
    owner: str
    slot: str
    parts: tuple[Part, ...]


def _printed(library: Library, terms: Terms) -> Iterator[_Text]:
    """Yield what of a library this deal would print: clauses, and its type's annexes.

    A definition is printed only where its word is used, and needs nothing by itself.
    """

    def value(path: str) -> object:
        return value_at(terms, path)

    for clause in library.clauses.values():
        for entry in _entries(clause.each, "", value):
            if clause.when is None or _under(clause.when, entry).holds(value):
                parts = _of_blocks(clause.blocks, entry, value)
                yield _Text(clause.id, clause.slot, parts)
    contract = library.types.get(terms.contract)
    for annex in contract.annexes if contract else ():
        if annex.when is None or annex.when.holds(value):
            yield _Text(annex.id, "", _of_blocks(annex.blocks, "", value))


def _of_blocks(
    blocks: Iterable[ClauseBlock], entry: str, value: Callable[[str], object]
) -> tuple[Part, ...]:
    return tuple(
        part
        for block in blocks
        for inner in _entries(block.each, entry, value)
        if block.when is None or _under(block.when, inner).holds(value)
        for part in block.parts
    )


def _entries(
    each: str | None, entry: str, value: Callable[[str], object]
) -> Iterator[str]:
    """Yield the path of each entry for which a text is repeated; once if it is not."""
    if each is None:
        yield entry
        return
    path = spelt_out(each, entry) if entry else each
    for key, _ in entries(value(path)):
        yield f"{path}.{key}"


def _under(condition: Condition, entry: str) -> Condition:
    return condition.under(entry) if entry else condition
