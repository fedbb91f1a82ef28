"""The agenda of a meeting as a Word document in the house style, from its Markdown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from closer.drafting.document import Article, Document, Paragraph, Provision, Words
from closer.formats import word


def as_word(text: str, today: date, house: Path, *, cache: Path | None) -> bytes:
    """Return an agenda as a document: each heading an article, each line an item."""
    title, _, rest = text.partition("\n")
    articles = tuple(
        _article(number, part) for number, part in enumerate(rest.split("\n## ")[1:], 1)
    )
    document = Document(
        kind="summary",
        title=title.removeprefix("# "),
        reference=str(today),
        language="en-US",
        draft=False,
        cover=(),
        preamble=(),
        parties=(),
        background=(),
        lead_in=(),
        articles=articles,
        annexes=(),
        closing_words=(),
        signatures=(),
        labels={},
        properties={"closer.date": str(today)},
    )
    return word.write(document, house, cache=cache)


def _article(number: int, part: str) -> Article:
    heading, _, body = part.partition("\n")
    blocks = tuple(_blocks(body))
    provision = Provision(
        id=f"agenda-{number}", number=f"{number}.1", heading="", blocks=blocks
    )
    return Article(
        id=f"part-{number}",
        number=str(number),
        heading=heading,
        provisions=(provision,) if blocks else (),
    )


def _blocks(body: str) -> Iterator[Paragraph]:
    for line in filter(None, body.splitlines()):
        yield Paragraph(spans=(Words(line.removeprefix("- ")),))
