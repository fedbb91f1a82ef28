"""The kinds of follow-up: one data file each, with every word that a calendar shows.

A file says of what it is (`of`, a path with `*` for each entry of a map), on which day
(`day`, a moment with the terms' own values in brackets; or a `rhythm`), or by which of
our computations (`by`), and the words of title and description.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from closer.followup.entries import Kind, Stake
from closer.problems import Place, Problem
from closer.terms.values import Period, Unreadable

BLANK = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
COMPUTATIONS = frozenset(
    {
        "acceptance",
        "acceptance ends",
        "answer",
        "awaited",
        "decide by",
        "delay",
        "dispute step",
        "each",
        "end",
        "inspection",
        "limitation",
        "long stop",
        "notice after",
        "option notice",
        "option window",
        "payment",
        "recurring payment",
        "renewal notice",
        "renewal reminder",
        "review",
        "termination",
    }
)
_BLANKS = frozenset(
    (
        *("party", "counterpart", "deal", "reference", "anchor", "before"),
        *("also_by", "cut_off", "deliverable", "form", "from", "happened", "id"),
        *("interest", "interest_from", "law", "number", "sent_by", "step", "strict"),
        *("sum", "until", "what"),
    )
)
_WORDS = {
    "parties": ("and",),
    "redacted": ("sum", "person"),
    "watched": ("category",),
    "ways": ("hand", "email", "courier", "post", "post_abroad", "by", "also"),
    "steps": (
        *("negotiation", "executives", "mediation"),
        *("expert", "arbitration", "court"),
    ),
    "anchors": (
        *("signing", "effective", "end", "renewal", "event"),
        *("due", "met", "accepted", "and"),
    ),
    "reasons": (
        *("fixed", "hangs", "waits", "expects"),
        *("repeats", "last", "open"),
    ),
    "credit": ("claim", "reason"),
}


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """What a calendar shows of an entry: due, or only expected."""

    title: str
    expected: str
    description: tuple[str, ...] = ()


class Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of follow-up.

    `reminders` are days before; absent, they go by the length of what is coming.
    `unless`: no entry where the terms have this value; `happened`: only once this event
    has its day. `each`: the stretch of time from whose end or beginning a day is
    counted; `rolls`: moved to a business day.
    """

    kind: Kind
    of: str
    term: str | None = None
    by: str | None = None
    day: str | None = None
    rhythm: str | None = None
    each: str | None = None
    rolls: bool = False
    unless: str | None = None
    happened: str | None = None
    party: str = "both"
    stake: Stake
    category: str
    reminders: tuple[int, ...] | None = None
    title: str
    expected: str
    description: tuple[str, ...] = ()
    variants: dict[str, Wording] = {}

    def wording(self, variant: str) -> Wording:
        """Return the words of a variant, or the ordinary ones."""
        plain = Wording(self.title, self.expected, self.description)
        return self.variants.get(variant, plain)


class ReminderLaw(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law under which a renewal does not bind without the provider's own reminder.

    The reminder is given between `earliest` and `latest` before the customer's last day
    for notice. The law asks for none where the renewal is no longer than
    `renewal_over`, or the first term no longer than `term_over`.
    """

    places: tuple[str, ...]
    contracts: tuple[str, ...]
    provider: tuple[str, ...]
    earliest: str
    latest: str
    renewal_over: str
    term_over: str | None = None
    title: str
    form: str


class Shapes(Struct, frozen=True):
    """Every kind of follow-up by its file's name, words that all share, and laws."""

    kinds: dict[str, Shape]
    words: dict[str, dict[str, str]]
    laws: dict[str, ReminderLaw] = {}


def load(folder: Path) -> tuple[Shapes | None, list[Problem]]:
    """Read all kinds of follow-up; every fault of the data at once."""
    kinds: dict[str, Shape] = {}
    words: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        try:
            data = tomllib.loads(text)
            if path.stem == "words":
                words = msgspec.convert(data, dict[str, dict[str, str]])
                problems += _missing(words, path.name)
            else:
                kinds[path.stem] = msgspec.convert(data, Shape)
                problems += _faults(kinds[path.stem], path.name, text)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            problems.append(_problem(path.name, 1, str(error)))
    laws, found = _laws(folder / "laws")
    problems += found
    if not words and not problems:
        problems.append(_problem("words.toml", 1, f"{folder.name} has no words.toml."))
    return (None if problems else Shapes(kinds, words, laws)), problems


def _laws(folder: Path) -> tuple[dict[str, ReminderLaw], list[Problem]]:
    laws: dict[str, ReminderLaw] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            law = laws[path.stem] = msgspec.convert(data, ReminderLaw)
            for period in (law.earliest, law.latest, law.renewal_over, law.term_over):
                Period.read(period or "1 day")
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, Unreadable) as error:
            problems.append(_problem(f"laws/{path.name}", 1, str(error)))
    return laws, problems


def _missing(words: dict[str, dict[str, str]], file: str) -> list[Problem]:
    return [
        _problem(file, 1, f"The word {table}.{name} is missing.")
        for table, names in _WORDS.items()
        for name in names
        if name not in words.get(table, {})
    ]


def _faults(shape: Shape, file: str, text: str) -> Iterator[Problem]:
    ways = [way for way in (shape.by, shape.day, shape.rhythm) if way]
    if shape.by and shape.by not in COMPUTATIONS:
        known = ", ".join(sorted(COMPUTATIONS))
        said = f"There is no computation {shape.by!r}; there are {known}."
        yield _problem(file, _line(text, "by"), said)
    if not ways or (shape.day and shape.rhythm):
        said = "It needs a day or a rhythm, or the name of a computation (by)."
        yield _problem(file, 1, said)
    wordings = [shape.wording(""), *shape.variants.values()]
    for wording in wordings:
        for line in (wording.title, wording.expected, *wording.description):
            for blank in BLANK.findall(line):
                if blank not in _BLANKS and not re.match(r"it(\.|$)|terms\.", blank):
                    said = f"There is no blank [{blank}]."
                    yield _problem(file, _line(text, f"[{blank}]"), said)


def _line(text: str, wanted: str) -> int:
    at = text.find(wanted)
    return text.count("\n", 0, max(at, 0)) + 1


def _problem(file: str, line: int, what: str) -> Problem:
    return Problem(
        "L80",
        Place(f"followups/{file}", line, 1),
        "",
        what,
        "A follow-up that cannot be read would be missing from every calendar.",
        "Compare the file with its neighbours in templates/followups.",
    )
