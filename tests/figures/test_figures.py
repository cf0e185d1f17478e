"""Figures: each number is that of the rows behind its link; each opens by itself and says what it shows."""

import base64
import gzip
import hashlib
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet, SourceTraitViewSet
from figures import coverage
from figures.claim_index import index_queryset
from figures.columns import COLUMNS
from figures.doses import dose_chart
from figures.drawing import standalone_style, wrap_label
from figures.sankey import THINNEST
from figures.trials import outcome_matrix
from figures.views import claims_figure
from mechanisms.api import ClaimViewSet
from mechanisms.models import Claim
from tests import builders as make
from tests import wide
from trials.api import TrialViewSet
from trials.models import Trial

SVG = "{http://www.w3.org/2000/svg}"
FILES = [
    "/mechanisms/map.svg", "/mechanisms/map.svg?condition=condition-1-broad&mechanism=mechanism-1",
    "/mechanisms/map.svg?molecule=mediator-1&columns=mechanism,target,process", "/sources/markers.svg",
    "/sources/differentiation.svg?origin=adult", "/trials/outcomes.svg", "/trials/outcomes.svg?condition=condition-1",
    "/trials/doses.svg", "/coverage/sources.svg", "/coverage/conditions.svg",
    "/coverage/conditions.svg?condition=condition-1-broad",
]  # fmt: skip
PAGES = [
    "/mechanisms/", "/mechanisms/mechanism-1-broad/", "/molecules/mediator-1/", "/conditions/condition-1/", "/sources/",
    "/trials/", "/coverage/",
]  # fmt: skip
QUERIES = [
    "", "condition=condition-1-broad", "mechanism=mechanism-1-broad", "mechanism=mechanism-1-broad,!mechanism-2",
    "mechanism=mechanism-1-broad,!mechanism-1&organism=organism-1", "source=source-1", "evidence=!animal",
    "condition=condition-1&mechanism=mechanism-1-broad", "organism=!organism-1", "molecule=regulated-2",
    "molecule=mediator-1&columns=mechanism,target,process", "mechanism=mechanism-1&columns=mediator,target,process",
    "condition=condition-1,condition-2&columns=mechanism,target",
]  # fmt: skip
VIEWSETS = {
    "claims": ClaimViewSet, "trials": TrialViewSet, "marker-expressions": MarkerExpressionViewSet,
    "differentiations": DifferentiationViewSet, "source-traits": SourceTraitViewSet,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    """Besides one claim and trial a thing, claims that share, lack or oppose what others have."""
    wide.build()
    shared = {"mechanism": "mechanism-1-broad", "conditions": ["condition-1"], "mediators": ["mediator-1"]}
    for number in (1, 2, 3):
        make.claim(f"MSC-CL-001{number}", targets=["cell-type-1-broad"], direction="decreases", **shared)
    make.claim("MSC-CL-0014", direction="no-effect", organisms=["organism-1"], process="process-1", **shared)
    make.claim("MSC-CL-0015", preparation="exosomes", conditions=["condition-2"], targets=["cell-type-1"])
    make.trial("MSC-TR-0011", conditions=["condition-1-broad"], source="source-1", references=[1])
    make.trial(
        "MSC-TR-0012", conditions=["condition-1"], outcome="mixed", dose_cells_min=10**6, dose_cells_max=10**8,
        dose_cells_per_kg_min=10**5, dose_cells_per_kg_max=10**5, references=[1],
    )  # fmt: skip


def rows_behind(href):
    """How many rows the list at this address has; the filters must all be understood."""
    path, _, query = href.partition("?")
    viewset = VIEWSETS[path.strip("/")]
    filterset = viewset.filterset_class(QueryDict(query), queryset=viewset.queryset.all())
    assert filterset.problems() == {}, href
    return filterset.qs.count()


def get(path, status=200):
    response = Client().get(path)
    assert response.status_code == status, path
    return response


def drawn_in(html):
    return re.findall(r"<svg .*?</svg>", html, flags=re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_every_number_on_the_map_is_that_of_the_claims_behind_it(query):
    figure = claims_figure(QueryDict(query))
    nodes = [node for column in figure.columns for node in column.nodes]
    assert nodes
    shown = [(node.href, node.count) for node in nodes]
    shown += [(way.href, way.count) for node in nodes for way in node.directions]
    shown += [(link.href, link.count) for link in figure.links]
    wrong = [(href, n, rows_behind(href)) for href, n in shown if rows_behind(href) != n]
    assert wrong == []


def test_what_flows_into_the_map_flows_out():
    """No claim is lost between the columns: each stands in at least one group of each."""
    index = index_queryset(Claim.objects.all())
    for column in COLUMNS.values():
        groups = column.groups(index, column.most)
        assert set().union(*(group.claims for group in groups)) == index.all


def test_directions_add_up_to_the_node():
    for column in claims_figure(QueryDict("")).columns:
        for node in column.nodes:
            if node.directions:
                assert sum(way.count for way in node.directions) == node.count


def nodes_stand_apart(figure):
    """The nodes of each column do not overlap, stay within the drawing, and hold their lines."""
    for column in figure.columns:
        below = 0
        for node in sorted(column.nodes, key=lambda n: n.y):
            assert node.y >= below, node.group.label
            below = node.y + node.height
            assert below <= figure.height
            assert node.x + node.width <= figure.width
            assert len(node.lines) * 15 <= node.height


def test_nodes_do_not_overlap_and_stay_within_the_drawing():
    for query in QUERIES:
        nodes_stand_apart(claims_figure(QueryDict(query)))


def test_the_width_of_a_link_is_its_number_of_claims():
    links = claims_figure(QueryDict("condition=condition-1-broad")).links
    per_claim = {round(link.width / link.count, 2) for link in links if link.width > THINNEST}
    assert len(per_claim) == 1


def test_a_drawing_says_direction_without_colour():
    svg = get("/mechanisms/map.svg?condition=condition-1-broad").content.decode()
    assert 'fill="url(#map-decreases)"' in svg
    assert 'fill="url(#map-other)"' in svg
    assert "▲" in svg
    assert "▼" in svg


@pytest.mark.parametrize("path", FILES)
def test_a_file_opens_by_itself(path):
    """Well-formed, titled, described, with its own style, and links that lead back here."""
    response = get(path)
    assert response["Content-Type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314 our own
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text
    assert len(root.find(f"{SVG}desc").text) > 20
    style = root.find(f"{SVG}style").text
    assert "var(" not in style
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{allowed}'" in response["Content-Security-Policy"]
    links = [a.get("href") for a in root.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("http://testserver/") for link in links)
    assert style.strip() == standalone_style()


@pytest.mark.parametrize("path", FILES)
def test_a_file_links_only_to_pages_that_open(path):
    links = re.findall(r'href="http://testserver([^"]+)"', get(path).content.decode())
    for link in sorted(set(links), key=lambda link: (len(link), link))[:6]:
        get(unescape(link).split("#")[0])


@pytest.mark.parametrize("path", PAGES)
def test_every_drawing_on_a_page_has_title_description_file_and_table(path):
    html = get(path).content.decode()
    drawings = drawn_in(html)
    assert drawings
    for svg in drawings:
        root = ElementTree.fromstring(svg)  # noqa: S314 our own
        named = root.get("aria-labelledby").split()
        assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
        assert root.find(f"{SVG}title").text
        assert root.find(f"{SVG}desc").text
        sizes = [float(size) for size in re.findall(r"font-size=\"([\d.]+)", svg)]
        assert all(size >= 11 for size in sizes)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for address in re.findall(r'<a href="([^"]+\.svg[^"]*)" download', html):
        get(unescape(address))
    assert html.count("download>Download SVG") == html.count("The same numbers as a table")


@pytest.mark.parametrize("path", PAGES)
def test_the_table_has_what_the_drawing_has(path):
    html = get(path).content.decode()
    tables = set(
        re.findall(r'href="([^"]+)"', " ".join(re.findall(r"<table.*?</table>", html, flags=re.DOTALL)))
    )
    for svg in drawn_in(html):
        links = re.findall(r'<a href="([^"]+)"[^>]*class="(?:node|link|mark-link|bar)', svg)
        assert set(links) <= tables


def test_a_file_draws_what_its_page_draws():
    html = get("/molecules/mediator-1/").content.decode()
    address = unescape(re.search(r'<a href="([^"]+\.svg[^"]*)" download', html)[1])
    paths = re.findall(r'<path d="([^"]+)"', max(drawn_in(html), key=lambda svg: svg.count("<path")))
    assert paths == re.findall(r'<path d="([^"]+)"', get(address).content.decode())


@pytest.mark.parametrize("given", [{}, {"condition": ["condition-1-broad"]}, {"source": ["source-1"]},
                                   {"condition": ["!condition-1"]}, {"outcome": ["improved"]}])  # fmt: skip
def test_every_number_of_trials_is_that_of_the_trials_behind_it(given):
    query = QueryDict(mutable=True)
    for name, values in given.items():
        query.setlist(name, values)
    filterset = TrialViewSet.filterset_class(query, queryset=TrialViewSet.queryset.all())
    figure = outcome_matrix(filterset.qs, given)
    assert figure.cells
    for cell in figure.cells.values():
        assert rows_behind(cell.href) == int(cell.text)
    for row in figure.rows:
        assert rows_behind(row.href) == row.rows


def test_a_trial_without_outcome_is_counted_as_not_stated():
    figure = outcome_matrix(TrialViewSet.queryset.all())
    cell = next(cell for cell in figure.cells.values() if "not stated" in cell.description)
    assert rows_behind(cell.href) == 1


def test_doses_stand_on_a_log_axis_with_cells_and_cells_per_kilogram_apart():
    axes = {axis.unit: axis for axis in dose_chart(TrialViewSet.queryset.all()).axes}
    assert set(axes) == {"cells", "cells/kg"}
    for axis in axes.values():
        gaps = {round(b.x - a.x) for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)}
        assert max(gaps) - min(gaps) <= 1
    drawn = {(row.trial.accession, unit) for unit, axis in axes.items() for row in axis.rows}
    stated = {(trial.accession, dose.unit) for trial in Trial.objects.all() for dose in trial.doses}
    assert drawn == stated
    twice = [unit for accession, unit in drawn if accession == "MSC-TR-0012"]
    assert sorted(twice) == ["cells", "cells/kg"]


def test_a_range_of_doses_is_a_bar():
    rows = {row.trial.accession: row for row in dose_chart(TrialViewSet.queryset.all()).axes[0].rows}
    assert rows["MSC-TR-0012"].is_range
    assert rows["MSC-TR-0012"].x1 < rows["MSC-TR-0012"].x2
    assert not rows["MSC-TR-0002"].is_range


@pytest.mark.parametrize("make", [coverage.sources, coverage.conditions])
def test_every_number_of_the_coverage_is_that_of_the_rows_behind_it(make):
    cells = make().cells.values()
    assert len(cells) > 15
    for cell in cells:
        assert rows_behind(cell.href) == int(cell.text.rstrip("≠")), cell.href


def test_coverage_tells_supported_conflicting_and_not_reported_apart_in_words():
    html = get("/coverage/").content.decode()
    for words in ("supported", "conflicting", "not reported", "≠", "–"):
        assert words in html
    disputed = next(cell for cell in coverage.conditions().cells.values() if cell.kind == "conflicting")
    n = int(disputed.description.rsplit(" ", 1)[1])
    assert rows_behind(f"{disputed.href}&conflicting=true") == n


@pytest.mark.parametrize(
    ("path", "named"),
    [("/mechanisms/map.svg?molecul=hgf", "molecule"), ("/mechanisms/?condition=condition-11", "condition-1"),
     ("/mechanisms/map.svg?columns=target,nothing", "preparation"), ("/coverage/?condition=condition-x", "condition"),
     ("/trials/doses.svg?outcome=bettered", "outcome"), ("/sources/markers.svg?origins=adult", "origin")],
)  # fmt: skip
def test_what_a_figure_does_not_understand_is_named(path, named):
    assert named in get(path, status=400).content.decode()


def test_filters_redraw_the_map_and_stay_in_the_form():
    html = get("/mechanisms/?condition=condition-1-broad&organism=").content.decode()
    assert '<option value="condition-1-broad" selected>' in html
    assert "/mechanisms/map.svg?condition=condition-1-broad" in html
    few, all_of_them = claims_figure(QueryDict("condition=condition-1-broad")), claims_figure(QueryDict(""))
    assert 0 < few.count < all_of_them.count
    assert few.count == rows_behind("/claims/?condition=condition-1-broad")


def test_nothing_to_draw_says_what_to_do():
    html = get("/mechanisms/?condition=condition-1&mechanism=mechanism-3").content.decode()
    assert "Draw the whole map" in html


def test_the_map_keeps_to_its_budget_of_queries_and_bytes():
    Client().get("/mechanisms/")
    with CaptureQueriesContext(connection) as captured:
        html = get("/mechanisms/").content
    assert len(captured) <= 14, [query["sql"][:120] for query in captured]
    assert weight(html) < 150_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_figures_weighs_less_than_150_kilobytes(path):
    assert weight(get(path).content) < 150_000


def weight(html):
    assets = re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode())
    read = [finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", asset)) for asset in set(assets)]
    return len(gzip.compress(html)) + sum(
        len(gzip.compress(Path(path).read_bytes())) for path in read if path
    )


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [("HGF", 100, ["HGF"]), ("Extracellular vesicles", 100, ["Extracellular", "vesicles"]),
     ("a b c d e f g h", 28, ["a b", "c d", "e f…"])],
)  # fmt: skip
def test_labels_are_broken_where_they_fit(label, width, lines):
    assert wrap_label(label, width) == lines
