"""The pages in a real browser: ask, read a source, filter, export, upload, change language; no request outside."""

import csv
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright

from tests.ui.conftest import QUESTION, Served

# A test has two minutes of its own; the service's start is not counted in.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120, func_only=True)]

PATIENCE = 30_000
"""Milliseconds that a state is waited for: long, so that a busy machine makes a test slow and not red."""

expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = ("", "recommendations", "sdgs", "documents")
SHOWN = {"": ".welcome", "recommendations": ".list", "sdgs": "table.heat", "documents": "table.docs"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no chromium to drive")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


class Visit:
    """A page of the service with a record of what it asked of others and what failed in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.outside: list[str] = []
        self.failed: list[str] = []
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.failed.append(str(error)))
        page.on("console", lambda said: self.failed.append(said.text) if said.type == "error" else None)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, name: str, language: str = "en") -> Page:
        base = self.address if language == "en" else f"{self.address}/{language}"
        self.page.goto(f"{base}/{name}")
        self.page.wait_for_selector(SHOWN[name.partition("?")[0]], timeout=PATIENCE)
        return self.page

    def ask(self, question: str) -> Page:
        before = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".turn")).to_have_count(before + 1)
        expect(self.page.locator(".actions")).to_have_count(before + 1)
        return self.page


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    visited = Visit(context.new_page(), served.address)
    yield visited
    context.close()
    assert visited.outside == []
    assert visited.failed == []


def test_a_question_is_answered_and_its_source_opens_with_the_quoted_words_marked(visit: Visit) -> None:
    visit.open("")
    page = visit.ask(QUESTION)
    answer = page.locator(".answer-text").inner_text()
    assert "Improve conditions in places of detention" in answer
    assert "Publish yearly figures" in answer
    assert "Shorten pretrial" not in answer
    page.locator("td button.cite").first.click()
    panel = page.locator("#source .panel")
    expect(panel.locator("mark")).to_have_text("Improve conditions in places of detention")
    expect(panel).to_contain_text("A/HRC/90/1")
    expect(panel.locator(".around").first).to_be_visible()
    assert panel.locator("a").get_attribute("href") == "https://docs.un.org/en/A/HRC/90/1"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.className").startswith("cite")


def test_a_source_that_was_closed_opens_again_and_a_press_beside_it_closes_it(
    browser: Browser, served: Served
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    visited = Visit(context.new_page(), served.address)
    visited.open("")
    page = visited.ask(QUESTION)
    panel = page.locator("#source .panel")
    for _ in range(2):
        page.locator("td button.cite").first.click()
        expect(panel).to_be_visible()
        page.mouse.click(5, 110)
        expect(panel).to_be_hidden()
    context.close()


def test_a_question_is_shown_at_once_asked_once_and_kept_when_the_service_is_gone(visit: Visit) -> None:
    page = visit.open("")
    page.route("**/gradio_api/**", lambda route: route.abort())
    page.route("**/api/health", lambda route: route.abort())
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .asked-text")).to_have_text(QUESTION)
    expect(page.locator("#upr-offline")).to_be_visible(timeout=15_000)
    expect(page.locator("#question")).to_have_value(QUESTION)
    expect(page.locator(".turn")).to_have_count(0)
    page.unroute_all()
    page.reload()
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.locator("#question").press("Enter")
    page.locator("#question").fill("And again?")
    page.locator("#question").press("Enter")
    expect(page.locator(".actions").first).to_be_visible(timeout=30_000)
    expect(page.locator(".turn .asked-text").first).to_have_text(QUESTION)
    visit.failed.clear()  # Gradio and the browser tell of the connection that was cut here


def test_what_was_understood_can_be_changed_taken_away_and_followed_up(visit: Visit) -> None:
    visit.open("")
    page = visit.ask(QUESTION)
    expect(page.locator(".chip-positions select")).to_have_value("supported")
    page.locator(".chip-positions select").select_option("noted")
    expect(page.locator(".answer-text")).to_contain_text("Shorten pretrial detention")
    page.locator(".chip-positions button").click()
    expect(page.locator(".answer-text")).to_contain_text("Publish yearly figures")
    visit.ask("And in the fourth cycle?")
    expect(page.locator(".chip-cycles select")).to_have_value("4")
    assert page.locator(".turn").last.locator(".answer-text").inner_text()


def test_a_conversation_survives_a_reload_and_can_be_taken_away(visit: Visit, tmp_path: Path) -> None:
    visit.open("")
    page = visit.ask(QUESTION)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    with page.expect_download() as word:
        page.locator("#upr-export").click()
    assert word.value.path().read_bytes()[:2] == b"PK"
    with page.expect_download() as rows:
        page.locator("[data-rows][data-format=csv]").click()
    listed = list(csv.DictReader(rows.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Number"] for row in listed] == ["6.1", "6.4"]
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()


def test_a_thumb_is_kept_on_this_machine(visit: Visit, served: Served) -> None:
    visit.open("")
    page = visit.ask(QUESTION)
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    log = (served.home / "feedback.jsonl").read_text(encoding="utf-8")
    assert '"thumb": -1' in log
    assert QUESTION in log


def test_recommendations_are_filtered_sorted_opened_and_exported(visit: Visit) -> None:
    page = visit.open("recommendations")
    expect(page.locator(".records-total")).to_have_text("11 recommendations")
    page.get_by_label(re.compile("^Slovenia")).check()
    expect(page.locator(".records-total")).to_have_text("8 recommendations")
    page.get_by_label(re.compile("^Noted")).check()
    expect(page.locator(".records-total")).to_have_text("2 recommendations")
    assert "state=SVN" in page.url
    assert "position=noted" in page.url
    with page.expect_download() as file:
        page.get_by_role("link", name="Download csv").click()
    rows = list(csv.DictReader(file.value.path().read_text(encoding="utf-8-sig").splitlines()))
    listed = [(row["Cycle"], row["Number"], row["Position"]) for row in rows]
    assert listed == [("3", "6.2", "Noted"), ("4", "6.2", "Noted")]
    page.locator("th.col-recommendation a").click()
    expect(page.locator("th[aria-sort]")).to_have_class(re.compile("col-recommendation"))
    page.locator(".list a.link").first.click()
    expect(page.locator("#detail .panel")).to_contain_text("Position and its sources")
    page.locator("#detail .close").click()
    expect(page.locator("#detail .panel")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".records-total")).to_have_text("11 recommendations")


def test_an_address_opens_its_filters_and_going_back_undoes_one(visit: Visit) -> None:
    page = visit.open("recommendations?state=FJI")
    expect(page.locator(".records-total")).to_have_text("3 recommendations")
    page.get_by_label(re.compile("^Supported")).check()
    expect(page.locator(".records-total")).to_have_text("2 recommendations")
    page.go_back()
    expect(page.locator(".records-total")).to_have_text("3 recommendations")


def test_goals_are_drilled_down_to_their_list(visit: Visit) -> None:
    page = visit.open("sdgs")
    expect(page.locator("#sdg-picture svg.main-svg").first).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=re.compile("^16 ")).click()
    expect(page.locator(".target-row").first).to_be_visible()
    page.locator("tr", has=page.get_by_role("button", name=re.compile("^16 "))).locator("td a").last.click()
    expect(page.locator(".records-total")).to_contain_text("recommendation")
    assert "sdg=16" in page.url


def written_pdf(lines: list[str]) -> bytes:
    """A PDF of one page in Helvetica with these lines."""
    words = "".join(f"({line}) Tj T* " for line in lines)
    content = f"BT /F1 11 Tf 14 TL 60 760 Td {words}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj" % n + one + b"endobj\n" for n, one in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _upload(page: Page, *paths: Path) -> Locator:
    """Add files; returns the job, done, that tells of them. Those of earlier tests are listed too."""
    page.set_input_files("#files", list(paths))
    page.locator("#add").click()
    job = page.locator(".job", has_text=paths[-1].name)
    expect(job).to_contain_text("Done", timeout=100_000)
    return job


def test_a_pdf_is_uploaded_asked_about_and_removed(visit: Visit, tmp_path: Path) -> None:
    lines = ["Notes on lighthouse keeping", "", "1. The lighthouse of Izola employs three keepers in winter.",
             "", "2. The keepers of the lighthouse are relieved every second month."]  # fmt: skip
    path = tmp_path / "lighthouse.pdf"
    path.write_bytes(written_pdf(lines))
    bad = tmp_path / "broken.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    page = visit.open("documents")
    _upload(page, path, bad)
    expect(page.locator(".job li.line-failed")).to_contain_text("broken.pdf")
    expect(page.locator("table.docs")).to_contain_text("lighthouse", ignore_case=True)
    visit.open("")
    visit.ask("How many keepers does the lighthouse of Izola employ in winter?")
    expect(page.locator(".answer-text").last).to_contain_text("employs three keepers")
    page.locator("button.cite").first.click()
    expect(page.locator("#source mark").first).to_contain_text("keepers")
    visit.open("documents")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("tr", has_text="ighthouse").get_by_role("button", name="Remove").click()
    expect(page.locator("table.docs")).not_to_contain_text("lighthouse", ignore_case=True)


@pytest.mark.realdata
def test_a_real_report_is_uploaded_and_asked_about(visit: Visit, data_folder: Path, served: Served) -> None:
    report = next(iter(sorted((data_folder / "slovenia" / "cycle-2").rglob("*.pdf"))), None)
    if report is None:
        pytest.skip("no report of Slovenia's second cycle in the data folder")
    page = visit.open("documents")
    job = _upload(page, report)
    expect(job.locator("li").first).to_contain_text("Added")
    with httpx.Client(base_url=served.address, timeout=60) as client:
        known = {"A/HRC/90/1", "A/HRC/91/3", "A/HRC/95/2"}
        added = next(
            one for one in client.get("/api/documents").json()["documents"] if one["key"] not in known
        )
        visit.open("")
        visit.ask(f"What does paragraph 1 of {added['symbol'] or added['title']} say?")
        expect(page.locator(".cite").first).to_be_visible()
        client.delete(f"/api/documents/{added['key']}")


def test_the_language_changes_to_arabic_from_right_to_left(visit: Visit) -> None:
    page = visit.open("recommendations?state=SVN")
    page.locator("#upr-language").select_option("ar")
    page.wait_for_url("**/ar/recommendations?state=SVN")
    expect(page.locator(".records-total")).to_contain_text("8")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "ar"
    assert page.evaluate("getComputedStyle(document.querySelector('.records')).direction") == "rtl"
    visit.open("", "ar")
    visit.ask("ما التوصيات التي قبلتها سلوفينيا بشأن الاحتجاز؟")
    expect(page.locator(".answered").last).to_have_attribute("dir", "rtl")
    expect(page.locator(".answer-text").last).to_contain_text("Improve conditions in places of detention")


def test_markup_in_a_document_or_a_question_stays_text(visit: Visit) -> None:
    visit.open("")
    page = visit.ask("<img src=x onerror=alert(1)> What does paragraph 2 of A/HRC/90/1 say?")
    assert page.locator(".thread img, .thread b").count() == 0
    assert "<img src=x" in page.locator(".asked-text").inner_text()


HOSTILE = """Notes on the harbour of Koper

1. The harbour <script>window.ran = 1</script> master of Koper keeps <img src=x onerror="window.ran = 2"> forty boats.

2. The pilots read ![a chart](https://example.org/chart.png) and [the tide](javascript:window.ran=3) at six *bells* _daily_.

3. The lamps ${window.ran = 4} and {{window.ran}} and `${alert(1)}` are <a href="https://example.org">lit</a> by the watchman.
"""


def test_nothing_of_a_hostile_document_runs_or_is_fetched(visit: Visit, served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=60, trust_env=False) as client:
        added = client.post("/api/documents", files={"file": ("harbour.txt", HOSTILE.encode())}).json()
        key = added["results"][0]["key"]
        visit.open("")
        for question, said in (
            ("How many boats does the harbour master of Koper keep?", '<img src=x onerror="window.ran = 2">'),
            (
                "When do the pilots read the tide?",
                "[the tide](javascript:window.ran=3) at six *bells* _daily_",
            ),
            (
                "Are the lamps lit by the watchman?",
                "${window.ran = 4} and {{window.ran}} and `${alert(1)}`",
            ),
        ):
            page = visit.ask(question)
            turn = page.locator(".turn").last
            expect(turn.locator(".answer-text")).to_contain_text(said)
            turn.locator("button.cite").first.click()
            expect(page.locator("#source mark").first).to_contain_text(said)
            page.keyboard.press("Escape")
        visit.open("documents")
        expect(page.locator("table.docs")).to_contain_text("harbour", ignore_case=True)
        client.delete(f"/api/documents/{key}")
    assert page.evaluate("window.ran") is None
    inside = page.locator(":is(.thread, #source, .docs) :is(script, img, iframe)")
    assert inside.count() == 0


def test_keys_alone_are_enough(visit: Visit) -> None:
    page = visit.open("")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.locator("#question").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".actions")).to_have_count(1)
    page.locator("button.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source .panel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#source .close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("button.cite").first).to_be_focused()


def test_no_page_is_wider_than_the_screen(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    visited = Visit(context.new_page(), served.address)
    for language in ("en", "ar"):
        for name in PAGES:
            page = visited.open(name, language)
            for width in (1280, 768, 390):
                page.set_viewport_size({"width": width, "height": 844})
                spare = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert spare <= 0, (language, name, width)
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_no_serious_barrier(browser: Browser, served: Served, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    script = files(axe).joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    visited = Visit(context.new_page(), served.address)
    page = visited.page
    found = []

    def look(where: str) -> None:
        page.evaluate(script)
        # What is dark differs in its colours only.
        for theme, asked in (("light", ""), ("dark", "{runOnly: ['color-contrast']}")):
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(
                f"document.body.classList.contains('dark') === {str(theme == 'dark').lower()}"
            )
            result = page.evaluate(f"axe.run({asked})")
            found.extend(
                (where, theme, one["id"], one["nodes"][0]["html"][:200])
                for one in result["violations"]
                if one["impact"] in {"serious", "critical"}
            )
        page.emulate_media(color_scheme="light")

    for name in PAGES:
        visited.open(name, language)
        look(name or "ask")
    page.goto(page.url.replace("documents", "recommendations?state=SVN"))
    page.locator(".list a.link").first.click()
    page.wait_for_selector("#detail .panel")
    look("recommendation")
    visited.open("", language)
    visited.ask(QUESTION)
    page.locator("button.cite").first.click()
    page.wait_for_selector("#source .panel")
    look("answer and source")
    context.close()
    assert not found, "\n".join(map(str, found))
