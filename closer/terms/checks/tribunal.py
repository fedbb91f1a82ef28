"""Checks on what a forum clause leaves open: relief, language, appeal, consumers."""

import re
from collections.abc import Iterator

from closer.problems import Problem
from closer.terms.checks.finding import found
from closer.terms.disputes import Arbitration, DisputeResolution, UrgentRelief
from closer.terms.reading import Agreed
from closer.terms.values import Period

_DISPUTES = "dispute_resolution"
_ARBITRATION = f"{_DISPUTES}.steps.arbitration"
_TIMED = ("negotiation", "executives", "mediation", "expert")
_IN_DAYS = {"hour": 0, "day": 1, "business day": 1, "week": 7, "month": 30, "year": 365}
_CONSUMER_DAYS = 60


def _of(agreed: Agreed) -> tuple[DisputeResolution, Arbitration | None]:
    disputes = agreed.terms.dispute_resolution or DisputeResolution(governing_law="")
    return disputes, disputes.steps.arbitration if disputes.steps else None


def _timed(disputes: DisputeResolution) -> dict[str, Period]:
    """Return the time of each step that has one."""
    steps = {kind: getattr(disputes.steps, kind, None) for kind in _TIMED}
    return {kind: step.within for kind, step in steps.items() if step}


def _days(period: Period) -> int:
    return sum(number * _IN_DAYS[unit] for number, unit in period.parts)


def urgent_help_is_open(agreed: Agreed) -> Iterator[Problem]:
    """Warn where a party must wait out the steps even if it cannot wait."""
    disputes, _ = _of(agreed)
    first = next(iter(_timed(disputes)), None)
    binding = disputes.steps_are == "precondition"
    if first and binding and not disputes.urgent_relief:
        yield found(
            agreed,
            "P14",
            f"{_DISPUTES}.steps.{first}",
            "The steps come before any court, and nothing is said of urgent relief.",
            "A party could be without help in the weeks in which harm is done.",
            "Add urgent_relief: yes.",
        )


def urgent_help_serves_the_arbitration(agreed: Agreed) -> Iterator[Problem]:
    """Refuse urgent relief that is a second forum beside the arbitrators."""
    disputes, arbitration = _of(agreed)
    relief = disputes.urgent_relief
    if arbitration and isinstance(relief, UrgentRelief) and not relief.in_aid:
        yield found(
            agreed,
            "P02",
            f"{_DISPUTES}.urgent_relief.in_aid",
            "Urgent relief is not in aid of the arbitration.",
            "Then a court and the arbitrators could decide the same dispute.",
            "Write in_aid: yes, or leave it out.",
        )


def the_courts_of_the_seat_need_a_seat(agreed: Agreed) -> Iterator[Problem]:
    """Refuse urgent relief at a seat where there is no arbitration."""
    disputes, arbitration = _of(agreed)
    relief = disputes.urgent_relief
    if (
        arbitration is None
        and isinstance(relief, UrgentRelief)
        and relief.where == "the courts of the seat"
    ):
        yield found(
            agreed,
            "P06",
            f"{_DISPUTES}.urgent_relief.where",
            "Urgent relief is sought at a seat, and no step has one.",
            "Only an arbitration has a seat; nobody would know which courts are meant.",
            "Write where: any court.",
        )


def _country(address: str) -> str:
    return re.sub(r"[^a-z ]", "", address.rpartition(",")[2].casefold()).strip()


def a_foreign_arbitration_has_a_language(agreed: Agreed) -> Iterator[Problem]:
    """Warn of an arbitration between two countries without a language."""
    _, arbitration = _of(agreed)
    countries = {_country(party.address) for party in agreed.terms.parties.values()}
    if arbitration and arbitration.language is None and len(countries) > 1:
        yield found(
            agreed,
            "P17",
            _ARBITRATION,
            "The parties sit in different places, and the arbitration has no language.",
            "The first fight would be about who pays for the translations.",
            "Add language: English.",
        )


def an_award_is_final(agreed: Agreed) -> Iterator[Problem]:
    """Warn of an appeal on the law, which most seats do not know."""
    disputes, arbitration = _of(agreed)
    if arbitration is None or arbitration.appeal != "on law":
        return
    said = f"{arbitration.law or ''} {arbitration.seat or ''} {disputes.governing_law}"
    if not re.search(r"England|London|Wales", said):
        yield found(
            agreed,
            "P18",
            f"{_ARBITRATION}.appeal",
            "The award can be appealed on a question of law.",
            "Most seats know no such appeal, and some hold the whole clause void for "
            "it.",
            "Write appeal: none, or leave it out.",
        )


_FORUM_WORDS = re.compile(
    r"\b(arbitrat\w*|jurisdiction|exclusive venue|mediat\w+)\b", re.IGNORECASE
)


def disputes_are_settled_in_one_place(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a special term or an annex with a forum of its own."""
    terms = agreed.terms
    if terms.dispute_resolution is None:
        return
    texts = {
        f"special_terms.{id_}.text": t.text for id_, t in terms.special_terms.items()
    }
    texts |= {f"annexes.{id_}.text": a.text or "" for id_, a in terms.annexes.items()}
    for path, text in texts.items():
        if word := _FORUM_WORDS.search(text):
            yield found(
                agreed,
                "P19",
                path,
                f"This text speaks of “{word[0]}” beside the dispute article.",
                "Two dispute clauses in one contract are a dispute about which counts.",
                "Say what you need under dispute_resolution.",
            )


def every_kind_of_claim_has_the_forum(agreed: Agreed) -> Iterator[Problem]:
    """Warn where claims that do not rest on the contract stay outside."""
    disputes, _ = _of(agreed)
    if disputes.covers == "contract only":
        yield found(
            agreed,
            "P21",
            f"{_DISPUTES}.covers",
            "Only claims under the contract go through the steps.",
            "One quarrel can then run before two forums at once.",
            "Write covers: all disputes, unless that was not agreed.",
        )


def a_prevailing_party_is_agreed(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a meaning for a prevailing party where none is paid."""
    disputes, _ = _of(agreed)
    if disputes.prevailing_means and disputes.costs != "prevailing party":
        yield found(
            agreed,
            "P22",
            f"{_DISPUTES}.prevailing_means",
            "It says who prevails, but costs do not depend on it.",
            "A definition that nothing uses makes a reader look for what is missing.",
            "Write costs: prevailing party, or leave prevailing_means out.",
        )


def consumers_keep_a_way(agreed: Agreed) -> Iterator[Problem]:
    """Warn of an arbitration or of long steps that a consumer has to take."""
    disputes, arbitration = _of(agreed)
    if not any(p.acts_as == "consumer" for p in agreed.terms.parties.values()):
        return
    if arbitration and not disputes.small_claims:
        yield found(
            agreed,
            "P27",
            _ARBITRATION,
            "A consumer has to arbitrate, with no way to a small-claims court.",
            "Such a clause is often not enforced, and institutions may refuse it.",
            "Add small_claims: yes, or end in court.",
        )
    total = sum(_days(within) for within in _timed(disputes).values())
    if total > _CONSUMER_DAYS:
        yield found(
            agreed,
            "P27",
            f"{_DISPUTES}.steps",
            f"A consumer waits some {total} days before anybody decides.",
            "Long steps before a home owner's claim are often held unfair.",
            f"Shorten the steps to {_CONSUMER_DAYS} days in all.",
        )


def steps_fit_into_the_pause(agreed: Agreed) -> Iterator[Problem]:
    """Warn where the steps last longer than limitation stands still."""
    disputes, _ = _of(agreed)
    pause = disputes.pauses_limitation
    total = sum(_days(within) for within in _timed(disputes).values())
    if pause and total > _days(pause.longest):
        yield found(
            agreed,
            "P28",
            f"{_DISPUTES}.pauses_limitation.longest",
            f"The steps last some {total} days, and limitation pauses for no longer "
            f"than {pause.longest}.",
            "A claim could lapse while its owner still has to talk.",
            "Lengthen the pause, or shorten the steps.",
        )


def there_are_steps_to_come_first(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a word on whether the steps come first where no step has a time."""
    disputes, _ = _of(agreed)
    written = agreed.canonical.get(_DISPUTES)
    if isinstance(written, dict) and "steps_are" in written and not _timed(disputes):
        yield found(
            agreed,
            "P42",
            f"{_DISPUTES}.steps_are",
            "It says whether the steps come before proceedings, and there is no step "
            "before them.",
            "A reader would look for talks or a mediation that nobody agreed.",
            "Take the line out, or add a step such as negotiation with its time.",
        )


CHECKS = (
    urgent_help_is_open,
    urgent_help_serves_the_arbitration,
    the_courts_of_the_seat_need_a_seat,
    a_foreign_arbitration_has_a_language,
    an_award_is_final,
    disputes_are_settled_in_one_place,
    every_kind_of_claim_has_the_forum,
    a_prevailing_party_is_agreed,
    consumers_keep_a_way,
    steps_fit_into_the_pause,
    there_are_steps_to_come_first,
)
