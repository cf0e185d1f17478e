"""The whole public API on one page: one line a resource."""

from django.urls import path, re_path
from rest_framework.routers import APIRootView, DefaultRouter
from rest_framework.urlpatterns import format_suffix_patterns
from rest_framework.viewsets import ViewSetMixin

from catalog import api as catalog
from compare.api import CompareView
from core import api as core
from core.rest.errors import api_not_found
from identify.api import IdentifyView
from mechanisms import api as mechanisms
from search import api as search
from trials import api as trials


class Root(APIRootView):
    """Every resource of the knowledge base, by address."""

    schema = None


class Router(DefaultRouter):
    APIRootView = Root

    def add(self, prefix: str, viewset: type[ViewSetMixin], model_name: str) -> None:
        self.register(prefix, viewset, basename=f"api-{model_name}")


router = Router()
router.add("sources", catalog.TissueSourceViewSet, "tissuesource")
router.add("markers", catalog.SurfaceMarkerViewSet, "surfacemarker")
router.add("molecules", catalog.MoleculeViewSet, "molecule")
router.add("cell-types", catalog.CellTypeViewSet, "celltype")
router.add("conditions", catalog.ConditionViewSet, "condition")
router.add("organisms", catalog.OrganismViewSet, "organism")
router.add("marker-expressions", catalog.MarkerExpressionViewSet, "markerexpression")
router.add("differentiations", catalog.DifferentiationViewSet, "differentiationpotential")
router.add("source-traits", catalog.SourceTraitViewSet, "sourcetrait")
router.add("identity-criteria", catalog.IdentityCriterionViewSet, "identitycriterion")
router.add("mechanisms", mechanisms.MechanismViewSet, "mechanism")
router.add("pathways", mechanisms.PathwayViewSet, "pathway")
router.add("processes", mechanisms.ProcessViewSet, "biologicalprocess")
router.add("vesicle-classes", mechanisms.VesicleClassViewSet, "vesicleclass")
router.add("claims", mechanisms.ClaimViewSet, "claim")
router.add("claim-conflicts", mechanisms.ClaimConflictViewSet, "claimconflict")
router.add("trials", trials.TrialViewSet, "trial")
router.add("trial-conflicts", trials.TrialConflictViewSet, "trialconflict")
router.add("indications", trials.IndicationViewSet, "indication")
router.add("trial-statistics", trials.TrialStatisticViewSet, "trialstatistic")
router.add("administration-routes", trials.AdministrationRouteViewSet, "administrationroute")
router.add("adverse-events", trials.AdverseEventViewSet, "adverseevent")
router.add("outcome-measures", trials.OutcomeMeasureViewSet, "outcomemeasure")
router.add("documents", core.DocumentViewSet, "document")
router.add("sections", core.SectionViewSet, "section")
router.add("references", core.ReferenceViewSet, "reference")
router.add("conflicts", core.ConflictViewSet, "conflict")
router.add("statements", core.StatementViewSet, "statement")

urlpatterns = [
    path("release/", core.ReleaseView.as_view(), name="api-release"),
    path("resolve/", search.ResolveView.as_view(), name="api-resolve"),
    path("search/", search.SearchView.as_view(), name="api-search"),
    path("suggest/", search.SuggestView.as_view(), name="api-suggest"),
    *format_suffix_patterns(
        [
            path("compare/", CompareView.as_view(), name="api-compare"),
            path("identify/", IdentifyView.as_view(), name="api-identify"),
        ]
    ),
    *format_suffix_patterns(
        [
            path(
                f"documents/<slug:document>/{prefix}/<str:key>/",
                viewset.as_view({"get": "retrieve"}),
                name=f"api-document-{name}-detail",
            )
            for prefix, viewset, name in (
                ("references", core.ReferenceViewSet, "reference"),
                ("sections", core.SectionViewSet, "section"),
            )
        ]
    ),
    *router.urls,
    # Another name of the same address: search names a row's address by its model.
    path(
        "trials/<str:accession>/",
        trials.TrialViewSet.as_view({"get": "retrieve"}, schema=None),
        name="api-trialrecord-detail",
    ),
    re_path(r"^.*$", api_not_found),
]
