"""Comments in a Word document: each stands at the value or provision it is about."""

import re
from collections.abc import Mapping

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
    comments: list[str] = []
    for path, (home, text) in terms.items():
        mark = _mark(body, term_bookmark(path), homes[home])
        if mark is None:
            continue
        number = len(comments)
        body = _placed(body, mark, number)
        comments.append(_comment(number, text, author, date))
    made = {
        _BODY: body.encode(),
        _PART: (
            f'{HEAD}<w:comments xmlns:w="{_SPACE}">{"".join(comments)}</w:comments>'
        ).encode(),
    }
    return {**parts, **made, **_told(parts)}


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


def _comment(number: int, text: str, author: str, date: str) -> str:
    when = f' w:date="{escaped(date)}"' if date else ""
    return (
        f'<w:comment w:id="{number}" w:author="{escaped(author)}"{when}'
        f' w:initials="{escaped(author[:1])}"><w:p>{run(text)}</w:p></w:comment>'
    )


def _told(parts: Mapping[str, bytes]) -> dict[str, bytes]:
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
