"""Terms as a command takes them: TERMS CHANGE…, the library, and facts."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import click
from msgspec.structs import replace

from closer import __version__
from closer.cli import folders
from closer.cli.memory import earlier_runs, remember
from closer.cli.output import FOUND, LIBRARY, USAGE, report, stop
from closer.drafting import checks as document_checks
from closer.drafting.assembly import Draft, draft
from closer.drafting.carrying import carried
from closer.drafting.conformed import kept, omitted_words
from closer.drafting.document import Document
from closer.drafting.facts import DealFacts
from closer.drafting.naming import Named
from closer.library.checks.amending import one_sided
from closer.library.checks.deal import deal_checks
from closer.library.loading import Library, load
from closer.problems import Problem, errors
from closer.terms import checks as terms_checks
from closer.terms.changes import Change, amended, read_change
from closer.terms.checks.amending import amending
from closer.terms.digest import digest
from closer.terms.instruments import TERMLESS, changes_no_term, suited, unsuited
from closer.terms.meant import misplaced
from closer.terms.model import Terms
from closer.terms.reading import Agreed, read_terms
from closer.terms.record import Kind

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
    help="Clauses of your own, over the shipped ones of the same name.",
)
AUTHOR = click.option(
    "--author",
    default="closer",
    show_default=True,
    metavar="NAME",
    help="Who the revisions of a redline are said to be by.",
)
FORCE = click.option("--force", is_flag=True, help="Replace files of other origin.")


class Deal(NamedTuple):
    """The terms as signed and after each change, and what was wrong in them."""

    chain: tuple[Agreed, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    letter: Change | None = None
    """The last file, where it is a letter that changes no term."""
    waivers: tuple[Change, ...] = ()
    """The letters among the files by which a right was given up."""

    @property
    def agreed(self) -> Agreed:
        """The terms as they stand after every change."""
        return self.chain[-1]

    @property
    def number(self) -> int:
        """The number of the last amendment, counting those that the terms hold."""
        return len(self.changes) + len(self.chain[0].terms.amended)

    @property
    def named(self) -> tuple[Named, ...]:
        """Every instrument that the deal holds; each kind counts for itself."""
        found: list[Named] = []
        for each in self.agreed.terms.amended:
            kind = each.instrument or "amendment"
            same = sum(one.kind == kind for one in found)
            found.append(Named(kind, same + 1, numbered=each.title == "numbered"))
        return tuple(found)


_A_MILLION = 1_000_000  # a deal of a hundred milestones has a twentieth of that


def text_of(path: Path) -> str:
    """Return the text of a file the user named, or stop with a sentence."""
    try:
        content = path.read_bytes()
        if len(content) > _A_MILLION:
            size = f"{len(content):,} bytes"
            stop(f"{path} has {size}: no terms. Name the file of the terms.", USAGE)
        return content.decode("utf-8-sig")
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


def read_deal(
    files: Sequence[Path],
    kind: Kind | None = None,
    *,
    letters: tuple[Kind, ...] = (),
) -> Deal:
    """Read TERMS CHANGE…; stop with every problem if they cannot be understood.

    `kind`: the instrument that the last change is to be made by; `letters`: which
    letters may stand among them that change no term.
    """
    named = [(str(file), text_of(file)) for file in files]
    return deal_of(named, kind, letters=letters)


def deal_of(
    named: Sequence[tuple[str, str]],
    kind: Kind | None = None,
    *,
    letters: tuple[Kind, ...] = (),
) -> Deal:
    """Read terms and changes from their texts, each with the name of its file."""
    deal, problems = understood(named, kind, letters=letters)
    if deal is None:
        report(problems)
        sys.exit(FOUND)
    return deal


def understood(
    named: Sequence[tuple[str, str]],
    kind: Kind | None = None,
    *,
    letters: tuple[Kind, ...] = (),
) -> tuple[Deal | None, list[Problem]]:
    """Read terms and changes from their texts, or say everything that is in the way."""
    remember()
    (file, text), *others = named
    agreed, problems = read_terms(text, file)
    if agreed is None:
        return None, problems
    _remember_the_source(agreed)
    chain, letter = [agreed], None
    changes: list[Change] = []
    waivers: list[Change] = []
    for place, (name, written) in enumerate(others, 1):
        change, found = read_change(written, name)
        problems = [*problems, *found]
        if change is None:
            return None, problems
        if kind and place == len(others):
            change = replace(change, instrument=kind)
        found = _fits(chain[-1], change, changes, letters=letters)
        letter = change if instrument_of(chain[-1], change) in TERMLESS else None
        after = None
        if letter is None and not errors(found):
            after, found = amended(chain[-1], change)
        problems = [*problems, *found]
        if errors(found):
            return None, problems
        if after is not None:
            chain.append(after)
            changes.append(change)
        elif change.waives:
            waivers.append(change)
    found_in_all = (tuple(chain), tuple(changes), tuple(problems))
    return Deal(*found_in_all, letter, tuple(waivers)), problems


def instrument_of(before: Agreed, change: Change) -> Kind:
    """Return by which instrument a change is made."""
    return change.instrument or suited(before, change)


def _fits(
    before: Agreed,
    change: Change,
    earlier: Sequence[Change],
    *,
    letters: tuple[Kind, ...],
) -> list[Problem]:
    """Return why a change cannot be made by its instrument, or not here."""
    kind = instrument_of(before, change)
    found = unsuited(kind, before, change, earlier)
    if kind not in TERMLESS:
        return found
    if kind not in letters:
        return [*found, changes_no_term(change)]
    if change.changes:
        found += amended(before, change)[1]
    else:
        found += misplaced(before, change)
    return found


def _remember_the_source(agreed: Agreed) -> None:
    """Keep where the terms stand, for a fault that shows only when days are counted."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.find_root().obj = agreed.source


def read_library(folder: Path | None = None) -> Library:
    """Read the clause library, with the user's own folder laid over the shipped one.

    A broken one ends the command with exit code 3. The shipped one is proven by its
    tests; one that the user changed is proven here, before a contract rests on it.
    """
    library, problems = load(
        folders.shipped("clauses"),
        folders.shipped("templates"),
        folder,
        memory=earlier_runs(),
    )
    if library is not None and folder is not None:
        problems = _faults(library)
    if library is None or problems:
        report(problems, code=LIBRARY)
        sys.exit(LIBRARY)
    return library


def _faults(library: Library) -> list[Problem]:
    """Return what is wrong with a library; one that was found sound is not read again.

    The proof takes seconds, so that it is remembered by the digest of what was proven.
    """
    from closer.library import checks  # noqa: PLC0415 - the shipped one needs no proof

    cache = folders.cache()
    proven = cache / f"proven-{__version__}-{library.digest}" if cache else None
    if proven is not None and proven.exists():
        return []
    problems = checks.check(library)
    if proven is not None and not problems:
        with suppress(OSError):
            proven.touch()
    return problems


class Stage(NamedTuple):
    """The deal at one time: its terms, what the draft says, and the contract.

    The contract after a change keeps the numbers that were signed; `fresh` says the
    same, counted afresh, in the signed words where the change leaves them.
    """

    agreed: Agreed
    draft: Draft
    text: Document
    fresh: Document


def examined(
    deal: Deal, library: Library, signed: Document | None = None
) -> tuple[list[Problem], tuple[Stage, ...]]:
    """Return what the three rooms of checks find, and the deal drafted.

    Nothing is drafted while an error stands in the way. `signed` is the contract as it
    was signed, where its file is at hand.
    """
    agreed = deal.agreed
    problems = [*deal.problems, *amending(deal.chain, deal.changes)]
    problems += terms_checks.check(agreed)
    problems += deal_checks(agreed, library)
    problems += one_sided(deal.chain, deal.changes, library)
    if errors(problems):
        return problems, ()
    stages = tuple(drafted(deal, library, signed))
    problems += document_checks.lost_terms(agreed, stages[-1].draft)
    return problems, stages


def accepted(
    deal: Deal, library: Library, signed: Document | None = None
) -> tuple[Stage, ...]:
    """Report every problem of a deal; return it drafted if none of them is an error."""
    problems, stages = examined(deal, library, signed)
    report(unaccepted(problems, deal.agreed.terms))
    return stages


def unaccepted(problems: Iterable[Problem], terms: Terms) -> list[Problem]:
    """Return the problems without the warnings that the parties accepted."""
    reasons = terms.closing.accepted if terms.closing else {}
    return [
        problem
        for problem in problems
        if problem.severity == "error" or problem.code not in reasons
    ]


def drafted(
    deal: Deal, library: Library, signed: Document | None = None
) -> Iterator[Stage]:
    """Yield the deal as signed and after each change."""
    last: Stage | None = None
    for agreed in deal.chain:
        made = draft(
            agreed.terms,
            library,
            facts=DealFacts(agreed.terms, library),
            properties=properties(agreed, library),
        )
        fresh = made.document
        if last is None:
            fresh = text = signed or fresh
        else:
            if signed is not None:
                fresh = carried(last.fresh, last.draft.document, fresh)
            omitted = omitted_words(library.phrases, agreed.terms.language)
            text = fresh
            if agreed.terms.amended[-1].instrument != "restatement":
                text = kept(last.text, fresh, omitted=omitted)
        last = Stage(agreed, made, text, fresh)
        yield last


def properties(agreed: Agreed, library: Library) -> dict[str, str]:
    """Return what a document remembers of its making."""
    effective = agreed.terms.effective
    return {
        "closer.terms": digest(agreed),
        "closer.library": library.digest,
        "closer.version": __version__,
        "closer.date": str(effective) if isinstance(effective, date) else "",
    }
