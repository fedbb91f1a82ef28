"""A reading that came back, as it is written in the terms: found by printing it again.

Nothing is guessed: a way of writing is taken only if the contract drafted from it
prints exactly what was read.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from itertools import chain

from msgspec import structs

from closer.drafting.assembly import draft
from closer.drafting.document import Document, Span, Value
from closer.drafting.facts import DealFacts
from closer.drafting.filling import NAMING_KEYS, Filling
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.drafting.trace import lines
from closer.drafting.typed import typed
from closer.library.loading import Library
from closer.problems import errors
from closer.terms.checks import check
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.places import NoDay
from closer.terms.reading import Agreed, read_terms
from closer.terms.shapes import shape_at, shape_of
from closer.terms.splicing import with_value
from closer.terms.values import NAMED_DAYS, Anchor, Fact, Unreadable, read_date

_STRAIGHT = {0x2018: "'", 0x2019: "'"}
_MONTHS = "|".join(month_name[1:])
_DATE = re.compile(rf"({_MONTHS}) (\d{{1,2}}), (\d{{4}})")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d) (AM|PM|noon|midnight)\b")
_COUNTED = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th) day\b")
_ENGLISH = re.compile(rf"(\d{{1,2}}) ({_MONTHS}) (\d{{4}})")


def taken(agreed: Agreed, path: str, text: str, library: Library) -> Agreed | None:
    """Return the terms with a reading in the place of a value; None if it is none.

    A day, a sum or a number may be typed otherwise than the contract prints it, where
    it can be read in one way only (`typed`).
    """
    terms, phrases = agreed.terms, _phrases(agreed.terms, library)
    said = _plain(text)
    wanted = typed(said, terms.currency, phrases.day)
    for words in dict.fromkeys((said, wanted)):
        for written in dict.fromkeys(_ways(terms, path, words, phrases)):
            for value in _values(terms, path, written, library):
                after = _with(agreed, path, value)
                if after is not None and _says(after, path, wanted, library):
                    return after
    return None


def _phrases(terms: Terms, library: Library) -> Phrases:
    contract = library.types[terms.contract]
    return Phrases(library.phrases, terms, roles_of(terms, contract))


def _with(agreed: Agreed, path: str, value: object) -> Agreed | None:
    try:
        text = with_value(agreed.source, path, value)
    except LookupError:  # an item of a list that cannot be told apart in the file
        return None
    after, problems = read_terms(text, agreed.source.file)
    return None if after is None or problems or _wrong_there(after, path) else after


def _says(agreed: Agreed, path: str, wanted: str, library: Library) -> bool:
    """Tell whether the contract of these terms prints what was read."""
    terms = agreed.terms
    day = _phrases(terms, library).day
    try:
        printed = [
            typed(e, terms.currency, day) for e in _prints(agreed, path, library)
        ]
    except NoDay:
        return False
    return wanted.casefold() in {each.casefold() for each in printed}


def _wrong_there(agreed: Agreed, path: str) -> bool:
    """Tell whether a check finds an error in the very term that was written."""
    return any(
        found.path == path or found.path.startswith(f"{path}.")
        for found in errors(check(agreed))
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).split())


def _values(
    terms: Terms, path: str, written: str, library: Library
) -> Iterator[object]:
    """Yield what a reading may mean: itself, or a list, the likeliest first."""
    shape, _ = shape_at(shape_of(Terms), path)
    if shape is None or not shape.item or shape.scalar:
        yield written
    if shape is None or not shape.item:
        return
    present = value_at(terms, path)
    now = [str(each) for each in present] if isinstance(present, tuple) else []
    named = _named(terms, path, library)
    lists = {
        tuple(named.get(item.casefold(), item) for item in one)
        for one in _listed(written, now)
    }
    yield from map(list, sorted(lists, key=lambda one: (-len({*one} & {*now}), one)))


def _listed(text: str, now: list[str]) -> Iterator[list[str]]:
    """Yield the lists that may be printed so; an item that is there stays whole."""
    for place, item in enumerate(sorted(now, key=len, reverse=True)):
        text = text.replace(item, f"\x00{place}\x00")
    whole = dict(enumerate(sorted(now, key=len, reverse=True)))

    def restored(item: str) -> str:
        return re.sub(r"\x00(\d+)\x00", lambda m: whole[int(m[1])], item).strip()

    joints = list(re.finditer(r",? (?:and|or) ", text))
    yield [restored(each) for each in text.split(", ")]
    for joint in joints:
        head, last = text[: joint.start()], text[joint.end() :]
        yield [restored(each) for each in [*head.split(", "), last]]


def _named(terms: Terms, path: str, library: Library) -> dict[str, str]:
    """Return the keys of what a list may name, by how the contract prints them."""
    key = path.rpartition(".")[2]
    if key not in NAMING_KEYS:
        return {}
    facts, phrases = DealFacts(terms, library), _phrases(terms, library)
    printing = Filling(terms, library, phrases, facts)
    risks = terms.contingencies
    keys = [*(each for each, _ in _titles(terms)), *map(str, terms.key_people)]
    if key == "exposed_to" and risks is not None:
        keys = [name for name in structs.asdict(risks) if getattr(risks, name)]
    return {_plain(printing.named(key, each)).casefold(): each for each in keys}


def _titles(terms: Terms) -> Iterator[tuple[str, str]]:
    rates = terms.price.rates if terms.price else {}
    for things in (terms.deliverables, terms.milestones, terms.events, rates):
        for key, thing in things.items():
            yield str(key), str(thing.title)


def _prints(agreed: Agreed, path: str, library: Library) -> Iterator[str]:
    """Yield how the contract prints a term."""
    facts = DealFacts(agreed.terms, library)
    made = draft(agreed.terms, library, facts=facts, properties={})
    yield from (
        _plain(span.text)
        for span in _spans(made.document, library)
        if isinstance(span, Value) and span.path == path
    )


def _spans(document: Document, library: Library) -> Iterator[Span]:
    said = lines(document, library.phrases["references"])
    yield from chain.from_iterable(line.spans for line in said)


def _ways(terms: Terms, path: str, text: str, phrases: Phrases) -> Iterator[str]:
    """Yield how a reading might be written in the terms, the plainest way first."""
    if str(value_at(terms, path)).startswith("every quarter"):
        quarterly = re.sub(r"^[Ee]very 3 months\b", "every quarter", text)
        yield _COUNTED.sub(r"day \1", _CLOCK.sub(_by_24_hours, quarterly))
    yield text
    text = _CLOCK.sub(_by_24_hours, text)
    lowered = text[:1].lower() + text[1:]
    yield text
    yield re.sub(r"^an? ", "", text, flags=re.IGNORECASE)
    if share := re.match(r"\d+(?:\.\d+)?%", text):
        yield share[0]
    dated = _DATE.sub(_iso, _ENGLISH.sub(_iso_english, text))
    yield dated
    for key in (*terms.parties, "either", "both"):
        if phrases.party(key).text.casefold() == text.casefold():
            yield str(key)
    yield from (key for key, title in _titles(terms) if text == f"“{title}”")
    yearly = re.sub(rf"\b({_MONTHS}) (\d{{1,2}})\b", r"\2 \1", lowered)
    yield _COUNTED.sub(r"day \1", yearly)
    yield from _moments(terms, path, dated, phrases)
    yield lowered
    yield lowered.replace("Business Day", "business day")
    shape, _ = shape_at(shape_of(Terms), path)
    for choice in shape.choices if shape else ():
        if choice.casefold() == text.casefold():
            yield choice


def _moments(terms: Terms, path: str, text: str, phrases: Phrases) -> Iterator[str]:
    """Yield a moment with the anchors of the file in place of their names in print."""
    facts: tuple[Fact, ...] = ("due", "met", "accepted")
    anchors = [Anchor(key, fact) for key in terms.milestones for fact in facts]
    anchors += [Anchor(name) for name in (*NAMED_DAYS, *map(str, terms.events))]
    for anchor in anchors:
        named = " ".join(phrases.moment(anchor).text.split())
        for one in (named, named[:1].upper() + named[1:]):
            text = text.replace(one, str(anchor))
    text = text.replace("Business Day", "business day")
    bare = text
    for key in terms.milestones:
        bare = re.sub(rf"\b{key}\.(due|met|accepted)\b", str(key), bare)
    explicit = re.search(r"\.(due|met|accepted)\b", str(value_at(terms, path)))
    yield from (text, bare) if explicit else (bare, text)


def _by_24_hours(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3] in ("PM", "noon") else 0)
    return f"{hour:02d}:{found[2]}"


def _iso(found: re.Match[str]) -> str:
    return _day(found[3], found[1], found[2]) or found[0]


def _iso_english(found: re.Match[str]) -> str:
    return _day(found[3], found[2], found[1]) or found[0]


def _day(year: str, month: str, day: str) -> str | None:
    text = f"{year}-{list(month_name).index(month):02d}-{int(day):02d}"
    try:
        return str(read_date(text))
    except Unreadable:
        return None
