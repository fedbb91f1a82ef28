"""A `.clause` file: a TOML head between two lines of `+++`, and prose below it."""

import re
from collections.abc import Collection, Iterator
from pathlib import PurePath

from closer.library.heads import Head, Written
from closer.library.prose import parse_prose
from closer.library.shapes import Clause
from closer.problems import Place, Problem

KEYS = (
    "heading",
    "slot",
    "order",
    "when",
    "each",
    "of",
    "variant",
    "defines",
    "conspicuous",
    "edition",
    "note",
)
_FENCE = "+++"
_DEFINED = re.compile(r'""([A-Z][^"\[\]]*)""')
_DEFINES = re.compile(r'(?m)^defines\s*=\s*"([^"]+)"')
_ID = re.compile(r"[a-z][a-z0-9-]*")


def defined_in(text: str) -> Iterator[str]:
    """Yield the words that a clause file defines, before its prose is read.

    A plural finds its singular only once all defined words are known.
    """
    yield from _DEFINED.findall(text)
    yield from _DEFINES.findall(text)


def parse_clause(
    text: str, file: str, words: Collection[str] = ()
) -> tuple[Clause | None, list[Problem]]:
    """Read a clause file; its name is the clause's id, its folder the family."""
    path = PurePath(file)
    head_text, body, first_line = _parted(text)
    problems: list[Problem] = []
    if first_line == 0:
        return None, [_no_head(file)]
    source = Written(f"\n{head_text}", file, problems)
    data = source.read()
    if data is None:
        return None, problems
    head = Head(data, source, KEYS, "the head of a clause")
    _identified(path.stem, head)
    blocks, faults = parse_prose(body, file, first_line, words)
    defines = head.text("defines")
    heading = "" if defines else head.text("heading", needed=_WHY["heading"])
    clause = Clause(
        id=head.text("of") or path.stem,
        variant=head.text("variant", needed=_WHY["variant"] if head.text("of") else ""),
        family=path.parent.name,
        heading=heading,
        heading_parts=source.prose(heading, "heading", words) if heading else (),
        slot="definitions" if defines else head.text("slot", needed=_WHY["slot"]),
        order=head.number("order"),
        when=head.condition("when"),
        when_text=head.text("when"),
        each=head.path("each"),
        defines=defines or None,
        conspicuous=head.flag("conspicuous"),
        edition=head.number("edition", needed=_WHY["edition"]),
        note=head.text("note", needed=_WHY["note"]),
        blocks=blocks,
        file=file,
        body=body,
        first_line=first_line,
    )
    return clause, problems + faults


_WHY = {
    "variant": "A deal chooses it by this word.",
    "heading": "Every section has a heading, so that a reader finds it.",
    "slot": "Without a slot the clause stands in no article.",
    "edition": "An old contract says by it which wording it was drafted from.",
    "note": "Who changes the wording must know why it is there and what it settles.",
}


def _identified(stem: str, head: Head) -> None:
    if not _ID.fullmatch(stem):
        head.problem(
            "heading",
            f"{stem!r} is no id.",
            "The file's name is the id that references use.",
            "Name the file in small letters, figures and hyphens.",
        )


def _parted(text: str) -> tuple[str, str, int]:
    """Return head, body and the line on which the body begins; 0 without a head."""
    if not text.startswith(f"{_FENCE}\n"):
        return "", "", 0
    end = text.find(f"\n{_FENCE}\n", len(_FENCE))
    if end < 0:
        return "", "", 0
    head = text[len(_FENCE) + 1 : end + 1]
    return head, text[end + len(_FENCE) + 2 :], head.count("\n") + 3


def _no_head(file: str) -> Problem:
    return Problem(
        "L07",
        Place(file, 1, 1),
        "",
        "The file has no head.",
        "Without it nothing says where the clause stands and when.",
        "Begin with a line of +++, the keys of the head, and a line of +++.",
    )
