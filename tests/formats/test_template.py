import io
from pathlib import Path
from xml.etree import ElementTree as ET

import docxtpl
import msgspec
import pytest
from counting import Paper
from specimen import SPECIMEN

from closer.drafting.document import Document
from closer.formats import files, template, word, wordbody, wordlists
from closer.formats.faults import BrokenTemplateError
from closer.formats.footnotes import Footnotes

BODY = "word/document.xml"


def _values(style: template.Template) -> dict[str, object]:
    lists = wordlists.Lists(style.fixed["word/numbering.xml"].decode())
    return wordbody.values(SPECIMEN, lists, 8640, Footnotes({}))


def _house(house: Path, folder: Path, old: str, new: str, part: str = BODY) -> Path:
    """The house style with some words of a part changed, as somebody might in Word."""
    parts = files.unpacked(house.read_bytes())
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    changed = folder / "changed.docx"
    changed.write_bytes(files.pack(parts))
    return changed


def test_docxtpl_itself_makes_the_same_text(house: Path) -> None:
    style = template.load(house)
    ours = style.fill(_values(style))[BODY]
    theirs = docxtpl.DocxTemplate(io.BytesIO(house.read_bytes()))
    theirs.render(_values(style), jinja_env=template.environment())
    made = theirs.xml_to_string(theirs.docx.element)
    assert _canonical(made) == _canonical(ours)


def _another_key(kept: Path) -> None:
    style = msgspec.msgpack.decode(kept.read_bytes(), type=template.Template)
    kept.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(style, key="0")))


def _canonical(xml: str) -> str:
    return ET.canonicalize(xml, rewrite_prefixes=True)


def test_the_steps_of_the_house_style_say_what_jinja_says(house: Path) -> None:
    style = template.load(house)
    values = _values(style)
    assert [part.steps is not None for part in style.parts] == [True, True, True]
    for part in style.parts:
        assert template.by_jinja(part, values) == part.fill(values)


def test_a_kept_template_makes_the_same_bytes(
    specimen: Document, house: Path, docx: bytes, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    assert word.write(specimen, house, cache=cache) == docx
    [kept] = cache.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert word.write(specimen, house, cache=cache) == docx


def test_a_kept_template_saves_the_reading_of_the_template(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = template.load(house, tmp_path)
    monkeypatch.setattr(template, "_read", None)
    assert template.load(house, tmp_path) == first


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda kept: kept.write_bytes(b""), id="empty"),
        pytest.param(lambda kept: kept.write_bytes(kept.read_bytes()[:-9]), id="cut"),
        pytest.param(lambda kept: kept.write_bytes(b"\xff" * 99), id="no_sense"),
        pytest.param(lambda kept: kept.chmod(0o666), id="others_may_write_it"),
        pytest.param(_another_key, id="of_another_template"),
        pytest.param(lambda kept: (kept.unlink(), kept.mkdir()), id="a_folder"),
    ],
)
def test_a_kept_template_that_is_odd_is_not_used(
    specimen: Document, house: Path, docx: bytes, tmp_path: Path, damage: object
) -> None:
    template.load(house, tmp_path)
    [kept] = tmp_path.iterdir()
    damage(kept)  # type: ignore[operator]
    assert template.kept(kept, template.load(house).key) is None
    assert word.write(specimen, house, cache=tmp_path) == docx


def test_a_cache_that_cannot_be_written_is_no_fault(
    specimen: Document, house: Path, docx: bytes, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert word.write(specimen, house, cache=blocked) == docx


def test_a_template_changed_in_word_is_read_anew(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    template.load(house, tmp_path)
    changed = _house(house, tmp_path, "{{ labels.contents }}", "Inhalt")
    assert b"Inhalt" in files.unpacked(
        word.write(specimen, changed, cache=tmp_path)
    ).get(BODY, b"")


def test_a_template_that_asks_for_more_is_filled_by_jinja(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    changed = _house(house, tmp_path, "{{ labels.contents }}", "{{ title|upper }}")
    style = template.load(changed)
    assert style.parts[0].steps is None
    text = files.unpacked(word.write(specimen, changed))[BODY].decode()
    assert "GARAGE AND BACKYARD REMODEL AGREEMENT" in text


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        pytest.param("{{ titel }}", "titel", id="a_name_that_is_not_known"),
        pytest.param("{{ titel|upper }}", "titel", id="the_same_under_a_filter"),
        pytest.param("{{ labels.no_such }}", "labels.no_such", id="a_label"),
        pytest.param("{{ title }", "not closed", id="a_tag_left_open"),
        pytest.param(
            "{{p contents }} see below", "Words beside", id="words_beside_a_block"
        ),
        pytest.param("{% frob %}", "cannot be filled", id="a_tag_that_is_none"),
        pytest.param("{{ draft and draft }}", "bool", id="a_yes_or_no_printed"),
        pytest.param("{{ cycler.x }}", "cycler", id="the_globals_of_jinja"),
        pytest.param("{% include 'x' %}", "cannot be filled", id="another_file"),
        pytest.param(
            "{{ title.__class__.__mro__ }}",
            "title.__class__|unsafe|cannot be filled|names nothing",
            id="a_way_into_python",
        ),
    ],
)
def test_a_tag_that_cannot_be_filled_stops_the_document(
    specimen: Document, house: Path, tmp_path: Path, tag: str, message: str
) -> None:
    changed = _house(house, tmp_path, "{{ labels.contents }}", tag)
    with pytest.raises(BrokenTemplateError, match=message) as error:
        word.write(specimen, changed)
    assert error.value.problems[0].severity == "error"


def test_words_in_the_row_of_a_loop_are_not_lost(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    loop = "{%tr for row in cover %}"
    changed = _house(house, tmp_path, loop, f"{loop} key terms")
    with pytest.raises(BrokenTemplateError, match="whole table row"):
        word.write(specimen, changed)


def test_a_template_that_loses_the_articles_is_refused(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    changed = _house(house, tmp_path, "{{p articles }}", "")
    with pytest.raises(BrokenTemplateError, match="the articles"):
        word.write(specimen, changed)


def test_a_template_that_leaves_a_party_out_is_refused(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    changed = _house(house, tmp_path, "{{r party }}", "the party")
    with pytest.raises(BrokenTemplateError, match="Lost in the parties"):
        word.write(specimen, changed)


def test_a_template_without_the_lists_of_the_house_is_refused(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    link = '<w:pStyle w:val="Section"/>'
    changed = _house(house, tmp_path, link, "", "word/numbering.xml")
    with pytest.raises(BrokenTemplateError, match="style Section"):
        word.write(specimen, changed)


def test_a_template_that_numbers_in_its_own_way_still_prints_our_numbers(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    changed = _house(
        house, tmp_path, '"%1.%2"', '"Section %1.0%2"', "word/numbering.xml"
    )
    paper = Paper(word.write(specimen, changed))
    labels = [line.label for line in paper.lines if line.style == "Section"]
    assert [label.removeprefix("Section ") for label in labels] == [
        provision.number for provision in specimen.provisions()
    ]


def test_what_is_no_word_file_is_refused(specimen: Document, tmp_path: Path) -> None:
    file = tmp_path / "notes.docx"
    file.write_text("not a Word file")
    with pytest.raises(BrokenTemplateError, match=r"notes\.docx"):
        word.write(specimen, file)


def test_a_template_without_custom_properties_gets_them(
    specimen: Document, house: Path, tmp_path: Path
) -> None:
    parts = files.unpacked(house.read_bytes())
    del parts["docProps/custom.xml"]
    types, rels = parts["[Content_Types].xml"].decode(), parts["_rels/.rels"].decode()
    at = types.index('<Override PartName="/docProps/custom.xml"')
    types = types[:at] + types[types.index("/>", at) + 2 :]
    at = rels.index('<Relationship Id="rId4"')
    rels = rels[:at] + rels[rels.index("/>", at) + 2 :]
    parts |= {"[Content_Types].xml": types.encode(), "_rels/.rels": rels.encode()}
    bare = tmp_path / "bare.docx"
    bare.write_bytes(files.pack(parts))
    made = files.unpacked(word.write(specimen, bare))
    assert b"/docProps/custom.xml" in made["[Content_Types].xml"]
    assert b"docProps/custom.xml" in made["_rels/.rels"]
