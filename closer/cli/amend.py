"""`closer amend`: the amendment, computed, when circumstances change."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from msgspec import structs
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import (
    AUTHOR,
    FORCE,
    LIBRARY_OPTION,
    Deal,
    Stage,
    accepted,
    drafted,
    instrument_of,
    properties,
    read_deal,
    read_library,
    text_of,
)
from closer.cli.instrument import (
    Amending,
    completion_totals,
    gathered,
    given,
    moves,
    orders_alone,
    price_total,
)
from closer.cli.keeping import REGISTER
from closer.cli.letters import signatory_notice, written_letter
from closer.cli.output import (
    FOUND,
    LIBRARY,
    USAGE,
    as_json,
    make_folder,
    report,
    stop,
    table,
    write,
)
from closer.cli.reading import SIGNED, Copies, OnDay, on_day, signed_text
from closer.cli.schedule import follow_up
from closer.drafting.amendment import amendment
from closer.drafting.comparison import compare
from closer.drafting.conformed import omitted_words
from closer.drafting.document import Document
from closer.drafting.restating import restated
from closer.formats import ical, word
from closer.formats.authors import Author
from closer.formats.reasons import Reasons, reasons
from closer.formats.redline import redline
from closer.library.instruments import Instrument, load_instrument, load_reasons
from closer.library.loading import Library
from closer.problems import Problem
from closer.terms.changes import terms_text
from closer.terms.instruments import KINDS, TERMLESS
from closer.terms.moments import Facts
from closer.terms.record import Kind


class Making(NamedTuple):
    """What every deal of a folder is amended with, and where it goes."""

    change: str
    library: Library
    author: str
    out: Path
    force: bool
    register: str | None


@click.command(
    "amend",
    epilog="Example: closer amend agreed.yaml change-1.yaml -o amendment/",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="TERMS CHANGE... | --all CHANGE DIR",
    type=click.Path(path_type=Path),
)
@click.option(
    "--all",
    "change",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="CHANGE",
    help="Make this change in every deal of the folder DIR; OUT gets one for each.",
)
@click.option("--json", "json_", is_flag=True, help="With --all: the table as data.")
@click.option(
    "-o",
    "--out",
    default=".",
    show_default="this folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for the files.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="The instrument; else it follows from what the change holds.",
)
@SIGNED
@REGISTER
@AUTHOR
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    change: Path | None,
    out: Path,
    kind: Kind | None,
    *,
    signed_copy: Path | None,
    register_path: str | None,
    author: str,
    library_folder: Path | None,
    json_: bool,
    force: bool,
) -> None:
    """Compute the amendment that effects the last CHANGE, and what follows from it.

    Writes amendment-N.docx, redline-N.docx, conformed-N.docx, terms-N.yaml,
    schedule-N.ics and reasons-N.md, all or none; N counts the amendments of the deal.
    CHANGEs before the last are taken as already signed. With --all, a CHANGE that says
    `amends: all` is made in every deal of a folder; what broke off goes on.
    """
    library = read_library(library_folder)
    if change is not None:
        text = text_of(change)
        making = Making(text, library, author, out, force, register_path)
        _in_all(files, change, making, json_=json_)
        return
    if len(files) < 2:
        stop("An amendment needs a change: closer amend TERMS CHANGE.", USAGE)
    deal = read_deal(files, kind, letters=TERMLESS)
    signed = signed_text(signed_copy, deal.chain[0], register_path)
    stages = accepted(deal, library, signed)
    if deal.letter is None:
        report(says_nothing(deal, stages))
        made = outcome(deal, stages, library, signed=signed, author=author)
        _offer_to_restate(deal)
    else:
        made = letter_files(deal, stages, library)
    make_folder(out)
    write({out / name: content for name, content in made.items()}, force=force)


def _in_all(
    files: tuple[Path, ...], change: Path, making: Making, *, json_: bool
) -> None:
    """Make a change in every deal of a folder, and tell what became of each."""
    from closer.cli import together  # noqa: PLC0415 - seldom wanted

    if len(files) != 1:
        stop("Give one folder of deals: closer amend --all CHANGE DIR -o OUT.", USAGE)
    told = together.amend_all(files[0], change, making)
    page = together.as_markdown(told, change).encode()
    write({making.out / "summary.md": page}, force=making.force, quiet=json_)
    if json_:
        as_json([structs.asdict(each) for each in told])
    else:
        heads = ("deal", "reference", "result", "instrument", "why")
        table([heads, *(together.row(each) for each in told)])
    if any(each.result == "refused" for each in told):
        sys.exit(FOUND)


_MANY = 3
"""After how many instruments a contract is hard to read beside them."""


def _offer_to_restate(deal: Deal) -> None:
    kinds = [each.kind for each in deal.named]
    since = kinds[::-1].index("restatement") if "restatement" in kinds else len(kinds)
    if since >= _MANY:
        click.echo(
            f"{since} instruments stand beside the contract's own text by now. "
            "--as restatement sets the contract out whole, with one text to read.",
            err=True,
        )


def letter_files(
    deal: Deal, stages: tuple[Stage, ...], library: Library
) -> dict[str, bytes]:
    """Return the file of a letter that changes no term, by its name."""
    change = deal.letter
    if change is None:
        message = "the last file is no letter"
        raise TypeError(message)
    kind = instrument_of(deal.agreed, change)
    document, _ = written_letter(deal, stages, library, the_instrument(kind))
    name = f"{kind}-{change.effective}.docx"
    return {name: word.write(document, style("letter"), cache=folders.cache())}


def says_nothing(deal: Deal, stages: tuple[Stage, ...]) -> Iterator[Problem]:
    """Yield a problem if the last change leaves every word of the contract as it is."""
    differences = compare(stages[-2].text, stages[-1].text)
    if deal.named[-1].kind == "signatory-notice":
        return
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
    effective, kind = deal.changes[-1].effective, deal.named[-1].kind
    read = on_day(deal, effective)
    texts = stages
    if read.deal is not deal:
        texts = tuple(drafted(read.deal, library, signed))
    amending = Amending(
        deal=deal,
        library=library,
        instrument=the_instrument(kind),
        stages=texts,
        schedules=(follow_up(earlier, stages[:-1], library, Facts()), revised),
    )
    number = deal.number
    follows = {
        f"terms-{number}.yaml": terms_text(deal.agreed).encode(),
        f"schedule-{number}.ics": ical.write(revised),
    }
    if kind == "signatory-notice":
        told = word.write(
            signatory_notice(amending), style("letter"), cache=folders.cache()
        )
        return {f"{kind}-{number}.docx": told, **follows}
    made, title = _documents(amending, read, author)
    page = _reasons(amending, title).encode()
    return {**made, **follows, f"reasons-{number}.md": page}


def _documents(
    amending: Amending, read: OnDay, author: str
) -> tuple[dict[str, bytes], str]:
    """Return the instrument, the redline and the conformed copy, and its title."""
    texts, number = amending.stages, amending.deal.number
    effective, cache, house = amending.change.effective, folders.cache(), style("house")
    by = Author(author, f"{effective}T00:00:00Z")
    final = replace(texts[0].text, draft=False, open_points=())
    document = instrument(amending)
    written = word.write(document, house, cache=cache)
    if document.kind == "contract":
        marked = redline(final, document, house, by, cache=cache)
        files = {f"restated-{number}.docx": written, f"redline-{number}.docx": marked}
        return files, document.title
    templates = folders.shipped("templates")
    copies = Copies(amending.library, amending.instrument, texts, read, templates)
    marked = redline(final, copies.marked(effective), house, by, cache=cache)
    conformed = word.write(copies.conformed(effective), house, cache=cache)
    return {
        f"{amending.named.kind}-{number}.docx": written,
        f"redline-{number}.docx": marked,
        f"conformed-{number}.docx": conformed,
    }, document.title


def style(name: str) -> Path:
    """Return the Word template of contracts (`house`) or of letters (`letter`)."""
    return folders.shipped("templates") / "word" / f"{name}.docx"


def the_instrument(kind: str = "amendment") -> Instrument:
    """Return the wording of a kind of instrument; a broken one ends the command."""
    wording, problems = load_instrument(folders.shipped("templates"), kind)
    if wording is None:
        report(problems, code=LIBRARY)
        stop("The wording of amendments cannot be read.", LIBRARY)
    return wording


def instrument(amending: Amending) -> Document:
    """Return what all parties sign: an amendment, a change order, a restatement."""
    facts = gathered(amending, properties(amending.after.agreed, amending.library))
    phrases = amending.phrases
    if amending.named.kind == "restatement":
        return restated(
            amending.before.text,
            amending.after.fresh,
            facts,
            instrument=amending.instrument,
            phrases=phrases,
        )
    language = amending.after.agreed.terms.language
    return amendment(
        amending.before.text,
        amending.after.fresh,
        facts,
        instrument=amending.instrument,
        phrases=phrases,
        omitted=omitted_words(amending.library.phrases, language),
        signers=orders_alone(amending),
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
