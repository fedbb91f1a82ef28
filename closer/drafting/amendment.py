"""Two drafts and what happened between them → the amendment that both parties sign.

The instrument is computed: its operative provisions are the differences of the two
drafts, its frame comes from the wording of the library, its facts from the caller.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

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
    Value,
    Words,
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
    signers: Sequence[str] = (),
) -> Document:
    """Write the amendment that turns one draft of a contract into the other.

    `before` is the contract as signed, with earlier amendments worked in (`kept`);
    `phrases` print in its language, `omitted` stands under emptied numbers. `signers`
    are the parties that sign, where the contract does not want all of them.
    """
    printing = Printing(facts, instrument, phrases)
    telling = Telling(printing.facts(before), printing.tables())
    named = signers or [block.party for block in after.signatures]
    document = framed(
        before,
        kind="amendment",
        title=printing.title(before.title),
        instrument=instrument,
        telling=telling,
        changes=operative(before, after, instrument, omitted=omitted),
    )
    return replace(
        document,
        parties=tuple(_parties(before, after, instrument)),
        signatures=tuple(
            unbound(block) for block in after.signatures if block.party in named
        ),
        properties=dict(facts.properties),
    )


def framed(
    contract: Document,
    *,
    kind: Literal["amendment", "letter"],
    title: str,
    instrument: Instrument,
    telling: Telling,
    changes: Sequence[Provision] = (),
) -> Document:
    """Return an instrument about a contract: the wording filled, `changes` in it.

    Who makes it and signs it is for the caller to add.
    """
    document = Document(
        kind=kind,
        title=title,
        reference=contract.reference,
        language=contract.language,
        draft=False,
        cover=tuple(_cover(instrument, telling)),
        preamble=as_paragraphs(telling.runs(instrument.preamble)),
        parties=(),
        background=telling.runs(instrument.background),
        lead_in=first_run(telling.runs(instrument.lead_in)),
        articles=tuple(instrument_articles(instrument, telling, changes)),
        annexes=tuple(instrument_annexes(instrument, telling)),
        closing_words=first_run(telling.runs(instrument.closing)),
        signatures=(),
        labels=dict(contract.labels),
        properties={},
    )
    return resolved(document)


def _cover(
    instrument: Instrument, telling: Telling
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for line in instrument.cover:
        if telling.stands(line.when):
            yield line.label, telling.run(line.parts)


def first_run(runs: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Return the first paragraph of a run of them, or nothing."""
    return next(iter(runs), ())


def _parties(
    before: Document, after: Document, instrument: Instrument
) -> Iterator[tuple[Span, ...]]:
    """Yield the parties as the contract has them; who has a new name bears both."""
    now = dict(_names(after))
    pattern = str(instrument.value["renamed"])
    for spans in before.parties:
        told: list[Span] = []
        for span in _unbound(spans):
            new = now.get(span.path) if isinstance(span, Value) else None
            if isinstance(span, Value) and new not in (None, span.text):
                told += [
                    Value(span.path, str(new)),
                    Words(pattern.format(old=span.text)),
                ]
            else:
                told.append(span)
        yield tuple(told)


def _names(document: Document) -> Iterator[tuple[str, str]]:
    for span in (span for spans in document.parties for span in spans):
        if isinstance(span, Value) and span.path.endswith(".name"):
            yield span.path, span.text


def _unbound(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans of the contract whose references mean nothing here."""
    return tuple(
        as_quoted(span) if isinstance(span, Reference) else span for span in spans
    )


def unbound(block: SignatureBlock) -> SignatureBlock:
    """Return a signature block of the contract as it stands in another document."""
    lines = tuple((label, _unbound(spans)) for label, spans in block.lines)
    return replace(block, name=_unbound(block.name), lines=lines)


def instrument_articles(
    instrument: Instrument, telling: Telling, changes: Sequence[Provision]
) -> Iterator[Article]:
    """Yield the articles of an instrument; those without a section are left out."""
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


def instrument_annexes(instrument: Instrument, telling: Telling) -> Iterator[Annex]:
    """Yield the annexes of an instrument, counted 1, 2, 3."""
    shapes = [annex for annex in instrument.annexes if telling.stands(annex.when)]
    for place, shape in enumerate(shapes, 1):
        yield Annex(
            id=shape.id,
            number=str(place),
            heading=shape.heading,
            blocks=telling.blocks(shape.blocks),
        )
