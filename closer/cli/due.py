"""`closer due`: what is due over all deals, what costs a right first."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.output import USAGE, stop
from closer.register.rows import DueRow

STAKES = {"bar": "costs a right", "money": "money", "duty": "duties", "watch": "watch"}
A_MONTH = "30d"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("due", epilog="Example: closer due --within 60d")
@click.option(
    "--within",
    default=A_MONTH,
    show_default=True,
    metavar="DAYS",
    help="How far ahead: 30d, or 8w.",
)
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--party", metavar="ID", help="Only what this party owes.")
@click.option("--kind", metavar="KIND", help="Only entries of this kind.")
@click.option("--deal", metavar="REF", help="Only this deal.")
@click.option(
    "--by", type=click.Choice(["stake", "day"]), default="stake", show_default=True
)
@click.option("--brief", is_flag=True, help="One line each: no who and why.")
@click.option("--json", "json_", is_flag=True, help="Print the rows as data.")
@click.option("--ics", type=_FILE, metavar="FILE.ics", help="Write a calendar.")
@click.option("--mail", type=_FILE, metavar="FILE.eml", help="Write a digest.")
@click.option("--smtp", metavar="HOST[:PORT]", help="Send the digest.")
@click.option("--from", "sender", metavar="ADDRESS", help="Who sends the digest.")
@click.option("--to", "people", multiple=True, metavar="ADDRESS", help="Who gets it.")
@click.option("--force", is_flag=True, help="Replace files of other origin.")
@REGISTER
@TODAY
def command(
    *,
    within: str,
    by: str,
    register_path: str | None,
    today: str | None,
    overdue: bool,
    brief: bool,
    json_: bool,
    **asked: Any,  # noqa: ANN401 - the options that only some callers give
) -> None:
    """List what is due of every deal in the register.

    First what costs a right, then money, then duties, then what is only watched; each
    by day, with who, why, and what to give to `closer record` once it is done. Exit
    code 1 means that something is overdue. User and password for --smtp come from
    CLOSER_SMTP_USER and CLOSER_SMTP_PASSWORD, or from the keyring.
    """
    now = current(today)
    until = now - timedelta(1) if overdue else now + timedelta(_days(within))
    rows = _found(register_path, now, until, asked)
    late = {(r.ref, r.uid, r.day) for r in rows if is_late(r, now)}
    if asked["ics"] or asked["mail"] or asked["smtp"]:
        from closer.cli.sending import carried_out  # noqa: PLC0415 - mail and calendar

        carried_out((rows, frozenset(late), now, until), asked)
    elif json_:
        click.echo(json.dumps([_object(row, now) for row in rows], indent=2))
    else:
        click.echo(listed(rows, now, until, by=by, brief=brief))
    raise SystemExit(1 if late else 0)


def _found(
    register_path: str | None, now: date, until: date, asked: Mapping[str, Any]
) -> list[DueRow]:
    """Return the rows that were asked for; an unknown deal stops with the nearest."""
    party, kind, deal = asked["party"], asked["kind"], asked["deal"]
    with opened(register_path) as register:
        rows = [
            row
            for row in register.due(until, now)
            if (party is None or party in row.party.split(", "))
            and (kind is None or row.kind == kind)
            and (deal is None or row.ref == deal)
        ]
        if deal is not None and not rows:
            known(deal, register)
    return rows


def is_late(row: DueRow, now: date) -> bool:
    """Whether a day has passed on which something had to be done."""
    return row.day < now and row.stake != "watch" and not row.repeats


def _days(within: str) -> int:
    number, unit = within[:-1], within[-1:]
    if number.isdigit() and unit in ("d", "w") and int(number) < 100_000:
        return int(number) * (7 if unit == "w" else 1)
    stop(f"--within {within}: write days like 30d, or weeks like 8w.", USAGE)
    return None


def listed(
    rows: list[DueRow],
    now: date,
    until: date,
    *,
    by: str = "stake",
    brief: bool = False,
) -> str:
    """Return rows as a terminal shows them, what costs a right first."""
    if not rows:
        what = "Nothing is overdue" if until < now else f"Nothing is due until {until}"
        return f"{what}."
    if by == "day":
        return "\n".join(_lines(rows, now, "", brief=brief))
    parts = [
        "\n".join(_lines([r for r in rows if r.stake == s], now, heading, brief=brief))
        for s, heading in STAKES.items()
    ]
    return "\n".join(part for part in parts if part)


def _lines(
    rows: list[DueRow], now: date, heading: str, *, brief: bool
) -> Iterator[str]:
    """Yield rows under a heading; what is late in red."""
    if not rows:
        return
    if heading:
        yield f"\n{heading}"
    wide = min(max(len(row.ref) for row in rows), 24)
    for row in rows:
        provision = f"  [{row.provision}]" if row.provision else ""
        day = f"{row.day.isoformat()} {_WEEKDAYS[row.day.weekday()]}"
        late = is_late(row, now)
        said = f"  ({_days_late(row, now)})" if late else ""
        line = f"  {day}  {row.ref:{wide}}  {row.title}{provision}{said}"
        yield click.style(line, fg="red") if late else line
        if not brief:
            told = " · ".join(x for x in (row.party, to_record(row), row.reason) if x)
            yield click.style(f"{'':18}{'':{wide}}  {told}", dim=True)


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _days_late(row: DueRow, now: date) -> str:
    days = (now - row.day).days
    return f"{days} {'day' if days == 1 else 'days'} late"


def to_record(row: DueRow) -> str:
    """Return what to give to `closer record` when a row is done."""
    if row.kind == "reading":
        return f"measure {row.term.rpartition('.')[2]}"
    if row.kind in ("meeting", "end"):
        return ""
    if row.term == "duration.renewal":
        return "record renewed, or not-renewed"
    return f"record {row.term.removeprefix('milestones.').removesuffix('.met')}"


def _object(row: DueRow, now: date) -> dict[str, object]:
    return {
        "ref": row.ref,
        "uid": row.uid,
        "kind": row.kind,
        "stake": row.stake,
        "date": str(row.day),
        "overdue": is_late(row, now),
        "title": row.title,
        "party": row.party,
        "term": row.term,
        "provision": row.provision,
        "reason": row.reason,
    }
