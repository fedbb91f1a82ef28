"""How long calendars take: one deal in a cold process, and a portfolio of a thousand.

The rival builds the very same components with plain icalendar, from values that are
already there: no terms, no days, no reasons to work out. Both run turn about in one
process; the ratio of the medians is what counts.

    python tests/benchmarks/schedule_portfolio.py [DEALS [TIMES]]
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from icalendar import Alarm, Calendar, Event, Timezone
from msgspec.structs import replace
from scheduling import GARAGE, STUDIO, sample, shapes

from closer.followup.entries import Schedule
from closer.followup.schedule import schedule
from closer.formats.ical import write
from closer.terms.model import Terms
from closer.terms.moments import Facts

KEYS = {
    "UID": "uid",
    "SUMMARY": "summary",
    "DESCRIPTION": "description",
    "SEQUENCE": "sequence",
    "STATUS": "status",
    "TRANSP": "transparency",
    "CLASS": "classification",
}


def portfolio(deals: int) -> list[Terms]:
    """Return so many deals; each a sample with a reference of its own."""
    bases = [sample(GARAGE), sample(STUDIO)]
    return [
        replace(bases[number % 2], reference=f"BENCH-{number}")
        for number in range(deals)
    ]


def ours(deals: list[Terms]) -> tuple[int, int]:
    """Work out every schedule and write it; return entries and bytes."""
    kinds, entries, size = shapes(), 0, 0
    for terms in deals:
        found: Schedule = schedule(terms, Facts(), kinds)
        entries += len(found.entries)
        size += len(write(found))
    return entries, size


def plain_values(
    data: bytes,
) -> tuple[dict[str, Any], list[dict[str, Any]], list[bytes]]:
    """Return what the rival is given: the values of each component of a file."""
    whole = Calendar.from_ical(data)
    zones = [zone.to_ical() for zone in whole.walk("VTIMEZONE")]
    head = {"prodid": str(whole["PRODID"]), "uid": str(whole["UID"])}
    head["name"] = str(whole["NAME"])
    events = []
    for event in whole.walk("VEVENT"):
        values: dict[str, Any] = {
            key: event[name] if name == "SEQUENCE" else str(event[name])
            for name, key in KEYS.items()
            if name in event
        }
        values["stamp"] = event["DTSTAMP"].dt
        values["last_modified"] = event["LAST-MODIFIED"].dt
        values["start"], values["end"] = event["DTSTART"].dt, event["DTEND"].dt
        values["categories"] = list(event["CATEGORIES"].cats)
        events.append(
            {
                "new": values,
                "rrule": event.get("RRULE"),
                "free": "X-MICROSOFT-CDO-BUSYSTATUS" in event,
                "alarms": [
                    (str(a["DESCRIPTION"]), a["TRIGGER"].dt, str(a["UID"]))
                    for a in event.walk("VALARM")
                ],
            }
        )
    return head, events, zones


def plain(
    values: list[tuple[dict[str, Any], list[dict[str, Any]], list[bytes]]],
) -> int:
    """Build the same components with icalendar alone; return the bytes."""
    size = 0
    for head, events, zones in values:
        calendar = Calendar.new(**head)
        for zone in zones:
            calendar.add_component(Timezone.from_ical(zone))
        for each in events:
            event = Event.new(**each["new"])
            if each["free"]:
                event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
            if each["rrule"]:
                event.add("RRULE", each["rrule"])
            for text, trigger, uid in each["alarms"]:
                alarm = Alarm.new_display(text, trigger)
                alarm.add("UID", uid)
                event.add_component(alarm)
            calendar.add_component(event)
        size += len(calendar.to_ical(sorted=True))
    return size


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def busy(work: Callable[[], object]) -> float:
    """Return for how long something keeps the processor busy, whatever else runs."""
    start = time.process_time()
    work()
    return time.process_time() - start


def cold(times: int) -> tuple[float, float]:
    """Return the medians of one deal in a cold process, and of an empty process."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "deal.ics")
        command = [sys.executable, "-m", "closer", "schedule", str(GARAGE), "-o", out]
        ran = [
            seconds(lambda: subprocess.run(command, check=True, capture_output=True))
            for _ in range(times)
        ]
        bare = [
            seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
            for _ in range(times)
        ]
    return statistics.median(ran), statistics.median(bare)


def main(deals: int, times: int) -> None:
    """Run both, turn about, and print the ratio."""
    one, bare = cold(7)
    print(
        f"one deal, cold process  {one * 1000:6.0f} ms  (python -c pass {bare:.3f} s)"
    )
    terms = portfolio(deals)
    kinds = shapes()
    values = [plain_values(write(schedule(t, Facts(), kinds))) for t in terms[:2]]
    given = [values[number % 2] for number in range(deals)]
    entries, size = ours(terms[:2])
    assert abs(plain(values) - size) < size / 100, "the rival builds something else"
    mine, other = [], []
    for _ in range(times):
        mine.append(busy(lambda: ours(terms)))
        other.append(busy(lambda: plain(given)))
    ours_took, theirs = statistics.median(mine), statistics.median(other)
    total = entries * deals // 2
    print(f"{deals} deals, {total} entries, {times} runs each; processor time, medians")
    print(
        f"  plain icalendar   {theirs:7.2f} s  {total / theirs:7.0f} entries a second"
    )
    print(f"  closer            {ours_took:7.2f} s  {total / ours_took:7.0f}")
    print(f"  ratio             {ours_took / theirs:7.2f}")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]] or [1000]
    main(numbers[0], numbers[1] if len(numbers) > 1 else 3)
