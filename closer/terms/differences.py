"""What differs between two states of the same terms, leaf by leaf."""

from datetime import date
from typing import NamedTuple

from closer.terms.digest import digest, short
from closer.terms.reading import Agreed
from closer.terms.splicing import written

NEVER_COMPARED = frozenset({"closing", "amended"})
"""How the deal was closed and what was amended before is no term of it."""

STEPS = "dispute_resolution.steps"


class Difference(NamedTuple):
    """One leaf that differs; None where it is missing. A list is one leaf."""

    path: str
    before: str | None
    after: str | None


def differences(before: Agreed, after: Agreed) -> list[Difference]:
    """Return every leaf that differs, in the order of the first file, then the second.

    The order of the steps of a dispute has a meaning of its own and is a leaf too.
    """
    old, new = leaves(before.canonical), leaves(after.canonical)
    found = [
        Difference(path, old.get(path), new.get(path))
        for path in {**old, **new}
        if old.get(path) != new.get(path)
    ]
    if reordered(before, after):
        orders = (_order(before), _order(after))
        found.append(Difference(STEPS, *(", ".join(order) for order in orders)))
    return found


def leaves(canonical: dict[str, object]) -> dict[str, str]:
    """Return the canonical text of every leaf of the terms, by its path."""
    found: dict[str, str] = {}
    for key, value in canonical.items():
        if key not in NEVER_COMPARED:
            _collect(value, key, found)
    return found


def _collect(value: object, path: str, found: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _collect(inner, f"{path}.{key}", found)
    else:
        found[path] = written(value) if isinstance(value, list) else str(value)


def _order(agreed: Agreed) -> list[str]:
    section = agreed.canonical.get("dispute_resolution")
    steps = section.get("steps") if isinstance(section, dict) else None
    return list(steps) if isinstance(steps, dict) else []


def reordered(before: Agreed, after: Agreed) -> bool:
    """Whether steps stand otherwise than removals and additions at the end explain."""
    old, new = _order(before), _order(after)
    expected = [step for step in old if step in new]
    expected += [step for step in new if step not in old]
    return expected != new


def between_text(before: Agreed, after: Agreed, effective: date) -> str:
    """Return the change file that leads from one state of the terms to another."""
    lines = [
        f"amends: {written(before.terms.reference)} of {short(digest(before))}",
        f"effective: {effective}",
        "changes:",
    ]
    old, new = before.canonical, after.canonical
    changes = dict(_changes(old, new, ""))
    if reordered(before, after):
        inside = f"{STEPS}."
        changes = {p: v for p, v in changes.items() if not p.startswith(inside)}
        changes[STEPS] = new["dispute_resolution"]["steps"]  # type: ignore[index]
    lines += [
        f"  {written(path)}: {written(value, flow=False)}"
        for path, value in changes.items()
    ]
    return "\n".join(lines) + "\n" if changes else "\n".join(lines) + " {}\n"


def _changes(
    old: dict[str, object], new: dict[str, object], under: str
) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key in {**old, **new}:
        path = f"{under}{key}"
        if path in NEVER_COMPARED:
            continue
        one, other = old.get(key), new.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            found += _changes(one, other, f"{path}.")
        elif one != other:
            found.append((path, "removed" if other is None else other))
    return found
