"""The schedule drawn: a row for each thing to do, its days on an axis of months.

Plain SVG, made from the entries alone; the page around it needs nothing from the net,
prints on one sheet, and is a list where the screen is narrow.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import escape
from itertools import takewhile
from typing import NamedTuple

from closer.followup.entries import Entry, Schedule, Stake
from closer.followup.recurrence import occurrences
from closer.formats.listing import told_day
from closer.formats.timerows import Row, rows_of, shown

_ROW, _TOP, _BELOW, _EDGE = 20, 74, 40, 16
_DAYS, _TITLES, _AXIS = 92, 380, 620
_LEFT = _EDGE + _DAYS + _TITLES
_WIDTH = _LEFT + _AXIS + 2 * _EDGE
_MOST = 1500
"""Times of one rhythm that are drawn: more than one a pixel shows nothing."""

_COLOURS: dict[Stake, str] = {
    "bar": "#b3261e",
    "money": "#1b6e3c",
    "duty": "#1f4e8c",
    "watch": "#6b7280",
}
_LEGEND: dict[Stake, str] = {
    "bar": "a right is lost",
    "money": "money",
    "duty": "duty",
    "watch": "to watch",
}
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: {sheet}; margin: 10mm }}
html, body {{ margin: 0; background: #fff }}
svg {{ display: block; width: 100%; max-width: {width}px; height: auto }}
svg {{ margin: 0 auto }}
ol {{ display: none }}
@media screen and (max-width: 760px) {{
svg {{ display: none }}
body {{ padding: 12px 16px; color: #1f2937 }}
body, h1 {{ font: 16px/1.4 Carlito, Calibri, Helvetica, Arial, sans-serif }}
h1 {{ font-size: 20px; font-weight: bold; margin: 4px 0 12px }}
ol {{ display: block; list-style: none; margin: 0; padding: 0 }}
li {{ border-left: 4px solid; padding: 2px 0 2px 10px; margin: 0 0 12px }}
li time {{ display: block; font-size: 14px; color: #6b7280 }}
li small {{ display: block; font-size: 14px; color: #6b7280 }}
li span {{ color: #1f2937 }}
li.gone span {{ text-decoration: line-through; color: #9ca3af }}
}}
@media print, screen and (min-width: 761px) {{ h1 {{ display: none }} }}
@media print {{ svg {{ max-width: none; max-height: {high}; break-inside: avoid }} }}
</style>
</head>
<body>
<h1>{title}</h1>
{drawing}{listed}</body>
</html>
"""


class _Scale(NamedTuple):
    """The days that the axis shows, from the first of a month to that of another."""

    first: date
    last: date

    def at(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(_LEFT + share * _AXIS, 1)


def as_svg(schedule: Schedule) -> bytes:
    """Return the timeline as a drawing."""
    return _drawing(schedule).encode()


def as_html(schedule: Schedule) -> bytes:
    """Return the timeline as a page that stands alone and prints on one sheet."""
    upright = _height(rows_of(schedule)) > _WIDTH
    page = _PAGE.format(
        title=escape(f"{schedule.title} ({schedule.reference})"),
        sheet="A4 portrait" if upright else "A4 landscape",
        high="276mm" if upright else "189mm",
        width=_WIDTH,
        drawing=_drawing(schedule),
        listed=_listed(schedule),
    )
    return page.encode()


def _listed(schedule: Schedule) -> str:
    """Return the days one below the other, for a screen on which no axis has room."""
    items = []
    for entry in schedule.entries:
        gone = entry.status == "cancelled"
        colour = "#9ca3af" if gone else _COLOURS[entry.stake]
        title = escape(_fitted(shown(entry, schedule), 4000, 12))
        under = escape(
            _fitted(f"{entry.party} · {entry.provision}".rstrip(" ·"), 4000, 12)
        )
        items.append(
            f'<li{" class=gone" * gone} style="border-color: {colour}">'
            f"<time>{told_day(entry)}</time><span>{title}</span>"
            f"<small>{under}</small></li>\n"
        )
    return f"<ol>\n{''.join(items)}</ol>\n"


def _drawing(schedule: Schedule) -> str:
    rows = rows_of(schedule)
    height = _height(rows)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-size="12" fill="#1f2937" '
        'font-family="Carlito, Calibri, Helvetica, Arial, sans-serif">\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="{_EDGE}" y="28" font-size="18" font-weight="bold">'
        f"{escape(_fitted(schedule.title, _WIDTH - 260, 18))}</text>\n"
        f'<text x="{_WIDTH - _EDGE}" y="28" text-anchor="end" fill="#6b7280">'
        f"{escape(_fitted(schedule.reference, 220, 12))}</text>\n"
    )
    if not rows:
        return f"{head}{_legend(height)}</svg>\n"
    scale = _scale(rows)
    parts = [head, *_axis(scale, len(rows))]
    for number, row in enumerate(rows):
        parts += _row(row, _TOP + number * _ROW, scale, shaded=number % 2 == 0)
    return "".join([*parts, _legend(height), "</svg>\n"])


def _height(rows: list[Row]) -> int:
    return _TOP + len(rows) * _ROW + _BELOW


def _scale(rows: list[Row]) -> _Scale:
    days = [day for row in rows for entry in row.entries for day in _days(entry)]
    first, last = min(days).replace(day=1), max(days)
    return _Scale(first, _month(last, 1))


def _month(day: date, ahead: int) -> date:
    years, month = divmod(day.month - 1 + ahead, 12)
    return date(min(day.year + years, date.max.year), month + 1, 1)


def _days(entry: Entry) -> list[date]:
    """Return every day that an entry marks; of a window, its first and its last."""
    if entry.rrule and entry.start:
        stop = _day(entry.start) + timedelta(366 * 10)
        times = map(_day, occurrences(entry.rrule, entry.start))
        endless = "UNTIL" not in entry.rrule
        some = takewhile(lambda day: not endless or day < stop, times)
        return [day for _, day in zip(range(_MOST), some, strict=False)]
    own = (entry.start, entry.end) if entry.start else (entry.date or entry.expected,)
    return [_day(day) for day in own if day]


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _axis(scale: _Scale, rows: int) -> Iterator[str]:
    """Draw the months, as many as can be read, and the years where they begin."""
    months = (scale.last.year - scale.first.year) * 12
    months += scale.last.month - scale.first.month
    step = next((s for s in _STEPS if months / s <= 18), _STEPS[-1])
    bottom = _TOP + rows * _ROW
    year = 0
    for month in range(0, months, step):
        day = _month(scale.first, month)
        x = scale.at(day)
        yield (
            f'<path d="M{x} {_TOP - 6}V{bottom}" stroke="#d1d5db" stroke-width="1"/>\n'
        )
        if step < 12:
            yield f'<text x="{x + 3}" y="{_TOP - 8}" fill="#6b7280">{day:%b}</text>\n'
        if day.year != year:
            year = day.year
            yield (
                f'<text x="{x + 3}" y="{_TOP - 22}" font-weight="bold">{year}</text>\n'
            )


def _row(row: Row, top: int, scale: _Scale, *, shaded: bool) -> Iterator[str]:
    middle, first = top + _ROW / 2, row.entries[0]
    gone = first.status == "cancelled"
    colour = "#9ca3af" if gone else _COLOURS[first.stake]
    line = ' text-decoration="line-through" fill="#9ca3af"' if gone else ""
    fill = "#f3f4f6" if shaded else "#ffffff"
    yield f"<g>{_hover(first) if len(row.entries) == 1 else ''}\n"
    yield (
        f'<rect x="{_EDGE - 6}" y="{top}" width="{_WIDTH - 2 * _EDGE + 12}" '
        f'height="{_ROW}" fill="{fill}" fill-opacity="0.6"/>\n'
    )
    yield f'<text x="{_EDGE}" y="{middle + 4}"{line}>{first.day:%Y-%m-%d}</text>\n'
    title = escape(_fitted(row.title, _TITLES - 12, 12))
    yield f'<text x="{_EDGE + _DAYS}" y="{middle + 4}"{line}>{title}</text>\n'
    for entry in row.entries:
        several = len(row.entries) > 1
        yield f"<g>{_hover(entry)}\n" if several else ""
        yield from _marks(entry, middle, colour, scale)
        yield "</g>\n" if several else ""
    yield "</g>\n"


def _hover(entry: Entry) -> str:
    """Return what a browser shows over a mark: the day, the title, the provision."""
    title = entry.expected_title if entry.waits_for else entry.title
    said = " · ".join(x for x in (told_day(entry), title, entry.provision) if x)
    return f"<title>{escape(_fitted(said, 4000, 12))}</title>"


def _marks(entry: Entry, middle: float, colour: str, scale: _Scale) -> Iterator[str]:
    """Draw a bar for a window, ticks for a rhythm, a diamond for a day.

    What is only expected is drawn hollow.
    """
    fill = "#fff" if entry.waits_for else colour
    drawn = f'fill="{fill}" stroke="{colour}" stroke-width="1.5"'
    days = _days(entry)
    if entry.rrule:
        ticks = "".join(f"M{x} {middle - 4}v8" for x in map(scale.at, days))
        yield f'<path d="{ticks}" stroke="{colour}" stroke-width="1.5"/>\n'
        return
    if len(days) > 1 and days[1] > days[0]:
        x = scale.at(days[0])
        width = max(scale.at(days[1]) - x, 6)
        yield (
            f'<rect x="{x}" y="{middle - 4}" width="{width:.1f}" height="8" rx="3" '
            f"{drawn}/>\n"
        )
        return
    if entry.strict:
        x = scale.at(_day(entry.strict))
        yield f'<path d="M{x} {middle - 6}v12" stroke="{colour}" stroke-width="1"/>\n'
    x = scale.at(days[0])
    yield f'<path d="M{x} {middle - 6}l6 6 -6 6 -6 -6z" {drawn}/>\n'


def _legend(height: int) -> str:
    parts, x, y = [], float(_EDGE + 6), height - 18
    marks = [(colour, colour, _LEGEND[s]) for s, colour in _COLOURS.items()]
    marks.append(("#fff", _COLOURS["duty"], "hollow: expected, not yet due"))
    for fill, colour, said in marks:
        parts.append(
            f'<path d="M{x} {y - 6}l6 6 -6 6 -6 -6z" fill="{fill}" '
            f'stroke="{colour}" stroke-width="1.5"/>\n'
            f'<text x="{x + 11}" y="{y + 4}" fill="#6b7280">{said}</text>\n'
        )
        x += 36 + _wide(said, 12)
    return "".join(parts)


def _fitted(text: str, room: float, size: int) -> str:
    """Return as much of a text as there is room for."""
    text = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    if _wide(text, size) <= room:
        return text
    while text and _wide(text, size) > room - size:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _wide(text: str, size: int) -> float:
    """Return about how wide a text is; a wide sign takes as much as it is high."""
    full = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return size * (0.52 * (len(text) - full) + full)
