"""A document as the values that the tags of a house style ask for."""

import re
from collections.abc import Iterator, Mapping

from closer.drafting.document import (
    Annex,
    Block,
    Definition,
    Document,
    Paragraph,
    Provision,
    SignatureBlock,
    Span,
    Table,
    Words,
    plain,
)
from closer.formats.footnotes import Footnotes
from closer.formats.labels import key_terms, labels
from closer.formats.pages import first_pages
from closer.formats.steps import Xml
from closer.formats.typography import DASH, curled
from closer.formats.wordlists import ANNEX_STYLES, STYLES, Lists
from closer.formats.wordxml import (
    HEADING,
    TAB,
    Ink,
    field,
    paragraph,
    provision_bookmarks,
    run,
)

_KEEP = "<w:keepNext/>"
_FLUSH_LEFT = '<w:left w:w="0" w:type="dxa"/>'
_FLUSH_RIGHT = '<w:right w:w="0" w:type="dxa"/>'
_HEADER_LETTER, _LETTER, _BESIDE = 104, 96, 260  # in twentieths of a point
_SHORT = 15  # letters: The Distributor
_PLAIN = r"[A-Z]|[1-9]\d*"
_SPACE = "\u2002"  # wider than a word space: it parts heading and text
_GAP = paragraph("TableGap", "")
_END = paragraph("TableGap", "", '<w:spacing w:line="20" w:lineRule="exact"/>')


def values(
    document: Document, lists: Lists, width: int, notes: Footnotes
) -> dict[str, object]:
    """Return what the tags print; `width` is that of the text, as Word counts it.

    The order of these lines is the order of the document, in which places are counted.
    """
    return _Body(document, lists, width, notes).values()


class _Body:
    def __init__(
        self, document: Document, lists: Lists, width: int, notes: Footnotes
    ) -> None:
        self.document = document
        self.notes = notes
        self.lists = lists
        self.width = width
        self.words = labels(document)
        annexes = tuple(annex.id for annex in document.annexes)
        articles = tuple(article.id for article in document.articles)
        sections = tuple(provision.id for provision in document.provisions())
        self.bookmarks = provision_bookmarks((*articles, *sections, *annexes))
        self.ink = Ink(self.bookmarks, frozenset(annexes))

    def values(self) -> dict[str, object]:
        document, ink = self.document, self.ink
        return {
            "title": curled(document.title),
            "subtitle": curled(document.subtitle),
            "reference": document.reference,
            "draft": document.draft,
            "labels": self.words,
            "version": document.properties.get("closer.terms", "")[:12],
            "signatories": [
                {"name": Xml(ink.spans(block.name)), "role": curled(block.heading)}
                for block in document.signatures
            ],
            "cover": [
                {"label": curled(label), "text": Xml(ink.spans(spans))}
                for label, spans in key_terms(document)
            ],
            "open_points": [curled(p) for p in document.open_points if document.draft],
            "contents": Xml(self.contents()),
            "preamble": Xml(
                "".join(
                    paragraph("BodyText", ink.spans(p.spans, strong=p.conspicuous))
                    for p in document.preamble
                )
            ),
            "parties": self.runs(document.parties),
            "background": self.runs(document.background),
            "lead_in": Xml(ink.spans(document.lead_in) + self.notes.mark("front")),
            "articles": Xml("".join(self.articles())),
            "closing": Xml(
                ink.spans(document.closing_words) + self.notes.mark("closing")
            ),
            "signatures": list(self.signatures()),
            "annexes": Xml("".join(map(self.annex, document.annexes)) + self.tail()),
        }

    def tail(self) -> str:
        """Return the empty paragraph that ends every document: a table may not.

        It is so low that it does not come to stand on a page of its own.
        """
        last = self.document.annexes[-1].blocks[-1:] if self.document.annexes else ()
        return "" if any(isinstance(each, Table) for each in last) else _END

    def runs(self, paragraphs: tuple[tuple[Span, ...], ...]) -> list[Xml]:
        return [Xml(self.ink.spans(spans)) for spans in paragraphs]

    def articles(self) -> Iterator[str]:
        for article in self.document.articles:
            place = self.lists.place(0, article.number)
            heading = self.ink.marked(article.id, run(curled(article.heading)))
            heading += self.notes.mark(article.id)
            yield paragraph(STYLES[0], heading, place)
            for provision in article.provisions:
                parts = list(self.provision(provision))
                if provision is self.last_of_letter:
                    parts = [_kept(part) for part in parts]
                yield from parts

    @property
    def last_of_letter(self) -> Provision | None:
        """The section that stands on the page of the signature of a letter."""
        last = list(self.document.provisions())[-1:]
        return last[0] if last and self.document.kind == "letter" else None

    def provision(self, provision: Provision) -> Iterator[str]:
        """Yield a section: its heading runs into its first words."""
        place = self.lists.place(1, provision.number)
        others, opening, colon = list(provision.blocks), "", False
        first = others[0] if others else None
        runs_on = isinstance(first, Paragraph) and not first.level and first.spans
        look = "" if provision.omitted else HEADING
        heading = self.ink.heading(_stopped(provision, runs_on=bool(runs_on)), look)
        if isinstance(first, Paragraph) and not first.level:
            opening = self.ink.spans(first.spans, strong=first.conspicuous)
            colon = plain(first.spans).endswith(":")
            del others[0]
        space = run(_SPACE) if heading and opening else ""
        note = self.notes.mark(provision.id)
        words = self.ink.marked(provision.id, heading) + note + space + opening
        keep = _KEEP if others and (colon or not opening) else ""
        yield paragraph(STYLES[1], words, keep + place)
        for block in others:
            yield self.block(block, STYLES, "SectionText")

    def block(self, block: Block, styles: tuple[str, ...], text: str) -> str:
        """Return a paragraph or table below a section, or in an annex."""
        if isinstance(block, Table):
            indent = self.lists.indent(STYLES[1]) if text == "SectionText" else 0
            return self.table(block, indent)
        words = self.ink.spans(block.spans, strong=block.conspicuous)
        if not block.level:
            if text == "SectionText" and _defines(block):
                text = "Definition"
            return paragraph(text, words)
        depth = block.level + 1
        return paragraph(styles[depth], words, self.lists.place(depth, block.label))

    def table(self, table: Table, indent: int) -> str:
        """Return a table: header repeated, rows whole, figures to the right."""
        widths = columns(table, self.width - indent)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        header = [run(curled(text)) for text in table.header]
        rows = [_row(header, widths, table.figures, kind="Heading")]
        for place, row in enumerate(table.rows):
            cells = [self.ink.spans(cell) for cell in row.cells]
            near_end = len(table.rows) - 3 <= place < len(table.rows) - 1
            keep = _KEEP if near_end else ""
            rows.append(_row(cells, widths, table.figures, keep=keep))
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TermsTable"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_GAP}"
        )

    def annex(self, annex: Annex) -> str:
        """Return an annex: its letter is counted by Word and can be referred to."""
        self.lists.begin_annex()
        letter = run(annex.number)
        format_ = self.counted(annex)
        if format_:
            letter = field(rf"SEQ Annex \* {format_}", letter)
        heading = run(f"{self.words['annex']} ") + self.ink.marked(annex.id, letter)
        heading += run(f" {DASH} {curled(annex.heading)}") + self.notes.mark(annex.id)
        blocks = [self.block(b, ANNEX_STYLES, "BodyText") for b in annex.blocks]
        text = paragraph("AnnexHeading", heading) + "".join(blocks)
        # What follows begins a page: a gap before it could stand on one of its own.
        return text.removesuffix(_GAP) + _END if text.endswith(_GAP) else text

    def counted(self, annex: Annex) -> str:
        """Return how Word counts to the number of an annex; empty if it cannot."""
        plainly = [a for a in self.document.annexes if re.fullmatch(_PLAIN, a.number)]
        place = plainly.index(annex) if annex in plainly else -1
        return {str(place + 1): "ARABIC", chr(65 + place): "ALPHABETIC"}.get(
            annex.number, ""
        )

    def contents(self) -> str:
        """Return the table of contents as it shows before anybody refreshes it."""
        if self.document.kind in ("summary", "letter"):
            return ""
        pages = first_pages(self.document)
        entries = [
            (each.id, run(f"{each.number}.") + TAB + run(curled(each.heading)))
            for each in self.document.articles
        ]
        entries += [
            (
                each.id,
                run(
                    f"{self.words['annex']} {each.number} {DASH} {curled(each.heading)}"
                ),
            )
            for each in self.document.annexes
        ]
        lines = [self.entry(id_, text, pages[id_]) for id_, text in entries]
        if not lines:
            return ""
        begins, ends = field(r'TOC \o "1-1" \h \z \u', "|").split("|")
        lines[0] = begins + lines[0]
        lines[-1] += ends
        return "".join(paragraph("TOC1", line) for line in lines)

    def entry(self, identifier: str, text: str, page: int) -> str:
        """Return a line of the contents: a link, and the page it leads to."""
        name = self.bookmarks[identifier]
        shown = field(rf"PAGEREF {name} \h", run(str(page)))
        return (
            f'<w:hyperlink w:anchor="{name}" w:history="1">{text}{TAB}{shown}'
            "</w:hyperlink>"
        )

    def signatures(self) -> Iterator[dict[str, object]]:
        """Yield the signature blocks two by two, as they stand side by side."""
        blocks = [self.signature(block) for block in self.document.signatures]
        empty = {"heading": "", "name": Xml(""), "lines": []}
        for place in range(0, len(blocks), 2):
            left, right = [*blocks[place : place + 2], empty][:2]
            yield {"left": left, "right": right}

    def signature(self, block: SignatureBlock) -> Mapping[str, object]:
        """Return one party's block; a line without words is one to write on."""
        lines = [
            {
                "label": curled(label),
                "text": Xml(self.ink.spans(spans)),
                "blank": not spans,
            }
            for label, spans in block.lines
        ]
        name = Xml(self.ink.spans(block.name))
        return {"heading": curled(block.heading), "name": name, "lines": lines}


def _kept(part: str) -> str:
    """Hold a paragraph to the next one; what stays whole anyway is left as it is."""
    style = re.match(r'<w:p><w:pPr><w:pStyle w:val="\w+"/>(?!<w:keepNext/>)', part)
    return part if style is None else style[0] + _KEEP + part[style.end() :]


def _stopped(provision: Provision, *, runs_on: bool) -> tuple[Span, ...]:
    """Return a heading with a full stop, where the text of its section follows it."""
    *spans, last = provision.heading_spans or (Words(""),)
    if not runs_on or not last.text or last.text[-1] in ".?!":
        return (*spans, last)
    if isinstance(last, Words):
        return (*spans, Words(f"{last.text}."))
    return (*spans, last, Words("."))


def columns(table: Table, total: int) -> list[int]:
    """Return the widths of the columns: as asked for, but no word is broken.

    A column that is too narrow for its longest word takes what it lacks from those
    that have enough; so does one that would break a name of a few letters in two, if
    that leaves enough for all.
    """
    texts = [list(column) for column in zip(table.header, strict=True)]
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            texts[place].append(plain(cell))
    widths = [total * w // (sum(table.widths) or 1) for w in table.widths]
    for short in (_SHORT, 0):
        needs = [
            min(
                total // 2,
                max(_needed(text, short, n == 0) for n, text in enumerate(c)),
            )
            for c in texts
        ]
        lacking = sum(max(0, n - w) for n, w in zip(needs, widths, strict=True))
        spare = sum(max(0, w - n) for n, w in zip(needs, widths, strict=True))
        if not lacking:
            return widths
        if spare >= lacking:
            return [
                n if w < n else w - (w - n) * lacking // spare - 1
                for n, w in zip(needs, widths, strict=True)
            ]
    return widths


def _needed(text: str, short: int, header: bool) -> int:  # noqa: FBT001 - a place
    """Return the width of the longest word of a cell with the space beside it.

    What a no-break space joins is one word: an amount and its currency. So is a cell
    of no more than `short` letters, but for a header, which may have two lines.
    """
    words = [text] if len(text) <= short and not header else re.split(r"[ \n]", text)
    longest = max(map(len, words))
    return longest * (_HEADER_LETTER if header else _LETTER) + _BESIDE


def _row(
    cells: list[str],
    widths: list[int],
    figures: tuple[int, ...],
    *,
    kind: str = "",
    keep: str = "",
) -> str:
    """Return a row that stays whole; `kind` is "Heading" for the one repeated.

    `keep` holds it to the next row, so that no page begins with a last row alone.
    """
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if kind else "")
    out = [f"<w:tr><w:trPr>{properties}</w:trPr>"]
    last = len(cells) - 1
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        style = "TableFigure" if place in figures else "Table"
        style += kind or ("" if place in figures else "Text")
        edge = (_FLUSH_LEFT if place == 0 else "") + (
            _FLUSH_RIGHT if place == last else ""
        )
        edge = f"<w:tcMar>{edge}</w:tcMar>" if edge else ""
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}</w:tcPr>'
            f"{paragraph(style, cell, keep)}</w:tc>"
        )
    return "".join(out) + "</w:tr>"


def _defines(block: Paragraph) -> bool:
    return bool(block.spans) and isinstance(block.spans[0], Definition)
