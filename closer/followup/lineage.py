"""What comes back, over the changes of a deal: each rhythm keeps its past.

A rhythm that a change alters goes on in pieces. The old piece ends before the change
takes effect; the new one is an entry of its own, whose number carries that of the
amendment; when a temporary change is over, the old rhythm is revived as a third.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from closer.followup.entries import Entry, Schedule, uid_of
from closer.followup.recurrence import endless, occurrences, until
from closer.terms.paths import touches

_MARK = "+"
_REVIVED = "+revived"
_A_DAY = timedelta(1)


class Change(Struct, frozen=True):
    """One change of a deal: its schedules, its day, and what it changes for a time."""

    before: Schedule
    after: Schedule
    effective: date
    until: dict[str, date]

    @property
    def number(self) -> int:
        """The number of the amendment."""
        return max(self.before.changes + 1, self.after.changes)

    def last_day(self, term: str) -> date | None:
        """Return the last day of a temporary change of a thing of the terms."""
        for path, last in self.until.items():
            if touches(path, term):
                return last
        return None


class Piece(Struct, frozen=True):
    """One rhythm from a first to a last time: one rule, or one entry each time.

    `suffix`: what the numbers of its entries end with, of which change it came.
    """

    suffix: str
    entries: tuple[Entry, ...]

    @property
    def rule(self) -> Entry | None:
        """The entry that holds the whole rhythm, if one does."""
        return next((entry for entry in self.entries if entry.rrule), None)

    @property
    def begins(self) -> date:
        """The first day, expected ones among them."""
        first = self.entries[0]
        return _day(first.start) if first.start else first.day or date.max

    def goes_on(self, effective: date) -> bool:
        """Return whether a time of it is on or after a day."""
        if self.rule is not None:
            return _first_from(self.rule, effective) is not None
        return any((entry.day or date.max) >= effective for entry in self.entries)


def returning(entry: Entry) -> bool:
    """Return whether an entry is one time, or all times, of a rhythm."""
    return entry.written.startswith("every ")


def rhythms_after(change: Change) -> Iterator[Entry]:
    """Yield the entries of every rhythm as it goes on after a change."""
    old, new = _grouped(change.before), _grouped(change.after)
    for key in {**old, **new}:
        pieces = _pieces(old.get(key, []))
        wanted = new.get(key, [])
        if not pieces:
            yield from wanted
        elif not wanted:
            yield from _remaining(pieces, change.effective)
        else:
            yield from _going_on(pieces, Piece("", tuple(wanted)), change)


def _grouped(schedule: Schedule) -> dict[tuple[str, str], list[Entry]]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in schedule.entries:
        if returning(entry) and entry.status != "cancelled":
            groups.setdefault((entry.kind, entry.term), []).append(entry)
    return groups


def _pieces(entries: list[Entry]) -> list[Piece]:
    """Return the pieces of a rhythm, in the order of their days."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        _, mark, rest = entry.number.partition(_MARK)
        found.setdefault(mark + rest, []).append(entry)
    pieces = [Piece(suffix, tuple(each)) for suffix, each in found.items()]
    return sorted(pieces, key=lambda piece: piece.begins)


def _remaining(pieces: list[Piece], effective: date) -> Iterator[Entry]:
    """Yield what stays of a rhythm that a change dropped: its past.

    A rule that still runs is dropped whole: one entry cannot be half cancelled.
    """
    for piece in pieces:
        if piece.rule is None:
            yield from _part(piece, None, effective - _A_DAY)
        elif not piece.goes_on(effective):
            yield piece.rule


def _going_on(pieces: list[Piece], new: Piece, change: Change) -> Iterator[Entry]:
    last_day = change.last_day(new.entries[0].term)
    running = [piece for piece in pieces if piece.goes_on(change.effective)]
    known = [*running, *_over(pieces)]
    same = next((piece for piece in known if _same(piece, new)), None)
    if same is None or (last_day and not _same_words(same, new)):
        yield from _split(pieces, new, last_day, change)
        return
    for piece in pieces:
        if piece is not same:
            yield from _to_the_end(piece, change) if piece in running else piece.entries
        elif running and piece is running[-1]:
            first = change.effective if piece is pieces[0] else date.max
            yield from _continued(piece, new, change, min(first, piece.begins))
        else:
            yield from piece.entries


def _over(pieces: list[Piece]) -> list[Piece]:
    """Return the temporary pieces after which the rhythm of before was revived."""
    suffixes = {piece.suffix for piece in pieces}
    return [piece for piece in pieces if piece.suffix + _REVIVED in suffixes]


def _same(piece: Piece, new: Piece) -> bool:
    """Return whether a piece is what the terms after the change say from then on."""
    old_rule, new_rule = piece.rule, new.rule
    if old_rule is None or new_rule is None or old_rule.rrule is None:
        return piece.entries[0].written == new.entries[0].written
    alike = endless(old_rule.rrule) == endless(new_rule.rrule or "")
    in_step = _first_from(new_rule, piece.begins) == old_rule.start
    return alike and in_step and _length(old_rule) == _length(new_rule)


def _same_words(piece: Piece, new: Piece) -> bool:
    one, other = piece.entries[0], new.entries[0]
    return (one.title, one.description) == (other.title, other.description)


def _continued(
    piece: Piece, new: Piece, change: Change, first: date
) -> Iterator[Entry]:
    """Yield a piece with what else the change says: its last time, its title.

    From `first` on it has every time of the new rhythm: one that has not begun yet may
    begin earlier now.

    Where each time is an entry of its own, those before the change stay as they were.
    """
    rule, reference = piece.rule, change.after.reference
    if rule is not None and rule.start is not None and new.rule is not None:
        begun = _from_day(new.rule, first, None) or new.rule
        yield _numbered(_with_past(begun, piece, change), piece.suffix, reference)
        return
    past = list(_part(piece, None, change.effective - _A_DAY))
    following = list(_part(new, change.effective, None))
    shift = _ahead_of(past, following)
    yield from past
    for entry in following:
        yield _numbered(entry, piece.suffix, reference, shift)


def _ahead_of(past: list[Entry], following: list[Entry]) -> int:
    """Return by how much numbers rise, where those of the past would be used again."""
    if not past or not following or following[0].rrule:
        return 0
    return max(0, _count(past[-1]) + 1 - _count(following[0]))


def _count(entry: Entry) -> int:
    """Return which time of a rhythm an entry is."""
    return int(entry.number.partition(_MARK)[0])


def _with_past(begun: Entry, piece: Piece, change: Change) -> Entry:
    """Return a rule that ends too early with what ran until the change took effect."""
    if piece.rule is None or not piece.goes_on(change.effective):
        return begun
    if Piece("", (begun,)).goes_on(change.effective):
        return begun
    past = _from_day(piece.rule, None, change.effective - _A_DAY)
    return replace(begun, rrule=past.rrule) if past else begun


def _to_the_end(piece: Piece, change: Change) -> Iterator[Entry]:
    """Yield a revived rhythm with the end that the contract now has."""
    if not piece.suffix.endswith(_REVIVED):
        yield from piece.entries
    else:
        yield from _part(_with_end(piece, change), None, None)


def _with_end(piece: Piece, change: Change) -> Piece:
    """Return a rule until the end of the contract, where it had no end of its own."""
    rule, ends = piece.rule, change.after.ends
    if rule is None or rule.rrule is None or " until " in rule.written:
        return piece
    if ends is None or ends == change.before.ends:
        return piece
    longer = replace(rule, rrule=endless(rule.rrule))
    return Piece(piece.suffix, tuple(_part(Piece("", (longer,)), None, ends)))


def _split(
    pieces: list[Piece], new: Piece, last_day: date | None, change: Change
) -> Iterator[Entry]:
    """End what runs, go on as changed, and after a temporary change revive it."""
    for piece in pieces:
        yield from _part(piece, None, change.effective - _A_DAY)
    reference, suffix = change.after.reference, _suffix(pieces, change)
    for entry in _part(new, change.effective if suffix else None, last_day):
        yield _numbered(entry, suffix, reference)
    if last_day is not None:
        suffix = f"{_MARK}{change.number}{_REVIVED}"
        old = _with_end(pieces[-1], change)
        for entry in _part(old, last_day + _A_DAY, None):
            yield _numbered(entry, suffix, reference)


def _suffix(pieces: list[Piece], change: Change) -> str:
    """Return the mark of the changed piece; one that has not begun is only moved."""
    running = [piece for piece in pieces if piece.goes_on(change.effective)]
    ahead = [piece for piece in running if piece.begins >= change.effective]
    temporary = change.last_day(pieces[-1].entries[0].term) is not None
    if ahead and len(ahead) == len(running) and not temporary:
        return ahead[-1].suffix
    return f"{_MARK}{change.number}"


def _part(piece: Piece, first: date | None, last: date | None) -> Iterator[Entry]:
    """Yield what of a piece lies between two days, both included."""
    if piece.rule is not None:
        found = _from_day(piece.rule, first, last)
        if found is not None:
            yield found
        return
    for entry in piece.entries:
        if (first or date.min) <= (entry.day or date.max) <= (last or date.max):
            yield entry


def _from_day(entry: Entry, first: date | None, last: date | None) -> Entry | None:
    """Return the part of a rule between two days, None if no time is left."""
    if entry.start is None or entry.rrule is None:
        return None
    start = _first_from(entry, first or date.min)
    if start is None or _day(start) > (last or date.max):
        return None
    rule = entry.rrule
    if last is not None:
        times = occurrences(rule, start)
        kept = list(takewhile(lambda time: _day(time) <= last, times))
        rule = until(rule, kept[-1])
    end = start + _length(entry)
    expected = _day(start) if entry.expected else None
    return replace(entry, start=start, end=end, rrule=rule, expected=expected)


def _numbered(entry: Entry, suffix: str, reference: str, shift: int = 0) -> Entry:
    bare = str(_count(entry) + shift) if shift else entry.number.partition(_MARK)[0]
    number = bare + suffix
    uid = uid_of(reference, entry.kind, entry.term, number)
    return replace(entry, number=number, uid=uid)


def _first_from(entry: Entry, first: date) -> date | None:
    """Return the first time of a rule on or after a day."""
    if entry.start is None or entry.rrule is None:
        return None
    times = occurrences(entry.rrule, entry.start)
    return next((time for time in times if _day(time) >= first), None)


def _length(entry: Entry) -> timedelta:
    if entry.start is None or entry.end is None:
        return timedelta(0)
    return entry.end - entry.start


def _day(time: date) -> date:
    return time.date() if isinstance(time, datetime) else time
