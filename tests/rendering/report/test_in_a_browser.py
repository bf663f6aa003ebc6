"""The report in a real browser: what people do with it, and that nothing leaves it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from hirelens_cli.rendering.report.page import report_html

from .conftest import report_of
from .test_page import PAYLOADS, poisoned

pytestmark = pytest.mark.extras
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra [browser]")
playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra [browser]")

CHROMIUM = os.environ.get("HIRELENS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
expect = playwright.expect
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[playwright.Browser]:
    if not CHROMIUM:
        pytest.skip("needs Chromium: install the Debian package chromium, or name one in HIRELENS_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path) -> Iterator[Callable[..., playwright.Page]]:
    """Open a report; at the end there was no message, no dialog, and no request but for the file itself."""
    seen: list[str] = []
    contexts = []

    def open_page(report, **settings: object) -> playwright.Page:
        path = tmp_path / f"report-{len(contexts)}.html"
        path.write_bytes(report_html(report))
        context = chromium.new_context(**({"viewport": DESKTOP} | settings))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        context.on("request", lambda request: request.url.startswith("data:") or seen.append(request.url))
        page.on("console", lambda message: seen.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
        page.goto(path.as_uri())
        assert seen == [path.as_uri()]
        seen.clear()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


def ranks(page: playwright.Page) -> list[str]:
    """Of the candidates that are shown, in the order in which they are."""
    return page.locator(".shortlist tbody tr:visible .rank").all_inner_texts()


def test_a_click_or_the_enter_key_sorts(opened, report):
    page = opened(report)
    head = page.get_by_role("columnheader", name="Domain")
    head.click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert ranks(page) == ["3=", "2=", "1"]
    head.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert ranks(page) == ["1", "2=", "3="]
    page.get_by_role("columnheader", name="Candidate").click()
    assert page.locator(".shortlist tbody a").all_inner_texts() == [
        "Amara Okonjo",
        "Tomas Lindqvist",
        "Viktor Halloran",
    ]


def test_scores_sort_as_numbers(opened, report):
    page = opened(report)
    page.get_by_role("columnheader", name="Score", exact=True).click()
    scores = [float(text) for text in page.locator(".shortlist tbody .score").all_inner_texts()]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_candidates_are_found_by_what_stands_in_their_card(opened, report):
    page = opened(report)
    page.get_by_label("Find").fill("viktor")
    assert ranks(page) == ["3="]
    assert page.locator(".state").inner_text() == "1 candidate"
    assert page.locator("details.card:visible").count() == 1
    page.get_by_label("Find").fill("Designed REST")  # a quoted line of the first two
    assert ranks(page) == ["1", "2="]
    page.get_by_label("every must-have shown").check()
    assert ranks(page) == ["1"]
    page.get_by_label("Find").fill("")
    page.get_by_label("every must-have shown").uncheck()
    assert len(ranks(page)) == 3


def test_a_candidate_opens_by_keyboard(opened, report):
    page = opened(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the shortlist"
    page.get_by_role("link", name="Tomas Lindqvist").focus()
    page.keyboard.press("Enter")
    card = page.locator("#j1-c2")
    expect(card.get_by_text("Requirement by evidence")).to_be_visible()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_text("Requirement by evidence")).not_to_be_visible()


def test_a_quote_leads_to_its_marked_page(opened, report):
    page = opened(report)
    page.locator("#j1-c1 summary").click()
    page.locator("#j1-c1").get_by_role("link", name="page 1").first.click()
    expect(page.locator("#j1-c1-p1 .mark")).to_be_in_viewport()


def test_two_candidates_are_compared(opened, report):
    page = opened(report)
    button = page.get_by_role("button", name="Compare two")
    assert button.is_disabled()
    page.get_by_label("Compare Amara Okonjo").check()
    assert button.is_disabled()
    page.get_by_label("Compare Viktor Halloran").check()
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Side by side")
    expect(dialog).to_be_visible()
    total, *parts = [
        float(text.replace("−", "-")) for text in dialog.locator("tbody td:nth-child(4)").all_inner_texts()
    ]
    first, _, last = (dossier.ranked.score for dossier in report.jobs[0].dossiers)
    assert round(100 * total) == first - last
    assert sum(round(100 * part) for part in parts) == first - last
    assert parts == sorted(parts, key=abs, reverse=True)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_others_does_nothing(opened, report, payload):
    page = opened(poisoned(report, payload))
    for box in page.locator(".pick input").all()[:2]:
        box.check()
    page.locator("button.compare").click()
    assert page.locator("script").count() == 3
    assert page.locator("iframe, object, embed, base, img, link").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => !e.getAttributeNames().some(n => n.startsWith('on')))"
    )
    assert page.evaluate(
        "[...document.querySelectorAll('[href]')].every(e => /^(#|data:image.png)/.test(e.getAttribute('href')))"
    )
    assert not payload.isprintable() or payload in page.locator("dialog").inner_text().replace("\n", " ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_people_who_need_help(opened, report, shortlist, scheme):
    axe = axe_playwright.Axe()
    for shown in (report, report_of(shortlist, blind=True)):
        page = opened(shown, color_scheme=scheme)
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
    for box in page.locator(".pick input").all()[:2]:
        box.check()
    page.locator("button.compare").click()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_the_page_never_scrolls_sideways(opened, report, width):
    long = "a-very-long-name-" * 12 + "W" * 90
    page = opened(poisoned(report, long), viewport={"width": width, "height": 800})
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_printed(opened, report):
    import pypdfium2

    page = opened(report)
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(document) >= 3
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    for words in ("Amara Okonjo", "Tidewater Freight", "Designed REST APIs in Python", "How to read this", "ruth.pdf"):
        assert words in text
    assert "Compare two" not in text
    expect(page.locator("details[open]")).to_have_count(0)


def test_without_scripts_everything_can_still_be_read(opened, report):
    page = opened(report, java_script_enabled=False)
    assert not page.get_by_label("Find").is_visible()
    assert page.locator(".pick:visible").count() == 0
    assert len(page.locator(".shortlist tbody tr").all()) == 3
    page.locator("#j1-c1 summary").click()
    expect(page.locator("#j1-c1").get_by_text("Requirement by evidence")).to_be_visible()


def test_a_pool_of_a_hundred_for_three_jobs_opens_and_sorts(opened, report):
    job = report.jobs[0]
    one = job.dossiers[1]
    dossiers = tuple(
        replace(one, ranked=replace(one.ranked, rank=rank, places=(rank, rank), name=f"Person {rank}"))
        for rank in range(1, 101)
    )
    whole = replace(job.shortlist, pool=100, candidates=tuple(item.ranked for item in dossiers))
    page = opened(replace(report, jobs=(replace(job, shortlist=whole, dossiers=dossiers),) * 3))
    assert page.locator(".shortlist").count() == 3
    page.locator("#j2 .find").fill("person 77")
    assert page.locator("#j2 .shortlist tbody tr:visible").count() == 1
    assert page.locator("#j3 .shortlist tbody tr:visible").count() == 100
    page.locator("#j3 thead th").nth(1).click()
    assert page.locator("#j3 .rank").first.inner_text() == "100"
