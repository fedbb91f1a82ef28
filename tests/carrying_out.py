"""Carries out an amendment as a reader would: from its Word file, on the old text.

Takes the sentences from the wording in templates/amendments, and knows nothing of how
closer fills them: a sentence that is not worded there is not understood. Numbers of
paragraphs and sentences are those of the text before; each place is found by its name.
"""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from closer.drafting.document import Block, Document, Table
from closer.formats.typography import words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDING = tomllib.loads(
    (
        Path(__file__).parents[1] / "templates" / "amendments" / "amendment.toml"
    ).read_text(encoding="utf-8")
)
OPENS, CLOSES = WORDING["value"]["opens"], WORDING["value"]["closes"]
CHANGES = next(a["heading"] for a in WORDING["articles"] if a["id"] == "changes")
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
            inside = CHANGES in _words(element)
        elif inside and name == "Section":
            told = _words(element).split("\u2002", 1)[-1]
            found.append(Order(_clean(told), []))
        elif inside and name == "Item":
            if any(each.fullmatch(found[-1].words) for each in OPENINGS):
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

_NUMBER = re.escape(WORDING["value"]["beyond_nth"]).replace(r"\{number\}", r"\d+")
_TEXT = f"{re.escape(OPENS)}(?P<{{}}>.+){re.escape(CLOSES)}"
FIELDS = {
    "place": "(?P<place>.+?)",
    "number": r"(?P<number>[\w.]+)",
    "after": r"(?P<after>[\w.]+)",
    "article": r"(?P<article>[\w.]+)",
    "nth": f"(?P<nth>{'|'.join([*WORDING['value']['nth'], _NUMBER])})",
    "word": "(?P<word>.+)",
    **{name: _TEXT.format(name) for name in ("old", "new", "anchor", "row", "omitted")},
}


def read_as(pattern: str, label: str) -> re.Pattern[str]:
    """Return what reads a sentence of the wording: it may open with a capital.

    A quotation that ends with a full stop of its own needs none behind it.
    """
    fields = FIELDS | {"label": f"(?P<label>{label})"}
    first = pattern[0]
    found = f"[{first.lower()}{first.upper()}]" if first.isalpha() else ""
    pattern = pattern.removeprefix(first) if found else pattern
    for place, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        found += fields[piece] if place % 2 else re.escape(piece)
    ends = re.search(r"\{(?:old|new|anchor)\}\.$", pattern)
    return re.compile(found + "?" if ends else found, re.DOTALL)


OPENINGS = [
    read_as(WORDING["heading"][key], "") for key in ("several", "several-front")
]

# In the order in which they are tried: what says more comes before what says less.
PLACES = {
    key: read_as(WORDING["place"][key], ".+" if key == "cover" else r"\(.+\)")
    for key in (
        *("title", "preamble", "lead-in", "closing", "cover", "party", "recital"),
        *("sentence", "definition", "paragraph", "annex-paragraph", "opening"),
        *("table", "annex-table"),
        *("annex-item", "item", "article", "section", "annex"),
    )
}
UNITS = ("section", "article", "annex")
RULES = {
    **{f"{unit}-inserted": "unit_in" for unit in UNITS},
    **{f"{unit}-first": "unit_first" for unit in UNITS},
    **{f"{unit}-replaced": "unit_anew" for unit in UNITS},
    **{f"{unit}-deleted": "unit_out" for unit in UNITS},
    "heading-replaced": "heading",
    "cover-inserted": "cover_in",
    "row-changed": "row_anew",
    "row-inserted": "row_in",
    "row-first": "row_in",
    "row-deleted": "row_out",
    "table-replaced": "table_anew",
    "table-inserted": "table_in",
    "table-deleted": "table_out",
    "definition-inserted": "definition_in",
    "definition-replaced": "definition_anew",
    "paragraph-inserted": "after",
    "paragraph-first": "first",
    "paragraph-next": "again",
    "item-inserted": "item_after",
    "item-first": "item_first",
    "item-deleted": "item_out",
    "sentence-inserted": "sentence_in",
    "sentence-first": "sentence_first",
    "sentence-replaced": "sentence_anew",
    "sentence-deleted": "sentence_out",
    "words-replaced": "words_anew",
    "words-inserted-after": "words_after",
    "words-inserted-before": "words_before",
    "words-deleted": "words_out",
    "text-replaced": "text_anew",
    "text-deleted": "text_out",
    "definition-deleted": "definition_out",
}
assert set(PLACES) == set(WORDING["place"]), "a place that nobody can find"
assert set(RULES) == set(WORDING["operative"]), "a sentence that nobody can read"
SENTENCES = {
    key: read_as(
        WORDING["operative"][key], ".+?" if key == "cover-inserted" else r"\S+"
    )
    for key in RULES
}


class Place(NamedTuple):
    """A place as the wording names it: its kind, and what stands in its fields."""

    kind: str
    fields: dict[str, str]

    @property
    def unit(self) -> str:
        """Name the article, section or annex that it is or is in."""
        part = "annex" if self.kind.startswith("annex") else "section"
        return _unit(self.kind if self.kind in UNITS else part, self.fields["number"])


def found_place(said: str) -> Place:
    for kind, pattern in PLACES.items():
        if match := pattern.fullmatch(said):
            return Place(kind, match.groupdict())
    raise ValueError(said)


def _unit(kind: str, number: str) -> str:
    return f"{'Annex' if kind == 'annex' else kind} {number}"


def _nth(said: str) -> int:
    """Return which one is meant, from 0."""
    named: list[str] = WORDING["value"]["nth"]
    if said in named:
        return named.index(said)
    return int("".join(c for c in said if c.isdigit())) - 1


class Clerk:
    """Works an amendment into a contract, one instruction after the other."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.last: tuple[Unit, Any] | None = None

    def carry_out(self, order: Order) -> None:
        for key, pattern in SENTENCES.items():
            match = pattern.fullmatch(order.words)
            if match:
                told = match.groupdict() | {"unit": key.partition("-")[0]}
                getattr(self, f"_{RULES[key]}")(told, order.below)
                return
        raise ValueError(order.words)

    # places

    def _where(self, place: str) -> tuple[Unit, int | None]:
        """Return the unit a place is in, and the paragraph of the text before."""
        t = self.text
        found = found_place(place)
        kind, fields = found
        runs = {"title": t.title, "preamble": t.preamble}
        runs |= {"lead-in": t.lead, "closing": t.closing}
        if kind in runs:
            return runs[kind], 0
        if kind == "party":
            return t.parties, int(fields["number"]) - 1
        if kind == "recital":
            return t.recitals, ord(fields["number"]) - 65
        unit = t.units[found.unit]
        loose = self._loose(unit)
        if kind == "definition":
            return unit, next(
                i
                for i, b in enumerate(unit.before)
                if isinstance(b, Para) and b.text.startswith(f"“{fields['word']}”")
            )
        if kind in ("paragraph", "annex-paragraph"):
            return unit, loose[_nth(fields["nth"])]
        if kind in ("item", "annex-item"):
            return unit, self._item(unit, fields["label"])
        if kind == "opening":
            return unit, loose[0]
        assert kind in UNITS, place
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
        kind, fields = found_place(place)
        if kind == "sentence":
            return self._para(fields["place"])[1], _nth(fields["nth"])
        para = self._cover(place) or self._para(place)[1]
        return para, 0 if len(para.sentences) == 1 else None

    def _cover(self, place: str) -> Para | None:
        kind, fields = found_place(place)
        return self.text.cover[fields["label"]] if kind == "cover" else None

    # whole units

    def _set_out(self, below: list[Any]) -> list[tuple[str, Unit]]:
        """Read articles, sections and annexes that are set out in full."""
        found: list[tuple[str, Unit]] = []
        for n, line in enumerate(below):
            if isinstance(line, Grid):
                found[-1][1].blocks.append(line)
                continue
            text = line.removeprefix(OPENS) if n == 0 else line
            if n == len(below) - 1 and not isinstance(below[0], Grid):
                text = text.removesuffix(CLOSES)
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
        self._insert(_unit(m["unit"], m["after"]), new)

    def _unit_first(self, m: dict[str, str], below: list[Any]) -> None:
        found = self._set_out(below)
        new = [self._named(m["unit"], n, u, i) for i, (n, u) in enumerate(found)]
        names = list(self.text.units)
        if m["unit"] == "section":
            at = names.index(f"article {m['article']}") + 1
        else:
            kind = _unit(m["unit"], "")
            first = [i for i, name in enumerate(names) if name.startswith(kind)]
            at = first[0] if first else len(names)
        items = list(self.text.units.items())
        items[at:at] = new
        self.text.units.clear()
        self.text.units.update(items)

    def _named(
        self, kind: str, number: str, unit: Unit, place: int
    ) -> tuple[str, Unit]:
        if kind == "article" and place:
            kind = "section"
        return _unit(kind, number), unit

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
        unit = self.text.units[_unit(m["unit"], m["number"])]
        unit.heading, unit.blocks = m["omitted"], []
        if m["unit"] == "article":
            for name in list(self.text.units):
                if name.startswith(f"section {m['number']}."):
                    del self.text.units[name]

    def _heading(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self.text.units[found_place(m["place"]).unit].heading = m["new"]

    def _cover_in(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self.text.cover[m["label"]] = Para(m["new"])

    # tables

    def _table(self, place: str) -> Grid:
        named = found_place(place)
        tables = [b for b in self.text.units[named.unit].blocks if isinstance(b, Grid)]
        return tables[_nth(named.fields["nth"]) if "nth" in named.fields else 0]

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
        self.text.units[found_place(m["place"]).unit].blocks.append(below[0])

    def _table_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        unit = self.text.units[found_place(m["place"]).unit]
        unit.blocks.remove(self._table(m["place"]))

    # definitions and paragraphs

    def _definition_in(self, m: dict[str, str], below: list[Any]) -> None:
        unit = self.text.units[_unit("section", m["number"])]
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
            found = found_place(place)
            unit = self.text.units[found.unit]
            old, unit.before = unit.before, unit.blocks
            try:
                return unit, unit.blocks[self._item(unit, found.fields["label"])]
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
        para.after.setdefault(_nth(m["nth"]) + 1, []).append(m["new"])

    def _sentence_first(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._para(m["place"])[1].after.setdefault(0, []).append(m["new"])

    def _sentence_anew(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._para(m["place"])[1].sentences[_nth(m["nth"])] = m["new"]

    def _sentence_out(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        para = self._para(m["place"])[1]
        assert para.sentences[_nth(m["nth"])] == m["old"]
        para.sentences[_nth(m["nth"])] = ""

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

    def _words_after(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._words_in(m["place"], m["anchor"], (m["anchor"], m["new"]))

    def _words_before(self, m: dict[str, str], below: list[Any]) -> None:
        del below
        self._words_in(m["place"], m["anchor"], (m["new"], m["anchor"]))

    def _words_in(self, place: str, anchor: str, both: tuple[str, str]) -> None:
        joint = "" if both[1][:1] in ",.;:" else " "
        self._edit(place, anchor, joint.join(both))

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
