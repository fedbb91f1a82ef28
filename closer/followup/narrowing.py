"""Parts of a schedule: one party's, those of some days, or what may be shown around."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import takewhile

from msgspec.structs import replace

from closer.followup.entries import Entry, Schedule
from closer.followup.recurrence import occurrences
from closer.followup.wording import in_words
from closer.terms.model import Party, Terms

_NUMBER = r"\d[\d.,\u00a0\u202f']*(?:\s?(?:k|m|bn|million|thousand))?"
_MONEY = re.compile(
    rf"\b[A-Z]{{3}}[\s\u00a0]?{_NUMBER}|[$€£¥₹]\s?{_NUMBER}"
    rf"|{_NUMBER}[\s\u00a0]?(?:[A-Z]{{3}}\b|[$€£¥₹]|dollars|euros|pounds)"
)
_FORMS = re.compile(
    r",?\s+(?:L\.?L\.?C\.?|Inc\.?|Ltd\.?|Limited|Corp\.?|GmbH|AG|KG|PLC|plc|LLP|LP"
    r"|S\.?A\.?|SARL|B\.?V\.?|N\.?V\.?|Company|Co\.)$"
)
_PERSON = "person"


def for_party(schedule: Schedule, party: str, watched: str) -> Schedule:
    """Return the schedule as one party keeps it.

    What the other side owes stays in it, to be watched and without reminders: its
    missed day is this party's loss too. `watched` is the category of such entries.
    """

    def seen(entry: Entry) -> Entry:
        if party in entry.party.split(", "):
            return entry
        return replace(entry, stake="watch", category=watched, reminders=())

    return replace(schedule, entries=tuple(map(seen, schedule.entries)))


def between(schedule: Schedule, first: date | None, last: date | None) -> Schedule:
    """Return what falls on the days from `first` to `last`, both included.

    What comes back stays whole if one of its times is among them; what has no day yet
    is left out.
    """
    entries = tuple(e for e in schedule.entries if _falls(e, first, last))
    return replace(schedule, entries=entries)


def _falls(entry: Entry, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    low, high = first or date.min, last or date.max
    if entry.rrule and entry.start:
        days = map(_day, occurrences(entry.rrule, entry.start))
        return any(day >= low for day in takewhile(lambda day: day <= high, days))
    begins = entry.start or entry.date or entry.expected
    ends = entry.end or begins
    if begins is None or ends is None:
        return False
    return _day(begins) <= high and _day(ends) >= low


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def redacted(
    schedule: Schedule, terms: Iterable[Terms], words: Mapping[str, str]
) -> Schedule:
    """Return the schedule without sums of money and names, for a shared calendar.

    Descriptions go as a whole; in what is left, a name gives way to the role of its
    party and a sum to a word. `terms`: those of each stage of the deal.
    """
    names = _names(terms, words)
    longest_first = sorted(names, key=len, reverse=True)
    known = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
        or r"(?!)",
        re.IGNORECASE,
    )

    def bare(text: str) -> str:
        said = known.sub(lambda found: names[found[0].casefold()], text)
        return _MONEY.sub(words["sum"], said)

    return replace(
        schedule,
        title=bare(schedule.title),
        reference=bare(schedule.reference),
        entries=tuple(_redacted(entry, bare) for entry in schedule.entries),
    )


def _redacted(entry: Entry, bare: Callable[[str], str]) -> Entry:
    return replace(
        entry,
        title=bare(entry.title),
        expected_title=bare(entry.expected_title),
        description="",
        provision=bare(entry.provision),
        because=bare(entry.because),
        reason=tuple(bare(step) for step in entry.reason),
    )


def _names(stages: Iterable[Terms], words: Mapping[str, str]) -> dict[str, str]:
    """Return every name of the terms, in small letters, and what stands for it."""
    found: dict[str, str] = {}
    for terms in stages:
        for id_, party in terms.parties.items():
            role = in_words(party.role or id_)
            for name in _of(party):
                found.setdefault(name.casefold(), role)
            for name in _people(party):
                found.setdefault(name.casefold(), words[_PERSON])
    return found


def _of(party: Party) -> Iterator[str]:
    """Yield how a party and its places are written; a company also without its form."""
    yield party.name
    yield _FORMS.sub("", party.name)
    yield party.address
    if party.kind.casefold() == "individual":
        yield from _parts(party.name)
    if party.licence:
        yield party.licence.number
    yield from (x for x in (party.notices.email, party.notices.address) if x)


def _people(party: Party) -> Iterator[str]:
    people = (party.signatory and party.signatory.name, party.notices.attention)
    for name in people:
        if name:
            yield name
            yield from _parts(name)


def _parts(name: str) -> Iterator[str]:
    yield from (part for part in re.findall(r"\w+", name) if len(part) > 2)
