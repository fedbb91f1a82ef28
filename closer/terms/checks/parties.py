"""Checks on who the parties are, and that every duty and right has one of them."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from closer.problems import Problem
from closer.terms.checks.finding import VALUES, found, nearest
from closer.terms.kinds import Party as PartyId
from closer.terms.model import Terms
from closer.terms.reading import Agreed
from closer.terms.scalars import KINDS
from closer.terms.shapes import fields_of

BOTH, EITHER = "both", "either"


def a_deal_has_two_sides(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a deal with fewer than two parties."""
    if len(agreed.terms.parties) < 2:
        yield found(
            agreed,
            "N07",
            "parties",
            "The deal has fewer than two parties.",
            "Nobody can agree with himself alone.",
            "Add the other side under parties.",
        )


def no_two_parties_share_a_name(agreed: Agreed) -> Iterator[Problem]:
    """Refuse two parties that a reader could not tell apart."""
    parties = agreed.terms.parties
    plain = {key: " ".join(p.name.casefold().split()) for key, p in parties.items()}
    shared = Counter(plain.values())
    first = set[str]()
    for key, name in plain.items():
        if shared[name] > 1 and name in first:
            yield found(
                agreed,
                "N08",
                f"parties.{key}.name",
                f"Two parties have the name {parties[key].name!r}.",
                "Nobody could tell which of them owes what.",
                "Write each party's full registered name.",
            )
        first.add(name)


def an_individual_says_how_it_acts(agreed: Agreed) -> Iterator[Problem]:
    """Ask of every individual whether the law of consumers applies."""
    for key, party in agreed.terms.parties.items():
        if party.kind.strip().casefold() == "individual" and party.acts_as is None:
            yield found(
                agreed,
                "K01",
                f"parties.{key}",
                f"{party.name} is an individual, and nothing says in which capacity.",
                "For a consumer the law may write parts of the contract itself.",
                "Add acts_as: consumer, or acts_as: business.",
            )


def duties_and_rights_belong_to_a_party(agreed: Agreed) -> Iterator[Problem]:
    """Hold every party that the terms name against the parties of the deal."""
    parties = [str(key) for key in agreed.terms.parties]
    roles = {key: str(each.role) for key, each in agreed.terms.parties.items()}
    places = {place[0]: place for place in _wherever(agreed.terms)}
    places |= {place[0]: place for place in _named(agreed.terms)}
    for path, named, beside in places.values():
        if named is None or named in parties or named in beside:
            continue
        allowed = ", ".join([*parties, *beside])
        playing = [str(key) for key, role in roles.items() if role == named]
        remedy = nearest(named, [*parties, *beside]) + f"Write one of {allowed}."
        if playing:
            remedy = f"That is a role; write the party: {' or '.join(playing)}."
        yield found(
            agreed,
            "N01",
            path,
            f"{named!r} is none of the parties that can stand here.",
            "A duty or right of nobody cannot be performed or enforced.",
            remedy,
        )


def _named(terms: Terms) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Yield each place that names a party, and the words allowed beside one."""
    for key, deliverable in terms.deliverables.items():
        yield f"deliverables.{key}.owner", deliverable.owner, (BOTH,)
    for key, milestone in terms.milestones.items():
        yield f"milestones.{key}.owner", milestone.owner, (BOTH,)
    for key, payment in (terms.price.payments if terms.price else {}).items():
        yield f"price.payments.{key}.payer", payment.payer, ()
    for key, obligation in terms.obligations.items():
        yield f"obligations.{key}.owner", obligation.owner, (BOTH,)
    for key, right in terms.termination.items():
        yield f"termination.{key}.by", right.by, (EITHER, BOTH)
    yield from _named_by_sections(terms)
    yield from _named_by_closing(terms)


def _wherever(
    value: object, path: str = ""
) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Yield every other place of the model that names a party, by its kind."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _wherever(entry, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _wherever(item, f"{path}.{index}")
    elif isinstance(value, Struct) and not isinstance(value, VALUES):
        for name, field in fields_of(type(value)).items():
            inner, at = getattr(value, field.attribute), f"{path}.{name}".lstrip(".")
            if field.shape.kind is KINDS[PartyId]:
                yield at, inner, (*field.shape.choices, EITHER, BOTH)
            elif at not in ("closing", "amended"):
                yield from _wherever(inner, at)


def _named_by_sections(
    terms: Terms,
) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    duration, risks = terms.duration, terms.contingencies
    if duration and duration.renewal:
        yield "duration.renewal.by", duration.renewal.by, (EITHER, BOTH)
    if duration and duration.option:
        yield "duration.option.by", duration.option.by, (EITHER, BOTH)
    if terms.warranty:
        yield "warranty.by", terms.warranty.by, (BOTH,)
    if terms.insurance:
        yield "insurance.owner", terms.insurance.owner, (BOTH,)
    if terms.liability:
        yield "liability.for", terms.liability.for_, ("each",)
    if terms.intellectual_property:
        results = terms.intellectual_property.results
        yield "intellectual_property.results", results, (BOTH,)
    if risks and risks.force_majeure and risks.force_majeure.end_after:
        path = "contingencies.force_majeure.end_after.by"
        yield path, risks.force_majeure.end_after.by, (EITHER, BOTH)


def _named_by_closing(
    terms: Terms,
) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    if terms.closing is None or terms.amended:
        return
    for key, concern in terms.closing.concerns.items():
        yield f"closing.concerns.{key}.by", concern.by, (BOTH,)
    for key, condition in terms.closing.conditions.items():
        yield f"closing.conditions.{key}.owner", condition.owner, (BOTH,)
    for key in terms.closing.confirmed:
        yield f"closing.confirmed.{key}", key, ()


def one_way_confidence_names_who_discloses(agreed: Agreed) -> Iterator[Problem]:
    """Hold the direction of confidence against the party that discloses."""
    confidence = agreed.terms.confidentiality
    if confidence is None:
        return
    one_way = confidence.direction == "one-way"
    if one_way and confidence.purpose and confidence.discloser is None:
        yield found(
            agreed,
            "N10",
            "confidentiality.direction",
            "One side discloses, and nothing says which.",
            "The contract would bind the wrong party, or both.",
            "Add discloser: and the id of the party whose information it is.",
        )
    if not one_way and confidence.discloser is not None:
        yield found(
            agreed,
            "N10",
            "confidentiality.discloser",
            "A discloser is named, and the duty of confidence is mutual.",
            "One of the two lines is not what was agreed.",
            "Write direction: one-way, or take the discloser out.",
        )


CHECKS = (
    a_deal_has_two_sides,
    no_two_parties_share_a_name,
    an_individual_says_how_it_acts,
    duties_and_rights_belong_to_a_party,
    one_way_confidence_names_who_discloses,
)
