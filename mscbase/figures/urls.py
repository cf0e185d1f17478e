"""Addresses of the map, the coverage and every figure as a file; before the apps' own, which they add to."""

from django.urls import path

from mscbase.figures import pages

urlpatterns = [
    path("mechanisms/", pages.MechanismMap.as_view(), name="mechanism-list"),
    path("mechanisms/map.svg", pages.as_file(pages.claims_flow), name="mechanism-map"),
    path("sources/markers.svg", pages.as_file(pages.sources_figure), {"kind": "markers"}, "source-markers"),
    path(
        "sources/differentiation.svg",
        pages.as_file(pages.sources_figure),
        {"kind": "differentiation"},
        "source-differentiation",
    ),
    path("trials/outcomes.svg", pages.as_file(pages.outcomes_figure), name="trial-outcomes"),
    path("trials/doses.svg", pages.as_file(pages.doses_figure), name="trial-doses"),
    path("coverage/", pages.coverage_page, name="coverage"),
    path("coverage/sources.svg", pages.as_file(pages.sources_coverage), name="coverage-sources"),
    path("coverage/conditions.svg", pages.as_file(pages.conditions_coverage), name="coverage-conditions"),
]
