"""Checks on what is bought, shared, licensed and kept back: nothing contradicts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from closer.problems import Problem
from closer.terms.checks.finding import found, nearest
from closer.terms.model import Price, Terms
from closer.terms.reading import Agreed
from closer.terms.values import Money, Period

_HUNDRED = Decimal(100)
_GOODS = ("supply", "distribution")
_A_CONSUMER = "consumer"


def an_option_has_a_last_day(agreed: Agreed) -> Iterator[Problem]:
    """Ask an option for its notice or for the day by which it is used."""
    option = agreed.terms.duration.option if agreed.terms.duration else None
    if option is None:
        return
    path = "duration.option"
    if option.notice is None and option.exercise_by is None:
        yield found(
            agreed,
            "D42",
            path,
            "Nothing says by when the option is used.",
            "A right without a last day hangs over the other side for ever.",
            "Add notice: 60 days, or exercise_by: a day.",
        )
    if option.notice is not None and option.exercise_by is not None:
        yield found(
            agreed,
            "D43",
            f"{path}.exercise_by",
            "The option has a notice period and a last day of its own.",
            "Two statements of one day that differ are a dispute about that day.",
            "Keep notice or exercise_by.",
        )


def retention_is_released_whole(agreed: Agreed) -> Iterator[Problem]:
    """Refuse retention of which a part is never, or more than once, released."""
    price = agreed.terms.price or Price()
    if price.retention is None:
        return
    total = sum((r.share.percent for r in price.retention.release.values()), Decimal())
    if total != _HUNDRED:
        yield found(
            agreed,
            "M20",
            "price.retention.release",
            f"The releases make {total}% of what is kept back.",
            "What is never released is a price cut that nobody agreed.",
            "Let the shares make 100%.",
        )


def only_the_last_tier_is_open(agreed: Agreed) -> Iterator[Problem]:
    """Ask tiers and royalty steps to rise, the last one without an end."""
    price = agreed.terms.price or Price()
    tiers = price.tiers.steps if price.tiers else ()
    ends = [tier.up_to.number if tier.up_to else None for tier in tiers]
    yield from _rising(agreed, "price.tiers.steps", ends)
    steps = agreed.terms.royalty.steps if agreed.terms.royalty else ()
    sums = [step.up_to.amount if step.up_to else None for step in steps]
    yield from _rising(agreed, "royalty.steps", sums)


def _rising(agreed: Agreed, path: str, ends: list[Decimal | None]) -> Iterator[Problem]:
    closed = [end for end in ends[:-1] if end is not None]
    rises = all(a < b for a, b in pairwise(closed))
    if ends and (len(closed) < len(ends) - 1 or ends[-1] is not None or not rises):
        yield found(
            agreed,
            "M21",
            path,
            "The steps do not rise from one to the next with an open end.",
            "For some quantity there would be no rate, or two.",
            "Give each step but the last a larger up_to than the one before.",
        )


def a_royalty_has_a_rate(agreed: Agreed) -> Iterator[Problem]:
    """Ask a royalty for one rate or for steps, and hold its instalments together."""
    royalty = agreed.terms.royalty
    if royalty is None:
        return
    if (royalty.rate is None) == (not royalty.steps):
        yield found(
            agreed,
            "M22",
            "royalty",
            "The royalty has no rate, or a rate and steps.",
            "Nobody could reckon what is owed.",
            "Write rate: 12%, or steps.",
        )
    guarantee = royalty.guarantee
    parts = (
        [part.amount for part in guarantee.instalments.values()] if guarantee else []
    )
    if guarantee and parts and _sum(parts) != guarantee.amount.amount:
        yield found(
            agreed,
            "M23",
            "royalty.guarantee.instalments",
            f"The instalments make {_sum(parts):,}, and the guarantee is "
            f"{guarantee.amount.amount:,}.",
            "The difference would be owed on no day.",
            "Let the instalments make the guarantee.",
        )


def _sum(parts: list[Money]) -> Decimal:
    return sum((part.amount for part in parts), Decimal())


def a_commitment_has_a_quantity(agreed: Agreed) -> Iterator[Problem]:
    """Ask each commitment for a minimum or a maximum, and its consequence for sense."""
    terms = agreed.terms
    for key, commitment in terms.commitment.items():
        path = f"commitment.{key}"
        if commitment.minimum is None and commitment.maximum is None:
            yield found(
                agreed,
                "M24",
                path,
                f"{key} has neither a minimum nor a maximum.",
                "A commitment to nothing binds nobody.",
                "Add minimum: 500000 lb.",
            )
        if commitment.shortfall == "exclusivity ends" and terms.exclusivity is None:
            yield found(
                agreed,
                "N11",
                f"{path}.shortfall",
                "A shortfall ends an exclusivity that the deal does not have.",
                "What cannot be lost is no consequence.",
                "Add exclusivity, or choose another consequence.",
            )


def a_retainer_names_a_rate(agreed: Agreed) -> Iterator[Problem]:
    """Hold the rate for further hours against the rates of the deal."""
    price = agreed.terms.price or Price()
    over = price.retainer.over if price.retainer else None
    if over is not None and over not in price.rates:
        yield found(
            agreed,
            "N12",
            "price.retainer.over",
            f"There is no rate {over!r}.",
            "Hours beyond the retainer would have no price.",
            nearest(over, list(price.rates)) + "Name a key of price.rates.",
        )


def a_trade_term_has_its_edition(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a trade term of which nobody can tell what it means."""
    delivery = agreed.terms.goods.delivery if agreed.terms.goods else None
    if delivery and delivery.incoterms is None:
        yield found(
            agreed,
            "G01",
            "goods.delivery.term",
            f"{delivery.term} can be read by several rules.",
            "American law and two editions of Incoterms put risk in different places.",
            "Add incoterms: 2020.",
        )


def goods_across_a_border_settle_the_convention(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a sale between two countries that is silent on the sales convention."""
    terms = agreed.terms
    countries = {_country(party.address) for party in terms.parties.values()}
    silent = terms.goods is not None and terms.goods.cisg is None
    if terms.contract in _GOODS and silent and len(countries) > 1:
        yield found(
            agreed,
            "G02",
            "goods",
            "The goods cross a border, and nothing is said of the UN sales convention.",
            "The law of most countries includes it where nobody excludes it.",
            "Add cisg: excluded, or cisg: applies.",
        )


def _country(address: str) -> str:
    return re.sub(r"[^a-z ]", "", address.rpartition(",")[2].casefold()).strip()


def delay_damages_know_other_causes(agreed: Agreed) -> Iterator[Problem]:
    """Warn of damages for delay without relief for delay by the other side."""
    risks = agreed.terms.contingencies
    late = risks.late_completion if risks else None
    if risks is None or late is None:
        return
    path = "contingencies.late_completion"
    if risks.owner_delay is None:
        yield found(
            agreed,
            "C04",
            path,
            "Damages run for delay, and nothing gives time where the other side causes "
            "it.",
            "The agreed day can then be lost altogether, and the damages with it.",
            "Add owner_delay: {notice: 5 days, relief: time}.",
        )
    if late.cap is not None and late.at_cap is None:
        yield found(
            agreed,
            "C16",
            f"{path}.cap",
            "Nothing happens when the damages for delay reach their cap.",
            "From then on further delay costs nothing and ends nothing.",
            "Add at_cap: client may terminate.",
        )


def a_cap_leaves_the_price_out(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a cap on liability that would cap the duty to pay."""
    liability = agreed.terms.liability
    owed = "payment" if agreed.terms.price or agreed.terms.royalty else ""
    outside = " ".join(liability.outside_cap).casefold() if liability else ""
    if liability and owed and not re.search(r"pay|price|fee", outside):
        yield found(
            agreed,
            "C17",
            "liability.cap",
            "The cap can be read to cover the duty to pay the price.",
            "A buyer who owes more than the cap would owe the rest to nobody.",
            "Add outside_cap: [payment of the price].",
        )


def a_cancellation_right_comes_before_the_work(agreed: Agreed) -> Iterator[Problem]:
    """Warn of work that starts while a private customer can still cancel."""
    terms = agreed.terms
    consumer = terms.consumer
    if consumer is None or consumer.work_before_cancellation_ends:
        return
    for path in _first_days(terms):
        yield found(
            agreed,
            "K05",
            path,
            "This is due while the customer can still cancel.",
            "What was done or paid by then may have to be given back.",
            f"Count it from {consumer.cancellation} after signing or later.",
        )


def _first_days(terms: Terms) -> Iterator[str]:
    """Yield what is due on the first day: money and steps alike."""
    for key, payment in (terms.price.payments if terms.price else {}).items():
        if str(payment.due) in ("signing", "effective"):
            yield f"price.payments.{key}.due"
    for key, milestone in terms.milestones.items():
        if str(milestone.due) in ("signing", "effective"):
            yield f"milestones.{key}.due"


def consumers_arbitrate_under_their_rules(agreed: Agreed) -> Iterator[Problem]:
    """Warn of business rules in an arbitration with a consumer."""
    disputes = agreed.terms.dispute_resolution
    arbitration = disputes.steps.arbitration if disputes and disputes.steps else None
    private = any(p.acts_as == _A_CONSUMER for p in agreed.terms.parties.values())
    rules = (arbitration.rules or "").casefold() if arbitration else ""
    if arbitration and private and not re.search("consumer|home", rules):
        yield found(
            agreed,
            "K06",
            "dispute_resolution.steps.arbitration",
            "A consumer would arbitrate under rules made for businesses.",
            "Institutions apply their consumer rules all the same, or refuse the case.",
            "Write rules: consumer, or rules: home construction.",
        )


def holidays_of_a_state_are_not_those_of_its_banks(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a list of holidays that lacks days on which banks are closed."""
    time = agreed.terms.time
    listed = time.holidays if time else ()
    if isinstance(listed, str) or {"US", "XFED"} & set(listed):
        return
    for index, place in enumerate(listed):
        if place.startswith("US-"):
            yield found(
                agreed,
                "D20",
                f"time.holidays.{index}",
                f"The days of {place} differ from those on which banks are closed.",
                "A payment can be due on a day on which no bank works.",
                f"Write holidays: [US], or [US, {place}].",
            )


def a_long_stop_of_supply_comes_after_its_notice(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a right to end for a shortage or suspension before its notice has run."""
    risks = agreed.terms.contingencies
    for name in ("supply_shortage", "suspension"):
        row = getattr(risks, name, None)
        if row and row.end_after and row.end_after.days < _days(row.notice):
            yield found(
                agreed,
                "C30",
                f"contingencies.{name}.end_after.days",
                f"The contract can be ended after {row.end_after.days} days, before "
                f"the notice of {row.notice} has run.",
                "A party could end it for a reason of which the other need not know.",
                "Lengthen end_after or shorten the notice.",
            )


def _days(period: Period) -> int:
    per = {"hour": 0, "day": 1, "business day": 1, "week": 7, "month": 30, "year": 365}
    return sum(number * per[unit] for number, unit in period.parts)


def who_secures_agrees_to_changes(agreed: Agreed) -> Iterator[Problem]:
    """Warn where a guarantor or surety could be freed by an amendment."""
    terms = agreed.terms
    secured = [f"guarantees.{key}" for key in terms.guarantees]
    secured += [f"bonds.{key}" for key, bond in terms.bonds.items() if bond.surety]
    if secured and not (terms.amendment and terms.amendment.consents):
        yield found(
            agreed,
            "A19",
            secured[0],
            "Somebody answers for a party, and need not consent to an amendment.",
            "A change without consent can free the one who answers for the debt.",
            "Add amendment: {consents: [the surety]}.",
        )


CHECKS = (
    an_option_has_a_last_day,
    retention_is_released_whole,
    only_the_last_tier_is_open,
    a_royalty_has_a_rate,
    a_commitment_has_a_quantity,
    a_retainer_names_a_rate,
    a_trade_term_has_its_edition,
    goods_across_a_border_settle_the_convention,
    delay_damages_know_other_causes,
    a_cap_leaves_the_price_out,
    a_cancellation_right_comes_before_the_work,
    consumers_arbitrate_under_their_rules,
    holidays_of_a_state_are_not_those_of_its_banks,
    a_long_stop_of_supply_comes_after_its_notice,
    who_secures_agrees_to_changes,
)
