"""A calendar file over an older one: identities kept, nothing of the user's lost.

Some programs compare SEQUENCE, others the time of change; both only ever rise. What the
user's calendar added to an entry of ours stays: colour, notes, alarms of their own.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from closer.formats.ical import OURS

if TYPE_CHECKING:
    from icalendar import Calendar, Component

_SEEN = ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "RRULE", "STATUS")
"""What a person sees of an entry; a difference in one of these is a revision."""

_WRITTEN = frozenset(
    (
        *_SEEN,
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "CATEGORIES"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    )
)


class NotCalendar(ValueError):
    """A file that was named as a calendar and is none."""


def over(old: bytes, new: bytes) -> bytes:
    """Return the new file as a revision of the old one.

    Where an entry differs, SEQUENCE is one more than the old file's and the time of
    change a second later, never less. What the new file no longer has stays, cancelled;
    what is not ours stays as it is.
    """
    return _merged(old, new, only_changed=False)


def changed_since(old: bytes, new: bytes) -> bytes:
    """Return only what is new, changed or cancelled since the old file."""
    return _merged(old, new, only_changed=True)


def ours(uid: str) -> bool:
    """Tell whether an entry was made here."""
    return uid.endswith(OURS)


def read(data: bytes) -> "Calendar":
    """Read one calendar; what is none is said with NotCalendar."""
    from icalendar import Calendar  # noqa: PLC0415 - only calendars pay for it

    try:
        found = Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise NotCalendar(str(error)) from error
    if not isinstance(found, Calendar) or found.name != "VCALENDAR":
        raise NotCalendar("no VCALENDAR")
    return found


def _merged(old: bytes, new: bytes, *, only_changed: bool) -> bytes:
    before, after = read(old), read(new)
    known = {str(event.get("UID")): event for event in before.walk("VEVENT")}
    wanted = [str(event["UID"]) for event in after.walk("VEVENT")]
    events: list[Component] = []
    for event in after.walk("VEVENT"):
        was = known.get(str(event["UID"]))
        if was is not None:
            _carried(was, event)
        if not only_changed or was is None or _differs(was, event):
            events.append(event)
    latest = max((moment(e, "DTSTAMP") for e in after.walk("VEVENT")), default=None)
    for each in before.subcomponents:
        uid = str(each.get("UID"))
        if each.name == "VEVENT" and uid not in wanted and ours(uid):
            events += _gone(each, latest, only_changed=only_changed)
        elif not only_changed and _foreign(each, wanted):
            events.append(each)
    zones = _zones(before, after, events)
    after.subcomponents = [*zones, *events]
    as_late(after, events)
    return bytes(after.to_ical(sorted=True))


def _foreign(component: "Component", wanted: list[str]) -> bool:
    if component.name == "VTIMEZONE":
        return False
    return component.name != "VEVENT" or str(component.get("UID")) not in wanted


def _carried(was: "Component", event: "Component") -> None:
    """Bring into an entry what the old one had beside our own properties."""
    sequence, stamp = int(was.get("SEQUENCE", 0)), moment(was, "DTSTAMP")
    stamp = max(stamp, moment(was, "LAST-MODIFIED"))
    if _differs(was, event):
        sequence, stamp = sequence + 1, stamp + timedelta(seconds=1)
    _numbered(event, sequence, stamp)
    for name, value in was.items():
        if name not in _WRITTEN:
            event[name] = value
    own = {str(alarm.get("UID")) for alarm in event.walk("VALARM")}
    for alarm in was.walk("VALARM"):
        uid = str(alarm.get("UID", ""))
        if uid not in own and not ours(uid):
            event.add_component(alarm)


def _numbered(event: "Component", sequence: int, stamp: datetime) -> None:
    """Raise SEQUENCE and the time of change to at least these."""
    sequence = max(sequence, int(event.get("SEQUENCE", 0)))
    stamp = max(stamp, moment(event, "DTSTAMP"))
    for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED"):
        event.pop(name, None)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)


def _gone(
    event: "Component", latest: datetime | None, *, only_changed: bool
) -> Iterator["Component"]:
    """Yield an entry that is no longer wanted: cancelled, without our reminders."""
    from icalendar import vText  # noqa: PLC0415

    if str(event.get("STATUS", "")) == "CANCELLED":
        if not only_changed:
            yield event
        return
    event["STATUS"] = vText("CANCELLED")
    event.subcomponents = []
    stamp = moment(event, "DTSTAMP") + timedelta(seconds=1)
    _numbered(event, int(event.get("SEQUENCE", 0)) + 1, max(stamp, latest or stamp))
    yield event


def _differs(was: "Component", event: "Component") -> bool:
    return any(plain(was, name) != plain(event, name) for name in _SEEN)


def plain(event: "Component", name: str) -> object:
    """Return a property as it is compared: how it was written does not count."""
    value = event.get(name)
    if value is None:
        return "CONFIRMED" if name == "STATUS" else None
    when = getattr(value, "dt", None)
    if isinstance(when, datetime):
        return when.astimezone(UTC)
    if isinstance(when, date):
        return when
    return value.to_ical() if name == "RRULE" else str(value)


def moment(event: "Component", name: str) -> datetime:
    """Return a time of an entry; the first of all where it has none."""
    value = getattr(event.get(name), "dt", None)
    if not isinstance(value, datetime):
        return datetime(1970, 1, 1, tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _zones(
    before: "Calendar", after: "Calendar", events: list["Component"]
) -> list["Component"]:
    """Return the zones that the entries use, ours before those of the old file."""
    found = {str(z["TZID"]): z for z in before.walk("VTIMEZONE")}
    found |= {str(z["TZID"]): z for z in after.walk("VTIMEZONE")}
    used = {
        str(parameters["TZID"])
        for event in events
        for _, value in event.property_items()
        if "TZID" in (parameters := getattr(value, "params", {}))
    }
    return [found[zone] for zone in sorted(used) if zone in found]


def as_late(calendar: "Calendar", events: list["Component"]) -> None:
    """Date a file by the newest entry in it."""
    if events:
        calendar.pop("LAST-MODIFIED", None)
        newest = max(moment(e, "DTSTAMP") for e in events)
        calendar.add("LAST-MODIFIED", newest)
