"""The common stack, as it is measured beside ours."""

import logging
from pathlib import Path

import pytest

baselines = pytest.importorskip("eval.baselines", reason="what is measured beside ours is not installed")


def test_a_pdf_that_pypdf_cannot_read_is_named_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    kept = tmp_path / "kept.txt"
    kept.write_text("Kept.", encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="upr.eval.baselines"):
        assert [baselines.plain_text(one) for one in (torn, kept)] == ["", "Kept."]
    assert "torn.pdf" in caplog.text
