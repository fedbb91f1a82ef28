"""Checks on dispute resolution: an end to every step, one forum, a law, a seat."""

import re
from collections.abc import Iterator

from closer.problems import Problem
from closer.terms.checks.finding import found
from closer.terms.disputes import Arbitration, Steps
from closer.terms.reading import Agreed

_UNITED_STATES = "Name the state: Florida, New York, Delaware."
_UNITED_KINGDOM = "Name England and Wales, Scotland or Northern Ireland."
_CANADA = "Name the province: Ontario, Quebec, British Columbia."
_AUSTRALIA = "Name the state: New South Wales, Victoria, Queensland."
_EUROPE = "Name the member state: Ireland, Germany, France."
_NO_LEGAL_SYSTEM = {
    **dict.fromkeys(
        ("united states of america", "united states", "usa", "us", "america"),
        _UNITED_STATES,
    ),
    **dict.fromkeys(("federal law", "american law"), _UNITED_STATES),
    **dict.fromkeys(
        ("united kingdom", "uk", "great britain", "britain", "gb", "british law"),
        _UNITED_KINGDOM,
    ),
    **dict.fromkeys(("canada", "canadian law"), _CANADA),
    **dict.fromkeys(("australia", "australian law"), _AUSTRALIA),
    **dict.fromkeys(("european union", "eu", "europe", "european law"), _EUROPE),
    **dict.fromkeys(
        ("international law", "natural law", "lex mercatoria"),
        "Name the law of a country, or of a state of it.",
    ),
}
"""Names that people write for a law, with what to write instead."""


def _remedy(law: str) -> str | None:
    plain = re.sub(r"[.,]", "", law).casefold()
    plain = re.sub(r"^(the )?(laws?|legal system) of ", "", " ".join(plain.split()))
    return _NO_LEGAL_SYSTEM.get(plain.removeprefix("the "))


def the_governing_law_is_a_legal_system(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a country that has several laws of contract, or none."""
    disputes = agreed.terms.dispute_resolution
    remedy = _remedy(disputes.governing_law) if disputes else None
    if disputes and remedy:
        yield found(
            agreed,
            "P15",
            "dispute_resolution.governing_law",
            f"{disputes.governing_law} has no single law of contracts.",
            "A court would first have to find out which law was meant.",
            remedy,
        )


def _steps(agreed: Agreed) -> Steps | None:
    disputes = agreed.terms.dispute_resolution
    return disputes.steps if disputes else None


_STEPS = "dispute_resolution.steps"


def a_dispute_ends_in_one_forum(agreed: Agreed) -> Iterator[Problem]:
    """Ask for one final step, and for it to be the last."""
    steps = _steps(agreed)
    if steps is None:
        return
    if steps.arbitration is None and steps.court is None:
        yield found(
            agreed,
            "P31",
            _STEPS,
            "The steps end without anybody who decides.",
            "Talks and mediation can fail; then each side runs to a forum of its own.",
            "Add arbitration or court as the last step.",
        )
    if steps.arbitration and steps.court:
        yield found(
            agreed,
            "P02",
            f"{_STEPS}.court",
            "The steps end before arbitrators and before a court.",
            "Where both may decide, the first fight is about which of them does.",
            "Keep one; urgent_relief and small_claims are settings of their own.",
        )
    final = [kind for kind in steps.order if kind in ("arbitration", "court")]
    if final and steps.order[-1] not in final:
        yield found(
            agreed,
            "P33",
            f"{_STEPS}.{steps.order[-1]}",
            f"{steps.order[-1]} comes after {final[0]}, which decides finally.",
            "Once a dispute is decided there is nothing left to talk about.",
            f"Put {final[0]} last.",
        )


def steps_have_time(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a step that ends on the day on which it begins."""
    steps = _steps(agreed)
    for kind in steps.order if steps else ():
        within = getattr(getattr(steps, kind), "within", None)
        if within and not any(number for number, _ in within.parts):
            yield found(
                agreed,
                "P11",
                f"{_STEPS}.{kind}.within",
                f"{kind} has no time.",
                "A step of no length is no step, and a court may call it void.",
                "Write how long it may take, such as 15 days.",
            )


def arbitration_can_begin(agreed: Agreed) -> Iterator[Problem]:
    """Ask for a seat, for an odd number of arbitrators and for who appoints them."""
    steps = _steps(agreed)
    if steps and steps.arbitration:
        yield from _seat(agreed, steps.arbitration)
        yield from _arbitrators(agreed, steps.arbitration)
        yield from _appointment(agreed, steps.arbitration)


def _seat(agreed: Agreed, arbitration: Arbitration) -> Iterator[Problem]:
    seat = arbitration.seat
    if seat is None or _remedy(seat):
        what = f"{seat} is no seat: it has many." if seat else "There is no seat."
        yield found(
            agreed,
            "P06",
            f"{_STEPS}.arbitration.seat",
            what,
            "The seat decides which courts watch over the arbitration and whether its "
            "award can be enforced.",
            "Write the city: seat: Tampa, Florida.",
        )


def _arbitrators(agreed: Agreed, arbitration: Arbitration) -> Iterator[Problem]:
    number = arbitration.arbitrators
    if number < 1 or number % 2 == 0:
        yield found(
            agreed,
            "P07",
            f"{_STEPS}.arbitration.arbitrators",
            f"{number} arbitrators cannot decide by majority.",
            "An even number can split, and many laws refuse it.",
            "Write 1 or 3.",
        )


def _appointment(agreed: Agreed, arbitration: Arbitration) -> Iterator[Problem]:
    institution = arbitration.institution.strip().casefold()
    ad_hoc = institution in ("ad hoc", "ad-hoc", "none", "no institution", "uncitral")
    if ad_hoc and not arbitration.appointing_authority:
        yield found(
            agreed,
            "P08",
            f"{_STEPS}.arbitration",
            "No institution appoints the arbitrators, and nobody else does.",
            "A party could stop the arbitration by appointing nobody.",
            "Add appointing_authority, or name an institution.",
        )


CHECKS = (
    the_governing_law_is_a_legal_system,
    a_dispute_ends_in_one_forum,
    steps_have_time,
    arbitration_can_begin,
)
