"""What may be wrong between the terms before a change and after it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from closer.problems import Problem
from closer.terms.change import Change
from closer.terms.checks import order
from closer.terms.instruments import LETTERS, suited
from closer.terms.money import original_price, part_of
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
    return [*problems, *_beyond_the_ceiling(chain, changes)]


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


def _beyond_the_ceiling(
    chain: Sequence[Agreed], changes: Sequence[Change]
) -> Iterator[Problem]:
    """Warn if all changes of the work, with the last one, go beyond their ceiling.

    What is added and what is left out are both changed. Of amendments that the terms
    already hold only the price before and after all of them is known.
    """
    if not changes or not _of_work(changes[-1]):
        return
    risks, whole = chain[-1].terms.contingencies, original_price(chain[-1].terms)
    scope = risks.scope_change if risks else None
    if scope is None or scope.ceiling is None or whole is None:
        return
    steps = [_price(chain[0]) - whole.amount]
    steps += [
        _price(after) - _price(before)
        for before, after, change in zip(chain, chain[1:], changes, strict=False)
        if _of_work(change)
    ]
    changed, net = sum(map(abs, steps)), sum(steps)
    most, code = part_of(scope.ceiling, whole).amount, whole.currency
    if not steps[-1] or changed <= most:
        return
    left = "" if changed == net else f" ({code} {net:,} net)"
    yield Problem(
        "AM08",
        changes[-1].place("price.total"),
        "price.total",
        f"With this one, changes of the work come to {code} {changed:,}{left} in all; "
        f"the ceiling is {code} {most:,}, {scope.ceiling} of the {code} "
        f"{whole.amount:,} agreed at signing.",
        "The change clause lets each party refuse a change beyond it: nobody owes this "
        "one, and a later one can be refused whatever it is.",
        "Ask both whether they go beyond it knowingly and say so in `because`; or make "
        "the change smaller, or raise `contingencies.scope_change.ceiling` first.",
    )


def _price(agreed: Agreed) -> Decimal:
    price = agreed.terms.price
    return price.total.amount if price and price.total else Decimal(0)


def _of_work(change: Change) -> bool:
    return any(path.partition(".")[0] == "deliverables" for path in change.changes)
