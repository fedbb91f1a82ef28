"""Terms and a change: the terms as they then stand, in the parties' own text.

All changes of a file are made together and the result is read once. What is wrong with
a changed place is shown in the change file, everything else in the terms.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from closer.problems import Place, Problem
from closer.terms.change import (
    Change,
    ChangeFile,
    Circumstance,
    Moved,
    NoticeGiven,
    Removed,
    Temporary,
    Waives,
    nothing_changed,
    read_change,
    read_change_source,
)
from closer.terms.days import business_days
from closer.terms.differences import Difference, between_text, differences
from closer.terms.digest import digest, digest_of
from closer.terms.instruments import suited
from closer.terms.meant import misplaced
from closer.terms.model import Amended, Terms
from closer.terms.reading import Agreed, in_order, nearest, read_source
from closer.terms.record import Kind, Lasting, Title, spells
from closer.terms.scalars import DATE, MOMENT
from closer.terms.shapes import shape_at, shape_of
from closer.terms.shifting import shifted
from closer.terms.source import MapNode, ScalarNode, Source, compose
from closer.terms.splicing import with_item, with_value, without
from closer.terms.values import Unreadable

__all__ = [
    "Change",
    "ChangeFile",
    "Circumstance",
    "Difference",
    "Moved",
    "NoticeGiven",
    "Removed",
    "Temporary",
    "Waives",
    "amended",
    "between",
    "change_digest",
    "differences",
    "entry",
    "read_change",
    "terms_text",
]


class AmendedSource(Source, frozen=True):
    """The text after a change; places are those of the files that people wrote."""

    before: Source
    change: Change

    def place(self, path: str) -> Place:
        """Return the place in the change file, if that sets the path, or the terms."""
        origin = self.change if self.change.sets(path) else self.before
        return origin.place(path)


class _WholeFile(Source, frozen=True):
    """The change that a whole file of terms stands for; its places are that file's."""

    after: Source

    def place(self, path: str) -> Place:
        """Return the place of a changed path in the file of terms."""
        return self.after.place(path.removeprefix("changes").removeprefix("."))


def amended(agreed: Agreed, change: Change) -> tuple[Agreed | None, list[Problem]]:
    """Return the terms as they stand after a change, or everything in its way.

    `closing` speaks of the first signing and is left out. `terms.amended` holds the
    new entry, for shares are of the price as signed; the text gets it by `terms_text`.
    """
    problems = [*misplaced(agreed, change)]
    if not change.changes:
        problems.append(nothing_changed(change.source))
    source: Source | None = agreed.source
    for path, value in change.changes.items():
        if source is None:
            break
        try:
            text = _applied(agreed, source, path, value)
        except _Refused as refused:
            problems.append(refused.at(change.place(path), path))
            continue
        source, found = compose(text, agreed.source.file)
        problems += [one._replace(where=change.place(one.path)) for one in found]
    if source and source.has("closing"):
        source, _ = compose(without(source, "closing"), agreed.source.file)
    if source is None:
        return None, in_order(problems)
    return _read_again(agreed, change, source, problems)


def _read_again(
    agreed: Agreed, change: Change, source: Source, problems: list[Problem]
) -> tuple[Agreed | None, list[Problem]]:
    whole = AmendedSource(
        source.file, source.text, source.root, before=agreed.source, change=change
    )
    after, found = read_source(whole, [])
    if problems:
        found = [problem for problem in found if change.sets(problem.path)]
    problems += [problem._replace(where=whole.place(problem.path)) for problem in found]
    if after is not None:
        told = {problem.path for problem in problems}
        problems += _without_effect(agreed, after, change, told)
    if after is None or problems:
        return None, in_order(problems)
    terms = structs.replace(
        after.terms, amended=(*agreed.terms.amended, entry(agreed, after, change))
    )
    return Agreed(terms, whole, after.canonical), []


class _Refused(Exception):
    """A change that cannot be made where it is asked for."""

    def __init__(self, code: str, what: str, why: str, remedy: str) -> None:
        super().__init__(code, what, why, remedy)
        self.code, self.what, self.why, self.remedy = code, what, why, remedy

    def at(self, where: Place, path: str) -> Problem:
        return Problem(self.code, where, path, self.what, self.why, self.remedy)


def _applied(agreed: Agreed, source: Source, path: str, value: object) -> str:
    if isinstance(value, Removed):
        _there(agreed, path)
        return without(source, path) if source.has(path) else source.text
    if isinstance(value, Moved):
        _there(agreed, path)
        return with_value(source, path, _moved(agreed, path, value))
    _entry_there(agreed, path)
    return with_value(source, path, value)


def _there(agreed: Agreed, path: str) -> None:
    if not agreed.source.has(path):
        raise _Refused(
            "F32",
            f"There is no `{path}` in the terms.",
            "What is not there can be neither removed nor moved.",
            _nearest_path(agreed, path),
        )


def _entry_there(agreed: Agreed, path: str) -> None:
    """Refuse a value deep inside an entry that does not exist: it names another."""
    keys = path.split(".")
    for length in range(1, len(keys) - 1):
        parent, one = ".".join(keys[:length]), ".".join(keys[: length + 1])
        shape, _ = shape_at(shape_of(Terms), parent)
        if shape and shape.entry and not agreed.source.has(one):
            raise _Refused(
                "F32",
                f"There is no `{one}` in the terms.",
                "Only a whole entry can be added: one key of it says too little.",
                f"{_nearest_path(agreed, one)} Or add `{one}: {{…}}`.",
            )


def _nearest_path(agreed: Agreed, path: str) -> str:
    known: list[str] = []
    keys = path.split(".")
    for length in range(len(keys) - 1, -1, -1):
        parent = ".".join(keys[:length])
        node = agreed.source.node(parent)
        if isinstance(node, MapNode):
            known = list(node.entries)
            break
    guess = nearest(keys[length], known)
    if guess:
        return (
            f"Did you mean `{'.'.join([*keys[:length], guess, *keys[length + 1 :]])}`?"
        )
    listed = ", ".join(f"`{name}`" for name in known)
    return f"There stand {listed}."


def _moved(agreed: Agreed, path: str, move: Moved) -> str:
    node = agreed.source.node(path)
    shape, _ = shape_at(shape_of(Terms), path)
    kind = shape.kind if shape else None
    if not isinstance(node, ScalarNode) or kind not in (MOMENT, DATE):
        raise _Refused(
            "F35",
            f"`{path}` is no moment.",
            "Only a day or what fixes a day can become later or earlier.",
            "Write the new value itself.",
        )
    moment = MOMENT.read(node.text, None)
    calendar = business_days(agreed.terms.time)
    try:
        return str(shifted(moment, move.by, move.shift, calendar))  # type: ignore[arg-type]
    except Unreadable as words:
        raise _Refused("F35", words.what, words.why, words.remedy) from words


def _without_effect(
    before: Agreed, after: Agreed, change: Change, told: set[str]
) -> Iterator[Problem]:
    for path in change.changes:
        if path not in told and _agreed_at(before, path) == _agreed_at(after, path):
            yield Problem(
                "F36",
                change.place(path),
                path,
                f"This leaves `{path}` as it is.",
                "A change that changes nothing makes people look for what it did.",
                "Leave it out, or correct it.",
            )


def _agreed_at(agreed: Agreed, path: str) -> str:
    value: object = agreed.canonical
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return digest_of({"": value})


def change_digest(change: Change) -> str:
    """Return the digest of a change file."""
    return digest_of(change.canonical)


def entry(before: Agreed, after: Agreed, change: Change) -> Amended:
    """Return the line by which amended terms remember a change.

    The price as signed is written down by the first change of it alone: every share is
    a part of that price from then on.
    """
    old = before.terms.price.total if before.terms.price else None
    new = after.terms.price.total if after.terms.price else None
    known = any(one.original_price for one in before.terms.amended)
    kind = change.instrument or suited(before, change)
    return Amended(
        change=change.source.file.replace("\\", "/").rpartition("/")[2],
        effective=change.effective,
        before=digest(before),
        change_digest=change_digest(change),
        original_price=old if old != new and not known else None,
        instrument=None if kind == "amendment" else kind,
        temporary=tuple(_for_a_time(before, change)),
        title=_title(before, kind, change),
    )


def _title(before: Agreed, kind: Kind, change: Change) -> Title | None:
    """Return how an instrument counts: as it says, or as the last of its kind does."""
    same = [e for e in before.terms.amended if (e.instrument or "amendment") == kind]
    told = change.title or (same[-1].title if same else None)
    return "numbered" if told == "numbered" else None


def _for_a_time(before: Agreed, change: Change) -> Iterator[Lasting]:
    """Yield the last day of each temporary change, and what now stays for good."""
    for path, each in change.temporary.items():
        yield Lasting(term=path, until=each.until)
    running = spells(before.terms.amended)
    for path in change.changes:
        overtakes = any(spell.overtaken(path, change.effective) for spell in running)
        if overtakes and path not in change.temporary:
            yield Lasting(term=path, until="for good")


def terms_text(agreed: Agreed) -> str:
    """Return amended terms as a file: `closing` left out, every change listed."""
    source: Source | None = agreed.source
    listed = agreed.canonical.get("amended")
    written = len(listed) if isinstance(listed, list) else 0
    text = agreed.source.text
    for one in agreed.terms.amended[written:]:
        if source is not None:
            text = with_item(source, "amended", _entry_written(one))
            source, _ = compose(text, agreed.source.file)
    return text


def _entry_written(one: Amended) -> dict[str, object]:
    values = structs.asdict(one)
    temporary = values.pop("temporary")
    told: dict[str, object] = {k: str(v) for k, v in values.items() if v is not None}
    if temporary:
        told["temporary"] = [
            {"term": each.term, "until": str(each.until)} for each in temporary
        ]
    return told


def between(
    before: Agreed, after: Agreed, effective: date
) -> tuple[Change | None, list[Problem]]:
    """Return the change that leads from one whole file of terms to another."""
    source, problems = compose(
        between_text(before, after, effective), after.source.file
    )
    if source is None:  # pragma: no cover - values that were read can be written
        return None, problems
    whole = _WholeFile(source.file, source.text, source.root, after=after.source)
    return read_change_source(whole, problems)
