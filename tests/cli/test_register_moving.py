"""`closer register export`, `import`, `refresh`: everything, whole, all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.register.bases import base_at

Run = Callable[..., Result]
REF = "HOM-2026-014"
TODAY = ("--today", "2026-10-04")


@pytest.fixture
def lines(deal: Path, run: Run, register: str) -> list[str]:
    """The garage sample as it is exported, from each kind of register."""
    del register
    run("sign", deal, "--on", "2026-07-31", *TODAY)
    run("record", REF, "garage", "--on", "2026-10-02", *TODAY)
    return run("register", "export").stdout.splitlines()


def _taken(run: Run, lines: list[str], code: int = 0) -> Result:
    Path("all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return run("register", "import", "all.jsonl", "--register", "n.sqlite", code=code)


def test_the_document_that_was_signed_moves_too(lines: list[str], run: Run) -> None:
    assert [line[:8] for line in lines] == [
        '{"ref": ',
        '{"ref": ',
        '{"kept":',
        '{"due_of',
    ]
    _taken(run, lines)
    told = run("register", "verify", "--register", "n.sqlite").stdout
    assert "1 deal, every chain whole" in told
    there = run("register", "export", "--register", "n.sqlite").stdout
    assert there.splitlines() == lines


def test_rows_that_were_altered_on_the_way_are_found(
    lines: list[str], run: Run
) -> None:
    lines[-1] = lines[-1].replace("2026-08-03", "2029-08-03")
    _taken(run, lines)
    told = run("register", "verify", "--register", "n.sqlite", code=1).stderr
    assert "what is due was altered" in told


def test_what_another_version_computed_is_computed_anew(
    lines: list[str], run: Run
) -> None:
    rows = json.loads(lines[-1])
    rows |= {"maker": "closer 0.0.0, clauses 0", "rows": rows["rows"][:1]}
    _taken(run, [*lines[:-1], json.dumps(rows).replace('": ', '":', 1)])
    assert (
        "every chain whole"
        in run("register", "verify", "--register", "n.sqlite").stdout
    )


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda x: [*x[:1], "{", *x[1:]], "line 2 is no line", id="line"),
        pytest.param(lambda x: x[1:], "entry 1 of HOM-2026-014 is missing", id="gap"),
        pytest.param(lambda x: [*x, *x], "in the register already", id="twice"),
        pytest.param(
            lambda x: [x[0].replace("agreed.yaml", "other.yaml"), *x[1:]],
            "entry 1 of HOM-2026-014 was altered",
            id="altered",
        ),
    ],
)
def test_what_is_not_whole_is_refused_whole(
    spoil: Callable[[list[str]], list[str]], says: str, lines: list[str], run: Run
) -> None:
    told = _taken(run, spoil(lines), code=1).stderr
    assert "Nothing was taken in" in told
    assert says in told
    assert run("register", "export", "--register", "n.sqlite").stdout == ""


def test_after_a_new_version_verify_says_what_to_do(
    lines: list[str], run: Run, register: str
) -> None:
    del lines
    base = base_at(register)
    base.run("UPDATE reckoned SET maker = 'closer 0.0.0, clauses 0'")
    base.close()
    told = run("register", "verify", code=1).stderr
    assert "computed by closer 0.0.0" in told
    assert "closer register refresh" in told
    assert "1 deal computed anew" in run("register", "refresh").stdout
    assert "every chain whole" in run("register", "verify").stdout


def test_a_document_that_was_altered_is_named(
    lines: list[str], run: Run, register: str
) -> None:
    del lines
    base = base_at(register)
    base.run("UPDATE kept SET content = 'eJwDAAAAAAE='")
    base.close()
    told = run("register", "verify", code=1).stderr
    assert "the document of entry 1 of HOM-2026-014 was altered" in told
    run("record", REF, "obligations.access", *TODAY)


def test_the_head_that_was_printed_shows_what_was_removed_at_the_end(
    lines: list[str], run: Run, register: str
) -> None:
    head = json.loads(lines[1])["digest"][:12]
    told = run("register", "verify", "--head", f"{REF}={head}").stdout
    assert "not excluded" not in told
    base = base_at(register)
    base.run("DELETE FROM journal WHERE number = 2")
    base.close()
    told = run("register", "verify", "--head", f"{REF}={head}", code=1).stderr
    assert f"the head {head} is no entry of this journal" in told
    assert "write it like" in run("register", "verify", "--head", "x", code=2).stderr
