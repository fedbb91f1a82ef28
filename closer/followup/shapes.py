"""The kinds of follow-up: one data file each, with every word that a calendar shows.

A file says of what it is (`of`, a path with `*` for each entry of a map), on which day
(`day`, a moment with the terms' own values in brackets; or a `rhythm`), or by which of
our computations (`by`), and the words of title and description.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from closer.followup.entries import Kind, Stake
from closer.library.kept import Memory, keep, key_of, recalled
from closer.problems import Place, Problem
from closer.terms.values import Period, Unreadable

BLANK = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
COMPUTATIONS = frozenset(
    {
        "acceptance",
        "acceptance ends",
        "ahead of",
        "at renewals",
        "awaited",
        "awaited event",
        "awaited signing",
        "before each",
        "before renewals",
        "decide by",
        "delay",
        "delay cap",
        "dispute step",
        "each",
        "end",
        "inspection",
        "lien",
        "after each",
        "limit",
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
        "since",
        "spell",
        "termination",
        "termination lapses",
        "updates",
        "waiver",
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
_LENGTHS = ("earliest", "latest", "renewal_over", "term_from", "term_over", "within")
"""The fields of a law that hold a period."""

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
        *("repeats", "last", "open", "renews", "moves", "unless"),
        *("happened", "lasts", "lasted", "opens", "last_work"),
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
    `unless`: no entry where the terms have this value, or one of these; `happened`:
    only once this event has its day. `each`: the stretch of time from whose end or
    beginning a day is counted; `rolls`: moved to a business day; `to_end`: never after
    the end. `party`: the field that names the owner, after `not` the other side of it.
    """

    kind: Kind
    of: str
    term: str | None = None
    by: str | None = None
    day: str | None = None
    rhythm: str | None = None
    each: str | None = None
    rolls: bool = False
    to_end: bool = False
    unless: str | tuple[str, ...] = ()
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
    `renewal_over`, or the first term no longer than `term_over` or shorter than
    `term_from`; one for `consumers` none where nobody acts as such.
    """

    places: tuple[str, ...]
    contracts: tuple[str, ...]
    provider: tuple[str, ...]
    earliest: str
    latest: str
    renewal_over: str
    term_over: str | None = None
    term_from: str | None = None
    consumers: bool = False
    title: str
    form: str


class LienLaw(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law by which unpaid work can be secured on the land for so long after it."""

    places: tuple[str, ...]
    contracts: tuple[str, ...]
    within: str
    title: str
    form: str


class LimitLaw(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law under which a claim from a contract is barred after so long.

    Without `contracts`, for all kinds that no other law of the place speaks of.
    """

    places: tuple[str, ...]
    contracts: tuple[str, ...] = ()
    within: str
    counted: Literal["from the day", "from the end of the year"] = "from the day"
    title: str


class Shapes(Struct, frozen=True):
    """Every kind of follow-up by its file's name, words that all share, and laws."""

    kinds: dict[str, Shape]
    words: dict[str, dict[str, str]]
    laws: dict[str, ReminderLaw] = {}
    liens: dict[str, LienLaw] = {}
    limits: dict[str, LimitLaw] = {}


def load(
    folder: Path, memory: Memory | None = None
) -> tuple[Shapes | None, list[Problem]]:
    """Read all kinds of follow-up; every fault of the data at once.

    `memory` saves the time of understanding the same files twice.
    """
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.toml"))
    }
    named = {str(path): text for path, text in texts.items()}
    key = key_of(named, Path(__file__).parent)
    found = recalled(memory, "followups", key, Shapes)
    if found is not None:
        return found, []
    found, problems = _understood(folder, texts)
    if found is not None:
        keep(memory, "followups", key, found)
    return found, problems


def _understood(
    folder: Path, texts: Mapping[Path, str]
) -> tuple[Shapes | None, list[Problem]]:
    kinds: dict[str, Shape] = {}
    words: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for path, text in _in(folder, texts):
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
    laws, found = _laws(_in(folder / "laws", texts), ReminderLaw)
    liens, more = _laws(_in(folder / "liens", texts), LienLaw)
    limits, others = _laws(_in(folder / "limits", texts), LimitLaw)
    problems += [*found, *more, *others]
    if not words and not problems:
        problems.append(_problem("words.toml", 1, f"{folder.name} has no words.toml."))
    if problems:
        return None, problems
    return Shapes(kinds, words, laws, liens, limits), []


def _in(folder: Path, texts: Mapping[Path, str]) -> list[tuple[Path, str]]:
    return [(path, text) for path, text in texts.items() if path.parent == folder]


_Law = TypeVar("_Law", ReminderLaw, LienLaw, LimitLaw)


def _laws(
    texts: list[tuple[Path, str]], law: type[_Law]
) -> tuple[dict[str, _Law], list[Problem]]:
    laws: dict[str, _Law] = {}
    problems: list[Problem] = []
    for path, text in texts:
        try:
            data = tomllib.loads(text)
            found = laws[path.stem] = msgspec.convert(data, law)
            for key in _LENGTHS:
                Period.read(getattr(found, key, None) or "1 day")
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, Unreadable) as error:
            file = f"{path.parent.name}/{path.name}"
            problems.append(_problem(file, 1, str(error)))
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
    if not ways or (shape.day and shape.rhythm and not shape.by):
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
