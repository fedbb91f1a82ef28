"""What Python's calendar readers see of some files: JSON of rows, by reader and file.

python python_view.py FROM TO READER… < JSON list of paths  (TZ: the viewer's zone)
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

Row = tuple[str, str, str, str]


def told(moment: date) -> str:
    """A day stays a day; a time is told as its instant."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        moment = moment.astimezone()
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def row(uid: Any, start: date, summary: Any, status: Any) -> Row:
    return str(uid), told(start), str(summary), str(status or "").upper()


def recurring_ical_events(data: bytes, first: date, last: date) -> Iterator[Row]:
    import icalendar  # noqa: PLC0415
    import recurring_ical_events as expander  # noqa: PLC0415

    whole = icalendar.Calendar.from_ical(data)
    for each in expander.of(whole).between(first, last):
        uid, status = each["UID"], each.get("STATUS")
        yield row(uid, each["DTSTART"].dt, each["SUMMARY"], status)


def ical(data: bytes, first: date, last: date) -> Iterator[Row]:
    from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415

    whole = IcsCalendarStream.calendar_from_ics(data.decode())
    for each in whole.timeline.overlapping(first, last):
        status = each.status and each.status.value
        yield row(each.uid, each.start, each.summary, status)


def icalevents(data: bytes, first: date, last: date) -> Iterator[Row]:
    from icalevents.icalevents import events  # noqa: PLC0415

    low, high = _midnight(first), _midnight(last)
    for each in events(string_content=data, start=low, end=high, strict=True):
        start = each.start
        if each.all_day and isinstance(start, datetime):
            start = start.date()
        yield row(each.uid, start, each.summary, each.status)


def vobject(data: bytes, first: date, last: date) -> Iterator[Row]:
    import vobject as reader  # noqa: PLC0415

    for each in reader.readOne(data.decode()).vevent_list:
        start = each.dtstart.value
        starts: list[date] = [start]
        if hasattr(each, "rrule"):
            timed = isinstance(start, datetime)
            low, high = (
                moment if timed else moment.replace(tzinfo=None)
                for moment in (_midnight(first), _midnight(last))
            )
            found = each.getrruleset().between(low, high, inc=True)
            starts = [day if timed else day.date() for day in found]
        status = each.status.value if hasattr(each, "status") else ""
        for day in starts:
            yield row(each.uid.value, day, each.summary.value, status)


def khal(data: bytes, first: date, last: date) -> Iterator[Row]:
    """Import as khal does: each entry a file of a folder, in the viewer's zone."""
    import tempfile  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from khal.icalendar import split_ics  # noqa: PLC0415
    from khal.khalendar import CalendarCollection  # noqa: PLC0415

    zone = ZoneInfo(os.environ["TZ"])
    locale = {"default_timezone": zone, "local_timezone": zone}
    with tempfile.TemporaryDirectory() as folder:
        deals = {"name": "deals", "path": folder, "addresses": []}
        deals |= {"readonly": False, "color": "", "priority": 10}
        for number, item in enumerate(split_ics(data.decode())):
            (Path(folder) / f"{number}.ics").write_text(item, encoding="utf-8")
        whole = CalendarCollection({"deals": deals}, locale=locale, dbpath=":memory:")
        low = datetime(first.year, first.month, first.day, tzinfo=zone)
        high = datetime(last.year, last.month, last.day, tzinfo=zone)
        timed = whole.get_localized(low, high)
        days = whole.get_floating(low.replace(tzinfo=None), high.replace(tzinfo=None))
        for each in (*timed, *days):
            yield row(each.uid, each.start, each.summary, each.status)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(1)


READERS: dict[str, Callable[[bytes, date, date], Iterator[Row]]] = {
    "recurring_ical_events": recurring_ical_events,
    "ical": ical,
    "icalevents": icalevents,
    "vobject": vobject,
    "khal": khal,
}


def main(first: str, last: str, *readers: str) -> None:
    """Let each reader read each file."""
    low, high = date.fromisoformat(first), date.fromisoformat(last)
    paths = json.load(sys.stdin)
    found = {
        reader: {
            path: sorted(READERS[reader](Path(path).read_bytes(), low, high))
            for path in paths
        }
        for reader in readers
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
