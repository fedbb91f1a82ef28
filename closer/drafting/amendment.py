"""Two drafts and what happened between them → the amendment that both parties sign.

The instrument is computed: its operative provisions are the differences of the two
drafts, its frame comes from the wording of the library, its facts from the caller.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from closer.drafting.assembly import resolved
from closer.drafting.document import (
    Annex,
    Article,
    Document,
    Provision,
    Reference,
    SignatureBlock,
    Span,
    as_paragraphs,
)
from closer.drafting.instructions import operative
from closer.drafting.occasion import AmendmentFacts, Printing
from closer.drafting.phrases import Phrases
from closer.drafting.quoting import as_quoted
from closer.drafting.telling import Telling
from closer.library.instruments import Instrument


def amendment(
    before: Document,
    after: Document,
    facts: AmendmentFacts,
    *,
    instrument: Instrument,
    phrases: Phrases,
    omitted: str,
) -> Document:
    """Write the amendment that turns one draft of a contract into the other.

    `before` is the contract as signed, with earlier amendments worked in (`kept`);
    `phrases` print in its language, `omitted` stands under emptied numbers.
    """
    printing = Printing(facts, instrument, phrases)
    telling = Telling(printing.facts(before), printing.tables())
    changes = operative(before, after, instrument, omitted=omitted)
    document = Document(
        kind="amendment",
        title=printing.title(before.title),
        reference=before.reference,
        language=before.language,
        draft=facts.draft,
        cover=tuple(_cover(instrument, telling)),
        preamble=as_paragraphs(telling.runs(instrument.preamble)),
        parties=tuple(_unbound(spans) for spans in before.parties),
        background=telling.runs(instrument.background),
        lead_in=_first(telling.runs(instrument.lead_in)),
        articles=tuple(_articles(instrument, telling, changes)),
        annexes=tuple(_annexes(instrument, telling)),
        closing_words=_first(telling.runs(instrument.closing)),
        signatures=tuple(_signature(block) for block in after.signatures),
        labels=dict(before.labels),
        properties=dict(facts.properties),
    )
    return resolved(document)


def _cover(
    instrument: Instrument, telling: Telling
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for line in instrument.cover:
        if telling.stands(line.when):
            yield line.label, telling.run(line.parts)


def _first(runs: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    return next(iter(runs), ())


def _unbound(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans of the contract whose references mean nothing here."""
    return tuple(
        as_quoted(span) if isinstance(span, Reference) else span for span in spans
    )


def _signature(block: SignatureBlock) -> SignatureBlock:
    lines = tuple((label, _unbound(spans)) for label, spans in block.lines)
    return replace(block, name=_unbound(block.name), lines=lines)


def _articles(
    instrument: Instrument, telling: Telling, changes: Sequence[Provision]
) -> Iterator[Article]:
    number = 0
    for name, heading in instrument.articles:
        found = [
            *(changes if name == "changes" else ()),
            *_sections(name, instrument, telling),
        ]
        if not found:
            continue
        number += 1
        provisions = tuple(
            replace(provision, number=f"{number}.{place}")
            for place, provision in enumerate(found, 1)
        )
        yield Article(
            id=name, number=str(number), heading=heading, provisions=provisions
        )


def _sections(
    article: str, instrument: Instrument, telling: Telling
) -> Iterator[Provision]:
    for section in instrument.sections:
        if section.article == article and telling.stands(section.when):
            yield Provision(
                id=section.id,
                number="",
                heading=section.heading,
                blocks=telling.blocks(section.blocks),
            )


def _annexes(instrument: Instrument, telling: Telling) -> Iterator[Annex]:
    shapes = [annex for annex in instrument.annexes if telling.stands(annex.when)]
    for place, shape in enumerate(shapes, 1):
        yield Annex(
            id=shape.id,
            number=str(place),
            heading=shape.heading,
            blocks=telling.blocks(shape.blocks),
        )
