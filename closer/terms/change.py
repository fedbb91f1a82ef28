"""The change file: what the parties now agree, and what happened to make them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from closer.problems import Place, Problem
from closer.terms.kinds import Party as PartyId
from closer.terms.kinds import Text
from closer.terms.model import Terms
from closer.terms.paths import within
from closer.terms.reading import in_order, mistaken, nearest, read_section
from closer.terms.record import Kind, Title
from closer.terms.shapes import Shape, fields_of, shape_at, shape_of
from closer.terms.source import Source, compose
from closer.terms.values import Moment, Period, Unreadable, read_date, read_moment

UNCHANGEABLE = ("reference", "contract", "effective", "closing", "amended")
NEVER_TEMPORARY = ("milestones", "price", "duration")
CONTINGENCY = re.compile(r"contingencies\.[^.]+")


class NoticeGiven(Struct, frozen=True, kw_only=True):
    """The notice of a circumstance: when, by whom and by which means."""

    given: date
    by: PartyId
    how: Literal["hand", "email", "courier", "post", "post_abroad"]


class Circumstance(Struct, frozen=True, kw_only=True):
    """What happened; `affects` names the milestones that it moved, as both agree.

    `aware` is the day on which the party knew or should have known of it: where the
    time for notice runs from there, only the parties can say when that was.
    """

    under: Text
    what: Text
    began: date
    aware: date | None = None
    last_day_lost: date | None = None
    work_resumed: date | None = None
    notice: NoticeGiven | None = None
    affects: tuple[Text, ...] = ()


class Waives(Struct, frozen=True, kw_only=True):
    """What a party gives up once: `right` is the term from which it has it."""

    by: PartyId
    right: Text
    what: Text
    breach: Text | None = None


class ChangeFile(Struct, frozen=True, kw_only=True):
    """A change as it is written.

    `title` counts the instrument in its title: `ordinal` is First Amendment, `numbered`
    Amendment No. 1; without it the last one of its kind decides, and else `ordinal`.
    `consents` names those who must agree though they sign nothing: a surety, a lender.
    `names` says what the contract wants its amendments to name; `where` holds terms
    that a deal must have for the change to be meant for it.
    """

    amends: Text
    effective: date
    instrument: Kind | None = None
    title: Title | None = None
    where: dict[Text, Text] = {}
    until: date | None = None
    circumstance: Circumstance | None = None
    waives: Waives | None = None
    names: dict[Text, Text] = {}
    because: tuple[Text, ...] = ()
    consents: tuple[Text, ...] = ()
    changes: dict[str, object] = {}


class Removed(Struct, frozen=True):
    """A removal; it spares circumstances that began up to a moment, if one is named."""

    spares_until: Moment | None = None


class Moved(Struct, frozen=True):
    """A moment made later or earlier by a period."""

    shift: Literal["later", "earlier"]
    by: Period


class Temporary(Struct, frozen=True):
    """A change that holds to the end of a day; then the earlier text revives."""

    value: object
    until: date


class Change(Struct, frozen=True, kw_only=True):
    """What one amendment changes: by path, `Removed`, `Moved`, or what was written.

    `changes` holds the new state of temporary changes too; `temporary` says until when,
    and `until` the last day of a waiver that holds for more than one case.
    `instrument` is what the parties sign, where it was chosen and not left to follow.
    """

    reference: str
    digest: str | None
    effective: date
    circumstance: Circumstance | None
    because: tuple[str, ...]
    consents: tuple[str, ...] = ()
    changes: dict[str, object]
    temporary: dict[str, Temporary]
    source: Source
    canonical: dict[str, object]
    instrument: Kind | None = None
    title: Title | None = None
    waives: Waives | None = None
    until: date | None = None
    names: dict[str, str] = {}
    where: dict[str, str] = {}

    def place(self, path: str) -> Place:
        """Return where the change file speaks of a path of the terms."""
        for changed in self.changes:
            if within(path, changed):
                inner = f".to{path[len(changed) :]}"
                at = f"changes.{changed}"
                temporary = changed in self.temporary and self.source.has(f"{at}.to")
                return self.source.place(at + inner if temporary else f"changes.{path}")
        return self.source.place("changes")

    def sets(self, path: str) -> bool:
        """Whether this change writes the path, or a section that holds it."""
        return any(within(path, own) for own in self.changes)


def read_change(text: str, file: str) -> tuple[Change | None, list[Problem]]:
    """Read a change file, or say everything that is wrong in it alone."""
    source, problems = compose(text, file)
    if source is None:
        return None, problems
    return read_change_source(source, problems)


def read_change_source(
    source: Source, problems: list[Problem]
) -> tuple[Change | None, list[Problem]]:
    """Read a change from a text already composed."""
    if source.has("contract") and not source.has("changes"):
        what = "terms, not a change"
        return None, [*problems, mistaken(source, "contract", what)]
    file, canonical, found = read_section(source, ChangeFile)
    problems = problems + [_which_end(problem) for problem in found]
    if file is None:
        return None, in_order(problems)
    reader = _ChangeReader(source, file)
    problems += reader.problems
    if problems:
        return None, in_order(problems)
    reference, digest = _amends(file.amends)
    change = Change(
        reference=reference,
        digest=digest,
        effective=file.effective,
        circumstance=file.circumstance,
        because=file.because,
        consents=file.consents,
        changes=reader.changes,
        temporary=reader.temporary,
        source=source,
        canonical=canonical,
        instrument=file.instrument,
        title=file.title,
        waives=file.waives,
        until=file.until,
        names={str(key): str(text) for key, text in file.names.items()},
        where={str(path): str(text) for path, text in file.where.items()},
    )
    return change, []


def _amends(words: str) -> tuple[str, str | None]:
    match = re.fullmatch(r"(.+?)\s+of\s+([0-9a-f]{8,64})", words)
    return (match[1], match[2]) if match else (words, None)


def _which_end(problem: Problem) -> Problem:
    if problem.path != "circumstance.ended":
        return problem
    return problem._replace(
        code="F39",
        what="`ended` does not say whether work was still stopped on that day.",
        why="The last day lost and the day work resumed differ by a day of relief.",
        remedy="Write `last_day_lost` or `work_resumed`.",
    )


def nothing_changed(source: Source) -> Problem:
    """Return the problem of a file that changes nothing, where it should."""
    where = source.place("changes" if source.has("changes") else "")
    what, why = "Nothing is changed.", "An amendment without a change has no effect."
    return Problem("F36", where, "changes", what, why, "Name a change.")


class _ChangeReader:
    """Reads the values of a change file, and holds its paths against the model."""

    def __init__(self, source: Source, file: ChangeFile) -> None:
        self.source, self.file = source, file
        self.problems: list[Problem] = []
        self.changes: dict[str, object] = {}
        self.temporary: dict[str, Temporary] = {}
        self._days()
        if not (file.changes or file.circumstance or file.waives):
            self.problems.append(nothing_changed(source))
        for path, value in file.changes.items():
            self._change(path, value)
        self._overlaps()

    def note(self, code: str, path: str, what: str, why: str, remedy: str) -> None:
        """Note a problem at the place of a path of the change file."""
        where = self.source.place(path)
        self.problems.append(Problem(code, where, path, what, why, remedy))

    def _days(self) -> None:
        if self.file.until and not (self.file.changes or self.file.waives):
            what = "`until` stands where nothing is changed and no right is waived."
            why = "It would say of nothing that it ends."
            self.note("F34", "until", what, why, "Leave `until` out.")
        for path, first, second in _orders(self.file):
            what = f"`{path.rpartition('.')[2]}` lies before {first}, {second}."
            why = "That order of days cannot be."
            self.note("F38", path, what, why, "Correct one of the two days.")
        event = self.file.circumstance
        if event and event.last_day_lost and event.work_resumed:
            what = "`last_day_lost` and `work_resumed` are both given."
            why = "The days lost would be stated twice, and may differ."
            self.note(
                "F39", "circumstance.work_resumed", what, why, "Keep one of them."
            )

    def _change(self, path: str, value: object) -> None:
        at = f"changes.{path}"
        until = self.file.until
        if isinstance(value, dict) and _temporary(value):
            until = self._until(value, at)
            value = value["to"]
            at = f"{at}.to"
        if not self._may_change(path):
            return
        if until is not None:
            self._temporary(path)
            self.temporary[path] = Temporary(value, until)
        self.changes[path] = self._meant(value, path, at)

    def _until(self, value: dict[str, object], at: str) -> date | None:
        try:
            return read_date(str(value.get("until", "")))
        except Unreadable as words:
            what, why = words.what, words.why
            if "until" not in value:
                what, why = "`to` stands without `until`.", "What is temporary ends."
            self.note("F07", f"{at}.until", what, why, words.remedy)
            return None

    def _may_change(self, path: str) -> bool:
        head = path.partition(".")[0]
        at = f"changes.{path}"
        if head in UNCHANGEABLE:
            what = f"`{head}` cannot be changed."
            why = "It tells which deal this is, when it began, or how it was closed."
            self.note("F33", at, what, why, "Leave it, or make a new contract.")
            return False
        shape, unknown = shape_at(shape_of(Terms), path)
        if not all(path.split(".")):
            what = f"`{path}` is no path: a key is missing between its points."
            why = "A change of nothing would be agreed and lost."
            self.note("F31", at, what, why, "Write it like milestones.garage.due.")
            return False
        if shape is None:
            what = f"`{path}` is no path of the terms: `{unknown}` is no key there."
            why = "A change of nothing would be agreed and lost."
            self.note("F31", at, what, why, _meant_path(path))
        return shape is not None

    def _temporary(self, path: str) -> None:
        head = path.partition(".")[0]
        if head in NEVER_TEMPORARY:
            what = f"A change of `{path}` cannot be temporary."
            why = "A day that is reached or a sum that is paid does not revive."
            self.note("F34", f"changes.{path}", what, why, "Leave `until` out.")

    def _meant(self, value: object, path: str, at: str) -> object:
        if not isinstance(value, str):
            return value
        try:
            if match := re.fullmatch(r"(later|earlier)\s+by\s+(.+)", value):
                return Moved(match[1], Period.read(match[2]))  # type: ignore[arg-type]
            return self._removed(value, path)
        except Unreadable as words:
            code = "F09" if value.startswith(("later", "earlier")) else "F10"
            self.note(code, at, words.what, words.why, words.remedy)
        return value

    def _removed(self, value: str, path: str) -> object:
        if value == "removed":
            return Removed()
        match = re.fullmatch(
            r"removed for circumstances that begin after (.+)", " ".join(value.split())
        )
        if match is None:
            return value
        if not CONTINGENCY.fullmatch(path):
            what = f"`{path}` is no contingency."
            why = "Only a contingency has circumstances that a removal may spare."
            self.note("F40", f"changes.{path}", what, why, "Write `removed`.")
        return Removed(read_moment(match[1]))

    def _overlaps(self) -> None:
        for path in self.changes:
            for other in self.changes:
                if path.startswith(f"{other}."):
                    what = f"`{path}` is changed, and `{other}` that holds it too."
                    why = "All changes are made together: which would win?"
                    remedy = f"Put the change of `{path}` into that of `{other}`."
                    self.note("F37", f"changes.{path}", what, why, remedy)


def _temporary(value: dict[str, object]) -> bool:
    return "to" in value and set(value) <= {"to", "until"}


def _orders(file: ChangeFile) -> Iterator[tuple[str, str, date]]:
    """Yield each day that lies before one it must follow: path, that one, its date."""
    if file.until and file.until < file.effective:
        yield "until", "`effective`", file.effective
    for path, value in file.changes.items():
        if not (isinstance(value, dict) and _temporary(value)):
            continue
        until = value.get("until")
        early = isinstance(until, str) and until < str(file.effective)
        if early and re.fullmatch(r"\d{4}-\d\d-\d\d", str(until)):
            yield f"changes.{path}.until", "`effective`", file.effective
    event = file.circumstance
    if event is None:
        return
    if event.aware and event.aware < event.began:
        yield "circumstance.aware", "`began`", event.began
    if event.last_day_lost and event.last_day_lost < event.began:
        yield "circumstance.last_day_lost", "`began`", event.began
    if event.work_resumed and event.work_resumed <= event.began:
        yield "circumstance.work_resumed", "the day after `began`", event.began
    if event.notice and event.notice.given < event.began:
        yield "circumstance.notice.given", "`began`", event.began


def _meant_path(path: str) -> str:
    """Return what was probably meant by a path that no terms have."""
    shape: Shape | None = shape_of(Terms)
    keys: list[str] = []
    for key in path.split("."):
        if shape is None or not (shape.section or shape.entry):
            whole = ".".join(keys)
            what = (
                "a list is replaced whole" if shape and shape.item else "it is a value"
            )
            return f"Change `{whole}`: {what}."
        known = list(fields_of(shape.section)) if shape.section else [key]
        guess = key if key in known else nearest(key, known)
        if guess is None:
            return f"There it knows {', '.join(f'`{name}`' for name in known)}."
        keys.append(guess)
        inside = fields_of(shape.section)[guess].shape if shape.section else None
        shape = inside or shape.entry
    return f"Did you mean `{'.'.join(keys)}`?"
