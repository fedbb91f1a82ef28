"""What stands around the text: properties, language, and the size of the page."""

import re
from collections.abc import Mapping
from datetime import datetime

from closer.drafting.document import Document
from closer.formats.wordxml import escaped

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_LETTER = ("US", "CA", "MX", "PH")
"""Places whose paper is US Letter; everyone else's is A4."""

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_CUSTOM = "docProps/custom.xml"
_DATES = ("closer.created", "closer.modified", "closer.date")
_FIRST_DAY = "1980-01-01T00:00:00Z"


def core(document: Document) -> str:
    """Return the properties that every program shows."""
    created = _moment(document.properties, "closer.created", "closer.date")
    changed = _moment(document.properties, "closer.modified", "closer.date")
    when = 'xsi:type="dcterms:W3CDTF"'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(document.title)}</dc:title>"
        f"<dc:subject>{escaped(document.reference)}</dc:subject>"
        "<dc:creator>closer</dc:creator><cp:lastModifiedBy>closer</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision><dcterms:created {when}>{created}"
        f"</dcterms:created><dcterms:modified {when}>{changed}</dcterms:modified>"
        f"<dc:language>{escaped(document.language)}</dc:language></cp:coreProperties>"
    )


def _moment(properties: Mapping[str, str], *names: str) -> str:
    """Return the first day or moment that is given; never that of a clock."""
    for name in names:
        try:
            day = datetime.fromisoformat(properties.get(name, ""))
        except ValueError:
            continue
        return f"{day.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    return _FIRST_DAY


def custom(document: Document) -> str:
    """Return what the document remembers of its making, by name."""
    kept = sorted(document.properties.items())
    entries = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(kept, 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{_OFFICE}custom-properties"'
        f' xmlns:vt="{_OFFICE}docPropsVTypes">{entries}</Properties>'
    )


def with_custom(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a package that tell of its custom properties.

    A template that somebody saved without any lacks the two lines that name the part.
    """
    types, rels = parts["[Content_Types].xml"], parts["_rels/.rels"]
    if b"custom-properties+xml" not in types:
        kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        line = f'<Override PartName="/{_CUSTOM}" ContentType="{kind}"/></Types>'
        types = types.replace(b"</Types>", line.encode())
    if b"/custom-properties" not in rels:
        line = (
            f'<Relationship Id="closerCustom" Type="{_OFFICE}relationships/'
            f'custom-properties" Target="{_CUSTOM}"/></Relationships>'
        )
        rels = rels.replace(b"</Relationships>", line.encode())
    return {"[Content_Types].xml": types, "_rels/.rels": rels}


def text_width(body: str) -> int:
    """Return the width of the text on a page, in twentieths of a point."""
    size = re.search(r'<w:pgSz [^>]*w:w="(\d+)"', body)
    left = re.search(r'<w:pgMar [^>]*w:left="(\d+)"', body)
    right = re.search(r'<w:pgMar [^>]*w:right="(\d+)"', body)
    if not (size and left and right):
        return 8640
    return int(size[1]) - int(left[1]) - int(right[1])


def on_letter(language: str) -> bool:
    """Tell whether a language is that of a place with US Letter paper."""
    return language.rpartition("-")[2] in _LETTER


def on_paper(body: str, language: str) -> str:
    """Return the text on the paper of its place; its lines stay as wide as they are."""
    if not on_letter(language):
        return body
    width = text_width(body)
    side = (12240 - width) // 2
    body = re.sub(r"<w:pgSz [^>]*/>", '<w:pgSz w:w="12240" w:h="15840"/>', body)
    body = re.sub(r'(<w:pgMar [^>]*w:left=")\d+', rf"\g<1>{side}", body)
    return re.sub(r'(<w:pgMar [^>]*w:right=")\d+', rf"\g<1>{side}", body)


def in_language(part: str, language: str) -> str:
    """Return the styles or the settings with the document's language as theirs."""
    name = escaped(language)
    part = re.sub(r'(<w:lang [^>]*?w:val=")[^"]*', rf"\g<1>{name}", part, count=1)
    return re.sub(r'(<w:themeFontLang [^>]*?w:val=")[^"]*', rf"\g<1>{name}", part)
