"""What each list and detail page shows of the example world, as `expected_pages.yaml` has it written down.

Of a list: its heading, facets, rows and where they lead. Of a detail: its heading, facts, blocks and where they lead.
"""

from pathlib import Path

import pytest
import yaml
from django.urls import reverse

from mscbase.api_urls import router
from tests import example
from tests.reading import read

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected_pages.yaml").read_text(encoding="utf-8"))
NAMES = [name.removeprefix("api-") for _, _, name in router.registry if not name.endswith("conflict")]


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    example.build()


def shown(path):
    page = read(path)
    found = {"heading": page.heading}
    if "listed" in page.html:
        facets = {f.heading: ", ".join(value.text for value in f.parts("li")) for f in page.parts(".facet")}
        table = page.part(".listed .table-wrap")
        return found | {"facets": facets, "rows": table.rows, "links": table.links}
    facts = {name: fact for name, fact in page.facts.items() if name not in ("Permalink", "In the API")}
    panels = {panel.heading: panel.rows or panel.text for panel in page.parts("section.panel")}
    links = [
        link for link in page.part("article").links if link != path and not link.startswith(("/api/", "#"))
    ]
    return found | {"facts": facts, "panels": panels, "links": links}


@pytest.mark.parametrize("path", EXPECTED)
def test_a_page_shows_what_is_written_down(path):
    assert shown(path) == EXPECTED[path]


@pytest.mark.parametrize("name", NAMES)
def test_each_list_and_each_kind_of_detail_is_written_down(name):
    path = reverse(f"{name}-list")
    assert path in EXPECTED
    assert name == "statement" or any(other.startswith(path) and other != path for other in EXPECTED)


@pytest.mark.parametrize("path", EXPECTED)
def test_no_page_shows_a_draft(path):
    assert "npublished" not in read(path).html
