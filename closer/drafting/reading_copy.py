"""The contract with every amendment worked in, with notes: a copy for reading.

What it says is `conformed.kept`; here it becomes a document that nobody can mistake for
the signed one, and that says of each provision which amendment made it read so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from closer.drafting.comparison import Difference, compare
from closer.drafting.document import Document, SignatureBlock, Span, Words, plain
from closer.drafting.naming import Named, worded
from closer.drafting.phrases import Phrases
from closer.library.instruments import Instrument

Wording = Mapping[str, Mapping[str, object]]
Last = tuple[Named, date]
"""The last amendment, and the day on which it takes effect."""


class Worked(Struct, frozen=True, kw_only=True):
    """An amendment that is worked in: the contract before it, and as drafted after it.

    `until` is the last day of a change, by the id of the provision, where it ends.
    """

    named: Named
    effective: date
    before: Document
    after: Document
    until: Mapping[str, date] = {}


class Reader:
    """Words a conformed copy in the language of its deal."""

    def __init__(
        self, wording: Wording, instrument: Instrument, phrases: Phrases
    ) -> None:
        self._wording = wording
        self._instrument = instrument
        self._phrases = phrases

    def conformed(
        self, text: Document, worked: Sequence[Worked], last: Last | None, on: date
    ) -> Document:
        """Return the conformed copy of a contract through its last amendment.

        Without an amendment it says that it is the contract as signed, on a day.
        """
        key = "conformed" if last else "unchanged"
        return replace(
            text,
            kind="conformed copy",
            draft=False,
            open_points=(),
            notice=self.notice(key, last, on),
            notes=self._notes(text, worked),
            signatures=tuple(self._signatures(text, worked)),
        )

    def notice(self, key: str, last: Last | None, on: date) -> str:
        """Return what stands at the head of every page."""
        pattern = str(self._wording["notice"][key])
        if last is None:
            return pattern.format(effective=self._phrases.day(on))
        named, effective = last
        name = worded(self._instrument, "cited", named)
        return pattern.format(name=name, effective=self._phrases.day(effective))

    def _notes(self, text: Document, worked: Sequence[Worked]) -> dict[str, str]:
        notes: dict[str, list[str]] = {}
        for one in worked:
            told: dict[str, str] = {}
            for each in compare(one.before, one.after):
                key, place = _kind(each), place_of(each, text)
                if place and told.get(place) != "changed":
                    told[place] = key if place not in told else "changed"
            for place, key in told.items():
                notes.setdefault(place, []).append(self._note(key, one, place))
        return {place: " ".join(lines) for place, lines in notes.items()}

    def _note(self, key: str, one: Worked, place: str) -> str:
        until = one.until.get(place)
        key = "front" if place == "front" else "until" if until else key
        return str(self._wording["note"][key]).format(
            name=worded(self._instrument, "cited", one.named),
            effective=self._phrases.day(one.effective),
            until=self._phrases.day(until) if until else "",
        )

    def _signatures(
        self, text: Document, worked: Sequence[Worked]
    ) -> Iterator[SignatureBlock]:
        """Yield the blocks as signed, with the name that a party has taken since."""
        latest = worked[-1].after.signatures if worked else ()
        names = {key: plain(block.name) for key, block in _by_party(latest)}
        for key, block in _by_party(text.signatures):
            name = names.get(key, "")
            told = str(self._wording["signature"]["renamed"]).format(name=name)
            new = (Words(told),) if name and name != plain(block.name) else ()
            yield self._signed(replace(block, name=(*block.name, *new)))

    def _signed(self, block: SignatureBlock) -> SignatureBlock:
        words = self._wording["signature"]
        blanks = iter((str(words["signed"]),))
        lines: list[tuple[str, tuple[Span, ...]]] = []
        for label, spans in block.lines:
            told = spans or (Words(next(blanks, str(words["elsewhere"]))),)
            lines.append((label, told))
        return replace(block, lines=tuple(lines))


def _by_party(
    blocks: Sequence[SignatureBlock],
) -> Iterator[tuple[tuple[str, int], SignatureBlock]]:
    """Yield each block under its party, and which one of that party's it is."""
    count: Counter[str] = Counter()
    for block in blocks:
        yield (block.party, count[block.party]), block
        count[block.party] += 1


def _kind(difference: Difference) -> str:
    whole = difference.pair is None and not difference.row
    if whole and difference.part in ("article", "section", "annex"):
        if difference.kind in ("inserted", "deleted"):
            return difference.kind
        old, new = difference.old, difference.new
        emptied = getattr(new, "omitted", False) and not getattr(old, "omitted", False)
        return "deleted" if emptied else "changed"
    return "changed"


def place_of(difference: Difference, text: Document) -> str:
    """Return the id under which a note about a difference stands; empty for none.

    An article, section or annex bears its own; the parts around them `front` and
    `closing`, for they have no heading that a note could hang on.
    """
    if difference.part in ("article", "section", "annex"):
        found = [name for name in _ids(text) if name.rstrip("~") == difference.id]
        if difference.kind == "deleted" and difference.pair is None:
            return found[-1] if found else ""
        return found[0] if found else ""
    if difference.part == "signature":
        return ""
    return "closing" if difference.part == "closing words" else "front"


def _ids(document: Document) -> Iterator[str]:
    names = [
        *(article.id for article in document.articles),
        *(provision.id for provision in document.provisions()),
        *(annex.id for annex in document.annexes),
    ]
    yield from sorted(names, key=len)
