"""The site with its own content: every row has a page that opens, and figures hold what there is to draw."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from figures.views import claims_figure
from mscbase.api_urls import router
from tests.data.browsing import PAGES
from tests.figures.test_figures import nodes_stand_apart, rows_behind

FIGURES = [
    "/mechanisms/", "/mechanisms/immunomodulation/", "/molecules/hgf/", "/conditions/cancer/", "/sources/", "/trials/",
    "/coverage/", "/sources/compare/?source=adipose-tissue&source=bone-marrow&source=umbilical-cord&source=placenta",
]  # fmt: skip
MAPS = [
    "", "condition=cancer", "mechanism=paracrine", "mechanism=paracrine,!angiogenesis&organism=mouse",
    "source=bone-marrow", "condition=ageing&mechanism=limitations", "organism=!human",
    "molecule=hgf&columns=mechanism,target,process", "mechanism=immunomodulation&columns=mediator,target,process",
    "condition=cardiovascular-diseases&columns=mechanism,target", "condition=cancer&condition=ischaemia",
]  # fmt: skip


@pytest.mark.parametrize(
    "prefix", [prefix for prefix, viewset, _ in router.registry if hasattr(viewset, "retrieve")]
)
def test_rows_have_pages_and_twins_in_the_api(prefix):
    rows = Client().get(f"/api/v1/{prefix}/", {"page_size": 1000}).json()["results"]
    assert rows
    for row in rows[:: max(1, len(rows) // 5)]:
        assert Client().get(row["url"]).status_code in (200, 302), row["url"]
        detail = Client().get(row["api_url"]).json()
        assert {name: detail[name] for name in row} == row


@pytest.mark.parametrize("path", PAGES)
def test_every_page_asks_the_database_at_most_11_times(path):
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    assert len(captured) <= 11, "\n".join(query["sql"][:200] for query in captured)


@pytest.mark.parametrize("query", MAPS)
def test_the_map_keeps_its_nodes_apart_and_each_number_is_that_of_its_claims(query):
    figure = claims_figure(QueryDict(query))
    nodes_stand_apart(figure)
    for column in figure.columns:
        for node in column.nodes[::4]:
            assert rows_behind(node.href) == node.count > 0, node.href


@pytest.mark.parametrize("path", FIGURES)
def test_a_page_with_figures_weighs_less_than_150_kilobytes(path):
    html = Client().get(path).content
    assets = re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode())
    found = [finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", asset)) for asset in set(assets)]
    weight = len(gzip.compress(html)) + sum(
        len(gzip.compress(Path(path).read_bytes())) for path in found if path
    )
    assert weight < 150_000


def test_every_character_of_a_search_is_marked_where_it_stands():
    for text in ("TGF-β dendritic", "hypoxia exosomes", "endoglin"):
        for row in Client().get("/api/v1/search/", {"q": text}).json()["results"]:
            for words, spans in ((row["name"], row["name_marks"]), (row["snippet"], row["marks"])):
                assert all(0 <= start < end <= len(words) for start, end in spans)
                assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
