"""On every kind of page, with everything opened that opens: no text lies on other text, and no box cuts its content."""

from pathlib import Path

import pytest

from tests.data.browsing import PAGES

pytestmark = pytest.mark.browser

# What lies above the page on purpose, and what is drawn and not laid out.
APART = ".skip, [role=listbox], svg, option, .visually-hidden"

FIND = (Path(__file__).parent / "layout.js").read_text()


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_nothing_lies_on_anything_and_no_box_cuts_its_content(browser, site, width):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    found = {}
    for path in PAGES:
        page.goto(site + path)
        if wrong := page.evaluate(FIND, APART):
            found[path] = wrong
    page.context.close()
    assert found == {}
