"""What may be wrong between the terms before a change and after it."""

from collections.abc import Iterator, Sequence
from datetime import date

from closer.problems import Problem
from closer.terms.change import Change
from closer.terms.checks import order
from closer.terms.instruments import LETTERS, suited
from closer.terms.reading import Agreed

_LATE = "D30"


def amending(chain: Sequence[Agreed], changes: Sequence[Change]) -> list[Problem]:
    """Return what is wrong with changes one after the other; `chain` is one longer."""
    problems = list(_out_of_order(chain[0], changes))
    for place, change in enumerate(changes):
        before, after = chain[place : place + 2]
        problems += _too_late(before, after, change)
        problems += _other_parties(before, after, change)
        problems += _unnamed(before, after, change)
    return problems


def _out_of_order(first: Agreed, changes: Sequence[Change]) -> Iterator[Problem]:
    """Yield each change that takes effect before the one it comes after."""
    last: date | None = max((e.effective for e in first.terms.amended), default=None)
    for change in changes:
        if last is not None and change.effective < last:
            yield Problem(
                "AM02",
                change.source.place("effective"),
                "effective",
                f"This change takes effect on {change.effective}, before the one that "
                f"it follows, {last}.",
                "Amendments are numbered in the order in which they take effect, and "
                "each is drafted on the text of the one before.",
                "Give the changes in the order of their days, or correct the day.",
            )
        last = max(last or change.effective, change.effective)


def _too_late(before: Agreed, after: Agreed, change: Change) -> Iterator[Problem]:
    """Yield each milestone that this change leaves after the end of the contract."""
    known = {problem.path for problem in _late(before)}
    for problem in _late(after):
        if problem.path not in known:
            yield problem._replace(
                code="AM03",
                where=change.source.place("changes"),
                why="An extension that outlives the contract extends nothing: the "
                "duty would end before its day.",
                remedy="Change `duration` in the same file, or the milestone.",
            )


def _late(agreed: Agreed) -> list[Problem]:
    return [p for check in order.CHECKS for p in check(agreed) if p.code == _LATE]


def _other_parties(before: Agreed, after: Agreed, change: Change) -> Iterator[Problem]:
    """Yield a party that comes or goes: an amendment binds those who signed."""
    old, new = before.terms.parties.keys(), after.terms.parties.keys()
    for party in sorted(old ^ new):
        word = "leaves" if party in old else "joins"
        yield Problem(
            "AM04",
            change.place(f"parties.{party}"),
            f"parties.{party}",
            f"The {party} {word} the deal.",
            "An amendment is signed by those who signed the contract; who takes over "
            "rights or duties does so by an assignment or a novation.",
            "Take this out of the change, and make that instrument.",
        )


def _unnamed(before: Agreed, after: Agreed, change: Change) -> Iterator[Problem]:
    """Yield what the contract wants its amendments to name, and this one does not.

    An amendment that writes this rule keeps it itself.
    """
    if (change.instrument or suited(before, change)) in LETTERS:
        return
    rules = (each.terms.amendment for each in (before, after))
    wanted = [what for rule in rules if rule for what in rule.must_name]
    for what in dict.fromkeys(wanted):
        if what not in change.names:
            yield Problem(
                "AM07",
                change.source.place("names" if change.names else ""),
                "names",
                f"The contract wants each amendment to name {what}; this one does not.",
                "An amendment without the form that the contract demands may not bind.",
                f"Write `names: {{{what}: …}}`.",
            )
