"""Footnotes of a document, and the line that stands at the head of every page.

A house style need not know of either: the part, the two styles and the settings that
Word wants for notes are added where a document has some.
"""

import re
from collections.abc import Mapping

from closer.formats.typography import curled
from closer.formats.wordxml import escaped, paragraph, run

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES, _RELS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_QUIET = "<w:rPr><w:i/></w:rPr>"
_STYLES = {
    "FootnoteText": (
        '<w:style w:type="paragraph" w:styleId="FootnoteText">'
        '<w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>'
        '</w:pPr><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    ),
    "FootnoteReference": (
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    ),
}


class Footnotes:
    """Counts the notes of one document in the order in which they are set."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        self._set: list[str] = []

    def mark(self, identifier: str) -> str:
        """Return the raised number for a note about something; empty without one."""
        text = self._notes.get(identifier, "")
        if not text:
            return ""
        self._set.append(text)
        number = len(self._set)
        return f'<w:r>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'

    def worked_in(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the parts of a package that change so that it holds these notes."""
        if not self._set:
            return {}
        settings = parts["word/settings.xml"].decode()
        separators = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        told = f"<w:footnotePr>{separators}</w:footnotePr>"
        if "<w:footnotePr>" not in settings:
            settings = re.sub(
                r"<w:compat\b|</w:settings>", rf"{told}\g<0>", settings, count=1
            )
        styles = parts["word/styles.xml"].decode()
        for name, source in _STYLES.items():
            if f'w:styleId="{name}"' not in styles:
                styles = styles.replace("</w:styles>", f"{source}</w:styles>")
        return {
            "word/footnotes.xml": self._part().encode(),
            "word/settings.xml": settings.encode(),
            "word/styles.xml": styles.encode(),
            **part_of(parts, "footnotes.xml", "footnotes"),
        }

    def _part(self) -> str:
        own = "".join(
            f'<w:footnote w:id="{number}">'
            + paragraph(
                "FootnoteText",
                f"<w:r>{_RAISED}<w:footnoteRef/></w:r>{run(' ' + curled(text))}",
            )
            + "</w:footnote>"
            for number, text in enumerate(self._set, 1)
        )
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing'
            f' w:after="0"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        space = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
        return f"{_HEAD}<w:footnotes {space}>{lines}{own}</w:footnotes>"


def part_of(parts: Mapping[str, bytes], file: str, kind: str) -> dict[str, bytes]:
    """Return the lists of a package with one more part of the text."""
    types, rels = parts[_TYPES].decode(), parts[_RELS].decode()
    if f'"/word/{file}"' not in types:
        line = f'<Override PartName="/word/{file}" ContentType="{_KIND}{kind}+xml"/>'
        types = types.replace("</Types>", f"{line}</Types>")
    if f'Target="{file}"' not in rels:
        line = (
            f'<Relationship Id="{relation(file)}" Type="{_OFFICE}/{kind}"'
            f' Target="{file}"/>'
        )
        rels = rels.replace("</Relationships>", f"{line}</Relationships>")
    return {_TYPES: types.encode(), _RELS: rels.encode()}


def relation(file: str) -> str:
    """Return the name under which the text knows a part that was added."""
    return "closer" + file.partition(".")[0].capitalize()


def headed(notice: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts that change so that a line stands at the head of every page.

    It goes above what the house style has there; where a first page has no head, it
    gets one with this line alone.
    """
    line = paragraph("Header", run(curled(notice), _QUIET))
    made = {
        name: re.sub(rb"(<w:hdr\b[^>]*>)", rb"\g<1>" + line.encode(), data, count=1)
        for name, data in parts.items()
        if re.fullmatch(r"word/header\w*\.xml", name)
    }
    body = parts["word/document.xml"].decode()
    if "<w:titlePg/>" in body and 'w:type="first"' not in body:
        file = "headerFirst.xml"
        space = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
        made[f"word/{file}"] = f"{_HEAD}<w:hdr {space}>{line}</w:hdr>".encode()
        told = f'<w:headerReference w:type="first" r:id="{escaped(relation(file))}"/>'
        start = body.rindex("<w:sectPr")
        inside = body.index(">", start) + 1
        body = body[:inside] + told + body[inside:]
        made["word/document.xml"] = body.encode()
        made |= part_of(parts, file, "header")
    return made
