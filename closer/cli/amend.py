"""`closer amend`: the amendment, computed, when circumstances change."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    Stage,
    accepted,
    properties,
    read_deal,
    read_library,
)
from closer.cli.instrument import (
    Amending,
    completion_totals,
    gathered,
    given,
    moves,
    price_total,
)
from closer.cli.output import LIBRARY, USAGE, report, stop, write
from closer.cli.schedule import follow_up
from closer.drafting.amendment import amendment
from closer.drafting.conformed import omitted_words
from closer.drafting.document import Document
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.formats import ical, word
from closer.formats.reasons import Reasons, reasons
from closer.library.instruments import Instrument, load_instrument, load_reasons
from closer.library.loading import Library
from closer.terms.changes import terms_text
from closer.terms.moments import Facts


@click.command(
    "amend",
    epilog="Example: closer amend agreed.yaml change-1.yaml -o amendment/",
)
@TERMS
@click.option(
    "-o",
    "--out",
    default=".",
    show_default="this folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for the files.",
)
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...], out: Path, library_folder: Path | None, *, force: bool
) -> None:
    """Compute the amendment that effects the last CHANGE, and what follows from it.

    Writes amendment-N.docx, terms-N.yaml, schedule-N.ics and reasons-N.md, all or
    none; N counts the amendments of the deal. CHANGEs before the last are taken as
    already signed.
    """
    if len(files) < 2:
        stop("An amendment needs a change: closer amend TERMS CHANGE.", USAGE)
    deal = read_deal(files)
    library = read_library(library_folder)
    made = outcome(deal, accepted(deal, library), library)
    out.mkdir(parents=True, exist_ok=True)
    write({out / name: content for name, content in made.items()}, force=force)


def outcome(
    deal: Deal, stages: tuple[Stage, ...], library: Library
) -> dict[str, bytes]:
    """Return the files that an amendment consists of, by name."""
    earlier = deal._replace(chain=deal.chain[:-1], changes=deal.changes[:-1])
    revised = follow_up(deal, stages, library, Facts())
    amending = Amending(
        deal=deal,
        library=library,
        instrument=_instrument(),
        stages=stages,
        schedules=(follow_up(earlier, stages[:-1], library, Facts()), revised),
    )
    number = deal.number
    document = _document(amending)
    house = folders.shipped("templates") / "word" / "house.docx"
    return {
        f"amendment-{number}.docx": word.write(document, house, cache=folders.cache()),
        f"terms-{number}.yaml": terms_text(deal.agreed).encode(),
        f"schedule-{number}.ics": ical.write(revised),
        f"reasons-{number}.md": _reasons(amending, document.title).encode(),
    }


def _instrument() -> Instrument:
    instrument, problems = load_instrument(folders.shipped("templates"))
    if instrument is None:
        report(problems, code=LIBRARY)
        stop("The wording of amendments cannot be read.", LIBRARY)
    return instrument


def _document(amending: Amending) -> Document:
    terms, library = amending.after.agreed.terms, amending.library
    contract = library.types[terms.contract]
    roles, by_name = roles_of(terms, contract), not contract.roles
    return amendment(
        amending.before.text,
        amending.after.draft.document,
        gathered(amending, properties(amending.after.agreed, library)),
        instrument=amending.instrument,
        phrases=Phrases(library.phrases, terms, roles, by_name=by_name),
        omitted=omitted_words(library.phrases, terms.language),
    )


def _reasons(amending: Amending, title: str) -> str:
    wording, problems = load_reasons(folders.shipped("templates"))
    if wording is None:
        report(problems, code=LIBRARY)
        stop("The wording of reasons cannot be read.", LIBRARY)
    terms = amending.after.agreed.terms
    told = Reasons(
        title=title,
        reference=terms.reference,
        effective=amending.change.effective,
        relief=given(amending),
        moves=moves(amending),
        price=price_total(amending),
        completion=completion_totals(amending),
    )
    return reasons(told, wording)
