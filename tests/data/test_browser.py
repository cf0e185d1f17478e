"""Every kind of page in headless Chromium: nothing on the console, nothing cut off, light and dark."""

import pytest

from tests.data.browsing import PAGES
from tests.server import serve

pytestmark = pytest.mark.browser


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
        page.goto(site + path)
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width[0] > width[1]:
            wrong.append((path, f"{width[0]} px wide in a window of {width[1]}"))
    page.context.close()
    return wrong


def expected(problem):
    """Chromium reports the status of the two error pages that are opened on purpose."""
    return "status of 404" in problem[1] or "status of 400" in problem[1]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")]
)
def test_every_kind_of_page_opens_without_a_complaint(browser, site, width, scheme):
    wrong = open_all(browser, site, PAGES, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert [problem for problem in wrong if not expected(problem)] == []


def test_without_javascript_everything_still_reads_filters_compares_and_searches(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/claims/?mediator=hgf&mechanism=angiogenesis")
    found = page.locator("tbody tr").count()
    assert found >= 2
    page.goto(f"{site}/sources/")
    page.check("input[name=source][value=adipose-tissue]")
    page.check("input[name=source][value=bone-marrow]")
    page.click("button:has-text('Compare')")
    page.wait_for_url("**/sources/compare/?**")
    assert "/sources/compare/" in page.url
    assert "CD49d" in page.content()
    page.goto(f"{site}/search/?q=endoglin")
    assert "CD105" in page.content()
    page.goto(f"{site}/identify/")
    page.fill("textarea[name=profile]", "CD73+ CD90+ CD105+ CD45-")
    page.click("form button[type=submit]:has-text('Identify'), form button[type=submit]:has-text('Check')")
    page.wait_for_url("**profile=**")
    assert "profile=" in page.url
    page.context.close()


def test_facets_narrow_and_the_back_button_widens_with_and_without_javascript(browser, site):  # noqa: F811
    for javascript, width in ((True, 1280), (False, 390)):
        page = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}
        ).new_page()
        page.goto(f"{site}/trials/?ordering=outcome")
        for name in ("condition", "outcome"):
            if width < 1000:
                page.click(".facet-box > summary")
            link = page.locator(f"#facet-{name} li > a").first
            promised = int(link.locator(".count").inner_text())
            link.click()
            page.wait_for_url(f"**{name}=**")  # loaded, not only under way
            assert f"{name}=" in page.url
            assert page.locator(".listed tbody tr").count() == promised
        assert page.locator(".chips li:not(.clear)").count() == 2
        page.go_back()
        page.go_back()
        assert page.url == f"{site}/trials/?ordering=outcome"
        assert page.locator(".chips").count() == 0
        page.context.close()


def test_the_documentation_of_the_api_opens_offline(browser, site):
    page = browser.new_context().new_page()
    page.goto(f"{site}/api/docs/")
    page.wait_for_selector(".opblock")  # drawn once the schema has been made and read
    assert page.locator(".opblock").count() > 10
    page.context.close()


def test_the_site_has_its_styles_and_scripts_under_a_prefix(
    browser, knowledge_base, django_db_blocker, tmp_path
):
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    with django_db_blocker.unblock(), serve(SCRIPT_NAME="/mscbase", **home) as address:
        page = browser.new_page()
        failed = []
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        page.goto(f"{address}/")
        assert page.evaluate("() => [...document.styleSheets].every(s => s.cssRules.length > 0)")
        page.fill("#site-search", "hgf")
        page.wait_for_selector("[role=option]")
        page.goto(f"{address}/claims/")
        page.click("a[rel=next]")
        assert page.url.startswith(f"{address}/claims/?")
        page.goto(f"{address}/api/docs/")
        page.wait_for_selector(".opblock")
        assert failed == []
        page.close()
