"""A change held against the law that governs the contract: what a promise needs."""

from collections.abc import Iterator, Mapping, Sequence

from closer.library.checks.laws import law_of, plain_name
from closer.library.shapes import Library
from closer.problems import Problem
from closer.terms.change import Change
from closer.terms.model import Terms
from closer.terms.reading import Agreed

_BINDS = ("nothing", "signed writing")
_PRICE = "price."


def one_sided(
    chain: Sequence[Agreed], changes: Sequence[Change], library: Library
) -> list[Problem]:
    """Warn of changes of the price alone, where the law wants something in return."""
    pairs = zip(chain, changes, strict=False)
    return [
        problem
        for before, change in pairs
        for problem in _one_sided(before.terms, change, library)
    ]


def _one_sided(before: Terms, change: Change, library: Library) -> Iterator[Problem]:
    alone = all(path.startswith(_PRICE) for path in change.changes)
    if change.circumstance is not None or not alone:
        return
    disputes = before.dispute_resolution
    law = disputes.governing_law if disputes else ""
    row = _row(before, law, library)
    needs = str(row.get("needs", "something"))
    if needs in _BINDS:
        return
    as_of = row.get("as_of", "November 2026")
    why = f"A promise without a return is often not enforced in {law or 'some laws'}"
    if needs == "benefit or deed":
        why = (
            f"In {law} such a promise binds if the other side gains something by it in "
            "practice, or if it is made as a deed"
        )
    yield Problem(
        "AM05",
        change.source.place("changes"),
        "changes",
        "Only the price changes; nothing stands in return.",
        f"{why} (as of {as_of}); ask someone who knows that law.",
        "Say in the same file what the other side gives, if it gives something.",
    )


def _row(terms: Terms, law: str, library: Library) -> Mapping[str, object]:
    """Return what is known of a law, and of this contract type under it."""
    known = law_of(library, law) if law else None
    country = known[1].get("country") if known else None
    found: Mapping[str, object] = {}
    for name, row in library.consideration.items():
        if "contract" in row:
            if row["contract"] == terms.contract and row.get("country") == country:
                return row
            continue
        names = row.get("names", [])
        listed = [name, *(names if isinstance(names, list) else [])]
        if plain_name(law) in [plain_name(str(each)) for each in listed]:
            found = row
    return found
