"""The report as one page that needs nothing else: deals in, plain values out.

Every word of the page stands in its template; what of it is a deal's is data there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from closer.formats.filled_pages import page
from closer.formats.tracks import Track, line, short, track
from closer.register.rows import DueRow
from closer.register.standing import Measure, Payment, Standing
from closer.terms.days import readable
from closer.terms.values import WEEKDAYS, Money

_ROWS, _WINDOWS, _LATELY = 10, 6, 6
_PAID, _AHEAD = 4, 4
_SHOWN = ("bar", "money", "duty")


def report_page(deals: Sequence[Standing], today: date, folder: Path) -> bytes:
    """Return the page of some deals on a day, in UTF-8."""
    shown = track(today)
    values = {
        "today": readable(today),
        "iso": str(today),
        "late": sum(len(deal.late) for deal in deals),
        "issues": sum(len(deal.issues) for deal in deals),
        "next_window": _next(deals, today),
        "overdue": _sums(deals, "overdue"),
        "soon": _soon(deals, today),
        "months": shown.months(),
        "now": shown.at(today),
        "deals": [
            _deal(deal, place, shown, today) for place, deal in enumerate(deals, 1)
        ],
    }
    return page(folder / "report.html", values).encode()


def _deal(
    deal: Standing, place: int, shown: Track, today: date
) -> Mapping[str, object]:
    open_rows = [*deal.late, *deal.coming]
    return {
        "id": f"deal-{place}",
        "ref": deal.ref,
        "title": deal.title,
        "parties": deal.parties,
        "signed": short(deal.signed) if deal.signed else "",
        "amendments": deal.amendments,
        "ended": short(deal.ended) if deal.ended else "",
        "stays": short(deal.stays) if deal.stays else "",
        "ends": short(deal.ends) if deal.ends else "",
        "head": deal.head,
        "late": len(deal.late),
        "next": _row(deal.coming[0], today) if deal.coming else None,
        "rows": [_row(row, today) for row in open_rows[: len(deal.late) + _ROWS]],
        "more": max(len(open_rows) - len(deal.late) - _ROWS, 0),
        "windows": [_row(row, today) for row in deal.windows[:_WINDOWS]],
        "marks": _marks(deal.days, shown, today),
        "payments": _payments(deal.payments),
        "left_out": len(deal.payments) - len(_payments(deal.payments)),
        "paid": _told(deal.money("paid")),
        "overdue": _told(deal.money("overdue")),
        "due": _told(deal.money("due")),
        "expected": _told(deal.money("expected")),
        "measures": [_measure(one) for one in deal.measures],
        "issues": deal.issues,
        "lately": [
            {"day": short(entry.on), "kind": entry.kind, "said": said, "who": entry.who}
            for entry, said in deal.happened[: -_LATELY - 1 : -1]
        ],
    }


def _row(row: DueRow, today: date) -> Mapping[str, object]:
    days = (row.day - today).days
    return {
        "day": short(row.day),
        "iso": str(row.day),
        "weekday": WEEKDAYS[row.day.weekday()],
        "days": abs(days),
        "late": days < 0 and row.stake != "watch" and not row.repeats,
        "ahead": days,
        "title": row.title,
        "party": row.party,
        "provision": row.provision,
        "reason": row.reason,
        "stake": row.stake,
    }


def _marks(
    rows: Sequence[DueRow], shown: Track, today: date
) -> list[Mapping[str, object]]:
    """Return what is drawn on the track of a deal: what comes once and costs something.

    What is overdue from before the track stands at its left end.
    """
    marks: list[Mapping[str, object]] = []
    for row in rows:
        late = row.state == "open" and row.day < today
        if row.stake not in _SHOWN or row.day >= shown.last:
            continue
        if row.day < shown.first and not late:
            continue
        marks.append(
            {
                "at": shown.at(max(row.day, shown.first)),
                "stake": row.stake,
                "state": "late" if late else row.state,
                "said": f"{row.day}: {row.title}",
            }
        )
    return marks


def _payments(payments: Sequence[Payment]) -> list[Mapping[str, object]]:
    """Return every overdue payment, the last that were made and the next to come."""
    paid = [p for p in payments if p.state == "paid"][-_PAID:]
    late = [p for p in payments if p.state == "overdue"]
    ahead = [p for p in payments if p.state in ("due", "expected")][:_AHEAD]
    return [
        {
            "title": one.title,
            "day": short(one.day),
            "iso": str(one.day),
            "state": one.state,
            "paid": short(one.paid) if one.paid else "",
            "sum": _money(one.sum) if one.sum else "",
        }
        for one in sorted([*paid, *late, *ahead], key=lambda p: p.day)
    ]


def _measure(one: Measure) -> Mapping[str, object]:
    readings = [
        (r.on, r.value, missed)
        for r, missed in zip(one.readings, one.missed, strict=True)
    ]
    least = one.target.bound == "at least"
    return {
        "title": one.title,
        "target": str(one.target),
        "verdict": one.verdict,
        "said": one.said,
        "line": line(readings, one.target.value, least=least) if readings else None,
        "readings": [
            {"day": short(on), "iso": str(on), "value": f"{value:f}", "missed": missed}
            for on, value, missed in reversed(readings)
        ],
        "credits": [{"day": short(day), "said": said} for day, said in one.credits],
    }


def _money(money: Money) -> str:
    return f"{money.currency}\u00a0{money.amount:,}"


def _told(sums: Sequence[Money]) -> str:
    return " + ".join(map(_money, sums))


def _sums(deals: Sequence[Standing], state: str) -> str:
    return _told(_added(money for deal in deals for money in deal.money(state)))


def _soon(deals: Sequence[Standing], today: date) -> str:
    """Return what is to be paid within thirty days, over all deals."""
    due = (
        one.sum
        for deal in deals
        for one in deal.payments
        if one.state == "due" and one.sum and 0 <= (one.day - today).days <= 30
    )
    return _told(_added(due))


def _added(sums: Iterable[Money]) -> list[Money]:
    found: dict[str, Money] = {}
    for one in sums:
        before = found.get(one.currency)
        total = one.amount + (before.amount if before else 0)
        found[one.currency] = Money(one.currency, total)
    return list(found.values())


def _next(deals: Sequence[Standing], today: date) -> Mapping[str, object] | None:
    """Return the next last day that costs a right, over all deals."""
    rows = [row for deal in deals for row in deal.windows if row.stake == "bar"]
    first = min(rows, key=lambda row: row.day, default=None)
    return {**_row(first, today), "ref": first.ref} if first else None
