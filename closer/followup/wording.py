"""Fills the words of a follow-up with what the terms say."""

from collections.abc import Iterable, Mapping

from closer.followup.shapes import BLANK
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.values import Anchor, Extreme, Moment, Money, Offset


def filled(
    text: str,
    values: Mapping[str, str],
    it: object = None,
    terms: Terms | None = None,
) -> str | None:
    """Fill every blank; None where a value is absent, so that the line is left out."""
    absent = False

    def value(name: str) -> str:
        nonlocal absent
        found = values.get(name)
        if found is None and name.partition(".")[0] == "it":
            inner = name.removeprefix("it").removeprefix(".")
            found = printed(value_at(it, inner) if inner else it)
        if found is None and name.startswith("terms."):
            found = printed(value_at(terms, name.removeprefix("terms.")))
        absent = absent or not found
        return found or ""

    done = BLANK.sub(lambda match: value(match[1]), text)
    return None if absent else done


def on_one_line(text: str) -> str:
    """Return a title as calendars and tables show it: a term may have several lines."""
    return " ".join(line for line in text.splitlines() if line)


def printed(value: object) -> str:
    """Print a value of the terms as a calendar shows it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.currency} {value.amount:,}"
    return str(value)


def in_words(identifier: str) -> str:
    """Return an id as words: `final-account` is `Final account`."""
    words = identifier.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def parties(name: str, terms: Terms) -> tuple[str, ...]:
    """Return the ids that a party field stands for."""
    return tuple(terms.parties) if name in ("either", "both") else (name,)


def others(name: str, terms: Terms) -> tuple[str, ...]:
    """Return the ids of the parties on the other side of a party field."""
    own = parties(name, terms)
    return tuple(party for party in terms.parties if party not in own)


def named(ids: Iterable[str], terms: Terms, joined: str) -> str:
    """Return parties by their roles: `Client and Contractor`."""
    return _listed([_role(party, terms) for party in ids], joined)


def _role(party: str, terms: Terms) -> str:
    """Return the role of a party; its id where two parties have the same role."""
    roles = {id_: (each.role or id_) for id_, each in terms.parties.items()}
    role = roles.get(party, party)  # type: ignore[call-overload]
    shared = list(roles.values()).count(role) > 1
    return in_words(party if shared else role)


def _listed(words: list[str], joined: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"


def anchors_of(moment: Moment) -> tuple[Anchor, ...]:
    """Return what a moment hangs on; nothing where it is a fixed day."""
    match moment:
        case Anchor():
            return (moment,)
        case Offset():
            return anchors_of(moment.of)
        case Extreme():
            return tuple(
                dict.fromkeys(a for each in moment.of for a in anchors_of(each))
            )
    return ()


def anchor_in_words(
    anchor: Anchor, terms: Terms, words: Mapping[str, Mapping[str, str]]
) -> str:
    """Return an anchor as a sentence names it: the completion of “Backyard”."""
    table = words["anchors"]
    milestone = terms.milestones.get(anchor.name)  # type: ignore[call-overload]
    if milestone is not None:
        text = table[anchor.fact or "due"]
        return filled(text, {"title": milestone.title}) or text
    if anchor.name in table:
        return table[anchor.name]
    event = terms.events.get(anchor.name)  # type: ignore[call-overload]
    title = event.title if event else in_words(anchor.name)
    return filled(table["event"], {"title": title}) or anchor.name


def hanging(
    moment: Moment, terms: Terms, words: Mapping[str, Mapping[str, str]]
) -> str:
    """Say in a sentence what a moment hangs on."""
    anchors = [anchor_in_words(each, terms, words) for each in anchors_of(moment)]
    if not anchors:
        return words["reasons"]["fixed"]
    said = _listed(anchors, words["anchors"]["and"])
    return filled(words["reasons"]["hangs"], {"anchor": said}) or said
