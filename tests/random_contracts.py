"""Random small contracts, the same for the same seed."""

from collections.abc import Iterator
from random import Random

from msgspec.structs import replace

from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Row,
    Span,
    Table,
    Value,
    Words,
)

VOCABULARY = (
    "the",
    "site",
    "shall",
    "be",
    "kept",
    "safe",
    "and",
    "clean",
    "by",
    "each",
    "Party",
    "until",
    "10",
    "days",
    "after",
    "notice",
    "Owner",
    "Builder",
    "price",
    "garage",
    "gate",
    "is",
    "paid",
    "within",
)


def _words(chance: Random) -> str:
    words = " ".join(chance.choices(VOCABULARY, k=chance.randint(2, 9)))
    return f"{words.capitalize()}."


def random_text(chance: Random) -> str:
    return " ".join(_words(chance) for _ in range(chance.randint(1, 3)))


def _spans(chance: Random) -> tuple[Span, ...]:
    if chance.random() < 0.5:
        value = Value("price", chance.choice(VOCABULARY))
        return (Words(f"{random_text(chance)} It is "), value, Words("."))
    return (Words(random_text(chance)),)


def _blocks(chance: Random) -> tuple[Block, ...]:
    found: list[Block] = []
    counts = [0, 0, 0]
    for _ in range(chance.randint(1, 6)):
        level = chance.choice((0, 1, 2) if counts[1] else (0, 1))
        counts[level] += 1
        if level == 1:
            counts[2] = 0
        mark = ("", "abcdefgh", ("i", "ii", "iii", "iv", "v", "vi"))[level]
        label = f"({mark[counts[level] - 1]})" if level else ""
        found.append(Paragraph(spans=_spans(chance), level=level, label=label))
    return tuple(found)


def _table(chance: Random) -> Table:
    names = chance.sample("pqrstuv", chance.randint(1, 5))
    rows = tuple(Row(name, ((Words(name),), _spans(chance))) for name in names)
    return Table(id="t", header=("A", "B"), rows=rows, widths=(1, 1))


def _articles(chance: Random) -> Iterator[Article]:
    ids = chance.sample("abcdefgh", chance.randint(3, 8))
    if chance.random() < 0.7:
        ids.sort()
    names = chance.sample(("one", "two", "three"), chance.randint(1, 3))
    for n, name in enumerate(sorted(names), 1):
        mine = ids[n - 1 :: len(names)]
        sections = (
            Provision(id=one, number=f"{n}.{m}", heading=one, blocks=_blocks(chance))
            for m, one in enumerate(mine, 1)
        )
        yield Article(id=name, number=str(n), heading=name, provisions=tuple(sections))


def random_contract(seed: int) -> Document:
    """Make a small contract whose sections have ids out of a few, often in order."""
    chance = Random(seed)
    annexes = tuple(
        Annex(id=name, number="ABC"[n], heading=name, blocks=(_table(chance),))
        for n, name in enumerate(chance.sample("xyz", chance.randint(0, 3)))
    )
    return Document(
        kind="contract",
        title="Agreement",
        reference="R-1",
        language="en-US",
        draft=False,
        cover=(("Price", _spans(chance)),),
        preamble=(),
        parties=((Words("One"),), (Words("Two"),)),
        background=tuple(_spans(chance) for _ in range(chance.randint(0, 3))),
        lead_in=(Words("They agree:"),),
        articles=tuple(_articles(chance)),
        annexes=annexes,
        closing_words=(Words("Signed."),),
        signatures=(),
        labels={},
        properties={},
    )


def near(pair: tuple[Document, int]) -> tuple[Document, Document]:
    """Return a contract and one in which some sections and rows are another's."""
    before, seed = pair
    chance = Random(seed)
    other = {each.id: each for each in random_contract(seed).provisions()}
    articles = tuple(
        replace(
            article,
            provisions=tuple(
                replace(each, blocks=other[each.id].blocks)
                if each.id in other and chance.random() < 0.3
                else each
                for each in article.provisions
                if chance.random() > 0.2
            ),
        )
        for article in before.articles
    )
    kept_articles = tuple(each for each in articles if each.provisions)
    return before, replace(before, articles=kept_articles)
