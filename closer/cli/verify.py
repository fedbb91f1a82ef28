"""`closer verify`: what a contract that came back says that the terms do not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
from msgspec import to_builtins
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Stage,
    accepted,
    read_deal,
    read_library,
)
from closer.cli.output import FOUND, USAGE, as_json, stop, write
from closer.drafting.document import Document
from closer.drafting.taking import taken
from closer.drafting.trace import Traced, traced
from closer.drafting.typed import date_in_figures, wrong_weekday
from closer.formats import word
from closer.formats.authors import Author
from closer.formats.labels import labels
from closer.formats.lines import words
from closer.formats.preflight import RefusedError, parts_of
from closer.formats.readback import FRAME, Baseline, baseline, read_back
from closer.formats.returned import HARDLY, Changed, Report, ViewOf, views
from closer.formats.typography import curled
from closer.formats.wordxml import provision_bookmarks
from closer.library.loading import Library
from closer.terms.checks.open_points import OpenKind
from closer.terms.digest import SHOWN, digest
from closer.terms.reading import Agreed
from closer.terms.values import WEEKDAYS


@click.command("verify", epilog="Example: closer verify agreed.yaml theirs.docx")
@TERMS
@click.option(
    "--accept",
    metavar="TERM,TERM",
    help="Write these readings back into TERMS, one line changed for each.",
)
@click.option("--json", "json_", is_flag=True, help="Print the report as data.")
@click.option(
    "--redline",
    "marked",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.docx",
    help="Write our contract with their changes as revisions by them.",
)
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    accept: str | None,
    marked: Path | None,
    library_folder: Path | None,
    *,
    json_: bool,
    force: bool,
) -> None:
    """Read an edited contract: the last file is the .docx that came back.

    It says which terms read otherwise, which provisions were changed, added or
    deleted, and which tracked changes and comments there are. Exit code 0 means that
    nothing differs, 1 that something does.
    """
    *given, docx = files
    if not given or docx.suffix.lower() in (".yaml", ".yml"):
        stop("Name the terms and then the .docx: agreed.yaml theirs.docx.", USAGE)
    _possible(given, accept, marked)
    deal = read_deal(given)
    library = read_library(library_folder)
    stage = accepted(deal, library)[-1]
    data = _bytes(docx)
    try:
        report = reported(stage, library, data)
    except RefusedError as refused:
        stop(f"{docx}: {refused} Nothing of it was read.", USAGE)
    if accept is not None:
        _accept(stage.agreed, report, accept, library, given[0])
        return
    if json_:
        as_json(to_builtins(report) | {"differs": report.differs})
    else:
        click.echo("\n".join(told(report, docx, digest(stage.agreed))))
    if marked is not None:
        if not report.ours:
            stop(f"{docx} has too little in common with ours for a redline.", FOUND)
        write({marked: theirs_marked(stage, library, data, report)}, force=force)
        _not_marked(report)
    raise SystemExit(FOUND if report.differs else 0)


_SHOWN_PLACES = 3
"""So many places are named at which a term stands unchanged."""


def _possible(given: list[Path], accept: str | None, marked: Path | None) -> None:
    """Stop where the options do not go together."""
    if marked is not None and marked.suffix != ".docx":
        stop(f"{marked}: a redline is a Word document; name it OUT.docx.", USAGE)
    if marked is not None and accept is not None:
        stop("Ask for --redline and for --accept one after the other.", USAGE)
    if accept is not None and len(given) > 1:
        stop("--accept writes into TERMS alone; leave the changes out.", USAGE)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64 << 20)
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror}.", USAGE)


def reported(stage: Stage, library: Library, docx: bytes) -> Report:
    """Hold a document against the final contract that the terms make."""
    return read_back(docx, ours(stage, library, _final(stage)))


def _final(stage: Stage) -> Document:
    return replace(stage.draft.document, draft=False, open_points=())


def theirs_marked(stage: Stage, library: Library, docx: bytes, report: Report) -> bytes:
    """Return our final contract with what a .docx says instead as their revisions.

    Their own tracked changes count as accepted, and stay by whoever made them, on that
    day. What nobody tracked is by the last who saved the file, else by the only one who
    tracked anything, else by a name out of the templates. Their comments come along.
    """
    from closer.formats.textline import text_redline  # noqa: PLC0415

    document = _final(stage)
    unnamed = str(library.phrases["redlines"]["unnamed"])
    alone = report.authors[0] if len(report.authors) == 1 else ""
    return text_redline(
        document,
        parts_of(docx),
        folders.shipped("templates") / "word" / "house.docx",
        Author(report.saved_by or alone or unnamed),
        passing=_passing(document),
        cache=folders.cache(),
    )


def _not_marked(report: Report) -> None:
    """Say what a redline of the text cannot show."""
    if any(each.place == FRAME for each in report.accepted.changes):
        click.echo("The redline leaves out their headers, footers and notes.", err=True)


def ours(stage: Stage, library: Library, document: Document) -> Baseline:
    """Return our own contract as what came back is held against it."""
    house = folders.shipped("templates") / "word" / "house.docx"
    rows = traced(stage.agreed, stage.draft, library.phrases["references"])
    return baseline(
        word.write(document, house, cache=folders.cache()),
        paths=stage.draft.printed,
        places=_places(document, library),
        chose=_chose(rows),
        named={
            curled(document.title): "title",
            document.reference: "reference",
        },
        passing=_passing(document),
        digest=digest(stage.agreed),
    )


def _passing(document: Document) -> re.Pattern[str]:
    """Return the lines that only a draft has: its mark, its note, its open points."""
    named = labels(document)
    marks = [named[key] for key in ("draft", "draft_note", "open_points")]
    fixed = "|".join(re.escape(words(curled(mark))) for mark in marks if mark)
    points = "|".join(get_args(OpenKind))
    return re.compile(rf"{fixed}|(?:{points})\b.*\([\w-]+\)|warning [A-Z]+\d+: .*")


def _places(document: Document, library: Library) -> dict[str, str]:
    """Return how each bookmark of a provision or annex is cited."""
    named = library.phrases["references"]
    cited = {
        article.id: f"{named['article']} {article.number} ({article.heading})"
        for article in document.articles
    }
    for each in document.provisions():
        cited[each.id] = f"{named['section']} {each.number} ({each.heading})"
    for annex in document.annexes:
        cited[annex.id] = f"{named['annex']} {annex.number} ({annex.heading})"
    articles = [article.id for article in document.articles]
    sections = [provision.id for provision in document.provisions()]
    annexes = [annex.id for annex in document.annexes]
    marks = provision_bookmarks((*articles, *sections, *annexes))
    return {mark: cited[id_] for id_, mark in marks.items()}


def _chose(rows: tuple[Traced, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.how == "chose":
            found.setdefault(words(curled(row.sentence)), []).append(row.path)
    return found


def told(report: Report, docx: Path, full: str) -> Iterator[str]:
    """Yield a report in lines; `full`: the digest of the terms."""
    yield f"{docx}: {_origin(report, full)}"
    if report.tracked:
        by = f" by {', '.join(report.authors)}" if report.authors else ""
        yield f"It holds {report.tracked} tracked changes{by}."
    for comment in report.comments:
        yield f"  comment by {comment.author}: {comment.text}"
    for name, view in views(report):
        if report.rejected is not None:
            yield f"\nas if every tracked change were {name}"
        yield from _view(view)


def _origin(report: Report, full: str) -> str:
    share = f"{report.alike:.0%} of its lines are ours"
    if report.alike < HARDLY:
        return f"it is hardly the contract of these terms: only {share}."
    if report.made_from == "these terms":
        return f"made from these terms ({full[:SHOWN]}); {share}."
    if report.made_from == "other terms":
        theirs = report.digest[:SHOWN]
        return f"made from OTHER terms ({theirs}, these are {full[:SHOWN]}); {share}."
    return f"it carries no digest; {share}."


def _view(view: ViewOf) -> Iterator[str]:
    if not view.differs:
        yield "nothing differs from the terms."
    for reading in view.readings:
        yield f"  {reading.path}, {reading.place or 'first page'}"
        yield f"    ours    {reading.ours}"
        yield f"    theirs  {reading.theirs or '(nothing)'}"
        if reading.still:
            yield f"    still as ours in {_few(reading.still)}"
    for change in view.changes:
        yield from _change(change)


def _few(places: tuple[str, ...]) -> str:
    """Return some places, and how many more there are."""
    shown = list(places[:_SHOWN_PLACES])
    if more := len(places) - len(shown):
        shown.append(f"{more} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _change(change: Changed) -> Iterator[str]:
    yield f"  {change.what}: {change.place or 'first page'}"
    if change.what == "changed":
        for edit in change.edits:
            yield f"    [-{edit.old}-] {{+{edit.new}+}}"
    else:
        yield f"    {change.ours or change.theirs}"
    if change.terms:
        yield f"    terms: {', '.join(change.terms)}"


def _accept(
    agreed: Agreed, report: Report, wanted: str, library: Library, file: Path
) -> None:
    """Write accepted readings into the terms, all or none."""
    readings: dict[str, list[str]] = {}
    for reading in report.accepted.readings:
        readings.setdefault(reading.path, []).append(reading.theirs)
    after = agreed
    for path in filter(None, (each.strip() for each in wanted.split(","))):
        if path not in readings:
            listed = ", ".join(readings) or "none"
            stop(f"{path} does not read otherwise; these do: {listed}.", USAGE)
        after = _with_reading(after, path, readings[path], library, file)
    write({file: after.source.text.encode()}, force=True)


def _with_reading(
    agreed: Agreed, path: str, texts: list[str], library: Library, file: Path
) -> Agreed:
    """Return the terms with what stands at every place of a term, in whatever form."""
    found: dict[str, Agreed] = {}
    for text in dict.fromkeys(texts):
        after = taken(agreed, path, text, library)
        if after is None:
            stop(
                f"{text!r} cannot be read as {path}: {_unread(text)} Nothing was "
                f"written. Change {file} by hand.",
                FOUND,
            )
        found[after.source.text] = after
    if len(found) > 1:
        said = "; ".join(sorted(set(texts)))
        stop(f"{path} reads in several ways: {said}. Nothing was written.", FOUND)
    return next(iter(found.values()))


def _unread(text: str) -> str:
    """Say why a reading was not taken in."""
    if figures := date_in_figures(text):
        return (
            f"{figures} is one day to an American and another to a European. Ask "
            "which is meant; a day with its month in letters is taken in."
        )
    if day := wrong_weekday(text):
        return f"{day} is a {WEEKDAYS[day.weekday()]}. Ask which of both is meant."
    return "no way of writing it in the terms prints these words."
