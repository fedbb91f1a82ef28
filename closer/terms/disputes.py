"""Dispute resolution as the parties agreed it: steps in order, one final forum."""

from typing import Literal

from msgspec import Struct, field

from closer.terms.kinds import Text
from closer.terms.rhythms import AfterLastStep
from closer.terms.values import Period

StepKind = Literal[
    "negotiation", "executives", "mediation", "expert", "arbitration", "court"
]


class Talks(Struct, frozen=True, kw_only=True):
    """Negotiation between two people of the parties; ends with `within`."""

    between: Text
    within: Period


class Mediation(Struct, frozen=True, kw_only=True):
    """Mediation under a provider's rules; ends with `within`."""

    provider: Text
    place: Text | None = None
    within: Period


class Expert(Struct, frozen=True, kw_only=True):
    """A binding answer to questions of one kind; ends with `within`."""

    appointed_by: Text
    on: Text
    within: Period


class Arbitration(Struct, frozen=True, kw_only=True):
    """The final step before arbitrators."""

    institution: Text
    rules: Text | None = None
    seat: Text | None = None
    arbitrators: int = 1
    language: Text | None = None
    hearings: Text | None = None
    law: Text | None = None
    appointing_authority: Text | None = None
    consolidation: Text | None = None
    expedited: bool | Literal["institution's default"] = "institution's default"


class Court(Struct, frozen=True, kw_only=True):
    """The final step before courts."""

    courts: Text
    exclusive: bool = True
    jury: Literal["waived", "kept"] = "kept"
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
    states: tuple[Text, ...] = ()


class LimitationPause(Struct, frozen=True, kw_only=True):
    """From when to when no limitation period runs."""

    from_: Literal["dispute notice"] = field(name="from", default="dispute notice")
    until: AfterLastStep
    longest: Period


class DisputeResolution(Struct, frozen=True, kw_only=True):
    """Governing law, the steps of a dispute, and what holds meanwhile."""

    governing_law: Text
    covers: Literal["all disputes", "contract only"] = "all disputes"
    dispute_notice: DisputeNotice | None = None
    steps_are: Literal["precondition", "not a precondition"] = "precondition"
    steps: Steps | None = None
    urgent_relief: bool = False
    small_claims: bool = False
    keep_performing: bool = False
    confidential: bool = False
    costs: Literal["each its own", "prevailing party", "tribunal decides"] | None = None
    pauses_limitation: LimitationPause | None = None
