"""The facet sidebar of a list of three trials: what it offers, counts, links to and repeats."""

import pytest
from django.test import Client

from core.web import facet_sidebar
from tests import builders as b


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    b.condition("stroke", broader=b.condition("brain-disease"))
    shared = {"donor": "autologous", "section": "results"}
    b.trial(
        "MSC-TR-0001", source="fat", conditions=["stroke"], outcome="improved", routes=["intravenous"],
        dose_cells_min=1, dose_cells_max=5, **shared,
    )  # fmt: skip
    b.trial("MSC-TR-0002", source="fat", conditions=["burn"], outcome="mixed", **shared)
    b.trial("MSC-TR-0003", source="skin", conditions=["burn", "stroke"], outcome="improved", **shared)
    b.trial("MSC-TR-0004", source="skin", conditions=["burn"], outcome="mixed", draft=True, **shared)


def page(query="", status=200):
    response = Client().get(f"/trials/{query}")
    assert response.status_code == status
    return response.context


def links(query=""):
    """{facet: [(label, count, href, is it set, href that adds)]}"""
    return {
        group.name: [(x.label, x.count, x.href, x.is_set, x.add_href) for x in (*group.shown, *group.more)]
        for group in page(query)["sidebar"].groups
    }


def test_facets_count_the_rows_behind_each_link():
    assert links() == {
        "condition": [
            ("Brain disease", 2, "?condition=brain-disease", False, ""),
            ("Burn", 2, "?condition=burn", False, ""),
            ("Stroke", 2, "?condition=stroke", False, ""),
        ],
        "outcome": [("Improved", 2, "?outcome=improved", False, ""), ("Mixed", 1, "?outcome=mixed", False, "")],
        "source": [("Fat", 2, "?source=fat", False, ""), ("Skin", 1, "?source=skin", False, "")],
        "route": [("Intravenous", 1, "?route=intravenous", False, "")],
        "dose_unit": [("cells", 1, "?dose_unit=cells", False, "")],
    }  # fmt: skip


def test_a_set_value_can_be_taken_away_and_others_replace_it_or_come_to_it():
    assert links("?page=1&outcome=improved")["outcome"] == [
        ("Improved", 2, "?", True, ""),
        ("Mixed", 1, "?outcome=mixed", False, "?outcome=improved&outcome=mixed"),
    ]
    assert links("?outcome=improved")["source"] == [
        ("Fat", 1, "?outcome=improved&source=fat", False, ""),
        ("Skin", 1, "?outcome=improved&source=skin", False, ""),
    ]


def test_a_set_value_without_rows_stays_and_set_values_stand_first():
    assert links("?outcome=improved,mixed&source=!skin&dose_unit=cells&dose_min=1&ordering=-outcome")[
        "outcome"
    ] == [
        (
            "Mixed",
            0,
            "?source=%21skin&dose_unit=cells&dose_min=1&ordering=-outcome&outcome=improved",
            True,
            "",
        ),
        (
            "Improved",
            1,
            "?source=%21skin&dose_unit=cells&dose_min=1&ordering=-outcome&outcome=mixed",
            True,
            "",
        ),
    ]
    assert links("?condition=brain-disease&q=zzz") == {
        "condition": [("Brain disease", 0, "?q=zzz", True, "")],
    }


def test_an_excluded_value_is_kept_by_the_links_of_its_facet():
    assert links("?source=!skin,fat&condition=burn,stroke")["source"] == [
        ("Fat", 2, "?condition=burn%2Cstroke&source=%21skin", True, ""),
        ("Skin", 1, "?condition=burn%2Cstroke&source=skin", False,
         "?condition=burn%2Cstroke&source=fat&source=skin&source=%21skin"),
    ]  # fmt: skip


def test_the_first_four_facets_and_those_in_use_are_open():
    def is_open(query=""):
        return {group.name: group.is_open for group in page(query)["sidebar"].groups}

    assert is_open() == {
        "condition": True,
        "outcome": True,
        "source": True,
        "route": True,
        "dose_unit": False,
    }
    assert is_open("?dose_unit=cells")["dose_unit"] is True


def test_filters_in_force_are_named_and_each_removes_itself_alone():
    active = page("?outcome=improved,mixed&source=!skin&dose_unit=cells&dose_min=1&page=1")["sidebar"].active
    assert sorted((x.label, x.value, x.remove_href) for x in active) == [
        ("Dose at least", "1", "?outcome=improved%2Cmixed&source=%21skin&dose_unit=cells"),
        ("Dose unit", "cells", "?outcome=improved%2Cmixed&source=%21skin"),
        ("Outcome", "Improved", "?source=%21skin&dose_unit=cells&dose_min=1&outcome=mixed"),
        ("Outcome", "Mixed", "?source=%21skin&dose_unit=cells&dose_min=1&outcome=improved"),
        ("Tissue source", "not Skin", "?outcome=improved%2Cmixed&dose_unit=cells&dose_min=1"),
    ]
    assert page()["sidebar"].active == []


def test_the_form_asks_for_the_rest_and_repeats_what_it_does_not_ask_for():
    sidebar = page("?outcome=improved&q=cells&dose_unit=cells&dose_min=1&ordering=-outcome&page=1&source=")[
        "sidebar"
    ]
    assert sidebar.search_field.value == "cells"
    values = {field.name: field.value for field in sidebar.other_fields}
    assert {"dose_min", "dose_max", "registry_id", "reference"} <= set(values)
    assert {name: value for name, value in values.items() if value} == {"dose_unit": "cells", "dose_min": "1"}
    assert sidebar.hidden_inputs == [("outcome", "improved"), ("ordering", "-outcome")]


def test_many_values_fold_and_very_many_go_to_the_form(monkeypatch):
    monkeypatch.setattr(facet_sidebar, "SHOWN", 1)
    conditions = next(g for g in page()["sidebar"].groups if g.name == "condition")
    assert ([x.label for x in conditions.shown], [x.label for x in conditions.more]) == (
        ["Brain disease"], ["Burn", "Stroke"],
    )  # fmt: skip
    outcome = next(g for g in page()["sidebar"].groups if g.name == "outcome")
    assert (len(outcome.shown), outcome.more) == (2, [])
    two = next(g for g in page("?condition=burn,stroke")["sidebar"].groups if g.name == "condition")
    assert [x.label for x in two.shown] == ["Burn", "Stroke", "Brain disease"]
    monkeypatch.setattr(facet_sidebar, "MOST_LINKS", 2)
    sidebar = page("?condition=stroke")["sidebar"]
    conditions = next(g for g in sidebar.groups if g.name == "condition")
    assert (conditions.is_complete, len(conditions.shown) + len(conditions.more)) == (False, 2)
    field = next(f for f in sidebar.other_fields if f.name == "condition")
    assert field.value == "stroke"
    assert ("stroke", "Stroke") in field.options
    assert ("condition", "stroke") not in sidebar.hidden_inputs


def test_a_query_in_error_has_a_form_and_no_facets():
    context = page("?outcome=nothing&dose_unit=cells&dose_min=1", 400)
    assert list(context["problems"]) == ["outcome"]
    assert context["sidebar"].groups == []
    assert {"outcome", "condition", "dose_min"} <= {f.name for f in context["sidebar"].fields}
    assert page("?page=x&outcome=improved", 400)["sidebar"].groups == []
    assert list(page("?ordering=nothing", 400)["problems"]) == ["ordering"]


def test_a_list_names_its_twin_in_the_api():
    assert page("?outcome=improved&page=1")["api_url"] == "/api/v1/trials/?outcome=improved&page=1"
    assert page()["api_url"] == "/api/v1/trials/"
    assert page()["title"] == "Trials"


def group(query, name):
    return next(group for group in page(query)["sidebar"].groups if group.name == name)


def test_a_second_value_is_joined_by_or_and_where_rows_can_have_both_by_and():
    [stroke, *_] = [x for x in group("?condition=burn", "condition").shown if x.label == "Stroke"]
    assert (stroke.add_href, stroke.other_href) == (
        "?condition=burn&condition=stroke", "?condition=all%3Aburn%2Cstroke",
    )  # fmt: skip
    [mixed] = [x for x in group("?outcome=improved", "outcome").shown if x.label == "Mixed"]
    assert (mixed.add_href, mixed.other_href) == ("?outcome=improved&outcome=mixed", "")


def test_in_a_tree_alone_values_are_not_joined_by_and():
    b.claim("MSC-CL-0001", mechanism=b.mechanism("angiogenesis", broader="paracrine"))
    b.claim("MSC-CL-0002", mechanism="contact")
    groups = Client().get("/claims/?mechanism=contact").context["sidebar"].groups
    links = next(group for group in groups if group.name == "mechanism").shown
    assert [(x.label, bool(x.add_href), x.other_href) for x in links[1:]] == [
        ("Angiogenesis", True, ""), ("Paracrine", True, ""),
    ]  # fmt: skip


def test_the_facets_are_announced_by_what_they_are_about():
    b.expression("MSC-ME-0001", source="fat")
    assert Client().get("/sources/").context["sidebar"].first_labels == ["Carries marker", "Has"]


def test_values_that_are_joined_stay_so_and_can_be_joined_the_other_way():
    both = group("?condition=all:burn,stroke&source=skin", "condition")
    assert both.all
    assert both.switch_href == "?source=skin&condition=burn&condition=stroke"
    assert [(x.label, x.is_set, x.href, x.add_href, x.other_href) for x in both.shown] == [
        ("Burn", True, "?source=skin&condition=stroke", "", ""),
        ("Stroke", True, "?source=skin&condition=burn", "", ""),
        ("Brain disease", False, "?source=skin&condition=brain-disease",
         "?source=skin&condition=all%3Aburn%2Cstroke%2Cbrain-disease", ""),
    ]  # fmt: skip
    either = group("?condition=burn,stroke", "condition")
    assert (either.all, either.switch_href) == (False, "?condition=all%3Aburn%2Cstroke")
    assert group("?condition=burn", "condition").switch_href == ""
    assert group("?outcome=improved,mixed", "outcome").switch_href == ""
    html = Client().get("/trials/?condition=all:burn,stroke").content.decode()
    assert '<a href="?condition=burn&amp;condition=stroke">any of these</a>' in html
    assert '<span aria-current="true">all of these</span>' in html


def test_what_is_in_force_says_how_it_is_joined():
    active = page("?condition=all:burn,stroke,!brain-disease")["sidebar"].active
    assert [(x.label, x.value, x.remove_href) for x in active] == [
        ("Condition, all of", "Burn", "?condition=stroke&condition=%21brain-disease"),
        ("Condition, all of", "Stroke", "?condition=burn&condition=%21brain-disease"),
        ("Condition", "not Brain disease", "?condition=all%3Aburn%2Cstroke"),
    ]


def test_a_unit_that_is_taken_away_takes_its_limits_along():
    cells = group("?dose_unit=cells&dose_min=1&dose_max=9", "dose_unit").shown[0]
    assert (cells.label, cells.href) == ("cells", "?")
