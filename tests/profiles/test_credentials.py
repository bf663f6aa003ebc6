"""Credentials that are held, and those that are still to come."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.credentials import is_pursued


def pursued(text: str, name: str) -> bool:
    at = text.index(name)
    return is_pursued(text, Span(at, at + len(name)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Practical nurse in long-term care, studying for the RN examination.", "RN"),
        ("three years in a hospital network, preparing for the CPA\nexamination", "CPA"),
        ("CPA candidate", "CPA"),
        ("PMP (in progress)", "PMP"),
        ("PMP - in progress", "PMP"),
        ("Working towards ACCA", "ACCA"),
        ("CFA Level II candidate", "CFA"),
        ("RN license pending", "RN"),
        ("Eligible for CPA licensure", "CPA"),
        ("Pursuing my second AWS Certified Solutions Architect", "AWS Certified Solutions Architect"),
        ("CPA exam scheduled May 2027", "CPA"),
        ("Vorbereitung auf die CPA", "CPA"),
        ("CCNA en cours", "CCNA"),
        ("PMP em andamento", "PMP"),
    ],
)
def test_what_is_prepared_for(text: str, name: str) -> None:
    assert pursued(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Registered Nurse license, BLS", "BLS"),
        ("CPA, CFA candidate", "CPA"),
        ("Prepared for audits. CPA since 2012", "CPA"),
        ("RN with 5 years, seeking a role in ICU", "RN"),
        ("Seeking a position where my CPA is useful", "CPA"),
        ("Seeking full time RN position", "RN"),
        ("Provided training for CPR classes", "CPR"),
        ("Working for RN agency", "RN"),
        ("Passed the CPA exam", "CPA"),
        ("Licensed RN | BLS in progress", "RN"),
        ("Studying for ACCA; CPA", "CPA"),
    ],
)
def test_what_is_held(text: str, name: str) -> None:
    assert not pursued(text, name)


@pytest.mark.parametrize("unit", ["a ", "preparing for ", "in ", "-"])
def test_a_long_line_takes_no_longer(unit: str) -> None:
    text = unit * 50_000 + "CPA" + unit * 50_000
    assert pursued(text, "CPA") is (unit == "preparing for ")
