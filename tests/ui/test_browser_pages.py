"""Recommendations, SDGs and documents in a real browser: own page, filters, order by keyboard, compare, find."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.conftest import Served
from tests.ui.test_browser import Visit, browser  # noqa: F401 - the fixture of the other browser tests

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)  # a busy machine is no failure
OWN = "recommendation?state=SVN&cycle=3&number=6.1"


@pytest.fixture(scope="module")
def visited(browser: Browser, served: Served) -> Iterator[Visit]:  # noqa: F811
    """One window for all tests here: opening one costs more than what is tested in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(30_000)
    visit = Visit(context.new_page(), served.address)
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.failed == []


def _open(visited: Visit, address: str, shown: str, language: str = "en") -> Page:
    base = visited.address if language == "en" else f"{visited.address}/{language}"
    visited.page.goto(f"{base}/{address}")
    visited.page.wait_for_selector(shown)
    return visited.page


def test_a_recommendation_has_a_page_with_an_address(visited: Visit) -> None:
    page = _open(visited, "recommendations?state=SVN&cycle=3", ".list")
    page.locator(".list a.link").first.click()
    panel = page.locator("#detail .panel")
    expect(panel).to_contain_text("Improve conditions in places of detention")
    panel.locator(".own-page").click()
    page.wait_for_selector(".rec-page")
    assert page.url.endswith(OWN)
    expect(page.locator("h1")).to_have_text("Slovenia, cycle 3: 6.1")
    expect(page.locator(".rec-page")).to_contain_text("Position and its sources")
    expect(page.locator(".rec-page")).to_contain_text("The same matter in other cycles")
    expect(page.locator(".reasons")).to_contain_text("Detention")
    page.get_by_role("link", name=re.compile("cycle 4")).first.click()
    expect(page.locator("h1")).to_contain_text("cycle 4")


def test_an_address_of_no_recommendation_says_so(visited: Visit) -> None:
    page = _open(visited, "recommendation?state=SVN&cycle=3&number=999", ".empty")
    expect(page.locator(".empty")).to_contain_text("No such recommendation is stored.")


def test_a_recommendation_is_told_in_the_language_of_the_page(visited: Visit) -> None:
    page = _open(visited, OWN, ".rec-page", "ar")
    expect(page.locator("h1")).to_have_text("سلوفينيا، الجولة 3: 6.1")
    expect(page.locator(".facts .position")).to_have_text("مقبولة")
    assert page.evaluate("getComputedStyle(document.querySelector('.rec-page')).direction") == "rtl"


def test_a_target_in_the_address_is_counted_and_exported_in_the_page_language(visited: Visit) -> None:
    page = _open(visited, "recommendations?state=SVN&sdg=16.3", ".list", "fr")
    total = page.locator(".records-total").inner_text()
    assert total.startswith("6 ")
    chosen = page.locator("input[name=sdg][value='16.3']")
    expect(chosen).to_be_checked()
    expect(chosen.locator("xpath=..").locator(".facet-n")).to_have_text("6")
    with page.expect_download() as file:
        page.locator(".downloads a", has_text="csv").click()
    rows = list(csv.reader(file.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "État examiné"
    assert len(rows) == 7


def test_the_list_is_sorted_with_the_keyboard(visited: Visit) -> None:
    page = _open(visited, "recommendations?state=SVN", ".list")
    for way in ("ascending", "descending"):
        page.locator("th.col-recommendation a").focus()
        page.keyboard.press("Enter")
        expect(page.locator("th.col-recommendation")).to_have_attribute("aria-sort", way)
        expect(page.locator("th.col-recommendation a")).to_be_focused()
    assert "order=text&descending=1" in page.url


def test_two_cycles_are_compared_goal_by_goal_and_by_target(visited: Visit) -> None:
    page = _open(visited, "sdgs?state=SVN&cycle=4&other=3&goal=16", ".target-row")
    heads = page.locator("table.heat").first.locator("thead th").all_inner_texts()
    assert heads[-2:] == ["Cycle 4", "Cycle 3"]
    target = page.locator(".target-row", has_text="16.3")
    assert target.locator("td").all_inner_texts()[-2:] == ["3", "3"]
    picture = page.locator("#sdg-picture")
    expect(picture).to_have_attribute("role", "img")
    target.locator("td a").last.click()
    expect(page.locator(".records-total")).to_have_text("3 recommendations")
    assert "cycle=3" in page.url
    assert "sdg=16.3" in page.url


def test_documents_are_found_sorted_and_lead_to_their_recommendations(visited: Visit) -> None:
    page = _open(visited, "documents", "table.docs")
    page.fill("#documents input[name=text]", "fiji")
    page.keyboard.press("Enter")
    expect(page.locator(".records-total")).to_have_text("1 document")
    assert "text=fiji" in page.url
    page.locator("td.n a").click()
    expect(page.locator(".records-total")).to_have_text("3 recommendations")
    page = _open(visited, "documents?text=nowhere", ".empty")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("table.docs")).to_be_visible()
    page.locator("th.col-recommendations a").click()
    expect(page.locator("th.col-recommendations")).to_have_attribute("aria-sort", "descending")


def test_an_upload_goes_on_when_the_page_is_left_and_is_read_again_later(
    visited: Visit, served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "dredging.txt"
    path.write_text(
        "Notes on dredging\n\n1. The harbour of Koper is dredged every spring.\n", encoding="utf-8"
    )
    page = _open(visited, "documents", "table.docs")
    page.set_input_files("#files", str(path))
    page.locator("#add").click()
    expect(page.locator(".job", has_text="dredging.txt")).to_be_visible()
    page = _open(visited, "sdgs", "table.heat")
    page = _open(visited, "documents?text=dredging", "#documents .records")
    # Jobs of the tests before stay on the page.
    done = page.locator(".job-done", has_text="dredging.txt")
    expect(done).to_contain_text("Added", timeout=90_000)
    expect(page.locator("table.docs")).to_contain_text("dredging", ignore_case=True)
    assert "dredging.txt" in [one.name for one in (served.home / "inbox").rglob("*.txt")]
    page.locator("[data-do=reread]").click()
    expect(page.locator(".job-done").first).to_contain_text("Replaced", timeout=90_000)
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-do=remove]").click()
    expect(page.locator(".job-done").first).to_contain_text("Removed", timeout=90_000)
    expect(page.locator("#documents .empty")).to_be_visible()
    assert list((served.home / "inbox").rglob("*.txt")) == []
    page.get_by_role("button", name="Clear what is done").click()
    expect(page.locator(".job")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_no_page_is_wider_than_a_phone(visited: Visit, language: str) -> None:
    visited.page.set_viewport_size({"width": 390, "height": 844})
    try:
        for address, shown in ((OWN, ".rec-page"), ("sdgs?state=SVN&cycle=4&other=3&goal=16", ".target-row")):
            page = _open(visited, address, shown, language)
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) <= 0, address
    finally:
        visited.page.set_viewport_size({"width": 1280, "height": 900})
