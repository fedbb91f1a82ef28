"""Comments in a Word document: each stands at the value or provision it is about."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from closer.formats.wordparts import HEAD
from closer.formats.wordxml import escaped, provision_bookmarks, run, term_bookmark

_BODY = "word/document.xml"
_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
)
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def commented(
    parts: Mapping[str, bytes],
    terms: Mapping[str, tuple[str, str]],
    *,
    author: str,
    date: str,
) -> dict[str, bytes]:
    """Return a package with a comment for each term.

    `terms`: path → the id of its provision and the text of the comment. It stands at
    the first place in the body that prints the value, or else at the provision.
    """
    body = parts[_BODY].decode()
    homes = provision_bookmarks(dict.fromkeys(home for home, _ in terms.values()))
    comments: list[Remark] = []
    for path, (home, text) in terms.items():
        mark = _mark(body, term_bookmark(path), homes[home])
        if mark is None:
            continue
        number = len(comments)
        body = _placed(body, mark, number)
        comments.append(Remark(author, date, (text,)))
    made = {_BODY: body.encode(), _PART: part(comments)}
    return {**parts, **made, **told(parts)}


def _mark(body: str, term: str, home: str) -> re.Match[str] | None:
    """Return where the bookmark of a term begins: in the articles, if it does there."""
    named = re.compile(rf'<w:bookmarkStart w:id="(\d+)" w:name="{term}_\d+"/>')
    articles = body.find('w:name="_Cl_')
    found = list(named.finditer(body))
    for match in found:
        if match.start() > articles:
            return match
    if found:
        return found[0]
    return re.search(rf'<w:bookmarkStart w:id="(\d+)" w:name="{home}"/>', body)


def _placed(body: str, mark: re.Match[str], number: int) -> str:
    end = f'<w:bookmarkEnd w:id="{mark[1]}"/>'
    at = body.index(end, mark.end()) + len(end)
    begins = f'<w:commentRangeStart w:id="{number}"/>'
    ends = (
        f'<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )
    start = mark.start()
    return body[:start] + begins + body[start:at] + ends + body[at:]


class Remark(NamedTuple):
    """A comment: who made it, when, and what it says, paragraph by paragraph."""

    author: str
    day: str
    text: tuple[str, ...]


def part(comments: Iterable[Remark]) -> bytes:
    """Return the part of comments, counted from 0."""
    made = "".join(_comment(number, each) for number, each in enumerate(comments))
    return f'{HEAD}<w:comments xmlns:w="{_SPACE}">{made}</w:comments>'.encode()


def _comment(number: int, comment: Remark) -> str:
    when = f' w:date="{escaped(comment.day)}"' if comment.day else ""
    author = escaped(comment.author)
    said = "".join(f"<w:p>{run(text)}</w:p>" for text in comment.text or ("",))
    return (
        f'<w:comment w:id="{number}" w:author="{author}"{when}'
        f' w:initials="{escaped(comment.author[:1])}">{said}</w:comment>'
    )


def told(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the two parts that tell a reader of the comments."""
    relations = "word/_rels/document.xml.rels"
    types = f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/></Types>'
    line = (
        f'<Relationship Id="closerComments" Type="{_RELATION}" Target="comments.xml"/>'
    )
    return {
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"</Types>", types.encode()
        ),
        relations: parts[relations].replace(
            b"</Relationships>", f"{line}</Relationships>".encode()
        ),
    }
