"""WCAG 2.2 AA by axe on every kind of page, and each user's journey by keyboard alone."""

import pytest

from tests.data.browsing import PAGES, Keyboard

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(browser, site, scheme):
    from axe_playwright_python.sync_playwright import Axe

    found, axe = [], Axe()
    page = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}).new_page()
    for path in PAGES:
        page.goto(site + path)
        for violation in axe.run(page, options=RULES).response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:2]]
            found.append((path, violation["id"], len(violation["nodes"]), targets))
    page.context.close()
    assert found == []


@pytest.fixture
def page(browser, site):
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()
    opened.goto(site)
    yield opened
    opened.context.close()


def test_the_first_stop_leads_past_the_menu(page):
    Keyboard(page).press("Tab").press("Enter")
    assert page.url.endswith("#content")


def test_a_bench_researcher_compares_sources(page):
    hand = Keyboard(page)
    hand.reach("a[href='/sources/']").enter()
    hand.reach("input[name=source][value=adipose-tissue]").press("Space")
    hand.reach("input[name=source][value=bone-marrow]").press("Space")
    hand.reach("button[type=submit], input[type=submit]")
    while "ompare" not in page.evaluate("document.activeElement.textContent"):
        hand.reach("button[type=submit], input[type=submit]")
    hand.enter()
    assert "/sources/compare/" in page.url
    assert "not listed" in page.content().lower()


def test_a_bench_researcher_checks_a_marker_profile(page, site):
    page.goto(f"{site}/identify/")
    hand = Keyboard(page)
    hand.reach("textarea[name=profile]").type("CD73+ CD90+ CD105+ CD45- CD34-")
    hand.reach("form:has(textarea) button[type=submit]").enter()
    text = page.locator("main").inner_text()
    assert "CD14" in text
    assert "not tested" in text.lower()


def test_a_clinician_filters_trials_and_exports_them(page):
    hand = Keyboard(page)
    hand.reach("a[href^='/trials/']").enter()
    hand.reach("a[href*='condition=stroke']").enter()
    assert page.locator("tbody th[scope=row]:has-text('Stroke')").count() >= 3
    hand.reach("a[href*='.csv']")
    with page.expect_download() as download:
        hand.press("Enter")
    assert download.value.suggested_filename == "mscbase-trial.csv"


def test_a_reader_searches_with_suggestions(page):
    hand = Keyboard(page)
    hand.reach("input[type=search][name=q], input[role=combobox]").type("endogl")
    page.wait_for_selector("[role=option]")
    hand.press("ArrowDown")
    hand.enter()
    assert "cd105" in page.url or "endoglin" in page.url


def test_a_script_writer_finds_the_call_behind_a_page(page, site):
    page.goto(f"{site}/claims/MSC-CL-1837/")
    hand = Keyboard(page)
    hand.reach("main a[href='/api/v1/claims/MSC-CL-1837/']").enter()
    assert '"accession":"MSC-CL-1837"' in page.content()
