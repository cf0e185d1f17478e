"""The pages to open in a browser, and a hand on the keyboard."""

PAGES = [
    "/", "/about/", "/downloads/", "/conflicts/", "/sources/", "/sources/adipose-tissue/", "/markers/",
    "/markers/cd73/", "/cell-types/", "/cell-types/t-cell/", "/molecules/", "/molecules/hgf/", "/conditions/",
    "/conditions/stroke/", "/organisms/", "/organisms/mouse/", "/mechanisms/", "/mechanisms/paracrine/", "/pathways/",
    "/pathways/pi3k-akt-signalling/", "/processes/", "/processes/apoptosis/", "/claims/", "/claims/MSC-CL-1736/",
    "/claims/?mediator=nonsense", "/vesicle-classes/", "/vesicle-classes/exosomes/", "/trials/", "/trials/MSC-TR-0010/",
    "/indications/", "/trial-statistics/", "/marker-expressions/", "/marker-expressions/MSC-ME-0001/",
    "/differentiations/", "/source-traits/", "/identity-criteria/", "/administration-routes/intrathecal/",
    "/adverse-events/", "/outcome-measures/", "/sections/", "/sections/table-2/", "/references/", "/references/132/",
    "/statements/", "/documents/fan-2020/", "/no/such/page/", "/search/?q=TGF-b", "/search/?q=nothing+like+it",
    "/sources/compare/?source=adipose-tissue&source=bone-marrow&source=umbilical-cord",
    "/identify/?profile=CD73%2B+CD90%2B+CD105%2B+CD45-+CD34-", "/identify/", "/coverage/",
]  # fmt: skip


class Keyboard:
    """Somebody who never touches the mouse: what has the focus must be visible and is what Enter acts on."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector, presses=250):
        """Press Tab until the first element that matches has the focus."""
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                outline = self.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"the focus on {selector} cannot be seen"
                return self
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}")

    def enter(self):
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        return self
