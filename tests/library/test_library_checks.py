from pathlib import Path

import pytest
from tiny_library import LOAN, PAYMENTS, SALE, clause, faults

from closer.library.checks.whole import LIBRARY_CHECKS, VIEW_CHECKS

PAYING = "clauses/paying/payment.clause"
EXTRA = "clauses/paying/extra.clause"
GOODS = "clauses/definitions/goods.clause"
COVER = '\n[[cover]]\nlabel = "Title"\ntext = "[title]"\n'


def extra(body: str, **head: object) -> dict[str, str]:
    """Return one more clause, in a place of its own."""
    return {EXTRA: clause(body, **{"slot": "paying", "order": 90, **head})}


def test_a_sound_library_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


FAULTS = {
    "a_reference_to_nothing": ("L11", extra("See {nowhere}.")),
    "a_reference_to_a_definition": ("L11", extra("See {goods}.")),
    "a_reference_to_a_clause_that_repeats": (
        "L11",
        {
            **extra("See {each-step}."),
            "clauses/paying/each-step.clause": clause(
                "[it.title].", slot="paying", order=30, each="milestones"
            ),
        },
    ),
    "a_reference_to_a_clause_that_may_be_left_out": ("L12", extra("See {courts}.")),
    "a_reference_to_an_article_that_may_be_left_out": (
        "L12",
        extra("See {quarrels}."),
    ),
    "a_reference_to_an_annex_that_may_be_left_out": (
        "L12",
        extra("See {annex-payments}."),
    ),
    "a_condition_of_another_paragraph_proves_nothing": (
        "L12",
        extra("? dispute_resolution\nIt is so.\n\nSee {governing}."),
    ),
    "a_previous_section_before_the_first": (
        "L13",
        extra("See {previous}.", order=1),
    ),
    "a_previous_section_that_may_be_left_out": (
        "L13",
        {
            "clauses/quarrels/governing.clause": clause(
                "The law of Utah governs.",
                slot="quarrels",
                order=10,
                when="dispute_resolution.confidential",
            ),
            "clauses/quarrels/courts.clause": clause(
                "After {previous}.", slot="quarrels", order=20
            ),
            "clauses/paying/late.clause": "",
        },
    ),
    "a_next_section_after_the_last": ("L13", extra("See {next}.")),
    "a_neighbour_outside_the_articles": (
        "L13",
        {
            "clauses/parties/preamble.clause": clause(
                'This ""Agreement"" is made from [effective], see {article}.',
                slot="preamble",
            )
        },
    ),
    "a_word_that_nothing_defines": ("L14", extra("A <Wholesaler> is welcome.")),
    "a_word_defined_in_a_clause_that_may_be_left_out": (
        "L14",
        {
            **extra("A <Court> is welcome."),
            "clauses/quarrels/courts.clause": clause(
                "The courts of [dispute_resolution.steps.court.courts] (each a "
                '""Court"") decide.',
                slot="quarrels",
                order=20,
                when="dispute_resolution.steps.court.exclusive",
            ),
        },
    ),
    "a_word_of_the_phrases_that_nothing_defines": (
        "L14",
        {"templates/phrases/en.toml": '[anchors]\nend = "the end of the <Term>"\n'},
    ),
    "a_word_defined_twice": (
        "L15",
        extra('""Goods"" means something else.'),
    ),
    "a_role_defined_again": (
        "L15",
        {
            "templates/contracts/sale.toml": SALE.replace("Seller", "Agreement"),
        },
    ),
    "a_definition_clause_that_defines_another_word": (
        "L15",
        {
            GOODS: clause(
                '""Goods"" means what [performer] hands over.',
                defines="Ware",
                heading="",
            )
        },
    ),
    "a_definition_never_used": (
        "L16",
        {
            "clauses/definitions/ware.clause": clause(
                '""Ware"" means what is sold. <Ware> is new.',
                defines="Ware",
                heading="",
            )
        },
    ),
    "an_unknown_blank": ("L17", extra("It costs [price.totl].", when="price")),
    "a_blank_of_no_entry": ("L17", extra("It is [it.title].")),
    "a_blank_of_another_entry": (
        "L17",
        extra("It is [it.sum].", each="milestones"),
    ),
    "a_blank_of_a_whole_section": (
        "L17",
        extra("It is [price].", when="price"),
    ),
    "an_unknown_path_in_a_condition": ("L17", extra("It is so.", when="pryce")),
    "an_unknown_path_in_a_paragraph's_condition": (
        "L17",
        extra("? not pryce\nIt is so."),
    ),
    "a_repetition_over_what_has_no_entries": (
        "L17",
        extra("It is so.", each="price", when="price"),
    ),
    "a_required_section_that_is_none": (
        "L17",
        {"templates/contracts/sale.toml": SALE.replace('"parties"', '"parteis"', 1)},
    ),
    "a_section_of_a_group_that_is_none": (
        "L17",
        {
            "templates/contracts/sale.toml": 'required_any = [["price", "pryce"]]\n'
            + SALE
        },
    ),
    "a_blank_that_may_be_empty": ("L18", extra("It costs [price.total].")),
    "a_blank_that_its_condition_does_not_fill": (
        "L18",
        extra("? price\nIt costs [price.total]."),
    ),
    "a_fact_that_may_be_empty": ("L18", extra("Holidays: [deal.holidays].")),
    "a_cell_that_may_be_empty": (
        "L18",
        {
            "templates/tables/payments.toml": PAYMENTS.replace(
                '{when = "it.due", text', "{text"
            )
        },
    ),
    "a_cover_row_that_may_be_empty": (
        "L18",
        {"templates/contracts/sale.toml": SALE + COVER.replace("title]", "timezone]")},
    ),
    "a_duty_of_a_thing": ("L19", extra("This <Agreement> shall end.")),
    "a_duty_of_a_thing_in_an_item": (
        "L19",
        extra("The following applies:\n- the price shall be paid."),
    ),
    "a_duty_of_a_thing_after_one_of_a_party": (
        "L19",
        extra("[performer] shall pay and the price shall be kept."),
    ),
    "a_word_of_the_archives": ("L20", extra("It is hereby so.")),
    "either_and_or_or": ("L20", extra("It is good and/or cheap.")),
    "a_man_for_everyone": ("L20", extra("It binds him.")),
    "a_contraction": ("L20", extra("It doesn't matter.")),
    "a_colloquial_it's": ("L20", extra("It's so.")),
    "words_and_figures": ("L21", extra("It takes ten (10) days.")),
    "a_clause_in_no_article": ("L22", extra("It is so.", slot="nowhere")),
    "a_clause_whose_condition_never_holds": (
        "L22",
        extra("It is so.", when="price and not price"),
    ),
    "a_clause_of_no_type": ("L22", extra("It is so.", when="contract = barter")),
    "an_unknown_path_in_a_cover_row's_condition": (
        "L17",
        {
            "templates/contracts/sale.toml": SALE.replace(
                '"price.total"', '"price.total and pryce"'
            )
        },
    ),
    "two_clauses_in_one_place": ("L23", extra("It is so.", order=10)),
    "a_table_that_does_not_exist": (
        "L24",
        extra("[table milestones]"),
    ),
    "a_table_that_nothing_shows": (
        "L24",
        {
            "templates/tables/steps.toml": PAYMENTS.replace(
                "price.payments", "milestones"
            ).replace("it.every", "it.delivers")
        },
    ),
    "an_annex_that_nothing_refers_to": (
        "L24",
        {
            "templates/contracts/sale.toml": SALE
            + '\n[[annexes]]\nid = "annex-x"\nheading = "X"\nbody = "It is so."\n'
        },
    ),
    "a_value_that_a_field_cannot_have": (
        "L25",
        extra("It is so.", when="dispute_resolution.covers = everything"),
    ),
    "an_id_for_two_things": (
        "L09",
        {"clauses/paying/quarrels.clause": extra("It is so.")[EXTRA]},
    ),
}


@pytest.mark.parametrize(("code", "files"), FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_found(
    tmp_path: Path, code: str, files: dict[str, str]
) -> None:
    found = faults(tmp_path, **files)
    assert {problem.code for problem in found} == {code}, "\n".join(map(str, found))
    assert all(p.what and p.why and p.remedy for p in found)


SOUND = {
    "a_reference_under_its_condition": extra("? dispute_resolution\nSee {governing}."),
    "a_reference_that_a_longer_path_proves": extra(
        "? dispute_resolution.costs = 'each its own'\nSee {governing}.".replace(
            "'", '"'
        )
    ),
    "a_reference_to_an_article_with_a_section": extra("See {paying} and {article}."),
    "a_neighbour_of_the_same_article": extra("See {previous}."),
    "a_plural_and_a_genitive": extra("<Works> and <Agreement's> <Agreements>."),
    "one_word_defined_under_two_conditions": {
        **extra("A <Ware> is a <Ware>."),
        "clauses/definitions/ware.clause": clause(
            '""Ware"" means one thing.', defines="Ware", heading="", when="price"
        ),
        "clauses/definitions/other-ware.clause": clause(
            '""Ware"" means another.', defines="Ware", heading="", when="not price"
        ),
    },
    "a_blank_of_an_entry": extra("[it.title] is due on [it.due].", each="milestones"),
    "a_blank_of_a_repeated_paragraph": extra(
        "* milestones\n- [it.title] by [it.owner], due on [it.due];"
    ),
    "a_list_of_texts": extra("- [it]", each="background"),
    "a_condition_on_an_entry": extra(
        "? it.delivers\nIt hands over [it.delivers].", each="milestones"
    ),
    "a_value_and_another_in_one_place": {
        **extra("It is so.", when="price.total", order=50),
        "clauses/paying/other.clause": clause(
            "It is so.", slot="paying", order=50, when="not price.total"
        ),
    },
    "a_duty_with_an_aside": extra("[performer], at its own cost, shall pay."),
    "a_duty_of_either": extra("Neither Party shall wait, nor shall [recipient]."),
    "a_duty_told_twice": extra("[performer] shall pay and, if asked, shall say so."),
    "a_duty_of_a_party_described": extra("A Party that is late shall pay."),
    "duties_in_a_list": extra("Each Party:\n- shall pay; and\n- shall not wait."),
    "a_duty_of_a_party_of_the_terms": extra(
        "[it.owner] shall do it.", each="obligations"
    ),
    "a_genitive_is_no_contraction": extra("One side's costs are its own."),
    "a_reference_that_a_required_section_proves": {
        **extra("? contract = sale\nIt is as {bases} says."),
        "templates/contracts/sale.toml": SALE.replace('["parties"]', '["price"]'),
        "clauses/paying/bases.clause": clause(
            "It is so.", slot="paying", order=30, when="price"
        ),
    },
    "a_reference_in_a_paragraph_that_another_type_never_prints": {
        **extra("? contract = sale\nIt is as {sold} says."),
        "clauses/paying/sold.clause": clause(
            "It is so.", slot="paying", order=30, when="contract = sale"
        ),
    },
    "a_reference_that_one_of_a_group_proves": {
        **extra("? contract = sale\nIt is as {bases} says."),
        "templates/contracts/sale.toml": SALE.replace(
            '["parties"]', '[]\nrequired_any = [["price", "warranty"]]'
        ),
        "clauses/paying/bases.clause": clause(
            "It is so.", slot="paying", order=30, when="price or warranty"
        ),
    },
    "a_step_before_another_in_the_deal's_order": {
        "clauses/quarrels/step-mediation.clause": clause(
            "After {previous}.",
            slot="quarrels",
            order=30,
            when="dispute_resolution.steps.mediation",
        )
    },
}


@pytest.mark.parametrize("files", SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_is_not_called_a_fault(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert [str(problem) for problem in faults(tmp_path, **files)] == []


def test_a_fault_of_one_contract_type_names_the_type(tmp_path: Path) -> None:
    loan = LOAN.replace('id = "quarrels"', 'id = "arguments"')
    found = faults(tmp_path, **{"templates/contracts/loan.toml": loan})
    assert {(p.code, p.what) for p in found} == {
        ("L11", "In loan: {governing} is no section, article or annex here.")
    }


def test_a_step_of_a_dispute_is_not_certain_to_follow_another(tmp_path: Path) -> None:
    steps = {
        f"clauses/quarrels/step-{kind}.clause": clause(
            "After {previous}." if order else "It begins.",
            slot="quarrels",
            order=order,
            when=f"dispute_resolution.steps.{kind}",
        )
        for order, kind in enumerate(("negotiation", "mediation"))
    }
    assert [p.code for p in faults(tmp_path, **steps)] == ["L13"]


def test_a_fault_is_placed_where_the_mark_stands(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, **extra("It is so.\n\nBut\nsee {nowhere}."))
    path = tmp_path / EXTRA
    text = path.read_text(encoding="utf-8").splitlines()
    assert fault.where.file == str(path)
    assert text[fault.where.line - 1][fault.where.column - 1 :] == "{nowhere}."


def test_each_duty_without_a_party_has_its_own_place(tmp_path: Path) -> None:
    found = faults(tmp_path, **extra("[performer] shall pay. The\nlaw shall hold."))
    assert [(p.code, p.where.line, p.where.column) for p in found] == [("L19", 9, 5)]


def test_a_misspelt_path_suggests_the_right_one(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, **extra("It costs [price.totl].", when="price"))
    assert "`total`" in fault.remedy


def test_every_check_is_in_a_list_once() -> None:
    names = [check.__name__ for check in (*VIEW_CHECKS, *LIBRARY_CHECKS)]
    assert len(names) == len(set(names)) == 15
