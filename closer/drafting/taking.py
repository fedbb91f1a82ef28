"""A reading that came back, as it is written in the terms: found by printing it again.

Nothing is guessed: a way of writing is taken only if the contract drafted from it
prints exactly what was read.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from itertools import chain

from closer.drafting.assembly import draft
from closer.drafting.document import Document, Span, Value
from closer.drafting.facts import DealFacts
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.drafting.trace import lines
from closer.library.loading import Library
from closer.problems import errors
from closer.terms.checks import check
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.reading import Agreed, read_terms
from closer.terms.shapes import shape_at, shape_of
from closer.terms.splicing import with_value
from closer.terms.values import NAMED_DAYS, Anchor, Fact, Unreadable, read_date

_STRAIGHT = {0x2018: "'", 0x2019: "'"}
_DATE = re.compile(rf"({'|'.join(month_name[1:])}) (\d{{1,2}}), (\d{{4}})")
_ENGLISH = re.compile(rf"(\d{{1,2}}) ({'|'.join(month_name[1:])}) (\d{{4}})")


def taken(agreed: Agreed, path: str, text: str, library: Library) -> Agreed | None:
    """Return the terms with a reading in the place of a value; None if it is none."""
    wanted = _plain(text)
    for written in dict.fromkeys(_ways(agreed.terms, path, wanted, library)):
        after, problems = read_terms(
            with_value(agreed.source, path, _typed(path, written)),
            agreed.source.file,
        )
        if after is None or problems or _wrong_there(after, path):
            continue
        if wanted.casefold() in {
            each.casefold() for each in _prints(after, path, library)
        }:
            return after
    return None


def _wrong_there(agreed: Agreed, path: str) -> bool:
    """Tell whether a check finds an error in the very term that was written."""
    return any(
        found.path == path or found.path.startswith(f"{path}.")
        for found in errors(check(agreed))
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).split())


def _typed(path: str, written: str) -> object:
    """Return a list where the term is one."""
    shape, _ = shape_at(shape_of(Terms), path)
    if shape is not None and shape.item and not shape.scalar:
        found = re.split(r", | and | or ", written)
        return [each.strip() for each in found]
    return written


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


def _ways(terms: Terms, path: str, text: str, library: Library) -> Iterator[str]:
    """Yield how a reading might be written in the terms, the plainest way first."""
    yield text
    yield re.sub(r"^an? ", "", text, flags=re.IGNORECASE)
    if share := re.match(r"\d+(?:\.\d+)?%", text):
        yield share[0]
    dated = _DATE.sub(_iso, _ENGLISH.sub(_iso_english, text))
    yield dated
    phrases = Phrases(
        library.phrases, terms, roles_of(terms, library.types[terms.contract])
    )
    for key in (*terms.parties, "either", "both"):
        if phrases.party(key).text.casefold() == text.casefold():
            yield str(key)
    for things in (terms.deliverables, terms.milestones):
        for key, thing in things.items():
            if text == f"“{thing.title}”":
                yield str(key)
    yield from _moments(terms, path, dated, phrases)
    lowered = text[:1].lower() + text[1:]
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
    anchors += [Anchor(name) for name in NAMED_DAYS]
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
