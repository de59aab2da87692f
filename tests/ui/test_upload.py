"""Names of uploads stay inside their folder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.upload import safe_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [("report.pdf", "report.pdf"), ("../../etc/passwd", "passwd"), ("C:\\x\\y.docx", "y.docx"), ("", "upload"),
     (".hidden", "hidden"), ("a\x00b.txt", "ab.txt"), ("..", "upload"), ("تقرير.pdf", "تقرير.pdf")],
)  # fmt: skip
def test_known_tricks(given_name: str, expected: str) -> None:
    assert safe_name(given_name) == expected


@given(st.text())
def test_a_name_is_short_and_names_no_folder(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name) <= 120
    assert not set(name) & set("/\\\0")
    assert name not in {".", ".."}


def test_two_uploads_of_one_name_are_told_apart() -> None:
    assert safe_name("a.pdf", ["A.pdf"]) == "_a.pdf"
