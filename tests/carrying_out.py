"""Carries out an amendment as a reader would: from its Word file, on the old text.

Knows how lawyers write instructions, and nothing of how closer makes them. Numbers of
paragraphs and sentences are those of the text before; each place is found by its name.
"""

# ruff: noqa: E501 - a rule of reading stands on one line
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from closer.drafting.document import Block, Document, Table
from closer.formats.typography import words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NTH = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
NTH += ["ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"]
LABEL = re.compile(r"(\((?:[a-z]+\d*)\)) ")


class Para:
    """A paragraph: its label, its level, and its sentences while they are edited."""

    def __init__(self, text: str, label: str = "", level: int = 0) -> None:
        self.label, self.level = label, level
        self.sentences = sentences(text)
        self.after: dict[int, list[str]] = {}
        self.cursor: dict[int, int] = {}
        self.last: Any = None  # what was put in after this one

    @property
    def text(self) -> str:
        out = list(self.after.get(0, []))
        for n, sentence in enumerate(self.sentences, 1):
            out += [sentence, *self.after.get(n, [])]
        return " ".join(each for each in out if each)


class Grid:
    """A table: its header and its rows."""

    def __init__(self, header: list[str], rows: list[list[str]]) -> None:
        self.header, self.rows = header, rows
        self.last: Any = None


class Unit:
    """An article, section or annex: heading and text, as it stands and as it stood."""

    def __init__(self, heading: str, blocks: list[Any]) -> None:
        self.heading, self.blocks = heading, blocks
        self.before = list(blocks)


class Text(NamedTuple):
    """A contract as a reader has it before him."""

    title: Unit
    cover: dict[str, Para]
    preamble: Unit
    parties: Unit
    recitals: Unit
    lead: Unit
    closing: Unit
    units: dict[str, Unit]  # "article 5", "section 5.3", "Annex A", in order


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!]) (?=[A-Z“])|(?<=[.?!]”) (?=[A-Z“])", text)


def _clean(text: str) -> str:
    return text.replace("\u00a0", " ").strip()


def _said(spans: Any) -> str:
    return _clean(words(spans))


def as_text(document: Document) -> Text:
    """Return a document as a reader has it; nothing of ids and terms is kept."""
    units: dict[str, Unit] = {}
    for article in document.articles:
        units[f"article {article.number}"] = Unit(article.heading, [])
        for each in article.provisions:
            units[f"section {each.number}"] = Unit(each.heading, _blocks(each.blocks))
    for annex in document.annexes:
        units[f"Annex {annex.number}"] = Unit(annex.heading, _blocks(annex.blocks))

    def run(*texts: Any) -> Unit:
        return Unit("", [Para(_said(spans)) for spans in texts])

    return Text(
        title=Unit("", [Para(document.title)]),
        cover={label: Para(_said(spans)) for label, spans in document.cover},
        preamble=run(*(each.spans for each in document.preamble)),
        parties=run(*document.parties),
        recitals=run(*document.background),
        lead=run(document.lead_in),
        closing=run(document.closing_words),
        units=units,
    )


def _blocks(blocks: tuple[Block, ...]) -> list[Any]:
    return [
        Grid(list(b.header), [[_said(c) for c in row.cells] for row in b.rows])
        if isinstance(b, Table)
        else Para(_said(b.spans), b.label, b.level)
        for b in blocks
    ]


def shown(text: Text) -> list[str]:
    """Return everything a reader sees, line by line."""
    lines = [f"{label} | {para.text}" for label, para in text.cover.items()]
    front = (text.title, text.preamble, text.parties, text.recitals, text.lead)
    for unit in (*front, text.closing):
        lines += _lines(unit)
    for name, unit in text.units.items():
        lines += [f"{name} {unit.heading}", *_lines(unit)]
    return lines


def _lines(unit: Unit) -> Iterator[str]:
    for block in unit.blocks:
        if isinstance(block, Grid):
            yield " | ".join(block.header)
            yield from (" | ".join(row) for row in block.rows)
        elif block.text or block.label:
            yield f"{block.label} {block.text}".strip()


# --- reading the amendment ------------------------------------------------------------


class Order(NamedTuple):
    """One instruction, with the lines and rows that are set out below it."""

    words: str
    below: list[Any]


def orders(docx: bytes) -> list[Order]:
    """Read the operative provisions of an amendment from its Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        root = ET.fromstring(opened.read("word/document.xml"))
    found: list[Order] = []
    inside = False
    for element in root.find(f"{W}body") or ():
        if element.tag == f"{W}tbl":
            if inside:
                found[-1].below.append(_grid(element))
            continue
        style = element.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        if name == "FrameHeading":
            inside = False
        elif name == "Heading1":
            inside = "Changes to the Agreement" in _words(element)
        elif inside and name == "Section":
            told = _words(element).split("\u2002", 1)[-1]
            found.append(Order(_clean(told), []))
        elif inside and name == "Item":
            if found[-1].words.endswith((" changes as follows:", "following changes:")):
                found.pop()
            found.append(Order(_clean(_words(element)), []))
        elif inside and name in ("SectionText", "Definition"):
            found[-1].below.append(_clean(_words(element)))
    return found


def _words(element: ET.Element) -> str:
    out = []
    for each in element.iter():
        if each.tag == f"{W}t":
            out.append(each.text or "")
        elif each.tag == f"{W}br":
            out.append("\n")
    return "".join(out)


def _grid(table: ET.Element) -> Grid:
    rows = [
        [_clean("\n".join(_words(p) for p in cell.iter(f"{W}p"))) for cell in row]
        for row in (list(row.iter(f"{W}tc")) for row in table.iter(f"{W}tr"))
    ]
    return Grid(rows[0], rows[1:])


# --- carrying it out ------------------------------------------------------------------

PLACE = r"(?P<place>.+?)"
WORDS = r"“(?P<{}>.+)”"
RULES = (
    (
        r"The following (?P<unit>section|article|Annex) (?P<n>\S+) is inserted (?P<at>after \w+ \S+|as the first of article \S+|before all other \w+):",
        "unit_in",
    ),
    (
        r"(?P<unit>Section|Article|Annex) (?P<n>[\w.]+) is replaced with the following:",
        "unit_anew",
    ),
    (
        r"(?P<unit>Section|Article|Annex) (?P<n>[\w.]+) is deleted; its (?:number|letter) stays and reads “(?P<omitted>.+)”\.",
        "unit_out",
    ),
    (rf"The heading of {PLACE} is replaced with {WORDS.format('new')}\.?", "heading"),
    (r"The cover has a further entry, (?P<label>.+?): “(?P<new>.+)”\.?", "cover_in"),
    (rf"In {PLACE}, the row “(?P<row>.+)” is replaced with the following:", "row_anew"),
    (
        rf"In {PLACE}, the following row is inserted after the row “(?P<row>.+)”:",
        "row_in",
    ),
    (rf"In {PLACE}, the following row is inserted before all other rows:", "row_in"),
    (rf"In {PLACE}, the row “(?P<row>.+)” is deleted\.", "row_out"),
    (rf"In {PLACE}, the table is replaced with the following:", "table_anew"),
    (rf"In {PLACE}, the following table is inserted:", "table_in"),
    (rf"In {PLACE}, the table is deleted\.", "table_out"),
    (
        r"In section (?P<n>\S+), the following definition is inserted in its alphabetical place:",
        "definition_in",
    ),
    (rf"{PLACE} is replaced with the following:", "definition_anew"),
    (
        rf"After {PLACE}, the following paragraph is inserted: {WORDS.format('new')}\.?",
        "after",
    ),
    (
        rf"Before the other text of {PLACE}, the following paragraph is inserted: {WORDS.format('new')}\.?",
        "first",
    ),
    (r"After that paragraph, the following is inserted: “(?P<new>.+)”\.?", "again"),
    (
        rf"After {PLACE}, the following is inserted as (?P<label>\S+): {WORDS.format('new')}\.?",
        "item_after",
    ),
    (
        rf"Before the other items of {PLACE}, the following is inserted as (?P<label>\S+): {WORDS.format('new')}\.?",
        "item_first",
    ),
    (
        rf"{PLACE} is deleted; its letter stays and reads “(?P<omitted>.+)”\.",
        "item_out",
    ),
    (
        rf"After the (?P<nth>\w+) sentence of {PLACE}, {WORDS.format('new')} is inserted\.",
        "sentence_in",
    ),
    (
        rf"Before the first sentence of {PLACE}, {WORDS.format('new')} is inserted\.",
        "sentence_first",
    ),
    (
        rf"The (?P<nth>\w+) sentence of {PLACE} is replaced with {WORDS.format('new')}\.?",
        "sentence_anew",
    ),
    (
        rf"The (?P<nth>\w+) sentence of {PLACE} is deleted: {WORDS.format('old')}\.?",
        "sentence_out",
    ),
    (
        rf"In {PLACE}, {WORDS.format('old')} is replaced with {WORDS.format('new')}\.?",
        "words_anew",
    ),
    (
        rf"In {PLACE}, {WORDS.format('new')} is inserted (?P<side>after|before) {WORDS.format('anchor')}\.?",
        "words_in",
    ),
    (rf"In {PLACE}, {WORDS.format('old')} is deleted\.", "words_out"),
    (rf"{PLACE} is replaced with {WORDS.format('new')}\.?", "text_anew"),
    (rf"{PLACE} is deleted: {WORDS.format('old')}\.?", "text_out"),
    (rf"{PLACE} is deleted\.", "definition_out"),
)


class Clerk:
    """Works an amendment into a contract, one instruction after the other."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.last: tuple[Unit, Any] | None = None

    def carry_out(self, order: Order) -> None:
        for pattern, name in RULES:
            match = re.fullmatch(pattern, order.words, re.DOTALL)
            if match:
                getattr(self, f"_{name}")(match.groupdict(), order.below)
                return
        raise ValueError(order.words)

    # places

    def _where(self, place: str) -> tuple[Unit, int | None]:
        """Return the unit a place is in, and the paragraph of the text before."""
        place = place[0].lower() + place[1:] if not place.startswith("Annex") else place
        t = self.text
        for name, unit in (
            ("the title of the Agreement", t.title),
            ("the opening text of the Agreement", t.preamble),
            ("the text before article 1", t.lead),
            ("the text before the signatures", t.closing),
        ):
            if place == name:
                return unit, 0
        if m := re.fullmatch(r"paragraph \((\d+)\) of the parties", place):
            return t.parties, int(m[1]) - 1
        if m := re.fullmatch(r"recital \((\w)\)", place):
            return t.recitals, ord(m[1]) - 65
        if m := re.fullmatch(r"the definition of “(.+)” in section (\S+)", place):
            unit = t.units[f"section {m[2]}"]
            return unit, next(
                i
                for i, b in enumerate(unit.before)
                if isinstance(b, Para) and b.text.startswith(f"“{m[1]}”")
            )
        if m := re.fullmatch(
            r"the (\w+) unnumbered paragraph of (section \S+|Annex \S+)", place
        ):
            loose = self._loose(t.units[m[2]])
            return t.units[m[2]], loose[NTH.index(m[1])]
        if m := re.fullmatch(r"the opening text of (section \S+)", place):
            return t.units[m[1]], self._loose(t.units[m[1]])[0]
        if m := re.fullmatch(r"paragraph (\S+) of (Annex \S+)", place):
            return t.units[m[2]], self._item(t.units[m[2]], m[1])
        if m := re.fullmatch(r"(section [\w.]+)(\(.+\))", place):
            return t.units[m[1]], self._item(t.units[m[1]], m[2])
        unit = t.units[place]
        loose = self._loose(unit)
        return unit, loose[0] if loose else None

    def _loose(self, unit: Unit) -> list[int]:
        return [
            i for i, b in enumerate(unit.before) if isinstance(b, Para) and not b.label
        ]

    def _item(self, unit: Unit, label: str) -> int:
        above = ""
        for i, block in enumerate(unit.before):
            if isinstance(block, Para) and block.label:
                if block.level == 1:
                    above = block.label
                full = block.label if block.level == 1 else above + block.label
                if full == label:
                    return i
        # an item that this very amendment has put in
        raise LookupError(label)

    def _para(self, place: str) -> tuple[Unit, Para]:
        unit, at = self._where(place)
        assert at is not None, place
        return unit, unit.before[at]

    def _sentence(self, place: str) -> tuple[Para, int | None]:
        m = re.fullmatch(r"(.+), (\w+) sentence", place)
        if m and m[2] in NTH:
            return self._para(m[1])[1], NTH.index(m[2])
        para = self._cover(place) or self._para(place)[1]
        return para, 0 if len(para.sentences) == 1 else None

    def _cover(self, place: str) -> Para | None:
        m = re.fullmatch(r"[Tt]he entry “(.+)” on the cover", place)
        return self.text.cover[m[1]] if m else None

    # whole units

    def _set_out(self, below: list[Any]) -> list[tuple[str, Unit]]:
        """Read articles, sections and annexes that are set out in full."""
        found: list[tuple[str, Unit]] = []
        for n, line in enumerate(below):
            if isinstance(line, Grid):
                found[-1][1].blocks.append(line)
                continue
            text = line.removeprefix("“") if n == 0 else line
            if n == len(below) - 1 and not isinstance(below[0], Grid):
                text = text.removesuffix("”")
            m = re.fullmatch(
                r"([A-Z]?\d[\dA-Z]*(?:\.[\dA-Z]+)?|[A-Z]+\d*) (.+)", text, re.DOTALL
            )
            if m and (not found or "." in m[1]) and not LABEL.match(text):
                section = "." in m[1]
                heading, stop, rest = (
                    m[2].partition(". ") if section else (m[2], "", "")
                )
                blocks = [Para(rest)] if stop else []
                found.append((m[1], Unit(heading, blocks)))
                continue
            item = LABEL.match(text)
            label = item[1] if item else ""
            unit = found[-1][1]
            unit.blocks.append(
                Para(text[len(label) :].strip(), label, _level(label, unit))
            )
        return found

    def _insert(self, after: str, new: list[tuple[str, Unit]]) -> None:
        items = list(self.text.units.items())
        places = [i for i, (name, _) in enumerate(items, 1) if name == after]
        at = places[0] if places else 0
        if after.startswith("article"):
            stem = after.removeprefix("article ") + "."
            inside = [
                i
                for i, (name, _) in enumerate(items, 1)
                if name.startswith(f"section {stem}")
            ]
            at = max([at, *inside])
        items[at:at] = new
        self.text.units.clear()
        self.text.units.update(items)

    def _unit_in(self, m: dict[str, str], below: list[Any]) -> None:
        found = self._set_out(below)
        new = [self._named(m["unit"], n, u, i) for i, (n, u) in enumerate(found)]
        if m["at"].startswith("after "):
            self._insert(m["at"].removeprefix("after "), new)
        elif m["at"].startswith("as the first"):
            article = m["at"].removeprefix("as the first of ")
            items = list(self.text.units.items())
            at = [name for name, _ in items].index(article) + 1
            items[at:at] = new
            self.text.units.clear()
            self.text.units.update(items)
        else:
            kind = m["unit"] + " "
            items = list(self.text.units.items())
            first = [i for i, (name, _) in enumerate(items) if name.startswith(kind)]
            at = first[0] if first else len(items)
            items[at:at] = new
            self.text.units.clear()
            self.text.units.update(items)

    def _named(
        self, kind: str, number: str, unit: Unit, place: int
    ) -> tuple[str, Unit]:
        kind = kind.lower() if kind != "Annex" else kind
        if kind == "article" and place:
            kind = "section"
        return f"{kind} {number}", unit

    def _unit_anew(self, m: dict[str, str], below: list[Any]) -> None:
        found = self._set_out(below)
        name, unit = self._named(m["unit"], *found[0], 0)
        old = self.text.units[name]
        old.heading, old.blocks = unit.heading, unit.blocks
        rest = [self._named("section", n, u, 1) for n, u in found[1:]]
        if rest:
            self._insert(name, rest)

    def _unit_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        kind = m["unit"].lower() if m["unit"] != "Annex" else "Annex"
        unit = self.text.units[f"{kind} {m['n']}"]
        unit.heading, unit.blocks = m["omitted"], []
        if kind == "article":
            for name in list(self.text.units):
                if name.startswith(f"section {m['n']}."):
                    del self.text.units[name]

    def _heading(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        place = m["place"]
        key = place if place.startswith("Annex") else place[0].lower() + place[1:]
        self.text.units[key].heading = m["new"]

    def _cover_in(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self.text.cover[m["label"]] = Para(m["new"])

    # tables

    def _table(self, place: str) -> Grid:
        unit = self.text.units[place]
        return next(b for b in unit.blocks if isinstance(b, Grid))

    def _name_at(self, grid: Grid, name: str) -> int:
        return [next(c for c in row if c) for row in grid.rows].index(name)

    def _row_anew(self, m: dict[str, str], below: list[Any]) -> None:
        grid = self._table(m["place"])
        grid.rows[self._name_at(grid, m["row"])] = below[0].rows[0]

    def _row_in(self, m: dict[str, str], below: list[Any]) -> None:
        grid = self._table(m["place"])
        at = self._name_at(grid, m["row"]) + 1 if m.get("row") else 0
        grid.rows.insert(at, below[0].rows[0])

    def _row_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        grid = self._table(m["place"])
        del grid.rows[self._name_at(grid, m["row"])]

    def _table_anew(self, m: dict[str, str], below: list[Any]) -> None:
        grid = self._table(m["place"])
        grid.header, grid.rows = below[0].header, below[0].rows

    def _table_in(self, m: dict[str, str], below: list[Any]) -> None:
        self.text.units[m["place"]].blocks.append(below[0])

    def _table_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self.text.units[m["place"]].blocks.remove(self._table(m["place"]))

    # definitions and paragraphs

    def _definition_in(self, m: dict[str, str], below: list[Any]) -> None:
        unit = self.text.units[f"section {m['n']}"]
        word = re.match(r"“(.+?)”", below[0])
        assert word is not None
        defined = [
            (i, d[1])
            for i, b in enumerate(unit.blocks)
            if isinstance(b, Para) and (d := re.match(r"“(.+?)”", b.text))
        ]
        later = [i for i, other in defined if other.lower() > word[1].lower()]
        at = later[0] if later else defined[-1][0] + 1
        new = Para(below[0])
        unit.blocks.insert(at, new)
        self.last = unit, new

    def _definition_anew(self, m: dict[str, str], below: list[Any]) -> None:
        _, para = self._para(m["place"])
        para.sentences = sentences(below[0])

    def _definition_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit, para = self._para(m["place"])
        unit.blocks.remove(para)

    def _put(self, unit: Unit, after: Any, new: Para) -> None:
        at = 0
        if after is not None:
            at = next(i for i, b in enumerate(unit.blocks, 1) if b is after)
        unit.blocks.insert(at, new)
        self.last = unit, new

    def _after(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit, para = self._para(m["place"])
        self._put(unit, para, Para(m["new"]))

    def _first(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit, _ = self._where(m["place"])
        self._put(unit, None, Para(m["new"]))

    def _again(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        assert self.last is not None
        unit, para = self.last
        self._put(unit, para, Para(m["new"]))

    def _item_after(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit, para = self._item_or_new(m["place"])
        label = re.findall(r"\([^)]*\)", m["label"])
        new = Para(m["new"], label[-1], len(label))
        at = next(i for i, b in enumerate(unit.blocks, 1) if b is para)
        while at < len(unit.blocks) and _below(unit.blocks[at], len(label)):
            at += 1
        unit.blocks.insert(at, new)
        self.last = unit, new

    def _item_or_new(self, place: str) -> tuple[Unit, Para]:
        try:
            return self._para(place)
        except LookupError:
            m = re.fullmatch(r"[Ss]ection ([\w.]+)(\(.+\))", place)
            assert m is not None, place
            unit = self.text.units[f"section {m[1]}"]
            old, unit.before = unit.before, unit.blocks
            try:
                return unit, unit.blocks[self._item(unit, m[2])]
            finally:
                unit.before = old

    def _item_first(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit, _ = self._where(m["place"])
        label = re.findall(r"\([^)]*\)", m["label"])
        new = Para(m["new"], label[-1], len(label))
        at = next(
            (i for i, b in enumerate(unit.blocks) if isinstance(b, Para) and b.label),
            len(unit.blocks),
        )
        if len(label) == 2:
            at = 1 + next(
                i
                for i, b in enumerate(unit.blocks)
                if isinstance(b, Para) and b.label == label[0] and b.level == 1
            )
        unit.blocks.insert(at, new)

    def _item_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        _, para = self._para(m["place"])
        para.sentences = [m["omitted"]]

    # sentences and words

    def _sentence_in(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        _, para = self._para(m["place"])
        para.after.setdefault(NTH.index(m["nth"]) + 1, []).append(m["new"])

    def _sentence_first(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._para(m["place"])[1].after.setdefault(0, []).append(m["new"])

    def _sentence_anew(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._para(m["place"])[1].sentences[NTH.index(m["nth"])] = m["new"]

    def _sentence_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        para = self._para(m["place"])[1]
        assert para.sentences[NTH.index(m["nth"])] == m["old"]
        para.sentences[NTH.index(m["nth"])] = ""

    def _edit(self, place: str, old: str, new: str) -> None:
        para, at = self._sentence(place)
        if at is None:
            at = 0
            para.sentences = [" ".join(para.sentences)]
        start = para.sentences[at].index(old, para.cursor.get(at, 0))
        line = para.sentences[at]
        para.sentences[at] = line[:start] + new + line[start + len(old) :]
        para.cursor[at] = start + len(new)

    def _words_anew(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._edit(m["place"], m["old"], m["new"])

    def _words_in(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        both = (
            (m["anchor"], m["new"]) if m["side"] == "after" else (m["new"], m["anchor"])
        )
        joint = "" if both[1][:1] in ",.;:" else " "
        self._edit(m["place"], m["anchor"], joint.join(both))

    def _words_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._edit(m["place"], m["old"], "")

    def _text_anew(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        para = self._cover(m["place"]) or self._para(m["place"])[1]
        para.sentences = sentences(m["new"])

    def _text_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        cover = self._cover(m["place"])
        if cover is not None:
            label = next(k for k, v in self.text.cover.items() if v is cover)
            del self.text.cover[label]
            return
        unit, para = self._para(m["place"])
        assert para.text == m["old"], (para.text, m["old"])
        unit.blocks.remove(para)


def _below(block: Any, level: int) -> bool:
    return isinstance(block, Para) and block.level > level


def _level(label: str, unit: Unit) -> int:
    if not label:
        return 0
    roman = re.fullmatch(r"\((?:[ivx]+)[a-hj-uwyz]?\)", label)
    earlier = [b.label for b in unit.blocks if isinstance(b, Para) and b.level == 1]
    counts_on = label == "(i)" and earlier[-1:] == ["(h)"]
    return 2 if roman and earlier and not counts_on else 1
