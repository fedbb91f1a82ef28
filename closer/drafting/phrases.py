"""Values as English: what a blank of a clause prints.

The words come from `templates/phrases`; here is only which of them a value needs. A
phrase remembers the defined words it uses, so that their definitions are printed too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from closer.drafting.numerals import sum_in_words
from closer.drafting.titles import Around, around
from closer.terms.model import Terms
from closer.terms.moments import anchored
from closer.terms.rhythms import AfterLastStep, On, Rhythm, Target
from closer.terms.values import (
    MONTHS,
    WEEKDAYS,
    Anchor,
    Charge,
    Extreme,
    Moment,
    Money,
    Offset,
    Period,
    Quantity,
    Rate,
    Rest,
    Sending,
    Share,
)

NO_BREAK = "\u00a0"


class Phrase(NamedTuple):
    """Some words in print, and the defined words among them."""

    text: str
    uses: frozenset[str] = frozenset()


class Phrases:
    """Prints the values of one deal in its language."""

    def __init__(
        self,
        data: Mapping[str, Mapping[str, object]],
        terms: Terms,
        roles: Mapping[str, str],
        *,
        by_name: bool = False,
    ) -> None:
        """`roles`: the defined word of each party id, as the contract type names it.

        `by_name`: these words are names, and stand without an article. While
        `in_table`, sums are figures alone.
        """
        self._one = "named" if by_name else "one"
        self._data = data
        self._terms = terms
        self._roles = roles
        self._date = _date_pattern(data, terms.language)
        self.spelled = spelling(data, terms.language)
        self.in_table = False

    def word(self, section: str, key: str) -> str:
        """Return one of the few words of the frame."""
        return str(self._data[section][key])

    def money(self, value: Money) -> str:
        """Print a sum as the deal asks for it; in a table, figures alone."""
        if self.in_table:
            return money(value)
        return agreed_sum(value, self._terms, self._data)

    def clock(self, value: time) -> str:
        """Print a time of day as the language writes it: 5:00 PM, 17:00."""
        told = self._data.get("clock", {}).get(self._terms.language)
        if not isinstance(told, dict):
            return f"{value:%H:%M}"
        whole = {time(0): "midnight", time(12): "noon"}
        key = whole.get(value, "am" if value < time(12) else "pm")
        hour = (value.hour - 1) % 12 + 1
        return str(told[key]).format(hour=hour, minute=f"{value:%M}")

    def around_title(self, title: str) -> Around:
        """Return what stands around a title where a sentence names the contract."""
        return around(title, self._data)

    def circumstance(self, name: str) -> str:
        """Return how a contingency is called where its key is not plain English."""
        return str(self._data.get("circumstances", {}).get(name, ""))

    def printed(self, value: object, path: str, *, joined: str = "and") -> Phrase:
        """Print any value of the terms; `path` decides what a bare milestone means."""
        if isinstance(value, tuple):
            return self.listed([self.printed(v, path) for v in value], joined)
        if isinstance(value, bool):
            return Phrase(self.word("answers", "yes" if value else "no"))
        if isinstance(value, (date, Anchor, Offset, Extreme)):
            return self.moment(anchored(value, path, self._terms))
        if isinstance(value, Rhythm):
            return self._rhythm(value, path)
        if isinstance(value, Share):
            return self._share(value, path)
        if isinstance(value, Rate):
            return self._rate(value, path)
        if isinstance(value, str):
            return Phrase(value)
        return self._plain(value)

    def _plain(self, value: object) -> Phrase:
        match value:
            case Money():
                return Phrase(self.money(value))
            case Period():
                return self.period(value)
            case Sending():
                way = Phrase(self.spelled(self.word("ways", value.way)))
                within = self.period(value.within)
                return self._filled("amounts", "sending", way=way, within=within)
            case Charge() | Quantity():
                return self._counted(value)
            case Rest():
                return self._marked(self.word("amounts", "rest"))
            case Target():
                return self._target(value)
            case time():
                return Phrase(self.clock(value))
            case int():
                return Phrase(f"{value:,}")
            case Decimal() | AfterLastStep():
                return Phrase(str(value))
        message = f"no phrase for {type(value).__name__}"
        raise TypeError(message)

    def _counted(self, value: Charge | Quantity) -> Phrase:
        """Print so much of something, or a sum for each of it."""
        if isinstance(value, Quantity):
            return Phrase(f"{value.number:,}{NO_BREAK}{value.unit}")
        amount, unit = Phrase(self.money(value.amount)), Phrase(value.per)
        return self._filled("amounts", "rate", amount=amount, unit=unit)

    def party(self, name: str) -> Phrase:
        """Print a party: the Client, either Party, each Party; or by its name."""
        if name in ("either", "both"):
            several = name == "either" and len(self._terms.parties) > 2
            return self._marked(self.word("parties", "any" if several else name))
        role = self._roles.get(name, name)
        return Phrase(
            self.word("parties", self._one).format(role=role), frozenset({role})
        )

    def period(self, period: Period) -> Phrase:
        """Print a period: 10 Business Days, 1 year and 6 months."""
        parts = [self._count(number, unit) for number, unit in period.parts]
        return self.listed(parts, "and")

    def _count(self, number: int, unit: str) -> Phrase:
        text, uses = self._unit(unit, number)
        return Phrase(f"{number}{NO_BREAK}{text}", uses)

    def _unit(self, unit: str, number: int) -> Phrase:
        forms = self._data["units"][unit]
        return self._marked(forms[0 if number == 1 else 1])  # type: ignore[index]

    def moment(self, moment: Moment) -> Phrase:
        """Print a moment in words; a milestone is named by its title."""
        match moment:
            case date():
                return Phrase(self.day(moment))
            case Anchor():
                return self._anchor(moment)
            case Offset():
                period, of = self.period(moment.period), self.moment(moment.of)
                return self._filled(
                    "moments", moment.direction, period=period, moment=of
                )
            case Extreme():
                first, second = (self.moment(each) for each in moment.of)
                return self._filled("moments", moment.which, first=first, second=second)

    def _anchor(self, anchor: Anchor) -> Phrase:
        milestone = self._terms.milestones.get(anchor.name)  # type: ignore[call-overload]
        event = self._terms.events.get(anchor.name)  # type: ignore[call-overload]
        if event is not None:
            return Phrase(self.word("anchors", "event").format(title=event.title))
        if milestone is None:
            return self._marked(self.word("anchors", anchor.name))
        pattern = self.word("milestones", anchor.fact or "due")
        return Phrase(pattern.format(title=milestone.title))

    def day(self, day: date) -> str:
        """Print a date in the way of the deal's language."""
        month = MONTHS[day.month - 1]
        return self._date.format(month=month, day=day.day, year=day.year)

    def _rate(self, rate: Rate, path: str) -> Phrase:
        unit, amount = self._unit(rate.per, 1), self.printed(rate.amount, path)
        return self._filled("amounts", "rate", amount=amount, unit=unit)

    def _share(self, share: Share, path: str) -> Phrase:
        """Print a share; where its clause cannot say of what, say it here."""
        keys = path.split(".")
        for known, pattern in self._data.get("shares", {}).items():
            asked = known.split(".")
            if len(asked) == len(keys) and all(
                one in ("*", key) for one, key in zip(asked, keys, strict=True)
            ):
                return self._marked(str(pattern).format(share=share))
        return Phrase(str(share))

    def _target(self, target: Target) -> Phrase:
        value = str(target).removeprefix(f"{target.bound} ")
        return Phrase(self.word("targets", target.bound).format(value=value))

    def _rhythm(self, rhythm: Rhythm, path: str) -> Phrase:
        parts = [self._interval(rhythm)]
        if rhythm.on:
            parts.append(self._filled("rhythms", "on", day=self._on(rhythm.on)))
        if rhythm.at:
            at = Phrase(self.clock(rhythm.at))
            parts.append(self._filled("rhythms", "at", time=at))
        if rhythm.minutes:
            parts.append(self._filled("rhythms", "for", length=self._long(rhythm)))
        for name, moment in (("from", rhythm.start), ("until", rhythm.until)):
            if moment is not None:
                when = self.moment(anchored(moment, path, self._terms))
                parts.append(self._filled("rhythms", name, moment=when))
        uses = frozenset[str]().union(*(part.uses for part in parts))
        return Phrase(" ".join(part.text for part in parts), uses)

    def _interval(self, rhythm: Rhythm) -> Phrase:
        """Print how often; quarters in months, so that nobody takes the calendar's."""
        every, unit = rhythm.every, rhythm.unit
        if unit == "quarter":
            every, unit = every * 3, "month"
        key = "one" if every == 1 else "many"
        named, number = self._unit(unit, every), Phrase(str(every))
        return self._filled("rhythms", key, unit=named, number=number)

    def _long(self, rhythm: Rhythm) -> Phrase:
        minutes = rhythm.minutes or 0
        unit, number = (
            ("hour", minutes // 60) if minutes % 60 == 0 else ("minute", minutes)
        )
        return self._count(number, unit)

    def _on(self, on: On) -> Phrase:
        if on.weekday is not None:
            weekday = WEEKDAYS[on.weekday]
            if on.nth is None:
                return Phrase(weekday)
            nth = self.word("ordinals", str(on.nth))
            pattern = self.word("rhythms", "nth")
            return Phrase(pattern.format(nth=nth, weekday=weekday))
        if on.month is not None:
            day = date(2024, on.month, on.day or 1)
            return Phrase(re.sub(r",? ?2024", "", self.day(day)))
        suffixes = self._data["suffixes"]
        counted = f"{on.day}{suffixes.get(str(on.day), suffixes['other'])}"
        return Phrase(self.word("rhythms", "day").format(day=counted))

    def listed(self, phrases: Iterable[Phrase], joined: str) -> Phrase:
        """Join phrases as a list: a, b and c."""
        items = list(phrases)
        uses = frozenset[str]().union(*(item.uses for item in items))
        if len(items) < 2:
            return Phrase("".join(item.text for item in items), uses)
        head = ", ".join(item.text for item in items[:-1])
        return Phrase(f"{head} {self.word('lists', joined)} {items[-1].text}", uses)

    def _filled(self, section: str, key: str, **parts: Phrase) -> Phrase:
        pattern = self.word(section, key)
        uses = frozenset[str]().union(*(part.uses for part in parts.values()))
        texts = {name: part.text for name, part in parts.items()}
        return Phrase(pattern.format(**texts), uses)

    def _marked(self, text: str) -> Phrase:
        """Take the marks off the defined words of a phrase, and remember the words."""
        uses = frozenset(re.findall(r"<([^>]+)>", text))
        return Phrase(re.sub(r"<([^>]+)>", r"\1", text), uses)


def money(value: Money) -> str:
    """Print a sum: code, no-break space, figures with thousands."""
    return f"{value.currency}{NO_BREAK}{value.amount:,}"


def agreed_sum(
    value: Money, terms: Terms, data: Mapping[str, Mapping[str, object]]
) -> str:
    """Print a sum, with the words beside the figures where the deal asks for it."""
    figures = money(value)
    if terms.price is None or terms.price.style == "figures":
        return figures
    words = sum_in_words(value, terms.language)
    return str(data["amounts"]["in words"]).format(figures=figures, words=words)


def spelling(
    data: Mapping[str, Mapping[str, object]], language: str
) -> Callable[[str], str]:
    """Return what spells words of ours as a language does, where it differs."""
    told = data.get("spelling", {}).get(language)
    words = {str(a): str(b) for a, b in told.items()} if isinstance(told, dict) else {}
    words |= {_capital(ours): _capital(theirs) for ours, theirs in words.items()}
    if not words:
        return str
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    return lambda text: found.sub(lambda word: words[word[0]], text)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _date_pattern(data: Mapping[str, Mapping[str, object]], language: str) -> str:
    """Return how the language writes a date; locales beyond our two come from CLDR."""
    if language in data["dates"]:
        return str(data["dates"][language])
    from babel import Locale  # noqa: PLC0415 - costs more to import than a check takes

    pattern = Locale.parse(language, sep="-").date_formats["long"].pattern
    for mark, name in (("MMMM", "{month}"), ("y", "{year}"), ("dd?", "{day}")):
        pattern = re.sub(rf"(?<![{{\w]){mark}(?![\w}}])", name, pattern)
    return str(pattern)
