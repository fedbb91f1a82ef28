"""The schedule as a calendar file that other people's calendars read alike.

Days are dates, never midnights, so that no zone can move them; a meeting stands in its
zone. Nothing of the clock, the machine or chance goes in: same schedule, same bytes.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from closer.followup.entries import Entry, Schedule, reminder_uid, uid_of
from closer.formats.folding import as_file
from closer.formats.zones import vtimezone

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Component, Event

_MADE_BY = "-//closer//follow-up schedule//EN"
OURS = "@closer.invalid"
"""What the UID of every entry ends with that was made here."""

_REFRESH = timedelta(hours=12)
_NINE_O_CLOCK = timedelta(hours=9)
_A_DAY = timedelta(1)


def write(schedule: Schedule) -> bytes:
    """Return the schedule as an iCalendar file; what has no day yet is left out."""
    calendar = _calendar(schedule)
    entries = [entry for entry in schedule.entries if _days(entry)]
    for zone in sorted({zone for entry in entries if (zone := _zone(entry))}):
        calendar.add_component(_timezone(zone))
    for entry in entries:
        calendar.add_component(_event(entry))
    return as_file(calendar)


@lru_cache(maxsize=64)
def _timezone(zone: str) -> "Component":
    """Return the rules of a zone; many deals of a portfolio share them."""
    from icalendar import Timezone  # noqa: PLC0415 - only calendars pay for it

    return Timezone.from_ical(vtimezone(zone))


def _calendar(schedule: Schedule) -> "Calendar":
    from icalendar import Calendar, vDuration  # noqa: PLC0415

    calendar = Calendar.new(
        prodid=_MADE_BY,
        uid=uid_of(schedule.reference, "calendar", "", ""),
        name=_one_line(f"{schedule.title} ({schedule.reference})"),
        last_modified=max((e.stamp for e in schedule.entries), default=None),
    )
    refresh = vDuration(_REFRESH)
    calendar.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(_REFRESH), encode=False)
    return calendar


def _event(entry: Entry) -> "Event":
    from icalendar import Event, vRecur, vText  # noqa: PLC0415
    from icalendar.enums import STATUS, TRANSP  # noqa: PLC0415

    start, end = _days(entry) or (date.min, date.min)
    timed = isinstance(start, datetime)
    event = Event.new(
        uid=entry.uid,
        stamp=entry.stamp,
        last_modified=entry.stamp,
        sequence=entry.sequence,
        start=start,
        end=end if timed else end + _A_DAY,
        summary=_one_line(_title(entry)),
        description=described(entry),
        status=STATUS(entry.status.upper()),
        transparency=TRANSP.OPAQUE if timed else TRANSP.TRANSPARENT,
        categories=[entry.category],
    )
    if not timed:
        event.add("X-MICROSOFT-CDO-BUSYSTATUS", vText("FREE"), encode=False)
    if entry.rrule:
        event.add("RRULE", vRecur.from_ical(entry.rrule))
    for days in entry.reminders:
        if days > 0:
            event.add_component(_alarm(entry, days, timed=timed))
    return event


def _alarm(entry: Entry, days: int, *, timed: bool) -> "Alarm":
    """Return a reminder: at nine on the day for a whole day, else so many days before.

    Always a time before the start: Outlook reads one after it as one before.
    """
    from icalendar import Alarm  # noqa: PLC0415

    before = -days * _A_DAY + (timedelta(0) if timed else _NINE_O_CLOCK)
    alarm = Alarm.new_display(_one_line(_title(entry)), before)
    alarm.add("UID", reminder_uid(entry.uid, days))
    return alarm


def _title(entry: Entry) -> str:
    return entry.expected_title if entry.waits_for else entry.title


def described(entry: Entry) -> str:
    """Return what an entry says: what to do, its provision, the arithmetic."""
    provision = entry.provision[:1].upper() + entry.provision[1:]
    parts = (entry.description, provision, "\n".join(entry.reason))
    return "\n\n".join(part for part in parts if part)


def _days(entry: Entry) -> tuple[date, date] | None:
    """Return the first and the last day, or the hours of a meeting; None if unknown."""
    if entry.start is not None and entry.end is not None:
        return entry.start, entry.end
    day = entry.date or entry.expected
    return (day, day) if day else None


def _zone(entry: Entry) -> str | None:
    zone = entry.start.tzinfo if isinstance(entry.start, datetime) else None
    return zone.key if isinstance(zone, ZoneInfo) and zone.key != "UTC" else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
