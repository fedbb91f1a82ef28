"""`closer sign`: enter a signed deal, or a signed amendment, in the register."""

import hashlib
from datetime import date
from pathlib import Path

import click

from closer.cli.deal import TERMS, Deal, read_deal, text_of
from closer.cli.keeping import REGISTER, TODAY, current, day, known, opened
from closer.cli.output import FOUND, USAGE, stop
from closer.cli.reckoning import write_entry
from closer.register.store import Register
from closer.terms.checks import open_points
from closer.terms.digest import digest, short


@click.command(
    "sign",
    epilog="Example: closer sign agreed.yaml --on 2026-07-31 --copy signed.docx",
)
@TERMS
@click.option("--on", "on", required=True, metavar="DATE", help="The last signature.")
@click.option(
    "--copy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="SIGNED.docx",
    help="The file that was signed; its digest is kept.",
)
@click.option("--despite", metavar="REASON", help="Sign with open points, and say why.")
@REGISTER
@TODAY
def command(
    files: tuple[Path, ...],
    on: str,
    copy: Path | None,
    despite: str | None,
    register_path: str | None,
    today: str | None,
) -> None:
    """Enter a deal in the register from the day on which it was signed.

    With CHANGEs, the last one is entered as a signed amendment. From then on the deal
    changes by amendment alone; what is due of it is listed by `closer due`.
    """
    deal = read_deal(files)
    signed = _day(on, today)
    with opened(register_path) as register:
        if deal.changes:
            head = _amendment(register, deal, files, signed, copy)
        else:
            head = _deal(register, deal, files[0], signed, copy, despite)
    ref = deal.agreed.terms.reference
    click.echo(f"{ref} signed on {signed}; head {head[:12]}")


def _day(on: str, now: str | None) -> date:
    signed = day("--on", on)
    if signed > current(now):
        stop(f"--on {on} lies after today. A deal is entered once it is signed.", USAGE)
    return signed


def _deal(
    register: Register,
    deal: Deal,
    file: Path,
    signed: date,
    copy: Path | None,
    despite: str | None,
) -> str:
    terms = deal.agreed.terms
    if register.journal(terms.reference):
        stop(
            f"{terms.reference} is signed already; changes go by `closer amend` and "
            "`closer sign TERMS CHANGE`.",
            FOUND,
        )
    points = [str(point) for point in open_points(terms, digest(deal.agreed))]
    if points and not despite:
        lines = "\n".join(f"  {point}" for point in points)
        stop(f"These points are open:\n{lines}\nSettle them, or add --despite.", FOUND)
    data = {**_kept(file, deal), **_copy(copy)}
    if despite:
        data |= {"despite": despite, "open": points}
    head, _, _ = write_entry(register, terms.reference, "signed", signed, data)
    return head


def _amendment(
    register: Register,
    deal: Deal,
    files: tuple[Path, ...],
    signed: date,
    copy: Path | None,
) -> str:
    ref = deal.agreed.terms.reference
    state = known(ref, register)
    entered = [state.signed, *state.amendments]
    mine = [short(digest(agreed)) for agreed in deal.chain[:-1]]
    theirs = [short(each.digest) for each in entered if each]
    if mine != theirs:
        stop(
            f"The register has {ref} as {', '.join(theirs)}; the files before the last "
            f"change are {', '.join(mine)}. Give the terms and every earlier change as "
            "they were signed.",
            FOUND,
        )
    data = {**_kept(files[-1], deal), **_copy(copy)}
    head, _, _ = write_entry(register, ref, "amended", signed, data)
    return head


def _kept(file: Path, deal: Deal) -> dict[str, object]:
    return {"name": file.name, "text": text_of(file), "digest": digest(deal.agreed)}


def _copy(copy: Path | None) -> dict[str, object]:
    if copy is None:
        return {}
    content = copy.read_bytes()
    return {"copy": copy.name, "copy_sha256": hashlib.sha256(content).hexdigest()}
