from pathlib import Path

import pytest
from tiny_library import FILES, PAYMENTS, SALE, clause, loaded, write

from closer.library.conditions import Present
from closer.library.loading import Library, load
from closer.library.prose import Blank, Uses

EXTRA = "clauses/paying/extra.clause"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library, problems = loaded(tmp_path)
    assert library is not None
    assert problems == []
    return library


def test_a_clause_is_known_by_its_file_and_family(library: Library) -> None:
    late = library.clauses["late"]
    assert (late.family, late.slot, late.order) == ("paying", "paying", 20)
    assert late.when_text == "price.late_interest and dispute_resolution"
    assert late.file.endswith("clauses/paying/late.clause")
    assert (late.edition, late.note, late.heading) == (1, "Why.", "A heading")


def test_a_definition_clause_needs_neither_heading_nor_slot(library: Library) -> None:
    goods = library.clauses["goods"]
    assert (goods.defines, goods.slot, goods.heading) == ("Goods", "definitions", "")


def test_a_contract_type_is_read_in_the_order_of_its_file(library: Library) -> None:
    sale = library.types["sale"]
    assert dict(sale.roles) == {"seller": "Seller", "buyer": "Buyer"}
    assert dict(sale.sides) == {"performer": "seller", "recipient": "buyer"}
    assert [shape.id for shape in sale.articles] == [
        "definitions",
        "paying",
        "quarrels",
    ]
    assert sale.articles[2].when == Present("dispute_resolution")
    assert sale.annexes[0].blocks[0].table == "payments"
    assert sale.cover[0].parts == (Blank("price.total"),)


def test_a_table_takes_the_first_cell_whose_condition_holds(library: Library) -> None:
    first, second = library.tables["payments"].columns
    assert (first.heading, first.width, first.figures) == ("Payment", 3, False)
    assert first.cells == ((None, (Blank("it.title"),)),)
    assert [when for when, _ in second.cells] == [
        Present("it.due"),
        Present("it.every"),
    ]


def test_a_word_of_any_file_is_known_in_every_other(library: Library) -> None:
    (block, _) = library.clauses["payment"].blocks
    assert Uses("Work", "Work") in block.parts
    assert {"Agreement", "Goods", "Work", "Seller"} <= library.words


def test_phrases_and_institutions_are_tables_of_data(library: Library) -> None:
    assert library.phrases["lists"]["and"] == "and"
    assert library.institutions["AAA"]["name"] == "the AAA"


def test_equal_folders_are_equal_libraries(tmp_path: Path) -> None:
    first, _ = loaded(tmp_path / "one")
    write(tmp_path / "two", dict(reversed(FILES.items())))
    second, _ = load(tmp_path / "two" / "clauses", tmp_path / "two" / "templates")
    assert first is not None
    assert second is not None
    assert first.digest == second.digest
    assert list(first.clauses) == list(second.clauses)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_digest_covers_every_file(tmp_path: Path, name: str) -> None:
    first, _ = loaded(tmp_path / "one")
    comment = "\n\nMore." if name.endswith(".clause") else "\n# more\n"
    second, _ = loaded(tmp_path / "two", **{name: FILES[name].rstrip() + comment})
    assert first is not None
    assert second is not None
    assert first.digest != second.digest


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    library, problems = load(tmp_path / "clauses", tmp_path / "templates")
    assert library is None
    assert [p.code for p in problems] == ["L07", "L07"]


def test_nothing_is_drafted_from_half_a_library(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, EXTRA: clause("a <b", slot="paying", order=90)})
    folders = tmp_path / "clauses", tmp_path / "templates"
    assert load(*folders)[0] is None
    library, problems = load(*folders, despite_problems=True)
    assert library is not None
    assert [p.code for p in problems] == ["L01"]


HEADS = {
    "no_head": ("It is so.", "L07", 1),
    "a_head_that_never_ends": ("+++\nedition = 1\n", "L07", 1),
    "a_head_that_is_no_toml": ("+++\nedition = 1\nslot = x\n+++\nIt is.\n", "L07", 3),
    "no_heading": (clause("It is.", heading="", slot="paying"), "L08", 1),
    "no_slot": (clause("It is."), "L08", 1),
    "no_edition": (clause("It is.", edition=0, slot="paying"), "L08", 1),
    "no_note": (clause("It is.", note="", slot="paying"), "L08", 1),
    "an_unknown_key": (clause("It is.", slot="paying", ordre=3), "L08", 6),
    "a_number_as_text": (clause("It is.", slot="paying", order="3"), "L08", 6),
    "a_text_as_number": (clause("It is.", slot=3), "L08", 5),
    "an_unreadable_condition": (
        clause("It is.", slot="paying", when="a b"),
        "L05",
        6,
    ),
    "a_repetition_over_no_path": (
        clause("It is.", slot="paying", each="a b"),
        "L08",
        6,
    ),
    "a_mark_not_closed_in_the_heading": (
        clause("It is.", slot="paying", heading="About [it"),
        "L01",
        2,
    ),
    "an_id_taken": (clause("It is.", slot="paying"), "L09", 1),
}


@pytest.mark.parametrize(("text", "code", "line"), HEADS.values(), ids=HEADS.keys())
def test_a_fault_in_a_clause_file_is_a_problem_at_its_line(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    name = "clauses/quarrels/payment.clause" if code == "L09" else EXTRA
    _, problems = loaded(tmp_path, **{name: text})
    assert [(p.code, p.where.line) for p in problems] == [(code, line)]
    assert problems[0].where.file.endswith(name)


SHAPES = {
    "a_side_that_is_no_role": (
        "templates/contracts/sale.toml",
        SALE.replace('performer = "seller"', 'performer = "selller"'),
        "L08",
    ),
    "a_type_without_roles": (
        "templates/contracts/sale.toml",
        'title = "Sale"\n',
        "L08",
    ),
    "an_unknown_key_of_an_article": (
        "templates/contracts/sale.toml",
        SALE + '\n[[articles]]\nid = "x"\nheadng = "X"\n',
        "L08",
    ),
    "a_mark_not_closed_on_the_cover": (
        "templates/contracts/sale.toml",
        SALE.replace("[price.total]", "[price.total"),
        "L01",
    ),
    "a_mark_not_closed_in_an_annex": (
        "templates/contracts/sale.toml",
        SALE.replace("[table payments]", "[table payments"),
        "L01",
    ),
    "a_table_without_a_path": (
        "templates/tables/payments.toml",
        PAYMENTS.replace('each = "price.payments"', ""),
        "L08",
    ),
    "a_mark_not_closed_in_a_cell": (
        "templates/tables/payments.toml",
        PAYMENTS.replace("[it.every]", "[it.every"),
        "L01",
    ),
    "a_list_that_is_none": (
        "templates/contracts/sale.toml",
        SALE.replace('["parties"]', '"parties"'),
        "L08",
    ),
    "a_list_of_lists_that_is_none": (
        "templates/contracts/sale.toml",
        'required_any = ["price"]\n' + SALE,
        "L08",
    ),
    "a_map_that_is_none": (
        "templates/contracts/sale.toml",
        SALE.replace("[labels]\n", "[labels]\npage = 3\n"),
        "L08",
    ),
    "tables_that_are_none": (
        "templates/tables/payments.toml",
        'each = "milestones"\ncolumns = "all"\n',
        "L08",
    ),
    "an_unreadable_condition_of_an_article": (
        "templates/contracts/sale.toml",
        SALE.replace('when = "dispute_resolution"', 'when = "a b"'),
        "L05",
    ),
    "a_template_that_is_no_toml": (
        "templates/tables/payments.toml",
        "each = ",
        "L07",
    ),
}


@pytest.mark.parametrize(("name", "text", "code"), SHAPES.values(), ids=SHAPES.keys())
def test_a_fault_in_a_template_is_a_problem(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    _, problems = loaded(tmp_path, **{name: text})
    assert [(p.code, p.where.file) for p in problems] == [(code, str(tmp_path / name))]


def test_a_file_name_that_is_no_id_is_a_problem(tmp_path: Path) -> None:
    name = "clauses/paying/Extra clause.clause"
    _, problems = loaded(tmp_path, **{name: clause("It is.", slot="paying")})
    assert [(p.code, p.where.file) for p in problems] == [("L08", str(tmp_path / name))]


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / EXTRA).write_bytes(b"+++\n\xff\n")
    _, problems = load(tmp_path / "clauses", tmp_path / "templates")
    assert [(p.code, p.where.file) for p in problems] == [
        ("L07", str(tmp_path / EXTRA))
    ]


ANYBODY = SALE.replace('seller = "Seller"\nbuyer = "Buyer"\n', "").replace(
    'performer = "seller"\nrecipient = "buyer"',
    'performer = "first"\nrecipient = "second"',
)


def test_a_type_of_any_parties_names_its_sides_by_their_place(tmp_path: Path) -> None:
    found, problems = loaded(tmp_path, **{"templates/contracts/sale.toml": ANYBODY})
    assert found is not None, problems
    assert found.types["sale"].roles == {}
    assert found.types["sale"].sides == {"performer": "first", "recipient": "second"}


def test_a_type_of_any_parties_has_a_first_and_a_second_side_and_no_other(
    tmp_path: Path,
) -> None:
    third = ANYBODY.replace('"second"', '"third"')
    _, problems = loaded(tmp_path, **{"templates/contracts/sale.toml": third})
    assert [problem.code for problem in problems] == ["L08"]


def own(tmp_path: Path, **files: str) -> tuple[Library | None, list[str]]:
    """Lay some files over the tiny library."""
    write(tmp_path / "shipped", FILES)
    folder = tmp_path / "own"
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    folder.mkdir(exist_ok=True)
    shipped = tmp_path / "shipped"
    found, problems = load(shipped / "clauses", shipped / "templates", folder)
    return found, [problem.code for problem in problems]


def test_a_folder_of_ones_own_adds_a_clause_and_leaves_the_others(
    tmp_path: Path, library: Library
) -> None:
    added = clause("Gifts are welcome.", slot="paying", order=91)
    found, problems = own(tmp_path, **{"gifts.clause": added})
    assert problems == []
    assert found is not None
    assert set(found.clauses) == {*library.clauses, "gifts"}
    assert found.digest != library.digest


def test_a_clause_of_the_same_name_takes_the_place_of_the_shipped_one(
    tmp_path: Path, library: Library
) -> None:
    ours = clause("Late is late.", slot="paying", order=20)
    found, problems = own(tmp_path, **{"anywhere/late.clause": ours})
    assert problems == []
    assert found is not None
    assert list(found.clauses).count("late") == 1
    assert set(found.clauses) == set(library.clauses)
    assert found.clauses["late"].body.strip() == "Late is late."


def test_a_row_of_the_same_name_takes_the_place_of_the_shipped_one(
    tmp_path: Path,
) -> None:
    row = '[TAMPA]\nname = "the Tampa Chamber"\nkind = ["arbitration"]\n'
    found, problems = own(tmp_path, **{"data/institutions.toml": row})
    assert problems == []
    assert found is not None
    assert found.institutions["TAMPA"]["name"] == "the Tampa Chamber"


def test_an_empty_folder_of_ones_own_is_a_fault(tmp_path: Path) -> None:
    assert own(tmp_path) == (None, ["L10"])
