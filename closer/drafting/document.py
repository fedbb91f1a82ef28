"""A drafted document: who is who in it, never how it looks.

Everything a writer of files needs stands here: numbers are computed, references are
resolved, values carry the path of the term that they print. Paths and ids are stable
over redrafts, so that two documents can be compared provision by provision.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct


class Words(Struct, frozen=True, tag="words"):
    """Plain words; `strong` only for what must be conspicuous."""

    text: str
    strong: bool = False


class Value(Struct, frozen=True, tag="value"):
    """A value of the terms as it is printed, and the path of its term."""

    path: str
    text: str


class Definition(Struct, frozen=True, tag="definition"):
    """The place where a word is defined; printed in bold and quotation marks."""

    text: str


class Reference(Struct, frozen=True, tag="reference"):
    """A live reference to a provision or annex; `text` is its number here and now.

    `target` is the id of the provision, article or annex referred to; `text` holds the
    number alone (`5.3`, `12`, `A`), the word before it stands in the words around.
    """

    target: str
    text: str


Span = Words | Value | Definition | Reference


class Paragraph(Struct, frozen=True, kw_only=True, tag="paragraph"):
    """One paragraph: `level` 0 is text of the section, 1 an item (a), 2 an item (i).

    `label` is the computed number of an item, `(a)` or `(i)`, and empty for text.
    """

    spans: tuple[Span, ...]
    level: Literal[0, 1, 2] = 0
    label: str = ""
    conspicuous: bool = False


class Row(Struct, frozen=True):
    """A row of a table: the id of the thing it shows, and its cells."""

    id: str
    cells: tuple[tuple[Span, ...], ...]


class Table(Struct, frozen=True, kw_only=True, tag="table"):
    """A table; `widths` are relative, `figures` names the columns set to the right."""

    id: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    figures: tuple[int, ...] = ()


Block = Paragraph | Table


class Provision(Struct, frozen=True, kw_only=True):
    """A section, 5.3: a clause as it stands in this document.

    `id` is the clause's id, with the entry's id behind a slash where one clause makes a
    section for each entry of a map (`termination/breach`). `omitted` marks a number
    that an amendment emptied. `inserted` marks a number outside the count (5.3A).
    `titled` is the heading span by span where a value of the terms stands in it.
    """

    id: str
    number: str
    heading: str
    blocks: tuple[Block, ...]
    edition: int = 1
    omitted: bool = False
    inserted: bool = False
    titled: tuple[Span, ...] = ()

    @property
    def heading_spans(self) -> tuple[Span, ...]:
        """The heading as it is printed: its values stay values."""
        return self.titled or ((Words(self.heading),) if self.heading else ())


class Article(Struct, frozen=True, kw_only=True):
    """A numbered article and its sections."""

    id: str
    number: str
    heading: str
    provisions: tuple[Provision, ...]
    inserted: bool = False


class Annex(Struct, frozen=True, kw_only=True):
    """An attachment, Annex A, that starts a page of its own."""

    id: str
    number: str
    heading: str
    blocks: tuple[Block, ...]


class SignatureBlock(Struct, frozen=True, kw_only=True):
    """Where one party signs. `lines` are (label, text) pairs: By, Name, Title, Date."""

    party: str
    heading: str
    name: tuple[Span, ...]
    lines: tuple[tuple[str, tuple[Span, ...]], ...]


class Document(Struct, frozen=True, kw_only=True):
    """A contract, an amendment or a letter, whole.

    `cover` holds (label, text) rows of key terms; `parties` and `background` are the
    numbered paragraphs before the articles, (1), (2) and (A), (B); `open_points` stand
    on the first page of a draft; `labels` holds the few words of the frame (Contents,
    Background, Page, of, DRAFT …) in the language of the document. `notice` stands at
    the head of every page; `notes` are footnotes, by the id of what they are about
    (`reading_copy.place_of` says which that is).
    """

    kind: Literal["contract", "amendment", "letter", "conformed copy", "summary"]
    title: str
    subtitle: str = ""
    reference: str
    language: str
    draft: bool
    cover: tuple[tuple[str, tuple[Span, ...]], ...]
    preamble: tuple[Paragraph, ...]
    parties: tuple[tuple[Span, ...], ...]
    background: tuple[tuple[Span, ...], ...]
    lead_in: tuple[Span, ...]
    articles: tuple[Article, ...]
    annexes: tuple[Annex, ...]
    closing_words: tuple[Span, ...]
    signatures: tuple[SignatureBlock, ...]
    open_points: tuple[str, ...] = ()
    labels: dict[str, str]
    properties: dict[str, str]
    notice: str = ""
    notes: dict[str, str] = {}

    def provisions(self) -> Iterator[Provision]:
        """Yield every provision in the order of the document."""
        for article in self.articles:
            yield from article.provisions


def plain(spans: tuple[Span, ...]) -> str:
    """Return the words of some spans as a reader sees them, quotation marks curled."""
    return "".join(
        f"“{span.text}”" if isinstance(span, Definition) else span.text
        for span in spans
    )


def as_paragraphs(texts: Sequence[tuple[Span, ...]]) -> tuple[Paragraph, ...]:
    """Return runs of spans as the paragraphs that they are printed as."""
    return tuple(Paragraph(spans=spans) for spans in texts)
