"""How each kind of single value is read from the file and written back.

One row a kind: the reader, the code of its problems, the pattern that an editor may
hold a value against, and an example. The patterns let through all that the readers
take; what they cannot say, the readers say.
"""

import re
from collections.abc import Callable
from datetime import date, time

from msgspec import Struct

from closer.terms.currencies import MINOR_UNITS, nearest_currency
from closer.terms.kinds import (
    Currency,
    Identifier,
    Language,
    Place,
    Text,
    Zone,
)
from closer.terms.kinds import (
    Party as PartyId,
)
from closer.terms.model import Confirmation
from closer.terms.rhythms import AfterLastStep, Rhythm, Target
from closer.terms.values import (
    Amount,
    Charge,
    Moment,
    Money,
    Period,
    Quantity,
    Rate,
    Sending,
    Share,
    Unreadable,
    read_amount,
    read_cap,
    read_date,
    read_margin,
    read_measure,
    read_moment,
    read_time,
)

RESERVED = frozenset({
    "signing", "effective", "end", "renewal", "both", "either", "all", "any", "none",
    "removed",
})  # fmt: skip
"""Words that mean something else wherever an id may stand."""


class Kind(Struct, frozen=True):
    """One kind of value: `code` is that of the problem when it cannot be read."""

    name: str
    read: Callable[[str, str | None], object]
    code: str
    example: str
    pattern: str = ""
    number: bool = False
    canonical: Callable[[object], str] = str
    description: str = ""


def _text(text: str, _: str | None) -> str:
    return text


def identifier(text: str, _: str | None = None) -> str:
    """Read an id."""
    if text in RESERVED:
        raise Unreadable(
            f"`{text}` cannot be an id.",
            "The word already names a day or a choice wherever an id may stand.",
            f"Call it something like {text}-1, or what it is.",
        )
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", text):
        raise Unreadable(
            f"`{text}` cannot be an id.",
            "A change names a thing by its id for ever, so ids are kept simple.",
            f"Write small letters, figures, - and _ only: {_simple(text)}.",
        )
    return text


def _simple(text: str) -> str:
    simple = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_0123456789")
    return simple if simple and simple not in RESERVED else "garage"


def _yes_or_no(text: str, _: str | None) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    guess = "yes" if text.lower() in ("true", "on", "y", "yes", "1") else "no"
    raise Unreadable(
        f"`{text}` is neither `yes` nor `no`.",
        "The file is read aloud: it answers as people do.",
        f"Write {guess}." if len(text) < 6 else "Write yes or no.",
    )


def _whole(text: str, _: str | None) -> int:
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        return int(text)
    raise Unreadable(
        f"{text!r} is no whole number.",
        "Here something is counted.",
        "Write it like 3.",
    )


def _matching(pattern: str, what: str, example: str) -> Callable[..., str]:
    def read(text: str, _: str | None) -> str:
        if re.fullmatch(pattern, text):
            return text
        why = "Programs and people must take it for the same thing."
        raise Unreadable(f"{text!r} is no {what}.", why, f"Write it like {example}.")

    return read


def _currency(text: str, _: str | None) -> str:
    if text in MINOR_UNITS:
        return text
    raise Unreadable(
        f"{text} is no ISO 4217 currency.",
        "A sum in an unknown currency cannot be paid or added up.",
        f"Did you mean {nearest_currency(text.upper())}?",
    )


def _confirmation(text: str, _: str | None) -> Confirmation:
    words = text.split()
    if len(words) == 1:
        return Confirmation(read_date(text))
    if len(words) == 3 and words[1] == "of" and re.fullmatch(DIGEST, words[2]):
        return Confirmation(read_date(words[0]), words[2])
    raise Unreadable(
        f"{text!r} is no confirmation.",
        "It says on which day the party confirmed, and which terms.",
        "Write it like 2026-07-29 of 3f9a2c1b; `closer check` prints the digest.",
    )


def _place(text: str, currency: str | None) -> str:
    return _matching(_PLACE, "place", "US, US-FL or XFED")(text, currency)


def _zone(text: str, currency: str | None) -> str:
    try:
        return _matching(_ZONE, "time zone", "America/New_York")(text, currency)
    except Unreadable as words:
        from zoneinfo import available_timezones  # noqa: PLC0415 - only if it is wrong

        place = text.casefold().replace(" ", "_")
        named = [z for z in available_timezones() if z.casefold().endswith(f"/{place}")]
        if not named:
            raise
        near = min(named, key=lambda zone: (len(zone), zone))
        remedy = f"Did you mean {near}?"
        raise Unreadable(words.what, words.why, remedy) from None


def _plain(read: Callable[[str], object]) -> Callable[[str, str | None], object]:
    return lambda text, _: read(text)


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _hour(value: object) -> str:
    return f"{value:%H:%M}"


DIGEST = "[0-9a-f]{8,64}"
_DATE = r"\d{4}-\d{2}-\d{2}"
_MONEY = r"([A-Za-z]{3} *)?[\d,]+(\.\d+)?"
_SHARE = r"\d+(\.\d+)? *%"
_PLACE = r"[A-Z]{2}(-[A-Z0-9]{1,3})?|X[A-Z]{3}"
_QUANTITY = r"\d[\d,]*(\.\d+)? +\S.*"
_ID = r"[a-z][a-z0-9_-]*"
_PERIOD = r"\d+ +(business +)?(hour|day|week|month|year)s?( +and +\d+ .+)?"
_MOMENT = (
    rf"{_DATE}|{_ID}(\.(due|met|accepted))?|\d+ .+ (after|before) .+"
    r"|the +(later|earlier) +of .+ and .+"
)
_RHYTHM = r"every +(\d+ +)?(day|week|month|quarter|year)s?( .+)?"
_ZONE = r"UTC|[A-Za-z]+(/[A-Za-z0-9_+-]+)+"
_LANGUAGE = r"[a-z]{2,3}-[A-Z]{2}"

TEXT = Kind(
    "text",
    _text,
    "F12",
    "a few words",
    number=True,
    description="Plain text; printed as it stands.",
)
IDENTIFIER = Kind(
    "id",
    identifier,
    "F14",
    "garage",
    _ID,
    description="A short id by which a change can name the thing for ever.",
)
MOMENT = Kind(
    "moment", _plain(read_moment), "F10", "10 business days after garage", _MOMENT
)
DATE = Kind("date", _plain(read_date), "F07", "2026-08-03", _DATE)

KINDS: dict[object, Kind] = {
    str: TEXT,
    Text: TEXT,
    PartyId: Kind(
        "party",
        _text,
        "F12",
        "client",
        description="The id of a party, `either` or `both`.",
    ),
    Identifier: IDENTIFIER,
    Place: Kind("place", _place, "F12", "US", _PLACE),
    Language: Kind(
        "language", _matching(_LANGUAGE, "language", "en-US"), "F12", "en-US", _LANGUAGE
    ),
    Zone: Kind(
        "time zone",
        _zone,
        "F12",
        "America/New_York",
        _ZONE,
    ),
    Currency: Kind("currency", _currency, "F08", "USD", "[A-Z]{3}"),
    bool: Kind("yes or no", _yes_or_no, "F06", "yes", "yes|no", canonical=_yes),
    int: Kind("number", _whole, "F12", "3", r"0|[1-9]\d*", number=True),
    date: DATE,
    time: Kind(
        "time", _plain(read_time), "F12", "17:00", r"\d{2}:\d{2}", canonical=_hour
    ),
    Money: Kind("sum", Money.read, "F08", "USD 48,500.00", _MONEY, number=True),
    Money | Share: Kind(
        "sum or share", read_cap, "F08", "10%", f"{_MONEY}|{_SHARE}", number=True
    ),
    Amount: Kind(
        "amount", read_amount, "F08", "10%", f"{_MONEY}|{_SHARE}|rest", number=True
    ),
    Money | Quantity: Kind(
        "sum or quantity",
        read_measure,
        "F08",
        "500000 lb",
        rf"{_MONEY}|{_QUANTITY}",
        number=True,
    ),
    Quantity: Kind("quantity", _plain(Quantity.read), "F08", "500000 lb", _QUANTITY),
    Share | Charge: Kind(
        "share or charge",
        read_margin,
        "F08",
        "10%",
        f"{_SHARE}|.+ per .+",
    ),
    Charge: Kind("charge", Charge.read, "F08", "USD 220.00 per hour", r".+ per .+"),
    Share: Kind("share", _plain(Share.read), "F08", "10%", _SHARE),
    Rate: Kind("rate", Rate.read, "F08", "1% per month", r".+ per .+"),
    Period: Kind("period", _plain(Period.read), "F09", "30 days", _PERIOD),
    Moment: MOMENT,
    Sending: Kind(
        "way of sending",
        _plain(Sending.read),
        "F12",
        "courier within 2 business days",
        r"(hand|courier|post|post_abroad) within .+",
    ),
    Rhythm: Kind(
        "rhythm", _plain(Rhythm.read), "F11", "every 2 weeks on Monday", _RHYTHM
    ),
    Target: Kind(
        "target", _plain(Target.read), "F12", "at least 95%", r"at +(least|most) +\d.*"
    ),
    AfterLastStep: Kind(
        "end of the pause",
        _plain(AfterLastStep.read),
        "F12",
        "30 days after the last step",
        r"\d+ +\w+ +after +the +last +step",
    ),
    Confirmation: Kind(
        "confirmation",
        _confirmation,
        "F12",
        "2026-07-29 of 3f9a2c1b",
        rf"{_DATE}( of {DIGEST})?",
    ),
}
"""Every kind of value that the model may ask for, by its annotation."""
