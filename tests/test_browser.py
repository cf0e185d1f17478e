"""Every kind of page in headless Chromium: nothing on the console, nothing cut off, light and dark."""

import shutil

import pytest

from tests.conftest import required_in_ci
from tests.server import serve

pytestmark = pytest.mark.browser
PAGES = [
    "/", "/about/", "/downloads/", "/conflicts/", "/sources/", "/sources/adipose-tissue/", "/markers/",
    "/markers/cd73/", "/cell-types/", "/cell-types/t-cell/", "/molecules/", "/molecules/hgf/", "/conditions/",
    "/conditions/stroke/", "/organisms/", "/organisms/mouse/", "/mechanisms/", "/mechanisms/paracrine/", "/pathways/",
    "/pathways/pi3k-akt-signalling/", "/processes/", "/processes/apoptosis/", "/claims/", "/claims/MSC-CL-1736/",
    "/claims/?mediator=nonsense", "/vesicle-classes/", "/vesicle-classes/exosomes/", "/trials/", "/trials/MSC-TR-0010/",
    "/indications/", "/trial-statistics/", "/marker-expressions/", "/marker-expressions/MSC-ME-0001/",
    "/differentiations/", "/source-traits/", "/identity-criteria/", "/administration-routes/intrathecal/",
    "/adverse-events/", "/outcome-measures/", "/sections/", "/sections/table-2/", "/references/", "/references/132/",
    "/statements/", "/documents/fan-2020/", "/api/docs/", "/no/such/page/",
]  # fmt: skip
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), serve() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        required_in_ci("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def open_all(browser, site, paths, **context):
    """[(path, what is wrong with it)] over pages opened one after the other."""
    wrong = []
    page = browser.new_context(**context).new_page()
    page.on("console", lambda m: wrong.append((page.url, m.text)) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append((page.url, str(error))))
    page.on(
        "request",
        lambda r: wrong.append((page.url, r.url)) if not r.url.startswith((site, "data:")) else None,
    )
    for path in paths:
        page.goto(site + path, wait_until="networkidle" if path == "/api/docs/" else "load")
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width[0] > width[1] and path != "/api/docs/":
            wrong.append((path, f"{width[0]} px wide in a window of {width[1]}"))
    page.context.close()
    return wrong


def expected(problem):
    """Chromium reports the status of the two error pages that are opened on purpose."""
    return "status of 404" in problem[1] or "status of 400" in problem[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_kind_of_page_opens_without_a_complaint(browser, site, scheme, width):
    wrong = open_all(browser, site, PAGES, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert [problem for problem in wrong if not expected(problem)] == []


def test_a_researcher_filters_trials_by_disease_and_reads_one(browser, site):
    page = browser.new_context().new_page()
    page.goto(f"{site}/trials/")
    page.click("summary")
    page.select_option("#filter-condition", "stroke")
    page.click("text=Apply")
    assert page.url == f"{site}/trials/?condition=stroke"
    assert page.locator("tbody tr").count() == 3
    page.click("text=MSC-TR-0011")
    assert "4.57 × 10⁷ cells" in page.content()
    page.context.close()


def test_without_javascript_everything_still_reads_and_filters(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/claims/?mediator=hgf&mechanism=angiogenesis")
    assert page.locator("tbody tr").count() >= 2
    page.click("summary")
    page.select_option("#filter-direction", "increases")
    page.click("text=Apply")
    assert "direction=increases" in page.url
    assert page.locator("tbody tr").count() >= 1
    page.context.close()


def test_the_documentation_of_the_api_opens_offline(browser, site):
    page = browser.new_context().new_page()
    page.goto(f"{site}/api/docs/", wait_until="networkidle")
    assert page.locator(".opblock-tag-section, .opblock").count() > 10
    page.context.close()
