"""On which page an article begins, as near as can be told without setting the type.

The contents show these pages until Word counts for itself, which it does when the
document is printed or the contents are refreshed. All lengths are in lines of text of
the shipped house style.
"""

from closer.drafting.document import Block, Document, Table, plain
from closer.formats.wordparts import on_letter

_LETTER, _A4 = 44.8, 48.3
_WIDE, _SECTION, _ITEM, _SUBITEM = 103, 95, 88, 81
"""Letters in a line, by how far the text is set in."""

_BELOW = 0.42
_TABLE_LINE, _CELL = 0.82, 0.46
_SMALLER = 1.1
"""How many more letters a line has in a table."""


def first_pages(document: Document) -> dict[str, int]:
    """Return the page of each article and annex by its id."""
    pages: dict[str, int] = {}
    sheet = _Sheet(_LETTER if on_letter(document.language) else _A4)
    sheet.page = 3  # after the cover and the contents
    _opening(document, sheet)
    for article in document.articles:
        sheet.heading(1.27, 1.57)
        pages[article.id] = sheet.page
        for provision in article.provisions:
            extra = 1.1 * len(provision.heading)
            for block in provision.blocks:
                _block(block, _SECTION, sheet, extra)
                extra = 0
    sheet.whole(3.5 + 10 * ((len(document.signatures) + 1) // 2))
    for annex in document.annexes:
        sheet.turn()
        pages[annex.id] = sheet.page
        sheet.heading(0, 3)
        for block in annex.blocks:
            _block(block, _WIDE, sheet, 0)
    return pages


class _Sheet:
    """The page that is being filled."""

    def __init__(self, length: float) -> None:
        self.length = length
        self.page = 1
        self.used = 0.0

    def turn(self) -> None:
        """Begin the next page."""
        self.page += 1
        self.used = 0.0

    def heading(self, before: float, height: float) -> None:
        """Set a heading; it stays with two lines of what follows."""
        if self.used + before + height + 2 > self.length:
            self.turn()
        self.used += (before if self.used else 0) + height

    def lines(self, count: int) -> None:
        """Set a paragraph; no line of it stands alone on a page."""
        left = int(self.length - self.used)
        if count <= left:
            self.used += count + _BELOW
            return
        moved = count - min(left, count - 2) if left >= 2 and count > 3 else count
        self.turn()
        while moved > self.length:
            moved -= int(self.length)
            self.page += 1
        self.used = moved + _BELOW

    def whole(self, height: float) -> None:
        """Set what does not split, a row or the signatures."""
        if self.used + height > self.length:
            self.turn()
        self.used += height


def _opening(document: Document, sheet: _Sheet) -> None:
    sheet.heading(0, 2.5)
    for paragraph in document.preamble:
        _block(paragraph, _WIDE, sheet, 0)
    for runs in (document.parties, document.background):
        if runs:
            sheet.heading(1.06, 1.57)
        for spans in runs:
            sheet.lines(_lines(len(plain(spans)), _SECTION))
    if document.lead_in:
        sheet.used += 0.85
        sheet.lines(_lines(len(plain(document.lead_in)), _WIDE))


def _block(block: Block, letters: int, sheet: _Sheet, extra: float) -> None:
    if isinstance(block, Table):
        _table(block, letters, sheet)
        return
    width = (letters, _ITEM, _SUBITEM)[block.level]
    sheet.lines(_lines(len(plain(block.spans)) + extra, width))


def _table(table: Table, letters: int, sheet: _Sheet) -> None:
    whole = sum(table.widths) or 1
    columns = [
        max(3, int(letters * _SMALLER * width / whole) - 3) for width in table.widths
    ]
    rows = [table.header, *([plain(cell) for cell in row.cells] for row in table.rows)]
    for row in rows:
        pairs = zip(row, columns, strict=True)
        deepest = max((_lines(len(text), width) for text, width in pairs), default=1)
        sheet.whole(deepest * _TABLE_LINE + _CELL)
    sheet.used += 0.57


def _lines(letters: float, width: int) -> int:
    return max(1, int(-(-letters // width)))
