"""The agenda of a meeting as a Word document in the house style, from its Markdown."""

from datetime import date
from pathlib import Path

from closer.drafting.document import Article, Document, Paragraph, Provision, Words
from closer.formats import word


def as_word(
    text: str, reference: str, today: date, house: Path, *, cache: Path | None
) -> bytes:
    """Return an agenda as a document: each heading an article, each line an item."""
    title, _, rest = text.partition("\n")
    articles = tuple(
        _article(number, part) for number, part in enumerate(rest.split("\n## ")[1:], 1)
    )
    document = Document(
        kind="summary",
        title=title.removeprefix("# ").replace(f" ({reference})", ""),
        reference=reference,
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
    lines = [line.removeprefix("- ") for line in body.splitlines() if line]
    return Article(
        id=f"part-{number}",
        number=str(number),
        heading=heading,
        provisions=tuple(
            Provision(
                id=f"agenda-{number}-{item}",
                number=f"{number}.{item}",
                heading="",
                blocks=(Paragraph(spans=(Words(line),)),),
            )
            for item, line in enumerate(lines, 1)
        ),
    )
