"""Small contracts built by hand, as the tests of comparison and amendment need them."""

from collections.abc import Sequence

from closer.drafting.assembly import resolved
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Definition,
    Document,
    Paragraph,
    Provision,
    Reference,
    Row,
    SignatureBlock,
    Span,
    Table,
    Value,
    Words,
    plain,
)


def spans(text: str) -> tuple[Span, ...]:
    """Read `words [path|printed] {target} ""Word""` into spans."""
    found: list[Span] = []
    rest = text
    marks = {"[": ("]", 1), "{": ("}", 1), '""': ('""', 2)}
    while rest:
        start, mark = min(
            ((rest.index(mark), mark) for mark in marks if mark in rest),
            default=(len(rest), ""),
        )
        if start:
            found.append(Words(rest[:start]))
        if not mark:
            break
        close, size = marks[mark]
        inner, _, rest = rest[start + size :].partition(close)
        path, _, printed = inner.partition("|")
        found.append(
            Value(path, printed)
            if mark == "["
            else Reference(inner, "")
            if mark == "{"
            else Definition(inner)
        )
    return tuple(found)


def text(*lines: str) -> tuple[Block, ...]:
    """Return paragraphs; a line opening with `- ` is an item, `-- ` one below it."""
    found: list[Block] = []
    items = below = 0
    for line in lines:
        if line.startswith("-- "):
            below += 1
            label = f"({('i', 'ii', 'iii', 'iv', 'v')[below - 1]})"
            found.append(Paragraph(spans=spans(line[3:]), level=2, label=label))
        elif line.startswith("- "):
            items, below = items + 1, 0
            label = f"({'abcdefghij'[items - 1]})"
            found.append(Paragraph(spans=spans(line[2:]), level=1, label=label))
        else:
            found.append(Paragraph(spans=spans(line)))
    return tuple(found)


def section(name: str, *lines: str, heading: str = "") -> Provision:
    """Return a section without a number."""
    heading = heading or name.replace("-", " ").capitalize()
    return Provision(id=name, number="", heading=heading, blocks=text(*lines))


def table(name: str, *rows: Sequence[str]) -> Table:
    """Return a table whose rows are named by their first cell."""
    return Table(
        id=name,
        header=tuple(f"Column {i}" for i in range(1, len(rows[0]) + 1)),
        rows=tuple(
            Row(row[0].lower().replace(" ", "-"), tuple(spans(cell) for cell in row))
            for row in rows
        ),
        widths=(1,) * len(rows[0]),
    )


def contract(
    *articles: tuple[str, Sequence[Provision]],
    annexes: Sequence[tuple[str, Sequence[Block]]] = (),
    background: Sequence[str] = (),
    cover: Sequence[tuple[str, str]] = (),
    title: str = "Remodel Agreement",
) -> Document:
    """Return a contract with everything counted and every reference resolved."""
    return resolved(
        Document(
            kind="contract",
            title=title,
            reference="HOM-1",
            language="en-US",
            draft=False,
            cover=tuple((label, spans(one)) for label, one in cover),
            preamble=(Paragraph(spans=spans('This is made (this ""Agreement"").')),),
            parties=(
                spans('Whitfield LLC (the ""Client"")'),
                spans('Gulf LLC (the ""Contractor"")'),
            ),
            background=tuple(spans(one) for one in background),
            lead_in=spans("The Parties agree:"),
            articles=tuple(
                Article(
                    id=name,
                    number=str(n),
                    heading=name.capitalize(),
                    provisions=tuple(
                        _numbered(one, f"{n}.{m}") for m, one in enumerate(sections, 1)
                    ),
                )
                for n, (name, sections) in enumerate(articles, 1)
            ),
            annexes=tuple(
                Annex(
                    id=name,
                    number=chr(ord("A") + n),
                    heading=name.capitalize(),
                    blocks=tuple(blocks),
                )
                for n, (name, blocks) in enumerate(annexes)
            ),
            closing_words=spans("Signed."),
            signatures=tuple(
                SignatureBlock(
                    party=party,
                    heading=party.capitalize(),
                    name=(Value(f"parties.{party}.name", party),),
                    lines=(("By", ()), ("Date", ())),
                )
                for party in ("client", "contractor")
            ),
            labels={"background": "Background"},
            properties={},
        )
    )


def _numbered(provision: Provision, number: str) -> Provision:
    return Provision(
        id=provision.id,
        number=number,
        heading=provision.heading,
        blocks=provision.blocks,
    )


def printed(document: Document) -> str:
    """Return a document as lines of text, for tests to read."""
    lines = [document.title, *(plain(one) for one in document.background)]
    for article in document.articles:
        lines.append(f"{article.number} {article.heading}")
        for provision in article.provisions:
            lines.append(f"{provision.number} {provision.heading}")
            lines += [_line(block) for block in provision.blocks]
    for annex in document.annexes:
        lines.append(f"Annex {annex.number} {annex.heading}")
        lines += [_line(block) for block in annex.blocks]
    return "\n".join(lines)


def _line(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"{'  ' * block.level}{block.label} {plain(block.spans)}".strip("\n")
    return "\n".join(
        "| " + " | ".join(plain(cell) for cell in row.cells) for row in block.rows
    )
