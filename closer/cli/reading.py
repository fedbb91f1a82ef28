"""The deal as it reads on a day: not yet effective changes out, temporary ones over."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
from msgspec.structs import replace

from closer.cli import keeping
from closer.cli.citing import home
from closer.cli.deal import Deal, Stage
from closer.cli.output import FOUND, LIBRARY, USAGE, report, stop
from closer.drafting.document import Document
from closer.drafting.naming import Named
from closer.drafting.phrases import Phrases
from closer.drafting.reading_copy import Last, Reader, Worked
from closer.drafting.selection import roles_of
from closer.formats import stored
from closer.library.instruments import Instrument, load_wording
from closer.library.loading import Library
from closer.problems import Problem
from closer.terms.changes import Change, amended
from closer.terms.digest import digest, short
from closer.terms.reading import Agreed

SIGNED = click.option(
    "--signed-copy",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    help="The contract as signed, as `draft --final` wrote it; else it is redrafted.",
)


class OnDay(NamedTuple):
    """A deal as it reads on a day, with the name of each change that is in it."""

    deal: Deal
    named: tuple[Named, ...]


def on_day(deal: Deal, day: date) -> OnDay:
    """Return the deal with what is in force on a day.

    A temporary change is undone from the day after its last one, as if it had never
    been; one that a later change has made for good stays.
    """
    found, problems = _on_day(deal, day)
    report(problems)
    return found


def spent(deal: Deal) -> Agreed | None:
    """Return the terms as they read once every temporary change is over.

    None where nothing is temporary, or a later change was built on what was.
    """
    found, problems = _on_day(deal, date.max)
    return None if problems or found.deal is deal else found.deal.agreed


def _on_day(deal: Deal, day: date) -> tuple[OnDay, list[Problem]]:
    names = deal.named[len(deal.chain[0].terms.amended) :]
    chain, named = [deal.chain[0]], list[Named]()
    kept: list[Change] = []
    whole = True
    for place, change in enumerate(deal.changes):
        if change.effective > day:
            whole = False
            continue
        standing = _standing(change, day)
        if standing is change and whole:
            after: Agreed | None = deal.chain[place + 1]
        else:
            whole = False
            after, standing, problems = _made(chain[-1], standing)
            if problems:
                return OnDay(deal, tuple(named)), problems
        if after is not None:
            chain.append(after)
            kept.append(standing)
            named.append(names[place])
    read = deal if whole else Deal(tuple(chain), tuple(kept), deal.problems)
    return OnDay(read, tuple(named)), []


def _standing(change: Change, day: date) -> Change:
    over = {path for path, each in change.temporary.items() if each.until < day}
    return _only(change, over) if over else change


def _only(change: Change, without: set[str]) -> Change:
    left = {path: v for path, v in change.changes.items() if path not in without}
    spell = {path: v for path, v in change.temporary.items() if path not in without}
    return replace(change, changes=left, temporary=spell)


def _made(
    before: Agreed, change: Change
) -> tuple[Agreed | None, Change, list[Problem]]:
    """Make a change against terms it was not drafted against; what is as it was goes.

    None is left of a change whose every part has ended, or that cannot be made.
    """
    change = replace(change, digest=None)
    while change.changes:
        after, problems = amended(before, change)
        if after is not None:
            return after, change, []
        idle = {problem.path for problem in problems if problem.code == "F36"}
        if not idle & change.changes.keys():
            return None, change, problems
        change = _only(change, idle)
    return None, change, []


def registered(agreed: Agreed, register_path: str | None) -> Document | None:
    """Return the contract that the register keeps as signed from these terms.

    There is none where there is no register, or where it does not know the terms.
    """
    where = keeping.place(register_path)
    if "://" not in where and not Path(where).exists():
        return None
    from closer.cli.signed import signed_document  # noqa: PLC0415 - seldom there
    from closer.register.folding import folded  # noqa: PLC0415

    ref, full = agreed.terms.reference, digest(agreed)
    with keeping.opened(register_path) as register:
        state = folded(ref, register.journal(ref))
        for each in (state.signed, *state.amendments):
            if each is not None and each.digest == full:
                return signed_document(register, each)
    return None


_KEPT = "The contract is quoted as the register keeps it."
_REDRAFTED = (
    "The earlier contract is drafted from the terms with the library at hand; "
    "give the signed one with --signed-copy FILE.docx."
)


def signed_text(
    file: Path | None, agreed: Agreed, register_path: str | None
) -> Document | None:
    """Return the contract as signed, from its file or the register; else say so."""
    if file is None:
        kept = registered(agreed, register_path)
        click.echo(_KEPT if kept else _REDRAFTED, err=True)
        return kept
    found = read_document(file)
    document = found.document
    if document is None:
        stop(
            f"{file} holds no contract that closer could read back. Give the file that "
            "`closer draft --final` wrote.",
            FOUND,
        )
    if not found.untouched:
        click.echo(
            f"{file} was saved again or edited since closer wrote it. What is quoted "
            "is what closer wrote; compare them with `closer redline`.",
            err=True,
        )
    told, full = document.properties.get("closer.terms", ""), digest(agreed)
    if told != full:
        where = agreed.source.place("")
        problem = Problem(
            "AM01",
            where,
            "",
            f"The signed copy was drafted from terms {short(told)}; these are "
            f"{short(full)}.",
            "An amendment must quote the contract that was signed from these terms.",
            "Give the terms that were signed, or the contract drafted from these.",
        )
        report([problem])
    return document


def read_document(file: Path) -> stored.Stored:
    """Read a Word file that the user named, or stop with a sentence."""
    try:
        data = file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)
    found = stored.read(data)
    if isinstance(found, str):
        stop(f"{file}: {found} Give a .docx file.", USAGE)
    return found


class Copies(NamedTuple):
    """What a conformed copy and a redline are made of."""

    library: Library
    instrument: Instrument
    stages: tuple[Stage, ...]
    read: OnDay
    templates: Path

    def reader(self) -> Reader:
        """Return the wording of copies in the language of the deal."""
        wording, problems = load_wording(self.templates, "conformed")
        if wording is None:
            report(problems, code=LIBRARY)
            stop("The wording of conformed copies cannot be read.", LIBRARY)
        terms = self.stages[-1].agreed.terms
        roles = roles_of(terms, self.library.types[terms.contract])
        phrases = Phrases(self.library.phrases, terms, roles)
        return Reader(wording, self.instrument, phrases)

    def worked(self) -> tuple[Worked, ...]:
        """Return every amendment that is worked in."""
        return tuple(self._worked())

    def _worked(self) -> Iterator[Worked]:
        deal = self.read.deal
        for place, change in enumerate(deal.changes):
            before, after = self.stages[place : place + 2]
            yield Worked(
                named=self.read.named[place],
                effective=change.effective,
                before=before.text,
                after=after.fresh,
                until={
                    home(path, after.draft): each.until
                    for path, each in change.temporary.items()
                },
            )

    def conformed(self, on: date) -> Document:
        """Return the conformed copy."""
        text = self.stages[-1].text
        return self.reader().conformed(text, self.worked(), self.last(), on)

    def marked(self, on: date) -> Document:
        """Return the conformed copy as a redline ends in it: headed as one."""
        notice = self.reader().notice("redline", self.last(), on)
        return replace(self.conformed(on), notice=notice)

    def last(self) -> Last | None:
        """Return name and day of the last amendment, one in the terms included.

        A notice of who signs is none: it changes no word.
        """
        deal, named = self.read
        first = Deal(deal.chain[:1], (), ())
        listed = [each.effective for each in deal.chain[0].terms.amended]
        days = [*listed, *(change.effective for change in deal.changes)]
        found = [
            (one, day)
            for one, day in zip((*first.named, *named), days, strict=False)
            if one.kind != "signatory-notice"
        ]
        return found[-1] if found else None
