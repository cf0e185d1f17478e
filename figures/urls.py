"""Addresses of the map, the coverage and every figure as a file; before the apps' own, which they add to."""

from django.urls import path

from figures import views

urlpatterns = [
    path("mechanisms/", views.MechanismMap.as_view(), name="mechanism-list"),
    path("mechanisms/map.svg", views.as_file(views.claims_flow), name="mechanism-map"),
    path("sources/markers.svg", views.as_file(views.sources_figure), {"kind": "markers"}, "source-markers"),
    path(
        "sources/differentiation.svg",
        views.as_file(views.sources_figure),
        {"kind": "differentiation"},
        "source-differentiation",
    ),
    path("trials/outcomes.svg", views.as_file(views.outcomes_figure), name="trial-outcomes"),
    path("trials/doses.svg", views.as_file(views.doses_figure), name="trial-doses"),
    path("coverage/", views.coverage_page, name="coverage"),
    path("coverage/sources.svg", views.as_file(views.sources_coverage), name="coverage-sources"),
    path("coverage/conditions.svg", views.as_file(views.conditions_coverage), name="coverage-conditions"),
]
