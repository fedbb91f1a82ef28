"""Where a deal stands: gathered once, for the review, the report and its page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from closer.cli.due import is_late
from closer.cli.ladder import stands
from closer.cli.measure import SAID, measured_of, title_of, told
from closer.cli.reckoning import signed_deal
from closer.cli.telling import about
from closer.followup.readings import reaches, verdict
from closer.followup.wording import printed
from closer.register.folding import State, folded, standing
from closer.register.rows import DueRow
from closer.register.standing import Measure, Payment, Standing, Told
from closer.register.store import Register
from closer.terms.kinds import Identifier
from closer.terms.model import Terms
from closer.terms.money import sum_of
from closer.terms.values import Money


def gathered(ref: str, register: Register, now: date) -> Standing | None:
    """Return where a deal stands on a day; None if its signing was undone."""
    journal = register.journal(ref)
    state = folded(ref, journal)
    if state.signed is None:
        return None
    terms = signed_deal(state).agreed.terms
    rows = register.all_due(ref)
    opened = [row for row in rows if row.state == "open"]
    coming = _next_ones(row for row in opened if row.day >= now)
    return Standing(
        ref=ref,
        title=terms.title,
        parties=" · ".join(party.name for party in terms.parties.values()),
        signed=state.on,
        amendments=len(state.amendments),
        ended=state.ended,
        stays=state.stays,
        ends=min((r.day for r in rows if _is_end(r, now)), default=None),
        head=journal[-1].digest,
        late=tuple(row for row in opened if is_late(row, now)),
        coming=tuple(coming),
        windows=tuple(row for row in coming if _is_window(row)),
        days=tuple(r for r in rows if not r.repeats and r.state != "cancelled"),
        payments=tuple(_payments(state, terms, rows, now)),
        measures=tuple(_measures(state, terms)),
        issues=tuple(_issues(state, now)),
        happened=tuple((entry, about(entry)) for entry in standing(journal)),
    )


def all_gathered(refs: Sequence[str], register: Register, now: date) -> list[Standing]:
    """Return where each of some deals stands."""
    found = (gathered(ref, register, now) for ref in refs)
    return [deal for deal in found if deal is not None]


def _next_ones(rows: Iterable[DueRow]) -> list[DueRow]:
    """Return what comes; of what repeats, its next time alone."""
    seen: set[str] = set()
    found = []
    for row in rows:
        if row.uid not in seen:
            found.append(row)
        if row.repeats:
            seen.add(row.uid)
    return found


def _is_end(row: DueRow, now: date) -> bool:
    return row.kind == "end" and row.term == "duration" and row.day >= now


def _is_window(row: DueRow) -> bool:
    return not row.repeats and (row.stake == "bar" or row.kind in ("notice", "window"))


def _payments(
    state: State, terms: Terms, rows: Sequence[DueRow], now: date
) -> Iterator[Payment]:
    agreed = terms.price.payments if terms.price else {}
    acts: dict[str, list[date]] = {}
    for path, day in state.done:
        acts.setdefault(path, []).append(day)
    for row in (row for row in rows if row.kind == "payment"):
        payment = agreed.get(Identifier(row.term.removeprefix("price.payments.")))
        whole = sum_of(payment, terms) if payment else None
        known = acts.get(row.term)
        paid = known.pop(0) if row.state == "done" and known else None
        said = {"done": "paid", "open": "due"}.get(row.state, row.state)
        yield Payment(
            title=_bare(row.title, whole),
            day=row.day,
            sum=whole,
            state="overdue" if said == "due" and is_late(row, now) else said,
            paid=paid,
        )


def _bare(title: str, whole: Money | None) -> str:
    """Return the title of a payment without its sum, which stands beside it."""
    said = printed(whole)
    title = title.removeprefix("Expected: ")
    return title.removesuffix(f": {said}").removesuffix(f", {said}") if said else title


def _measures(state: State, terms: Terms) -> Iterator[Measure]:
    for key, agreed in measured_of(terms).items():
        readings = sorted(
            (r for r in state.readings if r.benchmark == key), key=lambda r: r.on
        )
        found = "none"
        said = f"{agreed.target}, not measured yet"
        if readings:
            found = verdict(agreed.target, [r.value for r in readings])
            said = f"{readings[-1].value} against {agreed.target}: {SAID[found]}"
        yield Measure(
            title=title_of(agreed),
            target=agreed.target,
            readings=tuple(readings),
            missed=tuple(not reaches(agreed.target, r.value) for r in readings),
            verdict=found,
            said=said,
            credits=tuple((r.on, told(r.credit)) for r in readings if r.credit),
        )


def _issues(state: State, now: date) -> Iterator[Told]:
    for issue in state.issues:
        if issue.settled is None:
            yield Told(
                number=issue.number,
                text=issue.text,
                about=issue.about,
                raised=issue.raised,
                stands=stands(issue, now),
            )
