"""Which clauses a deal needs, and in which order they stand."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from closer.library.loading import Clause, ContractType, Library
from closer.terms.disputes import Steps
from closer.terms.model import Terms
from closer.terms.paths import entries, value_at


class Scope(NamedTuple):
    """Where a clause looks values up: the terms, and the entry it is repeated for."""

    terms: Terms
    entry: str = ""
    """The path of the entry that `it` means, or nothing."""

    def path(self, name: str) -> str:
        """Return the full path that a name in a clause means."""
        if name == "it" or name.startswith("it."):
            return self.entry + name.removeprefix("it")
        return name

    def value(self, name: str) -> object:
        """Return the value that a name in a clause means, or None."""
        if name == "it.id":
            return self.entry.rpartition(".")[2]
        if name.startswith("deal."):
            return _fact(name.removeprefix("deal."), self.terms)
        return value_at(self.terms, self.path(name))

    def each(self, name: str) -> Iterator["Scope"]:
        """Yield a scope for every entry of the map or list that a name means.

        A `*` in the name stands for any entry of what is before it.
        """
        outer, starred, inner = self.path(name).partition(".*.")
        if starred:
            for one in self.each(outer):
                yield from self.each(f"{one.entry}.{inner}")
            return
        for key, _ in entries(value_at(self.terms, outer)):
            yield Scope(self.terms, f"{outer}.{key}")


def _fact(name: str, terms: Terms) -> bool:
    """Whether a deal has a fact that no single term holds, such as holidays."""
    listed = terms.time.holidays if terms.time else ()
    return name != "holidays" or (bool(listed) and listed != "weekends only")


class Section(NamedTuple):
    """A clause that this deal selected, once for each entry where it repeats."""

    id: str
    clause: Clause
    scope: Scope


def sections(slot: str, terms: Terms, library: Library) -> list[Section]:
    """Return what stands in one slot of this deal's contract, in order."""
    found = [
        section
        for clause in _in_slot(slot, library)
        for section in _repeated(clause, terms)
    ]
    return _in_order_of_steps(found, terms)


def _in_slot(slot: str, library: Library) -> list[Clause]:
    clauses = (c for c in library.clauses.values() if c.slot == slot and not c.defines)
    return sorted(clauses, key=lambda clause: (clause.order, clause.id))


def _repeated(clause: Clause, terms: Terms) -> Iterator[Section]:
    scope = Scope(terms)
    if clause.each is None:
        if holds(clause.when, scope):
            yield Section(clause.id, clause, scope)
        return
    for inner in scope.each(clause.each):
        if holds(clause.when, inner):
            key = inner.entry.rpartition(".")[2]
            yield Section(f"{clause.id}/{key}", clause, inner)


def holds(condition: object, scope: Scope) -> bool:
    """Whether a condition is met; none at all always is."""
    return condition is None or bool(condition.holds(scope.value))  # type: ignore[attr-defined]


def _in_order_of_steps(found: list[Section], terms: Terms) -> list[Section]:
    """Put the steps of a dispute into the order in which the parties wrote them."""
    resolution = terms.dispute_resolution
    steps = resolution.steps if resolution else None
    if steps is None:
        return found
    places = [i for i, section in enumerate(found) if _step(section, steps)]
    ordered = sorted(
        (found[place] for place in places),
        key=lambda section: steps.order.index(_step(section, steps)),
    )
    result = list(found)
    for place, section in zip(places, ordered, strict=True):
        result[place] = section
    return result


def _step(section: Section, steps: Steps) -> str:
    kind = section.id.removeprefix("step-")
    return kind if kind != section.id and kind in steps.order else ""


def roles_of(terms: Terms, contract: ContractType) -> Mapping[str, str]:
    """Return the defined word of each party id: client → Client.

    A type without roles takes any parties: each is called by its id.
    """
    return {
        name: contract.roles.get(party.role or name, _name_of(name))
        for name, party in terms.parties.items()
    }


def _name_of(identifier: str) -> str:
    """Return an id as a name: blue-harbour → Blue Harbour."""
    return " ".join(word.capitalize() for word in re.split("[-_]", identifier) if word)


PLACES = {"first": 0, "second": 1}
"""How a type without roles says who is meant where one side has to be named."""


def side(name: str, terms: Terms, contract: ContractType) -> str:
    """Return the id of the party that performs or receives, by the contract type."""
    role = contract.sides[name]
    if not contract.roles:
        return list(terms.parties)[PLACES[role]]
    for identifier, party in terms.parties.items():
        if (party.role or identifier) == role:
            return identifier
    return role


def articles(terms: Terms, contract: ContractType) -> Iterator[tuple[str, str]]:
    """Yield the id and heading of each article that this deal may have."""
    scope = Scope(terms)
    for shape in contract.articles:
        if holds(shape.when, scope):
            yield shape.id, shape.heading
