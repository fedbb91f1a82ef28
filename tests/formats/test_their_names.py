"""Who changed what, and who said what, in a redline of a contract that came back."""

import re
from pathlib import Path

import pytest
from edited import (
    BODY,
    edited,
    paragraph_of,
    parts,
    replaced,
    set_value,
    tracked,
    unwrapped,
)
from lxml import etree
from msgspec.structs import replace
from resolving import W, body, resolved
from specimen import SPECIMEN

from closer.drafting.document import Document, Paragraph, Value, Words
from closer.formats import files, word
from closer.formats.authors import Author
from closer.formats.textline import text_redline

LAST = Author("Last Hand")
ANN = 'w:author="Ann Lee" w:date="2026-07-30T10:00:00Z"'
BO = 'w:author="Bo &amp; Sons"'
GOES = "This one goes away altogether, and nobody will ever miss it."


def _contract() -> Document:
    """The specimen with three paragraphs put into its first section."""
    first, *articles = SPECIMEN.articles
    section, *sections = first.provisions
    costs = (Words("It costs "), Value("a.sum", "USD 1.00"), Words(" in all, net."))
    added = [costs, (Words(GOES),), (Words("The patio is of grey stone."),)]
    blocks = [Paragraph(spans=spans, level=0) for spans in added]
    changed = replace(section, blocks=(*section.blocks, *blocks))
    return replace(
        SPECIMEN,
        draft=False,
        open_points=(),
        articles=(replace(first, provisions=(changed, *sections)), *articles),
    )


OURS = _contract()


@pytest.fixture
def theirs(house: Path) -> bytes:
    return word.write(OURS, house)


def _marked(theirs: bytes, house: Path) -> bytes:
    made = text_redline(OURS, parts(theirs), house, LAST)
    assert body(resolved(made, accept=False)) == body(word.write(OURS, house))
    return made


def _marks(docx: bytes) -> list[tuple[str, str, str, str]]:
    """Return each change of words: kind, name, day, words."""
    root = etree.fromstring(parts(docx)[BODY])
    found = []
    for each in root.iter(f"{W}ins", f"{W}del"):
        text = "".join(t.text or "" for t in each.iter(f"{W}t", f"{W}delText"))
        if text.strip():
            name, day = each.get(f"{W}author"), each.get(f"{W}date", "")
            found.append((etree.QName(each).localname, name, day, text.strip()))
    return found


def _ends(docx: bytes) -> set[str]:
    """Return by whom the ends of paragraphs come and go."""
    root = etree.fromstring(parts(docx)[BODY])
    return {
        each.get(f"{W}author")
        for looks in root.iter(f"{W}rPr")
        for each in (*looks.findall(f"{W}ins"), *looks.findall(f"{W}del"))
    }


def _inside(kind: str, who: str, words: str) -> str:
    tag = "delText" if kind == "del" else "t"
    run = f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'
    return f'<w:{kind} w:id="9100" {who}>{run}</w:{kind}>'


def _struck(who: str, words: str, text: str) -> str:
    """Delete a paragraph, its end too, with change tracking on."""
    start, end = paragraph_of(text, words)
    whole = re.sub(r"(</?w:)t\b", r"\1delText", text[start:end])
    whole = re.sub(
        r"(<w:r>.*</w:r>)", rf'<w:del w:id="9101" {who}>\1</w:del>', whole, count=1
    )
    mark = f'<w:rPr><w:del w:id="9102" {who}/></w:rPr></w:pPr>'
    return text[:start] + whole.replace("</w:pPr>", mark, 1) + text[end:]


def test_each_keeps_name_and_day_on_what_is_theirs(theirs: bytes, house: Path) -> None:
    grey = _inside("del", BO, "grey") + _inside("ins", BO, "red") + _run(" stone.")
    for change in (
        tracked("a.sum", "USD 2.00"),
        replaced("grey stone.</w:t></w:r>", f"</w:t></w:r>{grey}"),
        lambda text: _struck(ANN, GOES, text),
    ):
        theirs = edited(theirs, change)
    day = "2026-07-30T10:00:00Z"
    made = _marked(theirs, house)
    assert _marks(made) == [
        ("del", "Them", day, "USD 1.00"),
        ("ins", "Them", day, "USD 2.00"),
        ("del", "Ann Lee", day, GOES),
        ("del", "Bo & Sons", "", "grey"),
        ("ins", "Bo & Sons", "", "red"),
    ]
    assert _ends(made) == {"Ann Lee"}


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_what_nobody_tracked_is_by_the_last_hand(theirs: bytes, house: Path) -> None:
    theirs = edited(theirs, tracked("a.sum", "USD 2.00"))
    theirs = edited(theirs, replaced(" in all, net.", " in all, gross."))
    assert [mark[1:] for mark in _marks(_marked(theirs, house))] == [
        ("Them", "2026-07-30T10:00:00Z", "USD 1.00"),
        ("Them", "2026-07-30T10:00:00Z", "USD 2.00"),
        ("Last Hand", "", "net"),
        ("Last Hand", "", "gross"),
    ]


def test_in_a_new_paragraph_each_has_written_their_own_words(
    theirs: bytes, house: Path
) -> None:
    said = _inside("ins", ANN, "The fence is ") + _inside("ins", BO, "green.")
    end = f'<w:pPr><w:rPr><w:ins w:id="9103" {ANN}/></w:rPr></w:pPr>'
    new = f"<w:p>{end}{said}</w:p>"

    def added(text: str) -> str:
        at = paragraph_of(text, GOES)[1]
        return text[:at] + new + text[at:]

    made = _marked(edited(theirs, added), house)
    assert [(mark[1], mark[3]) for mark in _marks(made)] == [
        ("Ann Lee", "The fence is"),
        ("Bo & Sons", "green."),
    ]
    assert _ends(made) == {"Ann Lee"}


def test_a_row_that_somebody_struck_out_is_by_them(theirs: bytes, house: Path) -> None:
    def struck(text: str) -> str:
        end = text.rindex("</w:tr>")
        start = text.rindex("<w:tr>", 0, end)
        row = unwrapped(text[start:end])
        row = re.sub(r"(</?w:)t\b", r"\1delText", row)
        row = re.sub(r"(<w:r>.*?</w:r>)", rf'<w:del w:id="1" {ANN}>\1</w:del>', row)
        mark = f'<w:trPr><w:del w:id="9104" {ANN}/></w:trPr>'
        row = re.sub(r"<w:tr>(<w:trPr>.*?</w:trPr>)?", f"<w:tr>{mark}", row, count=1)
        return text[:start] + row + text[end:]

    made = _marked(edited(theirs, struck), house)
    assert {mark[:2] for mark in _marks(made)} == {("del", "Ann Lee")}


def test_of_an_older_text_it_counts_for_nothing_who_wrote_it(
    theirs: bytes, house: Path
) -> None:
    theirs = edited(theirs, tracked("a.sum", "USD 2.00"))
    made = text_redline(OURS, parts(theirs), house, LAST, ours_is_new=True)
    assert {mark[1] for mark in _marks(made)} == {"Last Hand"}


def test_a_day_that_is_none_is_left_out(theirs: bytes, house: Path) -> None:
    change = tracked("a.sum", "USD 2.00")
    odd = edited(theirs, change)
    odd = edited(odd, lambda text: text.replace("2026-07-30T10:00:00Z", "last Monday"))
    assert {mark[2] for mark in _marks(_marked(odd, house))} == {""}


def _comments(*said: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = "".join(
        f'<w:comment w:id="{7 + n}" {ANN}><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>Regards</w:t></w:r></w:p></w:comment>"
        for n, text in enumerate(said)
    )
    return f'<w:comments xmlns:w="{space}">{made}</w:comments>'.encode()


def _around(number: int, before: str, words: str, after: str) -> str:
    """Return the runs of a paragraph with a comment around some words."""
    opens = f'<w:commentRangeStart w:id="{number}"/>'
    ends = f'<w:commentRangeEnd w:id="{number}"/>'
    ends += f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return f"{before}</w:t></w:r>{opens}{_run(words)}{ends}{_run(after)}"


def _commented(docx: bytes) -> list[tuple[str, str]]:
    """Return each comment with the words that it stands around."""
    made = parts(docx)
    root = etree.fromstring(made["word/comments.xml"])
    text = made[BODY].decode()
    found = []
    for each in root.iter(f"{W}comment"):
        number = each.get(f"{W}id")
        start = text.index(f'<w:commentRangeStart w:id="{number}"/>')
        end = text.index(f'<w:commentRangeEnd w:id="{number}"/>')
        inside = "".join(re.findall(r"<w:t[ >][^<]*|<w:t>[^<]*", text[start:end]))
        said = "\n".join("".join(p.itertext()) for p in each.iter(f"{W}p"))
        words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", text[start:end]))
        assert f'<w:commentReference w:id="{number}"/>' in text[end:]
        assert inside or not words
        found.append((f"{each.get(f'{W}author')}: {said}", words))
    return found


def test_a_comment_stands_around_the_words_it_is_about(
    theirs: bytes, house: Path
) -> None:
    words = _around(7, "The patio is of ", "grey", " stone.")
    old = "The patio is of grey stone.</w:t></w:r>"
    docx = edited(theirs, replaced(old, words), comments=_comments("Why &amp; when?"))
    made = _marked(docx, house)
    assert _commented(made) == [("Ann Lee: Why & when?\nRegards", "grey")]
    assert _marks(made) == []
    assert b"comments.xml" in parts(made)["[Content_Types].xml"]
    assert b"comments.xml" in parts(made)["word/_rels/document.xml.rels"]
    assert resolved(made, accept=True) is not None


def test_a_comment_goes_with_words_that_changed_around_it(
    theirs: bytes, house: Path
) -> None:
    words = _around(7, "The terrace is of ", "grey", " stone.")
    old = "The patio is of grey stone.</w:t></w:r>"
    docx = edited(theirs, replaced(old, words), comments=_comments("Grey?"))
    made = _marked(docx, house)
    assert _commented(made)[0][1] == "grey"
    assert [mark[3] for mark in _marks(made)] == ["patio", "terrace"]


def test_a_value_under_a_comment_stays_whole(theirs: bytes, house: Path) -> None:
    docx = edited(theirs, set_value("a.sum", "USD 1.00"), comments=_comments("No."))
    at = re.compile(r'<w:sdt>(?:(?!<w:sdt>).)*w:val="a\.sum".*?</w:sdt>', re.DOTALL)

    def around(text: str) -> str:
        found = at.search(text)
        assert found
        sdt = found[0].replace("USD 1.00", "USD", 1)
        cut = sdt.replace(
            "</w:t></w:r>",
            '</w:t></w:r><w:commentRangeStart w:id="7"/><w:r><w:t xml:space="preserve">'
            ' 1.00</w:t></w:r><w:commentRangeEnd w:id="7"/>',
            1,
        )
        return text.replace(found[0], cut)

    made = _marked(edited(docx, around), house)
    assert _commented(made)[0][1] == "USD 1.00"


def test_a_comment_on_what_is_gone_or_nowhere_stands_all_the_same(
    theirs: bytes, house: Path
) -> None:
    def around(text: str) -> str:
        start = text.index("<w:p>", text.index("_Cl_"))
        return text[:start] + '<w:commentRangeStart w:id="7"/>' + text[start:]

    docx = edited(theirs, around, comments=_comments("Here.", "Nowhere."))
    docx = edited(docx, lambda text: _struck(ANN, GOES, text))
    assert [each[0] for each in _commented(_marked(docx, house))] == [
        "Ann Lee: Here.\nRegards",
        "Ann Lee: Nowhere.\nRegards",
    ]


def test_our_own_comments_do_not_come_back(theirs: bytes, house: Path) -> None:
    ours = _comments("A term.").replace(b"Ann Lee", b"closer")
    docx = edited(theirs, lambda text: text, comments=ours)
    assert "word/comments.xml" not in parts(_marked(docx, house))


def test_markup_in_a_comment_is_only_words(theirs: bytes, house: Path) -> None:
    said = "&lt;w:p&gt;&lt;/w:comment&gt; {{ 7*7 }}"
    docx = edited(theirs, lambda text: text, comments=_comments(said))
    made = _marked(docx, house)
    assert _commented(made)[0][0].startswith("Ann Lee: <w:p></w:comment> {{ 7*7 }}")
    files.unpacked(made)
