"""A contract amended and restated: drafted anew, saying what it restates.

Its own article and annex bear the letter R, outside every count, so that no provision
that a later amendment inserts can get the same number.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from closer.drafting.amendment import first_run, instrument_annexes, instrument_articles
from closer.drafting.assembly import resolved
from closer.drafting.document import (
    Article,
    Document,
    Paragraph,
    Row,
    Span,
    Table,
    Value,
    Words,
)
from closer.drafting.occasion import AmendmentFacts, Printing
from closer.drafting.phrases import Phrases
from closer.drafting.telling import Telling
from closer.library.instruments import Instrument

_LETTER = "R"


def restated(
    before: Document,
    fresh: Document,
    facts: AmendmentFacts,
    *,
    instrument: Instrument,
    phrases: Phrases,
) -> Document:
    """Return the restated contract.

    `before` is the contract with the numbers that were signed, `fresh` the same deal
    after the change, counted anew.
    """
    printing = Printing(facts, instrument, phrases)
    head = instrument.tables["numbers"]
    numbers = Table(
        id="numbers",
        header=head.header,
        rows=tuple(_numbers(before, fresh, printing.none)),
        widths=head.widths,
    )
    telling = Telling(printing.facts(before), {"numbers": numbers})
    title = printing.title(before.title)
    (annex,) = instrument_annexes(instrument, telling)
    articles = instrument_articles(instrument, telling, ())
    whole = replace(
        fresh,
        title=title,
        draft=False,
        open_points=(),
        preamble=tuple(_retitled(each, title) for each in fresh.preamble),
        lead_in=first_run(telling.runs(instrument.lead_in)),
        articles=(*fresh.articles, *(_lettered(each) for each in articles)),
        annexes=(*fresh.annexes, replace(annex, number=_LETTER)),
        properties=dict(facts.properties),
    )
    return resolved(whole)


def _retitled(paragraph: Paragraph, title: str) -> Paragraph:
    def turn(span: Span) -> Span:
        titles = isinstance(span, Value) and span.path == "title"
        return Value("title", title) if titles else span

    return replace(paragraph, spans=tuple(turn(span) for span in paragraph.spans))


def _lettered(article: Article) -> Article:
    provisions = tuple(
        replace(each, number=f"{_LETTER}.{place}", inserted=True)
        for place, each in enumerate(article.provisions, 1)
    )
    return replace(article, number=_LETTER, inserted=True, provisions=provisions)


def _numbers(before: Document, after: Document, none: str) -> Iterator[Row]:
    """Yield a row for each number: where it stood, and where it stands."""
    old, new = dict(_named(before)), dict(_named(after))
    for name, (number, heading) in old.items():
        now = new.pop(name, (none, none))
        yield _row(name, number, heading, *now)
    for name, (number, heading) in new.items():
        yield _row(name, none, none, number, heading)


def _named(document: Document) -> Iterator[tuple[str, tuple[str, str]]]:
    for article in document.articles:
        yield article.id, (article.number, article.heading)
        for provision in article.provisions:
            yield provision.id, (provision.number, provision.heading)
    for annex in document.annexes:
        label = document.labels.get("annex", "")
        yield annex.id, (f"{label} {annex.number}".strip(), annex.heading)


def _row(name: str, *cells: str) -> Row:
    return Row(name, tuple((Words(cell),) for cell in cells))
