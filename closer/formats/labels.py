"""The few words of the frame around a document: Contents, Page, of, DRAFT."""

from closer.drafting.document import Document, Span, Value, plain

_NAMES = (
    "annex",
    "background",
    "contents",
    "draft",
    "key_terms",
    "of",
    "open_points",
    "page",
    "parties",
    "reference",
    "signatures",
)
_SILENT = ("draft_note",)


def labels(document: Document) -> dict[str, str]:
    """Return the labels that a house style and a plain text use, and all others.

    One that the document does not have is its own name in words, so that whoever makes
    a new contract type sees where a word is wanted.
    """
    words = {name: name.replace("_", " ").capitalize() for name in _NAMES}
    return words | dict.fromkeys(_SILENT, "") | document.labels


def key_terms(document: Document) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """Return the rows of the cover that say more than the lines above them.

    The parties and the reference stand there already, larger.
    """
    said = {
        (block.heading, path)
        for block in document.signatures
        for path in _printed(block.name)
    }
    return tuple(
        (label, spans)
        for label, spans in document.cover
        if not any((label, path) in said for path in _printed(spans))
        and plain(spans) != document.reference
    )


def _printed(spans: tuple[Span, ...]) -> list[str]:
    """Return the terms that stand in some words; without any, the words."""
    paths = [span.path for span in spans if isinstance(span, Value)]
    return paths or [plain(spans)]
