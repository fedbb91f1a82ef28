"""A deal held against the library: its type, its roles, its institutions."""

from collections.abc import Iterable, Iterator, Mapping

from closer.library.checks import consumers, laws
from closer.library.choosing import choices_can_be_made
from closer.library.conditions import is_present
from closer.library.shapes import ContractType, Library
from closer.problems import Problem
from closer.terms.disputes import Arbitration
from closer.terms.paths import value_at
from closer.terms.reading import Agreed

NOBODY = frozenset({"ad hoc", "ad-hoc", "none", "no institution"})
"""How terms say that no institution administers an arbitration."""

_STEPS = "dispute_resolution.steps"


def deal_checks(agreed: Agreed, library: Library) -> list[Problem]:
    """Return what keeps the library from drafting these terms as they stand."""
    contract = library.types.get(agreed.terms.contract)
    problems = [*_institutions(agreed, library)]
    problems += choices_can_be_made(agreed, library)
    for one in (*laws.CHECKS, *consumers.CHECKS):
        problems += one(agreed, library)
    if contract is None:
        return [_unknown_type(agreed, library), *problems]
    problems += _roles(agreed, contract)
    problems += _required(agreed, contract)
    return sorted(problems, key=lambda problem: problem.where)


def _unknown_type(agreed: Agreed, library: Library) -> Problem:
    name = agreed.terms.contract
    known = ", ".join(library.types)
    return Problem(
        "R10",
        agreed.source.place("contract"),
        "contract",
        f"There is no contract type {name!r}.",
        "The type decides which clauses stand and in which order.",
        f"{_nearest(name, library.types)}The types are {known}.",
    )


def _nearest(
    word: str, known: Iterable[str], names: Mapping[str, str] | None = None
) -> str:
    """Return a question for the known word that was probably meant, or nothing.

    `names`: further spellings → the known word.
    """
    spellings = {each.casefold(): each for each in known}
    spellings |= {name.casefold(): each for name, each in (names or {}).items()}
    from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

    near = get_close_matches(word.casefold(), spellings, n=1)
    return f"Did you mean {spellings[near[0]]}? " if near else ""


def _roles(agreed: Agreed, contract: ContractType) -> Iterator[Problem]:
    roles = contract.roles
    if not roles:
        yield from _named_one_by_one(agreed)
        return
    taken: dict[str, str] = {}
    for identifier, party in agreed.terms.parties.items():
        role: str = party.role or identifier
        if role in taken:
            yield _shared(agreed, identifier, role, taken[role])
        taken.setdefault(role, identifier)
        if role not in roles:
            key = ".role" if party.role else ""
            path = f"parties.{identifier}{key}"
            yield Problem(
                "R11",
                agreed.source.place(path),
                path,
                f"{role!r} is no role of a contract of type {contract.id}.",
                "The clauses speak of the parties by role.",
                f"Give {identifier} a `role`: one of {', '.join(roles)}.",
            )
    for role in roles:
        if role not in taken:
            yield Problem(
                "R12",
                agreed.source.place("parties"),
                "parties",
                f"Nobody is the {role}.",
                f"A contract of type {contract.id} gives the {role} rights and duties.",
                f"Name a party {role}, or write `role: {role}` in one.",
            )


def _named_one_by_one(agreed: Agreed) -> Iterator[Problem]:
    """Refuse joint persons where any number of parties stands side by side."""
    for identifier, party in agreed.terms.parties.items():
        if party.also:
            path = f"parties.{identifier}.also"
            yield Problem(
                "R17",
                agreed.source.place(path),
                path,
                "A contract of this type takes any number of parties.",
                "Each of them is called by its own name and answers for itself.",
                "Write each person as a party of its own.",
            )


def _shared(agreed: Agreed, second: str, role: str, first: str) -> Problem:
    path = f"parties.{second}"
    return Problem(
        "R17",
        agreed.source.place(path),
        path,
        f"{first} and {second} are both the {role}.",
        "The clauses speak of one: what it owes would bind either of them, or nobody.",
        f"If the two owe and get everything together, write {second} under "
        f"parties.{first}.also. A party with duties of its own needs a role, or a "
        "contract, of its own.",
    )


def _required(agreed: Agreed, contract: ContractType) -> Iterator[Problem]:
    for section in contract.required:
        if not is_present(value_at(agreed.terms, section)):
            yield Problem(
                "R13",
                agreed.source.place(section),
                section,
                f"`{section}` is missing.",
                f"Without it there is no contract of type {contract.id}.",
                f"Write down what was agreed under `{section}`.",
            )
    for group in contract.required_any:
        if not any(is_present(value_at(agreed.terms, each)) for each in group):
            named = " or ".join(f"`{section}`" for section in group)
            yield Problem(
                "R13",
                agreed.source.place(""),
                group[0],
                f"{named} is missing.",
                f"Without it there is no contract of type {contract.id}.",
                f"Write down what was agreed under {named}.",
            )


def _institutions(agreed: Agreed, library: Library) -> Iterator[Problem]:
    resolution = agreed.terms.dispute_resolution
    steps = resolution.steps if resolution else None
    if steps is None:
        return
    if steps.mediation is not None:
        path = f"{_STEPS}.mediation.provider"
        name = steps.mediation.provider
        yield from _known(agreed, library, path, name, "mediation")
    if steps.arbitration is not None:
        path = f"{_STEPS}.arbitration.institution"
        name = steps.arbitration.institution
        yield from _known(agreed, library, path, name, "arbitration")
        entry = library.institutions.get(name)
        rules = steps.arbitration.rules
        if entry is not None and rules is not None and not entry.get("defunct"):
            yield from _rules(agreed, name, entry, rules)
        if entry is not None and not entry.get("defunct"):
            yield from _required_by(agreed, name, entry, steps.arbitration)


def _required_by(
    agreed: Agreed, name: str, entry: Mapping[str, object], arbitration: Arbitration
) -> Iterator[Problem]:
    """Warn of what an institution asks its clause to state, where it is missing."""
    told = {"seat", "appointing_authority"}
    for key in _texts(entry.get("requires")):
        if key not in told and getattr(arbitration, key, None) is None:
            path = f"{_STEPS}.arbitration"
            yield Problem(
                "P41",
                agreed.source.place(path),
                path,
                f"{name} asks that its clause states the {key}, and this one does not.",
                "What the clause leaves open is decided by others, and costs time.",
                f"Add {key}.",
            )


def _known(
    agreed: Agreed, library: Library, path: str, name: str, kind: str
) -> Iterator[Problem]:
    if name.casefold() in NOBODY:
        return
    where, entry = agreed.source.place(path), library.institutions.get(name)
    if entry is None:
        near = _nearest(name, library.institutions, _names(library))
        yield Problem(
            "P03",
            where,
            path,
            f"{name!r} is not in the table of institutions.",
            "It is printed as written; nobody has checked its name or its rules.",
            f"{near}The table holds {', '.join(_serving(library, kind))}.",
        )
    elif entry.get("defunct"):
        yield Problem(
            "P40",
            where,
            path,
            f"{name} takes no more cases.",
            "A clause that names an institution which no longer exists may not hold.",
            f"Its place was taken by {entry.get('successor', 'another one')}.",
        )
    elif not {kind, "ad hoc"} & set(_texts(entry.get("kind"))):
        yield Problem(
            "P03",
            where,
            path,
            f"{name} is not known for {kind}.",
            "It may refuse the case, and its rules may not fit.",
            f"Choose one of {', '.join(_serving(library, kind))}.",
        )


def _serving(library: Library, kind: str) -> list[str]:
    """Return those who can be named for a kind of step."""
    return [
        name
        for name, entry in library.institutions.items()
        if kind in _texts(entry.get("kind")) and not entry.get("defunct")
    ]


def _names(library: Library) -> dict[str, str]:
    """Return the full name of each institution → how the terms call it."""
    return {
        str(entry.get("name", name)).removeprefix("the "): name
        for name, entry in library.institutions.items()
    }


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _rules(
    agreed: Agreed, name: str, entry: Mapping[str, object], rules: str
) -> Iterator[Problem]:
    known = entry.get("rules")
    subjects = known if isinstance(known, dict) else {}
    if not subjects or rules in subjects or rules in subjects.values():
        return
    path = f"{_STEPS}.arbitration.rules"
    yield Problem(
        "P04",
        agreed.source.place(path),
        path,
        f"{rules!r} are no rules of {name}.",
        "One institution under the rules of another invites a quarrel before the case.",
        f"{_nearest(rules, subjects)}Its rules are {', '.join(subjects)}.",
    )
