"""`closer amend`: the amendment, computed, when circumstances change."""

from collections.abc import Iterator
from pathlib import Path

import click
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import (
    AUTHOR,
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    Stage,
    accepted,
    drafted,
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
from closer.cli.output import LIBRARY, USAGE, make_folder, report, stop, write
from closer.cli.reading import SIGNED, Copies, on_day, signed_text
from closer.cli.schedule import follow_up
from closer.drafting.amendment import amendment
from closer.drafting.comparison import compare
from closer.drafting.conformed import omitted_words
from closer.drafting.document import Document
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.formats import ical, word
from closer.formats.reasons import Reasons, reasons
from closer.formats.redline import redline
from closer.formats.revisions import Author
from closer.library.instruments import Instrument, load_instrument, load_reasons
from closer.library.loading import Library
from closer.problems import Problem
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
@SIGNED
@AUTHOR
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    out: Path,
    signed_copy: Path | None,
    author: str,
    library_folder: Path | None,
    *,
    force: bool,
) -> None:
    """Compute the amendment that effects the last CHANGE, and what follows from it.

    Writes amendment-N.docx, redline-N.docx, conformed-N.docx, terms-N.yaml,
    schedule-N.ics and reasons-N.md, all or none; N counts the amendments of the deal.
    CHANGEs before the last are taken as already signed.
    """
    if len(files) < 2:
        stop("An amendment needs a change: closer amend TERMS CHANGE.", USAGE)
    deal = read_deal(files)
    library = read_library(library_folder)
    signed = signed_text(signed_copy, deal.chain[0])
    stages = accepted(deal, library, signed)
    report(says_nothing(deal, stages))
    made = outcome(deal, stages, library, signed=signed, author=author)
    make_folder(out)
    write({out / name: content for name, content in made.items()}, force=force)


def says_nothing(deal: Deal, stages: tuple[Stage, ...]) -> Iterator[Problem]:
    """Yield a problem if the last change leaves every word of the contract as it is."""
    differences = compare(stages[-2].text, stages[-1].text)
    if any(each.part != "signature" for each in differences):
        return
    change = deal.changes[-1]
    why = "An amendment that changes no word of the contract has nothing to say."
    what, remedy = (
        "This leaves every word of the contract as it is.",
        "Leave it out, or change what the contract prints.",
    )
    if all(path.partition(".")[0] == "follow_up" for path in change.changes):
        what = "Only the calendar changes here: `follow_up` is no part of the contract."
        remedy = (
            "Change it in the terms themselves, which need no amendment for it; or "
            "write the calendar with `closer schedule TERMS CHANGE -o FILE.ics`."
        )
    where = change.source.place("changes")
    yield Problem("F36", where, "changes", what, why, remedy)


def outcome(
    deal: Deal,
    stages: tuple[Stage, ...],
    library: Library,
    *,
    signed: Document | None = None,
    author: str = "closer",
) -> dict[str, bytes]:
    """Return the files that an amendment consists of, by name."""
    earlier = deal._replace(chain=deal.chain[:-1], changes=deal.changes[:-1])
    revised = follow_up(deal, stages, library, Facts())
    effective = deal.changes[-1].effective
    read = on_day(deal, effective)
    texts = stages
    if read.deal is not deal:
        texts = tuple(drafted(read.deal, library, signed))
    amending = Amending(
        deal=deal,
        library=library,
        instrument=the_instrument(),
        stages=texts,
        schedules=(follow_up(earlier, stages[:-1], library, Facts()), revised),
    )
    number, house = deal.number, folders.shipped("templates") / "word" / "house.docx"
    document, cache = _document(amending), folders.cache()
    copies = Copies(library, amending.instrument, texts, read, house.parents[1])
    by = Author(author, f"{effective}T00:00:00Z")
    marked = copies.marked(effective)
    final = replace(texts[0].text, draft=False, open_points=())
    return {
        f"amendment-{number}.docx": word.write(document, house, cache=cache),
        f"redline-{number}.docx": redline(final, marked, house, by, cache=cache),
        f"conformed-{number}.docx": word.write(
            copies.conformed(effective), house, cache=cache
        ),
        f"terms-{number}.yaml": terms_text(deal.agreed).encode(),
        f"schedule-{number}.ics": ical.write(revised),
        f"reasons-{number}.md": _reasons(amending, document.title).encode(),
    }


def the_instrument() -> Instrument:
    """Return the wording of amendments; a broken one ends the command."""
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
        amending.after.fresh,
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
