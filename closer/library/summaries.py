"""How the closing summary is worded: `templates/summary.toml`."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from closer.library.conditions import Condition
from closer.library.heads import Head, Written
from closer.library.prose import ClauseBlock, parse_prose
from closer.problems import Problem

_KEYS = ("title", "subtitle", "no_offer", "made_from", "closing", "words", "sections")


class SummarySection(Struct, frozen=True, kw_only=True):
    """A part of the summary: its heading, and the prose that stands under it."""

    id: str
    heading: str
    when: Condition | None
    blocks: tuple[ClauseBlock, ...]


class SummaryShape(Struct, frozen=True, kw_only=True):
    """Every word of a closing summary that is not the parties' own."""

    title: str
    subtitle: str
    no_offer: str
    made_from: str
    closing: str
    words: Mapping[str, str]
    sections: tuple[SummarySection, ...]


def load(templates: Path) -> tuple[SummaryShape | None, list[Problem]]:
    """Read the wording of the summary, with all that is wrong in it."""
    path = templates / "summary.toml"
    problems: list[Problem] = []
    source = Written(path.read_text(encoding="utf-8"), str(path), problems)
    data = source.read()
    if data is None:
        return None, problems
    head = Head(data, source, _KEYS)
    shape = SummaryShape(
        title=head.text("title"),
        subtitle=head.text("subtitle"),
        no_offer=" ".join(head.text("no_offer").split()),
        made_from=head.text("made_from"),
        closing=head.text("closing"),
        words=head.mapping("words"),
        sections=tuple(
            _section(each, source)
            for each in head.tables("sections", ("id", "heading", "when", "text"))
        ),
    )
    return (None if problems else shape), problems


def _section(head: Head, source: Written) -> SummarySection:
    text = head.text("text", needed="A section without text says nothing.")
    blocks, problems = parse_prose(text, source.file, source.place(text).line)
    source.problems.extend(problems)
    return SummarySection(
        id=head.text("id"),
        heading=head.text("heading"),
        when=head.condition("when"),
        blocks=blocks,
    )
