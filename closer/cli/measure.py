"""`closer measure`: a reading against an agreed benchmark."""

from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NoReturn

import click

from closer.cli.keeping import REGISTER, TODAY, current, day, known, opened
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import signed_deal, write_entry
from closer.followup.readings import impossible, verdict
from closer.terms.kinds import Identifier
from closer.terms.model import Benchmark, Terms

SAID = {
    "met": "met",
    "missed": "MISSED: talk about it now, before it is a dispute",
    "worsening": "met, but worse each time: one more step like these misses it",
}


@click.command(
    "measure",
    epilog="Example: closer measure HOM-2026-014 on_time 92 --on 2026-10-05",
)
@click.argument("ref")
@click.argument("benchmark")
@click.argument("value")
@click.option("--on", "on", metavar="DATE", help="The day of the reading.")
@REGISTER
@TODAY
def command(
    ref: str,
    benchmark: str,
    value: str,
    on: str | None,
    register_path: str | None,
    today: str | None,
) -> None:
    """Enter a reading of a benchmark, and say whether it is met, or will be missed."""
    measured = _day(on, today)
    with opened(register_path) as register:
        state = known(ref, register)
        agreed = _benchmark(benchmark, signed_deal(state).agreed.terms)
        number = _number(value, agreed)
        data: dict[str, object] = {"benchmark": benchmark, "value": str(number)}
        head, _, _ = write_entry(register, ref, "measured", measured, data)
    values = [r.value for r in state.readings if r.benchmark == benchmark]
    said = SAID[verdict(agreed.target, [*values, number])]
    click.echo(f"{agreed.title}: {number} against {agreed.target}: {said}")
    click.echo(f"head {head[:12]}")


def _day(on: str | None, now: str | None) -> date:
    return day("--on", on) if on else current(now)


def _benchmark(name: str, terms: Terms) -> Benchmark:
    known_ones = terms.governance.benchmarks if terms.governance else {}
    found = known_ones.get(Identifier(name))
    if found is not None:
        return found
    return _unknown(name, list(known_ones))


def _unknown(name: str, known_ones: list[Identifier]) -> NoReturn:
    near = get_close_matches(name, known_ones, 1, cutoff=0.3)
    hint = f" Did you mean {near[0]}?" if near else ""
    listed = ", ".join(known_ones) or "none"
    stop(f"The deal has no benchmark {name}.{hint} It knows {listed}.", USAGE)


def _number(value: str, benchmark: Benchmark) -> Decimal:
    try:
        number = Decimal(value.strip().removesuffix("%").strip())
    except InvalidOperation:
        stop(f"{value} is no number. Write it like 92 or 92.5.", USAGE)
    if not number.is_finite() or impossible(benchmark.target, number):
        stop(f"{value} cannot be a reading of “{benchmark.title}”.", USAGE)
    return number
