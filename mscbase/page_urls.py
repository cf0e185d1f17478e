"""Every page of the site: pages that span resources, figures as files, and for each resource its list and its
detail page with the blocks of the latter in order."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from catalog import api as catalog
from catalog import blocks as about_catalog
from compare import views as compare
from compare.api import CompareView
from core import api as core
from core import blocks as about_documents
from core import views as core_views
from core.rest.viewsets import ListOnlyViewSet
from core.views import DocumentPartPage
from core.web.blocks import BlockFunction, narrower
from core.web.views import DetailPage, ListPage
from figures import blocks as drawn
from figures import views as figures
from identify import views as identify
from mechanisms import api as mechanisms
from mechanisms import blocks as claims
from mechanisms.views import ClaimList
from mscbase import views as site
from search import views as search
from trials import api as trials
from trials import blocks as about_trials
from trials.views import TrialList, TrialPage


def pages(
    prefix: str,
    viewset: type[ListOnlyViewSet],
    list_page: type[ListPage] = ListPage,
    detail_page: type[DetailPage] = DetailPage,
    *,
    title: str = "",
    blocks: Sequence[BlockFunction] = (),
    also: Sequence[str] = (),
) -> list[URLPattern]:
    """`/prefix/` and `/prefix/<identifier>/`, named after the model as in the API; `also` names more models."""
    name = viewset.queryset.model._meta.model_name
    detail = detail_page.as_view(viewset=viewset, blocks=blocks)
    found = [path(f"{prefix}/", list_page.as_view(viewset=viewset, title=title), name=f"{name}-list")]
    found += [path(f"{prefix}/<str:ident>/", detail, name=f"{model}-detail") for model in (name, *also)]
    if detail_page is DocumentPartPage:
        address = f"documents/<slug:document>/{prefix}/<str:key>/"
        found.append(path(address, detail, name=f"document-{name}-detail"))
    return found


ABOUT_MOLECULE = [
    drawn.sankey_of_molecule, claims.claims_about_molecule, claims.vesicles_with_molecule,
    about_catalog.sources_of_marker, about_catalog.criteria_on_marker,
]  # fmt: skip

urlpatterns = [
    path("", site.home, name="home"),
    path("about/", site.about, name="about"),
    path("downloads/", site.downloads, name="downloads"),
    path("search/", search.search, name="search"),
    path("identify/", identify.page, name="identify"),
    path("sources/compare/", compare.page, name="compare"),
    path("sources/compare.csv", CompareView.as_view(schema=None), {"format": "csv"}, name="compare-csv"),
    path("coverage/", figures.coverage_page, name="coverage"),
    path("coverage/sources.svg", figures.as_file(figures.sources_coverage), name="coverage-sources"),
    path("coverage/conditions.svg", figures.as_file(figures.conditions_coverage), name="coverage-conditions"),
    path("mechanisms/map.svg", figures.as_file(figures.claims_figure), name="mechanism-map"),
    path("sources/markers.svg", figures.as_file(figures.sources_figure), {"kind": "markers"}, "source-markers"),
    path("sources/differentiation.svg", figures.as_file(figures.sources_figure), {"kind": "differentiation"},
         "source-differentiation"),
    path("trials/outcomes.svg", figures.as_file(figures.outcomes_figure), name="trial-outcomes"),
    path("trials/doses.svg", figures.as_file(figures.doses_figure), name="trial-doses"),
    *pages("sources", catalog.TissueSourceViewSet, blocks=[
        claims.claims_of_row, about_catalog.markers_of_source, about_catalog.cells_of_source,
        about_catalog.traits_of_source, about_trials.trials_of_source, about_trials.statistics_on,
    ]),
    *pages("markers", catalog.SurfaceMarkerViewSet, title="Markers", blocks=ABOUT_MOLECULE),
    *pages("molecules", catalog.MoleculeViewSet, blocks=ABOUT_MOLECULE),
    *pages("cell-types", catalog.CellTypeViewSet, blocks=[
        claims.claims_about_cell, about_catalog.sources_of_cell, about_catalog.criteria_on_cell, narrower,
    ]),
    *pages("conditions", catalog.ConditionViewSet, blocks=[
        drawn.sankey_of_condition, claims.claims_of_row, narrower, about_trials.indications_of_condition,
        about_trials.trials_in_condition, about_trials.statistics_on,
    ]),
    *pages("organisms", catalog.OrganismViewSet, blocks=[claims.claims_of_row]),
    *pages("marker-expressions", catalog.MarkerExpressionViewSet, title="Marker expression"),
    *pages("differentiations", catalog.DifferentiationViewSet, title="Differentiation potential"),
    *pages("source-traits", catalog.SourceTraitViewSet),
    *pages("identity-criteria", catalog.IdentityCriterionViewSet, title="Identity criteria"),
    *pages("mechanisms", mechanisms.MechanismViewSet, figures.MechanismMap, blocks=[
        drawn.sankey_of_mechanism, claims.claims_of_row, narrower,
    ]),
    *pages("pathways", mechanisms.PathwayViewSet, blocks=[claims.claims_of_row]),
    *pages("processes", mechanisms.ProcessViewSet, blocks=[claims.claims_of_row, narrower]),
    *pages("claims", mechanisms.ClaimViewSet, ClaimList, blocks=[claims.conflicts_of_claim]),
    *pages("vesicle-classes", mechanisms.VesicleClassViewSet, blocks=[claims.claims_on_vesicles]),
    *pages("trials", trials.TrialViewSet, TrialList, TrialPage, blocks=[
        about_trials.conflicts_of_trial, about_trials.registry_part_of_trial, about_trials.versions_of_record,
    ], also=["trialrecord"]),
    *pages("indications", trials.IndicationViewSet),
    *pages("trial-statistics", trials.TrialStatisticViewSet),
    *pages("administration-routes", trials.AdministrationRouteViewSet, blocks=[about_trials.trials_by_route]),
    *pages("adverse-events", trials.AdverseEventViewSet, blocks=[about_trials.trials_with_event]),
    *pages("outcome-measures", trials.OutcomeMeasureViewSet, blocks=[about_trials.trials_measuring]),
    *pages("documents", core.DocumentViewSet),
    *pages("sections", core.SectionViewSet, core_views.SectionList, DocumentPartPage, blocks=[
        about_documents.statements_of_section,
    ]),
    *pages("references", core.ReferenceViewSet, core_views.ReferenceList, DocumentPartPage, blocks=[
        about_documents.statements_citing,
    ]),
    path("conflicts/", core_views.ConflictList.as_view(), name="conflict-list"),
    path("statements/", core_views.StatementList.as_view(), name="statement-list"),
    path("statements/<str:ident>/", core_views.statement, name="statement-detail"),
]  # fmt: skip
