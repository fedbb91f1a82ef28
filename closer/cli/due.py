"""`closer due`: what is due over all deals, what costs a right first."""

import json
from datetime import date, timedelta

import click

from closer.cli.keeping import REGISTER, TODAY, current, opened
from closer.register.store import DueRow

STAKES = {"bar": "costs a right", "money": "money", "duty": "duties", "watch": "watch"}
A_MONTH = "30d"


@click.command("due", epilog="Example: closer due --within 60d")
@click.option("--within", default=A_MONTH, show_default=True, metavar="30d")
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--party", metavar="ID", help="Only what this party owes.")
@click.option("--kind", metavar="KIND", help="Only entries of this kind.")
@click.option("--deal", metavar="REF", help="Only this deal.")
@click.option("--by", type=click.Choice(["stake", "day"]), default="stake")
@click.option("--json", "json_", is_flag=True, help="Print the rows as data.")
@REGISTER
@TODAY
def command(
    within: str,
    party: str | None,
    kind: str | None,
    deal: str | None,
    by: str,
    register_path: str | None,
    today: str | None,
    *,
    overdue: bool,
    json_: bool,
) -> None:
    """List what is due of every deal in the register.

    First what costs a right, then money, then duties, then what is only watched; each
    by day. Exit code 1 means that something is overdue.
    """
    now = current(today)
    until = now - timedelta(1) if overdue else now + timedelta(_days(within))
    with opened(register_path) as register:
        rows = register.due(until)
    rows = [
        row
        for row in rows
        if not (row.repeats and row.day < now)
        and (party is None or party in row.party.split(", "))
        and (kind is None or row.kind == kind)
        and (deal is None or row.ref == deal)
    ]
    if json_:
        click.echo(json.dumps([_object(row, now) for row in rows], indent=2))
    elif by == "day":
        _print(rows, now)
    else:
        for stake, heading in STAKES.items():
            _print([row for row in rows if row.stake == stake], now, heading)
    raise SystemExit(1 if any(_late(row, now) for row in rows) else 0)


def _days(within: str) -> int:
    number = within.removesuffix("d")
    if not number.isdigit():
        raise click.BadParameter(f"{within}: write days like 30d.")
    return int(number)


def _late(row: DueRow, now: date) -> bool:
    return row.day < now and row.stake != "watch" and not row.repeats


def _print(rows: list[DueRow], now: date, heading: str = "") -> None:
    """Print rows under a heading: in one write, for there may be thousands."""
    if not rows:
        return
    lines = [f"\n{heading}"] if heading else []
    for row in rows:
        provision = f"  [{row.provision}]" if row.provision else ""
        day = f"{row.day.isoformat()} {_WEEKDAYS[row.day.weekday()]}"
        line = f"  {day}  {row.ref:14}  {row.title}{provision}"
        lines.append(click.style(line, fg="red") if _late(row, now) else line)
    click.echo("\n".join(lines))


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _object(row: DueRow, now: date) -> dict[str, object]:
    return {
        "ref": row.ref,
        "uid": row.uid,
        "kind": row.kind,
        "stake": row.stake,
        "date": str(row.day),
        "overdue": _late(row, now),
        "title": row.title,
        "party": row.party,
        "term": row.term,
        "provision": row.provision,
        "reason": row.reason,
    }
