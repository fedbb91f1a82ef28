"""Where a deal stands: what a review and a report tell of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from closer.cli.measure import SAID
from closer.cli.reckoning import signed_deal
from closer.followup.readings import verdict
from closer.register.folding import State, folded
from closer.register.store import DueRow, Register
from closer.terms.model import Terms

_ROWS = 8
WIDTH, HEIGHT, EDGE = 300, 60, 6


def standing(ref: str, register: Register, now: date) -> dict[str, object]:
    """Return what is told of one deal, as plain values."""
    journal = register.journal(ref)
    state = folded(ref, journal)
    terms = signed_deal(state).agreed.terms
    rows = register.all_due(ref)
    return {
        "ref": ref,
        "title": terms.title,
        "signed": state.on,
        "amendments": len(state.amendments),
        "ended": state.ended,
        "head": journal[-1].digest[:12],
        "rows": [_told(row, now) for row in coming(rows, now)[:_ROWS]],
        "payments": [_told(row, now) for row in rows if row.kind == "payment"],
        "benchmarks": list(_benchmarks(state, terms)),
        "issues": [issue for issue in state.issues if issue.settled is None],
    }


def coming(rows: Sequence[DueRow], now: date) -> list[DueRow]:
    """Return what is open: all that is overdue, and what comes."""
    return [
        row
        for row in rows
        if row.state == "open" and (row.day >= now or is_late(row, now))
    ]


def is_late(row: DueRow, now: date) -> bool:
    """Whether a day has passed on which something had to be done."""
    return row.day < now and row.stake != "watch" and not row.repeats


def _told(row: DueRow, now: date) -> dict[str, object]:
    return {
        "day": row.day,
        "title": row.title,
        "provision": row.provision,
        "state": row.state,
        "late": row.state == "open" and is_late(row, now),
    }


def _benchmarks(state: State, terms: Terms) -> Iterator[dict[str, object]]:
    agreed = terms.governance.benchmarks if terms.governance else {}
    for key, benchmark in agreed.items():
        values = [r.value for r in state.readings if r.benchmark == key]
        said = f"{benchmark.target}, not measured yet"
        if values:
            found = SAID[verdict(benchmark.target, values)]
            said = f"{values[-1]} against {benchmark.target}: {found}"
        yield {
            "title": benchmark.title,
            "said": said,
            **_drawn(values, benchmark.target.value),
        }


def _drawn(values: Sequence[Decimal], target: Decimal) -> dict[str, object]:
    """Return the points of a line through the readings, and where the target lies."""
    if len(values) < 2:
        return {"points": "", "target_y": 0}
    low, high = min(*values, target), max(*values, target)
    span = (high - low) or Decimal(1)

    def y(value: Decimal) -> float:
        share = float((value - low) / span)
        return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)

    step = WIDTH / (len(values) - 1)
    points = " ".join(f"{round(i * step, 1)},{y(v)}" for i, v in enumerate(values))
    return {"points": points, "target_y": y(target)}
