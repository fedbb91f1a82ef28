"""How somebody else may type a day, a sum or a number, and how the contract prints it.

Only what can be read in one way is turned: a day that is written out, in either order;
a sum with its currency; a number in words, or in words and figures that agree. A date
in figures is read in two ways, and stays as it is.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from closer.drafting.numerals import number_in_words
from closer.drafting.phrases import money
from closer.terms.values import MONTHS, WEEKDAYS, Money, Unreadable

_SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_MONTH = "(?P<{0}>" + "|".join(rf"{m[:3]}(?:{m[3:]})?" for m in MONTHS) + r"|Sept)\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?"
_ORDINAL = "(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>\d{{4}})(?![\d/-])"
_WRITTEN = re.compile(
    rf"\b{_WEEKDAY}(?:{_MONTH.format('first')} (?P<after>\d{{1,2}}){_ORDINAL},? "
    rf"{_YEAR.format('late')}"
    rf"|(?:the )?(?P<before>\d{{1,2}}){_ORDINAL} (?:day )?(?:of )?"
    rf"{_MONTH.format('second')},? {_YEAR.format('later')})",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b")
_SIGNS = {"$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"), "€": ("EUR",), "£": ("GBP",)}
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?"
_ENDS = r"(?![\d.,]*\d)"
_SUM = re.compile(rf"(?<![\w$€£])(US\$|[$€£]|[A-Z]{{3}})\s?({_AMOUNT}){_ENDS}")
_SUM_BEFORE = re.compile(rf"(?<![\w.,])({_AMOUNT}) ([A-Z]{{3}})\b")
_SHARE = re.compile(r"\b(\d+)(?:\.(\d*?)0*)?(?: ?%| per ?cent\b)", re.IGNORECASE)
_FIGURES_AFTER = re.compile(r"(?P<words>[A-Za-z][A-Za-z -]*) \((?P<figures>\d{1,6})\)")
_WORDS_AFTER = re.compile(r"\b(?P<figures>\d{1,6}) \((?P<words>[A-Za-z][A-Za-z -]*)\)")
_UNITS = r"(?= (?:business )?(?:hour|day|week|month|year)s?\b)"
_ENGLISH = ("en-US", "en-GB")


def typed(text: str, currency: str | None, day: Callable[[date], str]) -> str:
    """Return a text with its days, sums and numbers as a contract prints them.

    `currency`: that of the deal, which tells whose dollars a sign means; `day` prints
    a date in the deal's language.
    """

    def dated(found: re.Match[str]) -> str:
        meant = _day(found)
        return day(meant) if meant else found[0]

    def summed(found: re.Match[str]) -> str:
        return _sum(found[1], found[2], currency) or found[0]

    text = re.sub(r'"([^"]*)"', r"“\1”", text.replace("\u00a0", " "))
    text = _WRITTEN.sub(dated, text)
    text = _SUM.sub(summed, text)
    text = _SUM_BEFORE.sub(lambda m: _sum(m[2], m[1], currency) or m[0], text)
    text = _SHARE.sub(lambda m: f"{m[1]}.{m[2]}%" if m[2] else f"{m[1]}%", text)
    text = _WORDS_AFTER.sub(_agreeing, _FIGURES_AFTER.sub(_agreeing, text))
    text = _alone().sub(lambda found: str(_numbers()[found[1].lower()]), text)
    return text.replace("\u00a0", " ")


def date_in_figures(text: str) -> str:
    """Return the date in figures that a text holds, or nothing."""
    found = _FIGURES.search(text)
    return found[0] if found else ""


def wrong_weekday(text: str) -> date | None:
    """Return the day that a text gives another weekday than it has."""
    for found in _WRITTEN.finditer(text):
        meant = _date(found)
        if meant and _day(found) is None:
            return meant
    return None


def _day(found: re.Match[str]) -> date | None:
    """Return a date that is written out; None if there is none, or on another day."""
    meant, weekday = _date(found), found["weekday"]
    if meant and weekday and WEEKDAYS[meant.weekday()].lower() != weekday.lower():
        return None
    return meant


def _date(found: re.Match[str]) -> date | None:
    month = _SHORT[(found["first"] or found["second"])[:3].lower()]
    number = int(found["after"] or found["before"])
    try:
        return date(int(found["late"] or found["later"]), month, number)
    except ValueError:
        return None


def _sum(sign: str, amount: str, currency: str | None) -> str:
    code = "USD" if sign == "US$" else sign
    if sign in _SIGNS:
        if currency not in _SIGNS[sign]:
            return ""
        code = str(currency)
    try:
        return money(Money.read(f"{code} {amount}"))
    except Unreadable:
        return ""


def _agreeing(found: re.Match[str]) -> str:
    """Return the figures of a number that stands in words too, if both agree."""
    said, figures = found["words"], found["figures"]
    for words in (number_in_words(int(figures), each) for each in _ENGLISH):
        start = len(said) - len(words)
        if said.lower() == words or said.lower().endswith(f" {words}"):
            return said[:start] + figures
    return found[0]


@cache
def _numbers() -> dict[str, int]:
    return {number_in_words(number, "en-GB"): number for number in range(1, 101)}


@cache
def _alone() -> re.Pattern[str]:
    """Return how numbers in words before a unit of time are found."""
    words = sorted(_numbers(), key=lambda each: (-len(each), each))
    return re.compile(rf"\b({'|'.join(words)}){_UNITS}", re.IGNORECASE)
