import pytest

from closer.drafting.numbering import between, filled, in_count


@pytest.mark.parametrize(
    ("series", "previous", "following", "number"),
    [
        pytest.param("figures", "3", "4", "3A", id="after_3_comes_3A"),
        pytest.param("figures", "3A", "4", "3B", id="after_3A_comes_3B"),
        pytest.param("figures", "3", "3A", "3AA", id="between_3_and_3A_comes_3AA"),
        pytest.param("figures", "3AA", "3A", "3BA", id="after_3AA_comes_3BA"),
        pytest.param("figures", "3A", "3B", "3AB", id="between_3A_and_3B_comes_3AB"),
        pytest.param("figures", None, "1", "A1", id="before_the_first_comes_A1"),
        pytest.param("figures", "A1", "1", "B1", id="after_A1_comes_B1"),
        pytest.param("figures", None, "A1", "AA1", id="before_A1_comes_AA1"),
        pytest.param("figures", "5", None, "6", id="at_the_end_the_count_goes_on"),
        pytest.param("figures", "5A", None, "6", id="after_5A_at_the_end_comes_6"),
        pytest.param("figures", None, None, "1", id="an_empty_series_begins_with_1"),
        pytest.param("figures", "3Z", "4", "3Z1", id="after_Z_comes_Z1"),
        pytest.param("figures", "3Z1", "4", "3Z2", id="after_Z1_comes_Z2"),
        pytest.param("letters", "b", "c", "ba", id="after_item_b_comes_ba"),
        pytest.param("letters", "b", "ba", "baa", id="between_b_and_ba_comes_baa"),
        pytest.param("letters", None, "a", "za", id="before_item_a_comes_za"),
        pytest.param("letters", "za", "a", "zb", id="after_za_comes_zb"),
        pytest.param("letters", "c", None, "d", id="after_the_last_item_c_comes_d"),
        pytest.param("romans", "ii", "iii", "iia", id="after_item_ii_comes_iia"),
        pytest.param(
            "romans", "iih", "iii", "iij", id="no_i_is_added_to_a_roman_number"
        ),
        pytest.param("romans", None, "i", "ai", id="before_item_i_comes_ai"),
        pytest.param("romans", "iv", None, "v", id="after_the_last_item_iv_comes_v"),
        pytest.param("romans", "viii", None, "ix", id="after_viii_comes_ix"),
        pytest.param("capitals", "A", "B", "A1", id="after_annex_A_comes_A1"),
        pytest.param("capitals", "A1", "B", "A2", id="after_annex_A1_comes_A2"),
        pytest.param("capitals", "A", "A1", "AA1", id="between_A_and_A1_comes_AA1"),
        pytest.param("capitals", "D", None, "E", id="after_the_last_annex_D_comes_E"),
        pytest.param("capitals", None, "A", "AA", id="before_annex_A_comes_AA"),
    ],
)
def test_a_number_between_two_others(
    series: str, previous: str | None, following: str | None, number: str
) -> None:
    assert between(previous, following, series) == number


def test_given_numbers_stay_and_gaps_are_filled_in_order() -> None:
    assert filled([None, "1", None, None, "2", None], "figures") == (
        "A1",
        "1",
        "1A",
        "1B",
        "2",
        "3",
    )


def test_only_plain_numbers_are_in_count() -> None:
    assert in_count("12", "figures")
    assert not in_count("12A", "figures")
    assert not in_count("A1", "figures")
    assert in_count("B", "capitals")
    assert not in_count("B1", "capitals")


def test_what_is_no_number_of_the_series_is_refused() -> None:
    with pytest.raises(ValueError, match="5-3"):
        between("5-3", "6", "figures")
