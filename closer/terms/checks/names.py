"""Checks that every name in the terms names something that is there."""

import re
from collections.abc import Iterator

from closer.problems import Problem
from closer.terms.checks.finding import found, moments, nearest
from closer.terms.kinds import Identifier
from closer.terms.model import Terms
from closer.terms.moments import accepts, anchors, hangs_on
from closer.terms.paths import entries, fields_in
from closer.terms.reading import Agreed
from closer.terms.values import NAMED_DAYS, Anchor


def anchors_name_something(agreed: Agreed) -> Iterator[Problem]:
    """Hold every anchor against the milestones and the days that every deal has."""
    known = [*agreed.terms.milestones, *agreed.terms.events, *NAMED_DAYS]
    for path, moment in moments(agreed.terms):
        for anchor in anchors(moment):
            if anchor.name in known:
                continue
            yield found(
                agreed,
                "D37",
                path,
                f"`{anchor.name}` names nothing from which a day could be counted.",
                "No milestone, no event and no day of the deal has that name.",
                nearest(anchor.name, known)
                + "Name a milestone, signing, effective, end or renewal.",
            )


def no_event_has_the_name_of_a_milestone(agreed: Agreed) -> Iterator[Problem]:
    """Refuse one name for two things from which days are counted."""
    for name in agreed.terms.events:
        if name in agreed.terms.milestones:
            yield found(
                agreed,
                "N09",
                f"events.{name}",
                f"{name} is a milestone and an event.",
                "A day counted from it could mean either.",
                "Give one of them another name.",
            )


def end_and_renewal_exist(agreed: Agreed) -> Iterator[Problem]:
    """Refuse to count from an end or a renewal that the deal does not have."""
    duration = agreed.terms.duration
    missing = {
        "end": duration is None,
        "renewal": duration is None or duration.renewal is None,
    }
    for path, moment in moments(agreed.terms):
        for anchor in anchors(moment):
            if missing.get(anchor.name):
                yield found(
                    agreed,
                    "D37",
                    path,
                    f"The deal has no {anchor.name} from which to count.",
                    "What hangs on a day that never comes is never due.",
                    f"Give the deal a duration with its {anchor.name}, "
                    "or count from another day.",
                )


def only_what_is_accepted_has_an_acceptance(agreed: Agreed) -> Iterator[Problem]:
    """Refuse `.accepted` where nothing says how anything is accepted."""
    terms = agreed.terms
    for path, moment in moments(terms):
        for anchor in anchors(moment):
            milestone = terms.milestones.get(Identifier(anchor.name))
            if anchor.fact != "accepted" or milestone is None:
                continue
            if accepts(milestone, terms) is None:
                yield found(
                    agreed,
                    "D38",
                    path,
                    f"Nothing says how {anchor.name} is accepted.",
                    "Without a rule for acceptance the parties can argue for ever "
                    "whether the day has come.",
                    f"Write {anchor.name}.met, or give what it delivers an `accept`.",
                )


def no_day_is_counted_from_itself(agreed: Agreed) -> Iterator[Problem]:
    """Find days that wait for each other; each circle once."""
    starts = [Anchor(name, "due") for name in agreed.terms.milestones]
    for circle in _circles([*starts, Anchor("end")], agreed.terms):
        first = circle[0]
        path = f"milestones.{first.name}.due" if first.fact else "duration"
        way = " → ".join(str(anchor) for anchor in (*circle, first))
        yield found(
            agreed,
            "D36",
            path,
            f"This day is counted from itself: {way}.",
            "Days that wait for each other never come.",
            "Give one of them a date, or count it from something else.",
        )


def _circles(starts: list[Anchor], terms: Terms) -> Iterator[list[Anchor]]:
    done: set[Anchor] = set()
    for start in starts:
        way: list[Anchor] = []
        ahead = [iter([start])]
        while ahead:
            anchor = next(ahead[-1], None)
            if anchor is None:
                ahead.pop()
                done.update(way[-1:])
                del way[-1:]
            elif anchor in way:
                yield way[way.index(anchor) :]
            elif anchor not in done:
                way.append(anchor)
                ahead.append(iter(hangs_on(anchor, terms)))


def milestones_deliver_deliverables(agreed: Agreed) -> Iterator[Problem]:
    """Hold `delivers` against the deliverables."""
    terms = agreed.terms
    for name, milestone in terms.milestones.items():
        if milestone.delivers and milestone.delivers not in terms.deliverables:
            yield found(
                agreed,
                "N03",
                f"milestones.{name}.delivers",
                f"There is no deliverable {milestone.delivers!r}.",
                "What is delivered must be described, or nobody can accept it.",
                nearest(milestone.delivers, list(terms.deliverables))
                + "Name a key of deliverables.",
            )


def milestones_are_exposed_to_agreed_contingencies(
    agreed: Agreed,
) -> Iterator[Problem]:
    """Hold `exposed_to` against the contingencies that the deal has."""
    there = _agreed_risks(agreed.terms)
    for name, milestone in agreed.terms.milestones.items():
        for index, risk in enumerate(milestone.exposed_to or ()):
            if risk not in there:
                yield found(
                    agreed,
                    "N04",
                    f"milestones.{name}.exposed_to.{index}",
                    f"The deal has no contingency {risk!r}.",
                    "A milestone can be extended only by what was agreed.",
                    nearest(risk, there)
                    + f"Add contingencies.{risk}, or leave it out here.",
                )


def _agreed_risks(terms: Terms) -> list[str]:
    risks = terms.contingencies
    found = fields_in(risks) if risks else ()
    return [key for key, risk in found if risk is not None]


def delay_damages_name_milestones(agreed: Agreed) -> Iterator[Problem]:
    """Hold the milestones for whose delay damages are owed against those there are."""
    terms = agreed.terms
    late = terms.contingencies.late_completion if terms.contingencies else None
    if late and not late.for_:
        yield found(
            agreed,
            "C14",
            "contingencies.late_completion.for",
            "The damages for delay name no milestone.",
            "Damages run from the day of something that was late.",
            "Name the milestones for whose delay they are owed.",
        )
    for key, name in entries(late.for_ if late else ()):
        if name not in terms.milestones:
            yield found(
                agreed,
                "N05",
                f"contingencies.late_completion.for.{key}",
                f"There is no milestone {name!r}.",
                "Damages for the delay of nothing cannot be reckoned.",
                nearest(str(name), list(terms.milestones)) + "Name a milestone.",
            )


def key_people_are_named(agreed: Agreed) -> Iterator[Problem]:
    """Hold the people whose leaving is provided for against the key people."""
    terms = agreed.terms
    leaving = terms.contingencies.key_person if terms.contingencies else None
    for index, name in enumerate(leaving.who if leaving else ()):
        if name not in terms.key_people:
            yield found(
                agreed,
                "N10",
                f"contingencies.key_person.who.{index}",
                f"There is no key person {name!r}.",
                "Nobody can be replaced who was never named.",
                nearest(name, list(terms.key_people)) + "Name a key of key_people.",
            )


def files_are_known_by_their_digest(agreed: Agreed) -> Iterator[Problem]:
    """Refuse what cannot be the digest of a file."""
    for name, annex in agreed.terms.annexes.items():
        said = annex.sha256
        if said is not None and not re.fullmatch(r"[0-9a-f]{64}", said.casefold()):
            yield found(
                agreed,
                "N13",
                f"annexes.{name}.sha256",
                f"{said!r} is no SHA-256 digest.",
                "It has 64 hexadecimal digits; with fewer no file can be told by it.",
                "Write what `sha256sum` prints of the file.",
            )
        elif said is not None and annex.file is None:
            yield found(
                agreed,
                "N13",
                f"annexes.{name}.sha256",
                "There is a digest, and no file.",
                "A digest tells a file from another; it is not a document itself.",
                "Add file: and its name.",
            )


CHECKS = (
    files_are_known_by_their_digest,
    anchors_name_something,
    no_event_has_the_name_of_a_milestone,
    end_and_renewal_exist,
    only_what_is_accepted_has_an_acceptance,
    no_day_is_counted_from_itself,
    milestones_deliver_deliverables,
    milestones_are_exposed_to_agreed_contingencies,
    delay_damages_name_milestones,
    key_people_are_named,
)
