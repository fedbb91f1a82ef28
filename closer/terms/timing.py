"""How periods run and notices arrive, as agreed once for the whole deal."""

from datetime import date, time
from typing import Literal

from msgspec import Struct

from closer.terms.kinds import Place, Text
from closer.terms.values import Period, Sending

Weekday = Literal[
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
]
Roll = Literal["none", "following", "modified following", "preceding"]
Receipt = Literal["on delivery", "when sent"] | Period


class DeemedReceipt(Struct, frozen=True, kw_only=True):
    """When a notice counts as received, by the way it was sent."""

    hand: Receipt = "on delivery"
    email: Receipt = "when sent"
    courier: Receipt = Period(((2, "business day"),))
    post: Receipt = Period(((5, "business day"),))
    post_abroad: Receipt = Period(((10, "business day"),))


class EmailNotice(Struct, frozen=True, kw_only=True):
    """What a notice by e-mail can and cannot do."""

    bounced: Literal["not given", "given"] = "not given"
    not_alone_for: tuple[
        Literal["termination", "non-renewal", "default", "dispute"], ...
    ] = ("termination", "non-renewal", "default", "dispute")
    then_also_by: Sending = Sending("courier", Period(((2, "business day"),)))


class Time(Struct, frozen=True, kw_only=True):
    """How periods run; printed as that provision and used by the schedule."""

    holidays: tuple[Place, ...] | Literal["weekends only"] = ()
    weekend: tuple[Weekday, ...] = ()
    open_in: Literal["all", "any"] = "all"
    exclude: tuple[Text, ...] = ()
    extra: tuple[date, ...] = ()
    count_trigger_day: bool = False
    clear_days: bool = False
    month_end: Literal["corresponding"] = "corresponding"
    roll: Roll = "following"
    cut_off: time = time(17)
    notice_counts_from: Literal["receipt", "dispatch"] = "receipt"
    deemed_receipt: DeemedReceipt = DeemedReceipt()
    email: EmailNotice = EmailNotice()
