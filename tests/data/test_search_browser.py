"""The search box in headless Chromium: suggestions by keyboard and mouse, and the same without JavaScript."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def type_in(page, text, box="#site-search"):
    page.click(box)
    page.keyboard.type(text, delay=15)
    page.wait_for_selector(f"{box}-suggestions:not([hidden])")


def test_suggestions_are_reached_chosen_and_left_by_keyboard(page, site):
    page.goto(f"{site}/about/")
    box = page.locator("#site-search")
    type_in(page, "endogl")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator("[role=listbox]:visible [role=option]").count() >= 1
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert "CD105" in page.locator(f"#{active}").inner_text()
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "endogl"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#site-search-suggestions:not([hidden])")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/molecules/cd105/")


def test_enter_without_a_choice_searches(page, site):
    page.goto(f"{site}/")
    type_in(page, "hypoxia", "#home-search")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/search/?q=hypoxia")
    assert page.locator(".results mark").count() > 0


def test_a_suggestion_is_chosen_with_the_mouse(page, site):
    page.goto(f"{site}/")
    type_in(page, "ADSC")
    page.click("#site-search-suggestions [role=option] >> nth=0")
    page.wait_for_url(f"{site}/sources/adipose-tissue/")


def test_a_slash_leads_to_the_search_box(page, site):
    page.goto(f"{site}/claims/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"


def test_without_javascript_the_box_still_searches(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/trials/")
    page.fill("#site-search", "endogln")
    page.press("#site-search", "Enter")
    assert page.url == f"{site}/search/?q=endogln"
    assert page.locator(".results h2 a").first.inner_text() == "CD105"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_search_page_and_an_open_list(browser, site, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(color_scheme=scheme).new_page()
    for path in ("/search/", "/search/?q=hypoxia+exosomes", "/search/?q=endogln", "/search/?q=qqqqzzzz"):
        page.goto(site + path)
        assert Axe().run(page).response["violations"] == [], path
    page.goto(f"{site}/about/")
    type_in(page, "endo")
    page.keyboard.press("ArrowDown")
    violations = Axe().run(page).response["violations"]
    assert violations == [], [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations]
    page.context.close()
