"""The closing summary: what both sides read to each other before they sign."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from closer.drafting.document import (
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Row,
    SignatureBlock,
    Span,
    Table,
    Value,
    Words,
)
from closer.drafting.filling import Filling
from closer.drafting.phrases import Phrase, Phrases
from closer.drafting.selection import Scope, holds, roles_of
from closer.library.loading import Library
from closer.library.summaries import SummaryShape
from closer.terms.model import Terms
from closer.terms.values import Period


class Step(NamedTuple):
    """One thing that a party does next: the day as it is printed, and what it is."""

    day: str
    what: str


class Coming(NamedTuple):
    """What is not in the terms themselves: steps by party, open points, the digest."""

    steps: Mapping[str, Sequence[Step]]
    open_points: Sequence[str]
    digest: str


def summary(
    terms: Terms,
    library: Library,
    shape: SummaryShape,
    coming: Coming,
    *,
    facts: Mapping[str, Phrase],
    only: str | None = None,
) -> Document:
    """Return the summary as a document; `only`: for whom the next steps are listed."""
    contract = library.types[terms.contract]
    phrases = Phrases(library.phrases, terms, roles_of(terms, contract))
    known = _WithTime(facts, dispute_time(terms, phrases))
    filling = Filling(terms, library, phrases, known)
    writing = _Writing(terms, shape, coming, filling)
    labels = dict(contract.labels) | {"signatures": shape.words["confirm"]}
    articles = tuple(_numbered([*writing.sections(), *writing.steps(only)]))
    return Document(
        kind="summary",
        title=shape.title.format(title=terms.title),
        subtitle=shape.subtitle,
        reference=terms.reference,
        language=terms.language,
        draft=False,
        cover=(),
        preamble=(
            Paragraph(spans=(Words(shape.no_offer, strong=True),)),
            Paragraph(spans=(Words(writing.filled(shape.made_from)),)),
        ),
        parties=(),
        background=(),
        lead_in=(),
        articles=articles,
        annexes=(),
        closing_words=(Words(writing.filled(shape.closing)),),
        signatures=tuple(writing.lines_to_confirm(labels)),
        labels=labels,
        properties={"closer.terms": coming.digest},
    )


class _WithTime(dict[str, Phrase]):
    """The facts of a deal, and beside them how long the steps of a dispute take."""

    def __init__(self, facts: Mapping[str, Phrase], time: Phrase) -> None:
        super().__init__(dispute_time=time)
        self._facts = facts

    def __missing__(self, key: str) -> Phrase:
        return self._facts[key]


class _Writing:
    def __init__(
        self, terms: Terms, shape: SummaryShape, coming: Coming, filling: Filling
    ) -> None:
        self.terms = terms
        self.shape = shape
        self.coming = coming
        self.filling = filling

    def filled(self, pattern: str) -> str:
        digest = self.coming.digest[:12]
        return pattern.format(reference=self.terms.reference, digest=digest)

    def sections(self) -> Iterator[Article]:
        scope = Scope(self.terms)
        for section in self.shape.sections:
            if holds(section.when, scope):
                blocks = self.filling.blocks(section.blocks, scope)
                yield _article(section.id, section.heading, list(_parted(blocks)))

    def steps(self, only: str | None) -> Iterator[Article]:
        words = self.shape.words
        tables = [
            self._steps_of(party, steps)
            for party, steps in self.coming.steps.items()
            if steps and only in (None, party)
        ]
        if tables:
            yield _article("next-steps", words["next_steps"], tables)
        points = [_text(point) for point in self.coming.open_points]
        points = points or [_text(words["nothing_open"])]
        yield _article("open-points", words["open_points"], points)

    def _steps_of(self, party: str, steps: Sequence[Step]) -> tuple[Block, ...]:
        words = self.shape.words
        role = next(iter(self.filling.phrases.party(party).uses), party)
        rows = tuple(
            Row(f"{party}-{place}", ((Words(step.day),), (Words(step.what),)))
            for place, step in enumerate(steps)
        )
        table = Table(
            id=f"steps-{party}",
            header=(words["day"], words["what"]),
            rows=rows,
            widths=(3, 8),
        )
        heading = words["next_steps_of"].format(party=role)
        return (Paragraph(spans=(Words(heading),)), table)

    def lines_to_confirm(self, labels: Mapping[str, str]) -> Iterator[SignatureBlock]:
        words = self.shape.words
        for identifier, party in self.terms.parties.items():
            role = next(iter(self.filling.phrases.party(identifier).uses))
            path = f"parties.{identifier}.name"
            yield SignatureBlock(
                party=identifier,
                heading=f"{words['confirmed_for']}: {role}",
                name=(Value(path, party.name),),
                lines=(
                    (labels["name"], ()),
                    (labels["date"], ()),
                    (words["digest"], (Words(self.coming.digest[:12]),)),
                ),
            )


def _article(name: str, heading: str, groups: list[tuple[Block, ...]]) -> Article:
    provisions = tuple(
        Provision(id=f"{name}-{place}", number=str(place), heading="", blocks=blocks)
        for place, blocks in enumerate(groups, 1)
    )
    return Article(id=name, number="", heading=heading, provisions=provisions)


def _numbered(articles: Sequence[Article]) -> Iterator[Article]:
    for number, article in enumerate(articles, 1):
        provisions = tuple(
            Provision(
                id=each.id,
                number=f"{number}.{each.number}",
                heading="",
                blocks=each.blocks,
            )
            for each in article.provisions
        )
        yield Article(
            id=article.id,
            number=str(number),
            heading=article.heading,
            provisions=provisions,
        )


def _parted(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield each paragraph with the table or items that follow it."""
    group: list[Block] = []
    for block in blocks:
        opens = isinstance(block, Paragraph) and not block.level
        if opens and group:
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _text(text: str) -> tuple[Block, ...]:
    spans: tuple[Span, ...] = (Words(text),)
    return (Paragraph(spans=spans),)


def dispute_time(terms: Terms, phrases: Phrases) -> Phrase:
    """Return how long all steps of a dispute take before somebody decides."""
    resolution = terms.dispute_resolution
    steps = resolution.steps if resolution else None
    total: dict[str, int] = {}
    for kind in steps.order if steps else ():
        within = getattr(getattr(steps, kind), "within", None)
        for number, unit in within.parts if within else ():
            total[unit] = total.get(unit, 0) + number
    if not total:
        return Phrase("")
    return phrases.period(Period(tuple((n, unit) for unit, n in total.items())))  # type: ignore[misc]
