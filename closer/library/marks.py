"""The marks inside prose: words defined and used, references, blanks, strong words.

Prose is data: a mark names a word, a provision or a term, and nothing in it is ever
executed. A mark that cannot be read is a fault with its place, never silence.
"""

import re
from collections.abc import Collection
from typing import Literal

from msgspec import Struct


class Text(Struct, frozen=True, tag=True):
    """Plain words; `strong` only for what must be conspicuous."""

    text: str
    strong: bool = False


class Defines(Struct, frozen=True, tag=True):
    """The place where a word is defined."""

    word: str


class Uses(Struct, frozen=True, tag=True):
    """A use of a defined word: the word itself, and the form in which it stands."""

    word: str
    printed: str


class Refers(Struct, frozen=True, tag=True):
    """A reference to a clause, an article or an annex, or to a neighbour."""

    target: str


class Blank(Struct, frozen=True, tag=True):
    """A term to be printed; `article`: with a or an; `joined`: how a list ends."""

    path: str
    article: bool = False
    joined: Literal["and", "or"] = "and"


Part = Text | Defines | Uses | Refers | Blank


NEIGHBOURS = frozenset({"previous", "next", "article"})
"""Targets that depend on where a clause stands."""

# What a mark is, by the group that matched.
_MARK = re.compile(
    r"\\(?P<escaped>.?)"
    r'|""(?P<defines>[^"]*)""'
    r"|<(?P<uses>[^<>{}\[\]]*)>"
    r"|\{(?P<refers>[^<>{}\[\]]*)\}"
    r"|\[(?P<blank>[^<>{}\[\]]*)\]"
    r"|(?P<strong>\*\*)"
    r'|(?P<stray>""|[<>{}\[\]])'
)
_GENITIVE = re.compile("['\u2019]s?$")
_PATH = re.compile(r"[a-z_][\w-]*(?:\.[\w-]+)*")
_TARGET = re.compile(r"[a-z][a-z0-9_-]*")
_ROLE = re.compile(r"\[[a-z.]+\]")
_MARKS = '\\"<>{}[]*?-#+'
_STRAY = {
    "<": "a defined word begins and never ends",
    ">": "a defined word ends that never began",
    "{": "a reference begins and never ends",
    "}": "a reference ends that never began",
    "[": "a blank begins and never ends",
    "]": "a blank ends that never began",
    '""': "a definition begins and never ends",
}


class Fault(Struct, frozen=True):
    """What is wrong at an offset of some prose, before its place is known."""

    code: str
    offset: int
    what: str
    why: str
    remedy: str


def parse_inline(
    text: str, faults: list[Fault] | None = None, words: Collection[str] = ()
) -> tuple[Part, ...]:
    """Read the marks of one run of prose; what is wrong is added to `faults`.

    `words`: the defined words that are known, so that a plural finds its singular.
    """
    if "\\" not in text and not _MARK.search(text):
        return (Text(text),) if text else ()
    reading = _Inline(faults if faults is not None else [], words)
    place = 0
    for match in _MARK.finditer(text):
        reading.plain(text[place : match.start()])
        reading.mark(match)
        place = match.end()
    reading.plain(text[place:])
    return reading.finished()


class _Inline:
    """Reads one run of prose mark by mark."""

    def __init__(self, faults: list[Fault], words: Collection[str]) -> None:
        self.faults = faults
        self.words = words
        self.parts: list[Part] = []
        self.pending = ""
        self.strong_since: int | None = None

    def plain(self, text: str) -> None:
        self.pending += text

    def flush(self) -> None:
        if self.pending:
            strong = self.strong_since is not None
            self.parts.append(Text(self.pending, strong))
            self.pending = ""

    def finished(self) -> tuple[Part, ...]:
        self.flush()
        if self.strong_since is not None:
            self.fault(
                "L04",
                self.strong_since,
                "`**` begins strong words that never end.",
                "The rest of the paragraph would be printed in bold.",
                "Write `**` behind the last strong word too.",
            )
        return tuple(self.parts)

    def mark(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        content, offset = match[kind or 0], match.start()
        if kind == "escaped":
            self.escaped(content, offset)
        elif kind == "strong":
            self.flush()
            self.strong_since = None if self.strong_since is not None else offset
        elif kind == "stray":
            self.fault(
                "L01",
                offset,
                f"{content} stands alone: {_STRAY[content]}.",
                "A mark that is not closed would be printed in the contract.",
                "Close the mark, or write a backslash before it if it is meant as it "
                "stands.",
            )
        else:
            part = getattr(self, f"_{kind}")(content, offset)
            if part is not None:
                self.flush()
                self.parts.append(part)

    def escaped(self, sign: str, offset: int) -> None:
        if sign and sign in _MARKS:
            self.pending += sign
            return
        self.fault(
            "L01",
            offset,
            f"A backslash stands before {sign!r}, which is no mark.",
            "A backslash only takes the meaning from a mark.",
            "Leave the backslash out, or write two of them.",
        )

    def _defines(self, word: str, offset: int) -> Part | None:
        if word[:1].isupper() or _ROLE.fullmatch(word):
            return Defines(word)
        return self._no_word(f'""{word}""', offset)

    def _uses(self, printed: str, offset: int) -> Part | None:
        if printed[:1].isupper():
            return Uses(singular(printed, self.words), printed)
        return self._no_word(f"<{printed}>", offset)

    def _no_word(self, mark: str, offset: int) -> Part | None:
        self.fault(
            "L02",
            offset,
            f"{mark} names no word.",
            "Defined words begin with a capital, so that a reader knows them.",
            "Write the word with a capital between the marks.",
        )
        return None

    def _refers(self, target: str, offset: int) -> Part | None:
        if _TARGET.fullmatch(target):
            return Refers(target)
        self.fault(
            "L02",
            offset,
            f"{{{target}}} refers to nothing.",
            "A reference is the id of a clause, an article or an annex.",
            "Write the id in small letters, or {previous}, {next}, {article}.",
        )
        return None

    def _blank(self, content: str, offset: int) -> Part | None:
        modifier, _, path = content.rpartition(" ")
        if modifier not in ("", "a", "any"):
            what = f"[{content}] asks for {modifier!r}, which no blank can do."
            why = "A blank prints a term as it is, with `a`, or joined by `any`."
        elif not _PATH.fullmatch(path):
            what = f"[{content}] names no term."
            why = "A blank is the path of a term, and would stay empty."
        else:
            joined: Literal["and", "or"] = "or" if modifier == "any" else "and"
            return Blank(path, article=modifier == "a", joined=joined)
        self.fault("L03", offset, what, why, "Write a path like [price.total].")
        return None

    def fault(self, code: str, offset: int, what: str, why: str, remedy: str) -> None:
        self.faults.append(Fault(code, offset, what, why, remedy))


def singular(printed: str, words: Collection[str]) -> str:
    """Return the defined word of which this is the plural or the genitive."""
    word = _GENITIVE.sub("", printed)
    if word in words:
        return word
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y")):
        if word.endswith(ending):
            candidate = word.removesuffix(ending) + instead
            if candidate in words:
                return candidate
    return word
