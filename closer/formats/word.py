"""A document as a Word file: the text goes into a house style as one block.

The house style is a .docx that can be edited in Word; how it is filled stands in
`template`, what goes into it in `wordbody`. A document that is not sound is not
written: every part must be well-formed, and the lint must find nothing.
"""

from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from closer.drafting.document import Document
from closer.formats import files, lint, stored, template, wordcomments, wordparts
from closer.formats.faults import BrokenTemplateError, finding
from closer.formats.footnotes import Footnotes, headed
from closer.formats.wordbody import values
from closer.formats.wordlists import Lists

_BODY = "word/document.xml"


def write(
    document: Document,
    house: Path,
    *,
    cache: Path | None = None,
    comments: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return the .docx of a document in a house style: the same bytes every time.

    `cache` is a private folder in which the prepared template may be kept; it makes
    the next document faster and never another. `comments`: path of a term → the id of
    its provision, and what a comment says of it. Raises BrokenTemplateError.
    """
    style = template.load(house, cache)
    parts = package(document, style)
    if comments:
        date = document.properties.get("closer.date", "")
        when = f"{date}T00:00:00Z" if date else ""
        parts = wordcomments.commented(parts, comments, author="closer", date=when)
    sound(parts, document)
    return files.pack(parts | stored.kept(document, parts))


def package(document: Document, style: template.Template) -> dict[str, bytes]:
    """Return the parts of the .docx, each as it goes into the archive."""
    lists = Lists(_text(style.fixed, "word/numbering.xml"))
    source = next(part.source for part in style.parts if part.name == _BODY)
    width = wordparts.text_width(source)
    notes = Footnotes(document.notes)
    made = style.fill(values(document, lists, width, notes))
    made[_BODY] = wordparts.on_paper(made[_BODY], document.language)
    parts = style.fixed | {
        name: (wordparts.HEAD + text).encode() for name, text in made.items()
    }
    for name in ("word/styles.xml", "word/settings.xml"):
        told = wordparts.in_language(_text(style.fixed, name), document.language)
        parts[name] = told.encode()
    parts["word/numbering.xml"] = lists.numbering().encode()
    parts["docProps/core.xml"] = wordparts.core(document).encode()
    parts["docProps/custom.xml"] = wordparts.custom(document).encode()
    parts |= wordparts.with_custom(parts)
    parts |= notes.worked_in(parts)
    return parts | headed(document.notice, parts) if document.notice else parts


def _text(parts: Mapping[str, bytes], name: str) -> str:
    if name not in parts:
        remedy = "Save the template in Word, with the styles and lists of the house."
        what = f"The template has no {name}."
        raise BrokenTemplateError([finding("template-part", name, what, remedy)])
    return parts[name].decode()


def sound(parts: Mapping[str, bytes], document: Document) -> None:
    """Refuse a package with a part that is not well-formed, or that lost a word."""
    problems = []
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            parser = expat.ParserCreate(namespace_separator=" ")
            try:
                parser.Parse(data, True)  # noqa: FBT003 - how expat is called
            except expat.ExpatError as error:
                what = f"The part is not well-formed: {error}."
                remedy = "A tag of the template stands where Word cannot have it."
                problems.append(finding("document-malformed", name, what, remedy))
    problems = problems or lint.findings(parts[_BODY].decode(), document)
    if problems:
        raise BrokenTemplateError(problems)
