"""Terms as a command takes them: TERMS CHANGE…, the library, and facts."""

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import click

from closer import __version__
from closer.cli import folders
from closer.cli.memory import remember
from closer.cli.output import FOUND, LIBRARY, USAGE, report, stop
from closer.drafting import checks as document_checks
from closer.drafting.assembly import Draft, draft
from closer.drafting.conformed import kept, omitted_words
from closer.drafting.document import Document
from closer.drafting.facts import DealFacts
from closer.library.checks.deal import deal_checks
from closer.library.loading import Library, load
from closer.problems import Problem, errors
from closer.terms import checks as terms_checks
from closer.terms.changes import Change, amended, read_change
from closer.terms.digest import digest
from closer.terms.moments import Facts
from closer.terms.reading import Agreed, read_terms
from closer.terms.values import Unreadable, read_date

TERMS = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="TERMS [CHANGE]...",
    type=click.Path(dir_okay=False, path_type=Path),
)
LIBRARY_OPTION = click.option(
    "--library",
    "library_folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Clauses of your own, instead of the shipped ones.",
)
FORCE = click.option("--force", is_flag=True, help="Replace files of other origin.")


class Deal(NamedTuple):
    """The terms as signed and after each change, and what was wrong in them."""

    chain: tuple[Agreed, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def agreed(self) -> Agreed:
        """The terms as they stand after every change."""
        return self.chain[-1]

    @property
    def number(self) -> int:
        """The number of the last amendment, counting those that the terms hold."""
        return len(self.changes) + len(self.chain[0].terms.amended)


def text_of(path: Path) -> str:
    """Return the text of a file the user named, or stop with a sentence."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        stop(f"There is no file {path}.{_near(path)}", USAGE)
    except UnicodeDecodeError:
        stop(f"{path} is no text in UTF-8. Save it as UTF-8 and try again.", USAGE)
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror}.", USAGE)


def _near(path: Path) -> str:
    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        return ""
    near = get_close_matches(path.name, names, 1)
    return f" Did you mean {path.parent / near[0]}?" if near else ""


def read_deal(files: Sequence[Path]) -> Deal:
    """Read TERMS CHANGE…; stop with every problem if they cannot be understood."""
    remember()
    agreed, problems = read_terms(text_of(files[0]), str(files[0]))
    if agreed is None:
        report(problems)
        sys.exit(FOUND)
    chain, changes = [agreed], []
    for file in files[1:]:
        change, found = read_change(text_of(file), str(file))
        problems = [*problems, *found]
        after = None
        if change is not None:
            after, found = amended(chain[-1], change)
            problems = [*problems, *found]
        if after is None or change is None:
            report(problems)
            sys.exit(FOUND)
        chain.append(after)
        changes.append(change)
    return Deal(tuple(chain), tuple(changes), tuple(problems))


def read_library(folder: Path | None = None) -> Library:
    """Read the clause library; a broken one ends the command with exit code 3."""
    clauses = folder or folders.shipped("clauses")
    library, problems = load(clauses, folders.shipped("templates"))
    if library is None:
        report(problems, code=LIBRARY)
        sys.exit(LIBRARY)
    return library


class Stage(NamedTuple):
    """The deal at one time: its terms, what the draft says, and the contract.

    The contract after a change keeps the numbers that were signed.
    """

    agreed: Agreed
    draft: Draft
    text: Document


def examined(deal: Deal, library: Library) -> tuple[list[Problem], tuple[Stage, ...]]:
    """Return what the three rooms of checks find, and the deal drafted.

    Nothing is drafted while an error stands in the way.
    """
    agreed = deal.agreed
    problems = [*deal.problems, *terms_checks.check(agreed)]
    problems += deal_checks(agreed, library)
    if errors(problems):
        return problems, ()
    stages = tuple(_stages(deal, library))
    problems += document_checks.lost_terms(agreed, stages[-1].draft)
    return problems, stages


def accepted(deal: Deal, library: Library) -> tuple[Stage, ...]:
    """Report every problem of a deal; return it drafted if none of them is an error."""
    problems, stages = examined(deal, library)
    report(problems)
    return stages


def _stages(deal: Deal, library: Library) -> Iterator[Stage]:
    text: Document | None = None
    for agreed in deal.chain:
        made = draft(
            agreed.terms,
            library,
            facts=DealFacts(agreed.terms, library),
            properties=properties(agreed, library),
        )
        omitted = omitted_words(library.phrases, agreed.terms.language)
        text = kept(text, made.document, omitted=omitted) if text else made.document
        yield Stage(agreed, made, text)


def properties(agreed: Agreed, library: Library) -> dict[str, str]:
    """Return what a document remembers of its making."""
    effective = agreed.terms.effective
    return {
        "closer.terms": digest(agreed),
        "closer.library": library.digest,
        "closer.version": __version__,
        "closer.date": str(effective) if isinstance(effective, date) else "",
    }


def facts_from(signed: str | None, happened: Sequence[str], agreed: Agreed) -> Facts:
    """Read `--signed DATE` and `--happened ID=DATE`; stop with a sentence if wrong."""
    days = {}
    for entry in happened:
        name, equals, written = entry.partition("=")
        if not equals:
            stop(f"--happened {entry}: write it like garage=2026-10-02.", USAGE)
        days[_anchor(name.strip(), agreed)] = _day("--happened", written)
    return Facts(signed=_day("--signed", signed) if signed else None, happened=days)


def _day(option: str, written: str) -> date:
    try:
        return read_date(written)
    except Unreadable as error:
        stop(f"{option}: {error.what} {error.why} {error.remedy}", USAGE)


def _anchor(name: str, agreed: Agreed) -> str:
    events = agreed.terms.events
    if name.removeprefix("events.") in events:
        return name.removeprefix("events.")
    known = [*agreed.terms.milestones, *events]
    bare = name.removeprefix("milestones.")
    match = re.fullmatch(r"(.+?)(?:\.(met|accepted))?", bare)
    identifier = match[1] if match else bare
    if identifier not in agreed.terms.milestones:
        near = get_close_matches(identifier, known, 1)
        hint = f" Did you mean {near[0]}?" if near else f" It knows {', '.join(known)}."
        stop(
            f"--happened {name}: the deal has no such milestone or event.{hint}", USAGE
        )
    return f"{identifier}.{(match and match[2]) or 'met'}"
