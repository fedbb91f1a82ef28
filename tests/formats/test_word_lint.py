import re

import pytest
from counting import Paper

from closer.drafting.document import Document
from closer.formats import lint


@pytest.fixture(scope="session")
def body(paper: Paper) -> str:
    return paper.text("word/document.xml")


def test_a_sound_document_has_no_findings(body: str, specimen: Document) -> None:
    assert lint.findings(body, specimen) == []


@pytest.mark.parametrize(
    ("pattern", "instead", "code"),
    [
        pytest.param(
            r"<w:bookmarkEnd [^>]*>", "", "document-bookmark", id="a_bookmark_left_open"
        ),
        pytest.param(
            r'<w:bookmarkStart w:id="10001"',
            '<w:bookmarkStart w:id="10002"',
            "document-bookmark",
            id="two_bookmarks_of_one_number",
        ),
        pytest.param(
            r'w:name="_Cl_scope"',
            'w:name="_Cl_duties"',
            "document-bookmark",
            id="two_bookmarks_of_one_name",
        ),
        pytest.param(
            r'w:name="_Cl_retention"',
            f'w:name="_Cl_{"x" * 40}"',
            "document-bookmark",
            id="a_bookmark_too_long_for_word",
        ),
        pytest.param(
            r'<w:id w:val="1000002"/>',
            '<w:id w:val="1000001"/>',
            "document-control",
            id="two_controls_of_one_number",
        ),
        pytest.param(
            r"REF _Cl_periods",
            "REF _Cl_gone",
            "document-reference",
            id="a_dead_reference",
        ),
        pytest.param(
            r'w:anchor="_Cl_work"',
            'w:anchor="_Cl_gone"',
            "document-reference",
            id="a_dead_link_in_the_contents",
        ),
        pytest.param(
            r'<w:fldChar w:fldCharType="end"/>',
            "",
            "document-field",
            id="a_field_left_open",
        ),
        pytest.param(
            r"Governing law", "{{ law }}", "document-tag-left", id="a_tag_in_the_text"
        ),
        pytest.param(
            r"named storm",
            "storm",
            "document-text-lost",
            id="a_word_lost_in_an_article",
        ),
        pytest.param(
            r"on site; and", "", "document-text-lost", id="a_word_lost_in_an_annex"
        ),
        pytest.param(
            r"Dana Whitfield</w:t></w:r></w:sdtContent>",
            "D. Whitfield</w:t></w:r></w:sdtContent>",
            "document-text-lost",
            id="a_name_lost_in_a_signature",
        ),
        pytest.param(
            r"paid in two parts",
            "",
            "document-text-lost",
            id="a_word_lost_on_the_cover",
        ),
        pytest.param(
            r"permit number", "", "document-text-lost", id="an_open_point_lost"
        ),
        pytest.param(
            r'(<w:p><w:pPr><w:pStyle w:val="Section"/></w:pPr><w:bookmarkStart '
            r'w:id="\d+" w:name="_Cl_periods"/>)',
            r"<w:p><w:r><w:t>And another thing.</w:t></w:r></w:p>\1",
            "document-text-added",
            id="a_paragraph_that_no_clause_says",
        ),
    ],
)
def test_a_fault_is_found(
    body: str, specimen: Document, pattern: str, instead: str, code: str
) -> None:
    broken, times = re.subn(pattern, instead, body, count=1)
    assert times == 1
    assert code in [problem.code for problem in lint.findings(broken, specimen)]


def test_two_sections_in_the_wrong_order_are_found(
    body: str, specimen: Document
) -> None:
    first = "Time is extended by each day lost"
    second = "The day of the event is not counted"
    swapped = body.replace(first, "@").replace(second, first).replace("@", second)
    assert [p.code for p in lint.findings(swapped, specimen)] == ["document-text-lost"]


def test_without_its_document_a_file_is_read_for_its_form_alone(body: str) -> None:
    assert lint.findings(body.replace("named storm", "storm")) == []
