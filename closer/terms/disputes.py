"""Dispute resolution as the parties agreed it: steps in order, one final forum."""

from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Text
from closer.terms.rhythms import AfterLastStep
from closer.terms.values import Money, Period

NO_TIME = Period(((0, "day"),))
"""The time of a step for which none is written: a fault that stops no other check."""

StepKind = Literal[
    "negotiation", "executives", "mediation", "expert", "arbitration", "court"
]


class Talks(Struct, frozen=True, kw_only=True):
    """Negotiation between two people of the parties; ends with `within`."""

    between: Text
    within: Period = NO_TIME
    with_authority: bool = True
    meet_within: Period | None = None
    place: Text | None = None


class Mediation(Struct, frozen=True, kw_only=True):
    """Mediation under a provider's rules; ends with `within`."""

    provider: Text
    rules: Text | None = None
    place: Text | None = None
    language: Text | None = None
    within: Period = NO_TIME
    appointed_within: Period | None = None
    appointed_by: Text | None = None
    costs: Literal["half each", "the one who asks"] = "half each"


class Expert(Struct, frozen=True, kw_only=True):
    """An answer to questions of one kind; ends with `within`."""

    appointed_by: Text
    on: Text
    who: Text | None = None
    within: Period = NO_TIME
    binding: bool = True
    except_: Literal["fraud or plain error", "fraud"] = field(
        name="except", default="fraud or plain error"
    )


class Consolidation(Struct, frozen=True, kw_only=True):
    """With which cases an arbitration may be joined, and who may be drawn in."""

    with_: tuple[Text, ...] = field(name="with", default=())
    joinder: Text | None = None


class Arbitration(Struct, frozen=True, kw_only=True):
    """The final step before arbitrators."""

    institution: Text
    rules: Text | None = None
    rules_version: Literal["in force when it starts"] = "in force when it starts"
    seat: Text | None = None
    arbitrators: int = 1
    three_over: Money | None = None
    appointed_by: Literal["as the rules say", "each one and the two the chair"] = (
        "as the rules say"
    )
    language: Text | None = None
    hearings: Text | None = None
    law: Text | None = None
    appointing_authority: Text | None = None
    consolidation: Literal["none"] | Consolidation | None = None
    expedited: bool | Literal["institution's default"] = "institution's default"
    award: Literal["reasoned", "without reasons"] | None = None
    award_within: Period | None = None
    appeal: Literal["none", "on law"] | None = None


class Court(Struct, frozen=True, kw_only=True):
    """The final step before courts."""

    courts: Text
    exclusive: bool = True
    jury: Literal["waived", "kept"] | None = None
    venue_objections: Literal["waived", "kept"] = "waived"
    service_agent: Text | None = None


class Steps(Struct, frozen=True, kw_only=True):
    """The steps; `order` holds their kinds as the file lists them."""

    negotiation: Talks | None = None
    executives: Talks | None = None
    mediation: Mediation | None = None
    expert: Expert | None = None
    arbitration: Arbitration | None = None
    court: Court | None = None
    order: tuple[StepKind, ...] = ()


class DisputeNotice(Struct, frozen=True, kw_only=True):
    """What a notice of dispute must look like."""

    form: Literal["writing"] = "writing"
    to: Text | None = None
    states: tuple[Text, ...] = ()


class LimitationPause(Struct, frozen=True, kw_only=True):
    """From when to when no limitation period runs."""

    from_: Literal["dispute notice"] = field(name="from", default="dispute notice")
    until: AfterLastStep
    longest: Period


class UrgentRelief(Struct, frozen=True, kw_only=True):
    """Where a party may ask for help that cannot wait."""

    where: Literal["any court", "the courts of the seat"] = "any court"
    in_aid: bool = True
    emergency_arbitrator: bool = True


class Secrecy(Struct, frozen=True, kw_only=True):
    """What of a dispute is kept confidential, and what may be told all the same."""

    talks: bool = True
    arbitration: bool = True
    except_: tuple[Text, ...] = field(name="except", default=())


class GoingOn(Struct, frozen=True, kw_only=True):
    """What is still done and paid while a dispute is open."""

    work: bool = True
    pay_undisputed: bool = True
    except_: tuple[Text, ...] = field(name="except", default=())


class Adjudication(Struct, frozen=True, kw_only=True):
    """A quick decision at any time, which binds until the final one."""

    nominating_body: Text
    decision_in: Period
    binding: Literal["until final"] = "until final"


class Board(Struct, frozen=True, kw_only=True):
    """People who follow the work and give an answer before anybody sues."""

    members: Literal["1", "3"]
    standing: bool = True
    appointed_by: Text
    decision_in: Period


class DisputeResolution(Struct, frozen=True, kw_only=True):
    """Governing law, the steps of a dispute, and what holds meanwhile."""

    governing_law: Text
    conflict_rules: Literal["excluded"] = "excluded"
    covers: Literal["all disputes", "contract only"] = "all disputes"
    not_covered: tuple[Text, ...] = ()
    dispute_notice: DisputeNotice | None = None
    steps_are: Literal["precondition", "not a precondition"] = "precondition"
    steps: Steps | None = None
    adjudication: Adjudication | None = None
    board: Board | None = None
    urgent_relief: bool | UrgentRelief = False
    small_claims: bool = False
    keep_performing: bool | GoingOn = False
    confidential: bool | Secrecy = False
    costs: Literal["each its own", "prevailing party", "tribunal decides"] | None = None
    prevailing_means: Text | None = None
    group_claims: Literal["waived", "allowed"] | None = None
    immunity: Literal["waived"] | None = None
    pauses_limitation: LimitationPause | None = None
    claims_within: Period | None = None
