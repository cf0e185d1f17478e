"""What a page shows, as a reader sees it: headings, facts, tables and links, read from its HTML."""

from bs4 import BeautifulSoup, Tag
from django.test import Client


def text_of(element: Tag) -> str:
    """The words of an element, without what only assistive technology reads."""
    for hidden in element.select(".visually-hidden, [hidden], script, style"):
        hidden.extract()
    return " ".join(element.get_text(" ").split())


class Page:
    """A page, or a part of one."""

    def __init__(self, element: Tag):
        self.element = element

    @property
    def text(self) -> str:
        return text_of(self.element)

    @property
    def html(self) -> str:
        return str(self.element)

    @property
    def heading(self) -> str:
        return text_of(self.element.find(["h1", "h2", "h3"]))

    @property
    def links(self) -> list[str]:
        """Where the links lead, each once, in their order."""
        return list(dict.fromkeys(a["href"] for a in self.element.select("a[href]")))

    @property
    def facts(self) -> dict[str, str]:
        """{term: what is said of it} of the facts of a detail page."""
        return {text_of(row.dt): text_of(row.dd) for row in self.element.select("dl.facts > div")}

    @property
    def head(self) -> list[str]:
        return [text_of(cell) for cell in self.element.select("thead th, thead td")]

    @property
    def rows(self) -> list[str]:
        """The rows of all tables, a bar between two cells; a cell that is empty is nothing."""
        return [
            " | ".join(text_of(cell) for cell in row.find_all(["th", "td"])).strip(" |")
            for row in self.element.select("tbody tr")
        ]

    def part(self, selector: str) -> "Page":
        return Page(self.element.select_one(selector))

    def parts(self, selector: str) -> list["Page"]:
        return [Page(element) for element in self.element.select(selector)]


def read(path: str, status: int = 200) -> Page:
    """The main part of the page at this address."""
    response = Client().get(path)
    assert response.status_code == status, path
    return Page(BeautifulSoup(response.content.decode(), "html.parser").select_one("main"))
