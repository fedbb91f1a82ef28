"""`draft --trace`: every term with the provision and the sentence that say it."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_table_shows_term_value_provision_and_sentence(
    deal: Path, run: Run
) -> None:
    lines = run("draft", deal, "--trace").stdout.splitlines()
    line = next(each for each in lines if each.startswith("price.total "))
    assert "USD 48500.00" in line
    assert "section 6.1 (Price)" in line
    assert "The Price for the Work is" in line
    assert not deal.with_suffix(".docx").exists()


def test_every_term_is_there_as_data(deal: Path, run: Run) -> None:
    rows = json.loads(run("draft", deal, "--trace", "--json").stdout)
    by_path = {row["path"]: row for row in rows}
    assert by_path["liability.per"]["how"] == "chose"
    assert by_path["liability.cap"]["phrase"] == "USD\u00a048,500.00"
    assert by_path["special_terms.pets.heading"]["place"].startswith("section")
    assert len(rows) > 150


def test_each_term_has_a_comment_where_it_stands(deal: Path, run: Run) -> None:
    rows = json.loads(run("draft", deal, "--trace", "--json").stdout)
    run("draft", deal, "--trace-comments", "-o", "c.docx")
    with zipfile.ZipFile("c.docx") as parts:
        comments = parts.read("word/comments.xml").decode()
        body = parts.read("word/document.xml").decode()
        assert b"/word/comments.xml" in parts.read("[Content_Types].xml")
    told = re.findall(r'<w:comment w:id="(\d+)".*?<w:t[^>]*>([^<]*)', comments)
    paths = {text.partition(":")[0] for _, text in told}
    missing = {row["path"] for row in rows if row["home"]} - paths
    assert {path for path in missing if not path[-1].isdigit()} == set()
    for number, text in told:
        around = re.search(
            rf'<w:commentRangeStart w:id="{number}"/>(.*?)'
            rf'<w:commentRangeEnd w:id="{number}"/>',
            body,
        )
        assert around, text
    cap = next(number for number, text in told if text.startswith("liability.cap:"))
    where = body.index(f'<w:commentRangeStart w:id="{cap}"/>')
    assert "48,500.00" in body[where : where + 800]
