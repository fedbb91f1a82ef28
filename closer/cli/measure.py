"""`closer measure`: a reading against an agreed benchmark or service level."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NoReturn

import click

from closer.cli.keeping import ANYWAY, ON, REGISTER, TODAY, known, on_day, opened
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import signed_deal, write_entry
from closer.followup.credits import credit_for
from closer.followup.readings import impossible, verdict
from closer.terms.model import Benchmark, Terms
from closer.terms.protection import ServiceLevel

SAID = {
    "met": "met",
    "missed": "MISSED: talk about it now, before it is a dispute",
    "worsening": "met, but worse each time: one more step like these misses it",
}
LEVELS = "service_levels."
"""What stands before the id of a service level, in the journal."""

Measured = Benchmark | ServiceLevel


@click.command(
    "measure",
    epilog="Example: closer measure HOM-2026-014 on_time 92 --on 2026-10-05",
)
@click.argument("ref")
@click.argument("benchmark")
@click.argument("value")
@ON
@ANYWAY
@REGISTER
@TODAY
def command(
    ref: str,
    benchmark: str,
    value: str,
    on: str | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Enter a reading of a benchmark or service level, and say whether it is met.

    A miss is said at once, and so is a target that is still met but worse at each of
    the last three readings, if one more such step would miss it. Where a credit was
    agreed for a missed service level, the credit that falls due is said and entered.
    """
    with opened(register_path) as register:
        state = known(ref, register)
        measured = on_day(on, today, state, force=force)
        terms = signed_deal(state).agreed.terms
        key, agreed = _benchmark(benchmark, terms)
        number = _number(value, agreed)
        data: dict[str, object] = {"benchmark": key, "value": str(number)}
        credit = None
        if isinstance(agreed, ServiceLevel):
            credit = credit_for(agreed, number, terms, measured)
        if credit is not None:
            data["credit"] = credit.plain()
        head, _, _ = write_entry(register, ref, "measured", measured, data)
    values = [r.value for r in state.readings if r.benchmark == key]
    said = SAID[verdict(agreed.target, [*values, number])]
    click.echo(f"{title_of(agreed)}: {number} against {agreed.target}: {said}")
    if credit is not None:
        click.echo(f"  {told(credit.plain())}")
    click.echo(f"head {head[:12]}")


def title_of(agreed: Measured) -> str:
    """Return what is measured, in the words of the deal."""
    return str(agreed.measure if isinstance(agreed, ServiceLevel) else agreed.title)


def measured_of(terms: Terms) -> dict[str, Measured]:
    """Return what a deal measures, by the name that the journal has for it."""
    found: dict[str, Measured] = {}
    if terms.governance is not None:
        found |= {str(key): each for key, each in terms.governance.benchmarks.items()}
    levels = terms.service_levels.items()
    return found | {f"{LEVELS}{key}": level for key, level in levels}


def told(credit: Mapping[str, str]) -> str:
    """Say what falls due: `credit: 10% of the monthly fee, USD 240.00`."""
    share = f"{credit['share']} of {credit['of']}" if "share" in credit else ""
    parts = [part for part in (share, credit.get("sum", "")) if part]
    said = (
        f"credit due: {', '.join(parts)}"
        if parts
        else (f"a credit falls due, to be worked out by hand: {credit['words']}")
    )
    if "capped" in credit:
        said += " (the most that was agreed)"
    if "claim_by" in credit:
        said += f"; it lapses unless claimed by {credit['claim_by']}"
    return said


def _benchmark(name: str, terms: Terms) -> tuple[str, Measured]:
    known_ones = measured_of(terms)
    for key in (name, f"{LEVELS}{name}"):
        if key in known_ones:
            return key, known_ones[key]
    return _unknown(name, [key.removeprefix(LEVELS) for key in known_ones])


def _unknown(name: str, known_ones: list[str]) -> NoReturn:
    near = get_close_matches(name, known_ones, 1, cutoff=0.3)
    hint = f" Did you mean {near[0]}?" if near else ""
    listed = ", ".join(known_ones) or "none"
    stop(f"The deal has no benchmark {name}.{hint} It knows {listed}.", USAGE)


def _number(value: str, agreed: Measured) -> Decimal:
    try:
        number = Decimal(value.strip().removesuffix("%").strip())
    except InvalidOperation:
        stop(f"{value} is no number. Write it like 92 or 92.5.", USAGE)
    if not number.is_finite() or impossible(agreed.target, number):
        stop(f"{value} cannot be a reading of “{title_of(agreed)}”.", USAGE)
    return number
