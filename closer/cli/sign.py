"""`closer sign`: enter a signed deal, or a signed amendment, in the register."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import msgspec

from closer.cli.deal import (
    TERMS,
    Deal,
    accepted,
    drafted,
    read_deal,
    read_library,
    text_of,
)
from closer.cli.happened import given_up
from closer.cli.keeping import REGISTER, TODAY, current, day, known, opened
from closer.cli.output import FOUND, USAGE, stop
from closer.cli.reckoning import write_entry
from closer.cli.signed import lists_of, model_of, signed_document
from closer.library.loading import Library
from closer.register.folding import folded
from closer.register.journal import Kind
from closer.register.store import Register
from closer.terms.checks import open_points
from closer.terms.digest import digest, short
from closer.terms.reading import Agreed


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

    With CHANGEs, the last one is entered as a signed amendment; a waiver as the letter
    of the party that signed it. From then on the deal changes by amendment alone; what
    is due of it is listed by `closer due`.
    """
    deal = read_deal(files, letters=("waiver",))
    library = read_library()
    signed = _day(on, today)
    with opened(register_path) as register, register.writing():
        ref, kind = deal.agreed.terms.reference, _kind(deal)
        if kind == "waived":
            data = _waiver(register, deal)
        else:
            data = _signing(register, deal, library, despite)
            more, kept = entry_data(register, deal, library, signed, copy)
            data |= more
            register.keep(kept)
        data |= {"name": files[-1].name, "text": text_of(files[-1])}
        head, _, _ = write_entry(
            register, ref, kind, signed, data | _copy(copy), library
        )
    click.echo(f"{ref} signed on {signed}; head {head[:12]}")


def _day(on: str, now: str | None) -> date:
    signed = day("--on", on)
    if signed > current(now):
        stop(f"--on {on} lies after today. A deal is entered once it is signed.", USAGE)
    return signed


def _kind(deal: Deal) -> Kind:
    if deal.letter is not None:
        return "waived"
    return "amended" if deal.changes else "signed"


def _signing(
    register: Register, deal: Deal, library: Library, despite: str | None
) -> dict[str, object]:
    if deal.changes:
        return _amendment(register, deal, library)
    return _deal(register, deal, library, despite)


def _deal(
    register: Register, deal: Deal, library: Library, despite: str | None
) -> dict[str, object]:
    terms = deal.agreed.terms
    if folded(terms.reference, register.journal(terms.reference)).signed:
        stop(
            f"{terms.reference} is signed already; changes go by `closer amend` and "
            "`closer sign TERMS CHANGE`.",
            FOUND,
        )
    accepted(deal, library)
    points = [str(point) for point in open_points(terms, digest(deal.agreed))]
    if points and not despite:
        lines = "\n".join(f"  {point}" for point in points)
        stop(f"These points are open:\n{lines}\nSettle them, or add --despite.", FOUND)
    return {"despite": despite, "open": points} if despite else {}


def _amendment(register: Register, deal: Deal, library: Library) -> dict[str, object]:
    _as_entered(register, deal.agreed.terms.reference, deal.chain[:-1])
    accepted(deal, library)
    return {}


def _waiver(register: Register, deal: Deal) -> dict[str, object]:
    _as_entered(register, deal.agreed.terms.reference, deal.chain)
    return {"waives": msgspec.to_builtins(given_up(deal.waivers[-1]))}


def _as_entered(register: Register, ref: str, chain: Sequence[Agreed]) -> None:
    """Stop where files are not those by which the register has the deal."""
    state = known(ref, register)
    entered = [state.signed, *state.amendments]
    mine = [short(digest(agreed)) for agreed in chain]
    theirs = [short(each.digest) for each in entered if each]
    if mine != theirs:
        stop(
            f"The register has {ref} as {', '.join(theirs)}; the files before the last "
            f"one are {', '.join(mine)}. Give the terms and every earlier change as "
            "they were signed.",
            FOUND,
        )


def entry_data(
    register: Register,
    deal: Deal,
    library: Library,
    signed: date,
    copy: Path | None = None,
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what the journal holds of a signing, and what is kept beside it."""
    digest_of_model, kept = _model(register, deal, library, copy)
    years = range(signed.year - 1, signed.year + _YEARS)
    data: dict[str, object] = {
        "digest": digest(deal.agreed),
        "model": digest_of_model,
        "library": library.digest,
        "holidays": lists_of(deal.agreed.terms, years),
    }
    return data, kept


_YEARS = 11
"""Years of holidays that are kept: what reaches further is looked up then."""


def _model(
    register: Register, deal: Deal, library: Library, copy: Path | None
) -> tuple[str, dict[str, str]]:
    """Return the model of what was signed: the signed copy's own, if it carries one."""
    if copy is not None:
        from closer.formats import stored  # noqa: PLC0415 - only for a copy

        found = stored.read(copy.read_bytes())
        if isinstance(found, stored.Stored) and found.document and not deal.changes:
            return model_of(found.document)
    ref = deal.agreed.terms.reference
    before = signed_document(register, folded(ref, register.journal(ref)).signed)
    return model_of(list(drafted(deal, library, before))[-1].text)


def _copy(copy: Path | None) -> dict[str, object]:
    if copy is None:
        return {}
    content = copy.read_bytes()
    return {"copy": copy.name, "copy_sha256": hashlib.sha256(content).hexdigest()}
