"""Values in another letter case, or under another name, lead to the address with the value that is meant."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.rest.meant import going_by
from tests import builders as b


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    b.molecule("il-6", name="Interleukin 6", synonyms=["IL6", "β2-interferon"])
    b.molecule("hgf", name="HGF")
    b.molecule("ido", synonyms=["indoleamine 2,3-dioxygenase"])
    b.molecule("cyclin-p", synonyms=["P"])
    b.molecule("factor-p", synonyms=["p"])
    b.molecule("p-selectin", name="Hgf")  # named like the slug of another: the slug counts
    b.condition("stroke")
    b.mechanism("paracrine")
    b.mechanism("angiogenesis", broader="paracrine")
    b.section("table-1", title="Markers by source")
    b.section("report:results")
    b.section("review:results")
    b.claim("MSC-CL-0001", mediators=["il-6", "hgf"], mechanism="angiogenesis", references=["report:7"])
    b.claim("MSC-CL-0002", mediators=["hgf"], evidence="in-vitro")
    b.trial(
        "MSC-TR-0001", outcome="improved", source="bone-marrow", registry_id="NCT01363401", donor="not-stated"
    )
    b.trial(
        "MSC-TR-0002",
        outcome="no-effect",
        source="skin",
        registry_id="NCT02031000",
        dose_cells_min=1,
        dose_cells_max=2,
    )
    b.trial("MSC-TR-0003", registry_id="NCT09999999", draft=True)
    b.marker("cd73", name="Ecto-5'-nucleotidase", synonyms=["CD 73"])
    b.expression("MSC-ME-0001", source="bone-marrow", marker="cd73", section="table-1")


def answer(address: str, status: int = 302):
    response = Client().get(address)
    assert response.status_code == status, (address, response.status_code, response.content[:300])
    return response


ENTITIES = {
    "claims/?mediator=IL6": "mediator=il-6",
    "claims/?mediator=IL-6": "mediator=il-6",
    "claims/?mediator=Interleukin-6": "mediator=il-6",
    "claims/?mediator=interleukin%206": "mediator=il-6",
    "claims/?mediator=interleukin+6": "mediator=il-6",
    "claims/?mediator=beta2+Interferon": "mediator=il-6",
    "claims/?mediator=%CE%B22-interferon": "mediator=il-6",
    "claims/?molecule=IL6": "molecule=il-6",
    "claims/?mechanism=Paracrine": "mechanism=paracrine",
    "trials/?source=Bone%20Marrow": "source=bone-marrow",
    "trials/?condition=!Stroke": "condition=!stroke",
    "sources/?marker=CD73": "marker=cd73",
    "sources/?marker=cd-73": "marker=cd73",
    "molecules/?mechanism=ANGIOGENESIS": "mechanism=angiogenesis",
}
OTHERS = {
    "claims/?section=Table-1": "section=table-1",
    "claims/?section=markers%20by%20source": "section=table-1",
    "claims/?section=REPORT:results": "section=report:results",
    "claims/?document=Report": "document=report",
    "claims/?reference=REPORT:7": "reference=report:7",
    "claims/?evidence=In%20vitro": "evidence=in-vitro",
    "claims/?direction=Increases": "direction=increases",
    "claims/?filled=Mediators": "filled=mediators",
    "claims/?filled=!MEDIATORS": "filled=!mediators",
    "claims/?conflicting=TRUE": "conflicting=true",
    "claims/?conflicting=False": "conflicting=false",
    "references/?section=TABLE-1": "section=table-1",
    "statements/?kind=Claim": "kind=claim",
    "statements/?kind=Marker%20Expression": "kind=marker-expression",
    "conflicts/?kind=Unresolved&kind_of_statement=Trial": "kind=unresolved&kind_of_statement=trial",
    "trials/?outcome=Improved": "outcome=improved",
    "trials/?outcome=No+effect": "outcome=no-effect",
    "trials/?dose_unit=CELLS": "dose_unit=cells",
    "trials/?phase=phase1": "phase=PHASE1",
    "trials/?registry_id=nct01363401": "registry_id=NCT01363401",
    "trials/?registry_id=NCT02031000,!Nct01363401": "registry_id=NCT02031000,!NCT01363401",
    "trials/?curated=TRUE": "curated=true",
}
SEVERAL = {
    "claims/?mediator=hgf,IL6": "mediator=hgf,il-6",
    "claims/?mediator=hgf,+IL6": "mediator=hgf,il-6",
    "claims/?mediator=hgf&mediator=!IL6": "mediator=hgf&mediator=!il-6",
    "claims/?mediator=%21IL6,%21HGF": "mediator=!il-6,!hgf",
    "claims/?q=a%20b+c&mediator=IL6&page_size=5": "q=a%20b+c&mediator=il-6&page_size=5",
    "claims/?molecule=%68gf&mediator=IL6": "molecule=%68gf&mediator=il-6",
    "claims/?mediator=IL6&mechanism=PARACRINE": "mediator=il-6&mechanism=paracrine",
    "claims/?m%65diator=IL6": "m%65diator=il-6",
    "claims/?mediator=&mediator=IL6&": "mediator=&mediator=il-6&",
    "claims/?mediator=Indoleamine+2,3-dioxygenase": "mediator=ido",
    "claims/?mediator=IL6&mediator=!indoleamine%202%2C3-dioxygenase": "mediator=il-6&mediator=!ido",
}


@pytest.mark.parametrize("asked", [*ENTITIES, *OTHERS, *SEVERAL])
@pytest.mark.parametrize("base", ["/", "/api/v1/"])
def test_another_name_leads_to_the_value_that_is_meant(base, asked):
    expected = (ENTITIES | OTHERS | SEVERAL)[asked]
    path = base + asked.partition("?")[0]
    response = answer(base + asked)
    assert response["Location"] == f"{path}?{expected}"
    answer(response["Location"], 200)
    head = Client().head(base + asked)
    assert (head.status_code, head["Location"]) == (302, response["Location"])


def test_bytes_beyond_ascii_are_understood_as_they_are():
    location = Client().get(
        "/claims/", QUERY_STRING="q=naïve&mediator=β2-interferon".encode().decode("latin-1")
    )
    assert location["Location"] == "/claims/?q=na%C3%AFve&mediator=il-6"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/claims.csv", "/api/v1/claims.jsonl", "/mechanisms/", "/mechanisms/map.svg", "/trials/outcomes.svg",
     "/coverage/", "/coverage/sources.svg", "/sources/compare/", "/sources/compare.csv", "/api/v1/compare/"],
)  # fmt: skip
def test_exports_figures_and_comparisons_lead_on_too(path):
    name, given, meant = {
        "/trials/outcomes.svg": ("outcome", "Improved", "improved"),
        "/coverage/": ("condition", "STROKE", "stroke"), "/coverage/sources.svg": ("condition", "STROKE", "stroke"),
        "/sources/compare/": ("source", "Skin", "skin"), "/sources/compare.csv": ("source", "Skin", "skin"),
        "/api/v1/compare/": ("source", "Skin", "skin"),
    }.get(path, ("mechanism", "Paracrine", "paracrine"))  # fmt: skip
    more = "&source=bone-marrow&differences=true" if "compare" in path else ""
    response = answer(f"{path}?{name}={given}{more}")
    assert response["Location"] == f"{path}?{name}={meant}{more}"
    answer(response["Location"], 200)


def test_the_flag_of_a_comparison_leads_on_too():
    response = answer("/sources/compare/?source=skin,bone-marrow&differences=TRUE")
    assert response["Location"] == "/sources/compare/?source=skin,bone-marrow&differences=true"


def test_a_redirect_is_not_kept_by_caches():
    assert answer("/api/v1/claims/?mediator=IL6")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("value", ["P", "!P", "hgf,p", "IL6,p"])
def test_several_of_one_name_are_listed(value):
    body = answer(f"/api/v1/claims/?mediator={value}", 400).json()
    name = value[-1]
    assert body["errors"] == [{
        "parameter": "mediator",
        "message": f"There is no molecule '{name}'. Several go by this name: cyclin-p, factor-p.",
    }]  # fmt: skip
    assert (
        "Several go by this name: cyclin-p, factor-p."
        in answer(f"/claims/?mediator={value}", 400).content.decode()
    )


def test_a_title_of_two_documents_means_the_section_whose_slug_it_is():
    b.section("review:methods", title="What was done")
    b.section("report:work", title="What was done")
    assert answer("/api/v1/claims/?section=RESULTS")["Location"] == "/api/v1/claims/?section=results"
    message = answer("/api/v1/claims/?section=what%20was%20done", 400).json()["errors"][0]["message"]
    assert message == "There is no section 'what was done'. Several go by this name: methods, report:work."


@pytest.mark.parametrize(
    ("query", "message"),
    [("claims/?mediator=ill-6", "There is no molecule 'ill-6'."),
     ("claims/?mediator=hgf1", "There is no molecule 'hgf1'."),
     ("claims/?mediator=interleukin", "There is no molecule 'interleukin'."),
     ("claims/?mediator=indolamine+2", "There is no molecule 'indolamine 2'."),
     ("claims/?condition=stroek", "There is no condition 'stroek'. Did you mean 'stroke'?"),
     ("claims/?condition=HGF", "There is no condition 'HGF'. 'hgf' is the molecule 'hgf'."),
        ("claims/?mediator=IL6,2,3-dioxygenase", "There is no molecule '2'."),
        ("claims/?mediator=%2B%2B", "There is no molecule '++'."),
     ("claims/?evidence=annimal", "'annimal' is not a value of evidence. Did you mean 'animal'?"),
     ("claims/?conflicting=perhaps", "'perhaps' is neither true nor false."),
     ("claims/?filled=mediatrs", "'mediatrs' is not a value of filled. Did you mean 'mediators'?"),
     ("claims/?reference=9", "'9' is not a value of reference. References are numbered 7 to report:7."),
     ("trials/?registry_id=nct013634", "There is no registry id 'nct013634'. Did you mean 'NCT01363401'?"),
     ("trials/?registry_id=nct09999999", "There is no registry id 'nct09999999'."),
     ("trials/?registry_id=ISRCTN1", "There is no registry id 'ISRCTN1'.")],
)  # fmt: skip
def test_what_nothing_goes_by_is_refused_with_the_hint_of_what_is_near(query, message):
    b.reference(7)
    body = answer(f"/api/v1/{query}", 400).json()
    assert [error["message"] for error in body["errors"]] == [message]


def test_what_is_wrong_beside_is_said_first():
    body = answer("/api/v1/claims/?mediator=IL6&evidence=x", 400).json()
    assert [error["parameter"] for error in body["errors"]] == ["evidence"]
    body = answer("/api/v1/claims/?mediator=IL6&evidnce=animal", 400).json()
    assert [error["parameter"] for error in body["errors"]] == ["evidnce"]
    answer("/claims/?mediator=IL6&evidence=x", 400)


def test_names_of_parameters_stay_exact():
    body = answer("/api/v1/claims/?Mediator=il-6", 400).json()
    assert body["detail"] == "There is no parameter 'Mediator' here. Did you mean 'mediator'?"


def test_no_value_that_the_site_offers_leads_elsewhere():
    """Whatever a form or facet offers is a value itself, so that no redirect leads to another one."""
    for path in ("claims", "trials", "sources", "markers", "statements"):
        sidebar = Client().get(f"/{path}/").context["sidebar"]
        for field in (f for f in sidebar.fields if f.options):
            for value, _ in field.options:
                answer(f"/{path}/?{field.name}={value}", 200)


@pytest.mark.parametrize("address", ["/api/v1/claims/?{}&page_size=1", "/claims/?{}"])
@pytest.mark.parametrize(
    "query", ["mediator=il-6&mechanism=paracrine&filled=mediators", "conflicting=false", "reference=report:7"]
)
def test_a_query_that_is_right_asks_nothing_about_names(address, query):
    with CaptureQueriesContext(connection) as captured:
        answer(address.format(query), 200)
    asked = [q["sql"] for q in captured]
    assert len(asked) <= 11
    assert not [sql for sql in asked if "synonyms" in sql and sql.startswith('SELECT "catalog_molecule"')]


def test_letter_case_counts_before_names():
    named = [("il-6", ["IL-6", "x"]), ("x", ["IL 6"]), ("y", ["il-6", "z"]), ("", [""])]
    assert going_by("IL-6", named) == ["il-6"]
    assert going_by("il 6", named) == ["il-6", "x", "y"]
    assert going_by("Z ", named) == ["y"]
    assert going_by("X", named) == ["x"]
    assert going_by("?", named) == []
