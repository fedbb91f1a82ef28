"""Every key of dispute resolution is printed, or decides what is printed."""

from pathlib import Path

import pytest
from deals import Drafting, reading

from closer.drafting.checks import lost_terms
from closer.formats.plaintext import projected

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "disputes", ["disputes-before-arbitrators", "disputes-before-a-court"]
)
def test_no_key_of_a_dispute_article_is_lost(disputes: str, drafted: Drafting) -> None:
    agreed = reading(HERE / f"{disputes}.yaml")
    assert list(lost_terms(agreed, drafted(agreed))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "where the claims and counterclaims together exceed USD\u00a01,000,000.00",
        "The Parties exclude the rules on emergency arbitrators.",
        "asks for mediation shall pay the charges of the mediator",
        "the Construction Mediation Procedures in force on the day of that request",
        "consent to the joinder of affiliates of a party",
        "is the Party that is awarded more than half",
        "not as a claimant or member in proceedings for a group or class",
    ],
)
def test_an_agreed_detail_stands_in_a_sentence(
    sentence: str, drafted: Drafting
) -> None:
    agreed = reading(HERE / "disputes-before-arbitrators.yaml")
    text = " ".join(projected(drafted(agreed).document).split(" "))
    assert sentence in text.replace("\n", " ")
