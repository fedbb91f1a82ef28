"""How a notice is sent, and by when: the words of its last days."""

from collections.abc import Mapping
from datetime import date

from closer.followup.deal import Deal
from closer.followup.wording import filled
from closer.terms.days import readable
from closer.terms.model import Time


def sent_by(
    last: Mapping[str, date], deal: Deal, *, alone: bool = True
) -> dict[str, str]:
    """Return each way of sending with its last day, the latest first.

    `alone` is False where e-mail is not enough for this notice: then the second way is
    named too.
    """
    words = deal.shapes.words["ways"]
    listed = sorted(last.items(), key=lambda each: each[1], reverse=True)
    days = (
        filled(words["by"], {"what": words[way], "number": readable(day)}) or ""
        for way, day in listed
    )
    values = {"sent_by": "; ".join(days)}
    if not alone and "email" in last:
        then = (deal.terms.time or Time()).email.then_also_by
        second = {"what": words[then.way], "number": str(then.within)}
        values["also_by"] = filled(words["also"], second) or ""
    return values
