"""What the catalogue holds and answers, fact by fact against the review's Table 1 and text."""

import pytest

from catalog.models import (
    DifferentiationPotential,
    IdentityCriterion,
    MarkerExpression,
    SurfaceMarker,
    TissueSource,
)

TABLE_1 = {
    "adipose-tissue": (
        "cd73 cd90 cd29 cd44 cd71 cd105 cd13 cd166 stro-1", "adipocyte chondrocyte osteoblast", [29, 30, 31],
    ),
    "amniotic-fluid": (
        "cd44 cd90 cd105 cd13 cd29 cd71 cd120a", "adipocyte cardiomyocyte-like-cell chondrocyte osteoblast", [32, 33],
    ),
    "bone-marrow": (
        "cd73 cd90 cd105 stro-1", "adipocyte chondrocyte osteoblast tenocyte vascular-smooth-muscle-cell",
        [34, 35, 36, 37],
    ),
    "dental-pulp": (
        "cd29 cd44 cd90 cd105", "adipocyte chondrocyte osteoblast neuron-like-cell odontoblast myogenic-lineages",
        [38, 39, 40, 41],
    ),
    "endometrium": ("cd29 cd90 cd73 cd105", "adipocyte chondrocyte osteoblast", [42, 43]),
    "peripheral-blood": ("cd44 cd90 cd105 hla-abc", "adipocyte osteoblast fibroblast", [44]),
    "placenta": (
        "cd29 cd73 cd90 cd105",
        "adipocyte chondrocyte osteoblast myotubular-cell pancreatic-progenitor-cell neuron-like-cell retinal-cell",
        [45, 46],
    ),
    "synovium": (
        "cd44 cd90 cd105 cd147 stro-1", "adipocyte chondrocyte osteoblast skeletal-muscle-cell", [29, 47, 48],
    ),
    "skin": (
        "cd44 cd73 cd90 cd105 cd166 ssea-4 vimentin",
        "adipocyte chondrocyte osteoblast neuron-like-cell pancreatic-cell endothelial-cell", [49, 50, 51],
    ),
    "umbilical-cord": (
        "cd29 cd44 cd73 cd90 cd105",
        "adipocyte chondrocyte osteoblast skeletal-muscle-cell endothelial-cell cardiomyocyte-like-cell neuron-like-cell",  # noqa: E501
        [52, 53],
    ),
}  # fmt: skip


def test_table_1_has_ten_sources_53_markers_and_48_cells():
    assert TissueSource.objects.listed_in_table_1().count() == 10
    assert MarkerExpression.objects.filter(section__slug="table-1").count() == 53
    assert DifferentiationPotential.objects.filter(section__slug="table-1").count() == 48


@pytest.mark.parametrize("source", TABLE_1)
def test_each_row_of_table_1_has_its_cells_and_references(source):
    markers, cells, references = TABLE_1[source]
    expressions = MarkerExpression.objects.filter(section__slug="table-1", source__slug=source)
    potentials = DifferentiationPotential.objects.filter(section__slug="table-1", source__slug=source)
    assert {row.marker.slug for row in expressions} == set(markers.split())
    assert {row.cell_type.slug for row in potentials} == set(cells.split())
    for row in [*expressions, *potentials]:
        assert [reference.number for reference in row.references.all()] == references
    assert {row.status for row in expressions} == {"positive"}


def test_the_isct_criteria_are_as_the_review_states_them():
    criterion = IdentityCriterion.objects.get(authority__contains="ISCT")
    assert {m.slug for m in criterion.positive_markers.all()} == {"cd73", "cd90", "cd105"}
    assert {m.slug for m in criterion.negative_markers.all()} == {
        "cd11b",
        "cd14",
        "cd19",
        "cd34",
        "cd45",
        "hla-dr",
    }
    assert [r.number for r in criterion.references.all()] == [8, 9, 11]


def test_adipose_tissue_has_the_nine_markers_of_table_1_and_the_one_of_the_text(api):
    answer = api("markers/", source="adipose-tissue")
    assert answer["count"] == 10
    assert "cd49d" in {row["slug"] for row in answer["results"]}


def test_absence_is_not_a_negative(slugs):
    assert slugs("markers/", source="bone-marrow") == {"cd73", "cd90", "cd105", "stro-1"}
    assert slugs("markers/", source="bone-marrow", status="negative") == {"cd49d"}
    assert "cd34" not in slugs("markers/", status="negative")


def test_every_marker_is_listed_until_a_filter_asks(api):
    assert api("markers/")["count"] == SurfaceMarker.objects.count() == 22
    assert api("markers/", q="cd34")["count"] == 1


def test_source_and_status_speak_of_the_same_report(slugs):
    assert slugs("markers/", source="adipose-tissue", status="negative") == set()
    assert slugs("markers/", source="!adipose-tissue") & slugs("markers/", source="adipose-tissue") == set()
    assert slugs("markers/", status="positive") >= slugs("markers/", source="skin")


def test_a_source_is_found_by_what_it_carries_not_by_what_it_lacks(slugs):
    assert slugs("sources/", marker="cd49d") == {"adipose-tissue"}
    assert slugs("sources/", marker="stro-1") == {"adipose-tissue", "bone-marrow", "synovium"}
    assert slugs("sources/", cell_type="odontoblast") == {"dental-pulp"}


def test_one_differentiation_is_of_odontoblasts(api):
    rows = api("differentiations/", cell_type="odontoblast")["results"]
    assert [(row["source"]["slug"], row["section"]) for row in rows] == [("dental-pulp", "table-1")]


def test_a_germ_layer_stands_only_where_the_review_gives_it(slugs):
    assert slugs("cell-types/", germ_layer="mesoderm") == {
        "adipocyte", "chondrocyte", "osteoblast", "skeletal-muscle-cell",
    }  # fmt: skip
    assert slugs("differentiations/", germ_layer="mesoderm", source="endometrium")


def test_traits_carry_comparator_and_quantity(api):
    rows = api("source-traits/", source="adipose-tissue", aspect="yield")["results"]
    assert [
        (r["quantity"], r["quantity_sign"], r["quantity_unit"], r["comparator"]["slug"]) for r in rows
    ] == [(500.0, "=", "times", "bone-marrow")]
    rows = api("source-traits/", source="induced-pluripotent-stem-cells", aspect="passages")["results"]
    assert [(r["quantity"], r["quantity_sign"], r["quantity_unit"]) for r in rows] == [
        (50.0, ">", "passages")
    ]


def test_near_things_stay_apart(api):
    for slug in ("tgf-beta", "tgf-beta1", "tgf-beta2", "fgf", "fgf21"):
        assert api(f"molecules/{slug}/")["slug"] == slug
    for slug in ("type-1-diabetes", "type-2-diabetes"):
        assert api(f"conditions/{slug}/")["broader"]["slug"] == "diabetes"
    assert {row["slug"] for row in api("sources/", page_size=100)["results"]} >= {"skin", "dermis"}
