"""Whether a deal's title is the name of an instrument, and what stands around it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"\s[-\u2013\u2014]\s|[,:(/]")


class Around(NamedTuple):
    """The words before and after a title where a sentence names the instrument."""

    before: str
    after: str


def around(title: str, phrases: Mapping[str, Mapping[str, object]]) -> Around:
    """Return what a sentence puts around a title after `this` or `the`.

    A title that names an instrument (Services Agreement, Terms of Sale) needs nothing;
    any other (Advice on the Pier) is the title of an agreement, and stands in quotes.
    """
    said = phrases["titles"]
    if names_instrument(title, _listed(said["nouns"]), _listed(said["links"])):
        return Around("", "")
    before, _, after = str(said["titled"]).partition("{title}")
    return Around(before, after)


def names_instrument(title: str, nouns: Sequence[str], links: Sequence[str]) -> bool:
    """Whether the chief word of a title, or of a part of it, is one of some nouns.

    The chief word is the last before the first of the linking words, which are those
    such as `for` and `of`; numbers do not count.
    """
    known = {noun.casefold() for noun in nouns}
    ends = {link.casefold() for link in links}
    for part in _PART.split(title):
        words = [word.casefold() for word in _WORD.findall(part)]
        linked = next((n for n, word in enumerate(words) if word in ends), len(words))
        if {*words[:linked][-1:], *words[-1:]} & known:
            return True
    return False


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
