"""Pages that span apps, and the pages of errors."""

from collections.abc import Mapping
from typing import Any

from csp.decorators import csp_update
from django.core.exceptions import DisallowedHost
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.viewsets import ViewSetMixin

from catalog.models import CellType, Condition, Molecule, SurfaceMarker, TissueSource
from core.api import UnitedViewSet
from core.counting import count_all
from core.models import Document, Reference
from core.rest.errors import is_api, problem
from core.rest.facets import FacetValue, facets
from core.rest.renderers import FORMATS, JSONRenderer
from core.rest.viewsets import ListOnlyViewSet
from core.web.blocks import filtered_list
from core.web.views import summary_of
from mechanisms.models import Claim, Mechanism, Pathway
from mscbase.api_urls import router
from trials.api import TrialViewSet
from trials.filters import TrialFilter
from trials.models import Trial, TrialRecord

# Trials of documents and records of registries stand in one list, and are never added up.
CURATED = {"curated trials": "true", "registry records": "false"}


class CompactRenderer(OpenApiJsonRenderer):
    """The description of the API without indentation, which would more than double it."""

    def get_indent(self, accepted_media_type: str, renderer_context: Mapping[str, Any]) -> None:
        return None


api_description = SpectacularAPIView.as_view(
    renderer_classes=[OpenApiYamlRenderer, OpenApiYamlRenderer2, CompactRenderer, JSONRenderer]
)
# Swagger UI comes from a package, served here; its page carries one inline style block.
api_docs = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema")
)


def home(request: HttpRequest) -> HttpResponse:
    """What is here, and how to begin."""
    mechanisms = list(Mechanism.objects.select_related("broader"))
    counts = Claim.objects.number_on(mechanisms)
    listed: dict[str, type[Model]] = {
        "tissue sources": TissueSource, "markers": SurfaceMarker, "molecules": Molecule, "cell types": CellType,
        "conditions": Condition, "pathways": Pathway, "claims": Claim, "curated trials": Trial,
        "registry records": TrialRecord, "references": Reference,
    }  # fmt: skip
    of_trials = {label: filtered_list(Trial, curated=curated) for label, curated in CURATED.items()}
    rows = {label: model._default_manager.all() for label, model in listed.items()}
    numbers = count_all(rows | {"registry records": TrialRecord.objects.not_curated()})
    context = {
        "figures": [
            (label, numbers[label], of_trials.get(label) or reverse(f"{model._meta.model_name}-list"))
            for label, model in listed.items()
            if numbers[label] or label != "registry records"
        ],
        "families": [(m, counts[m.pk]) for m in mechanisms if not m.broader_id],
        "sources": TissueSource.objects.listed_in_table_1(),
        "trial_conditions": trials_by_condition(),
    }
    return render(request, "mscbase/home.html", context)


def trials_by_condition() -> list[FacetValue]:
    """The conditions that trials name, each with as many trials as its link shows: narrower ones count."""
    trials = TrialFilter(QueryDict(), queryset=Trial.objects.all())
    trials.is_valid()
    named = set(Trial.objects.values_list("conditions__slug", flat=True))
    return [found for found in facets(trials, ["condition"])["condition"] if found.value in named]


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "mscbase/about.html", {"title": "About", "documents": Document.objects.all()})


def downloads(request: HttpRequest) -> HttpResponse:
    """Every resource in every format: the whole list."""
    counts = count_all(
        {
            (name, model): rows
            for _, viewset, name in router.registry
            for model, rows in rows_of(viewset).items()
        }
    )
    resources = [
        {
            "name": prefix,
            "count": number_of(viewset, {model: counts[name, model] for model in rows_of(viewset)}),
            "about": summary_of(viewset),
            "links": [
                (renderer.label, f"{reverse(f'{name}-list').rstrip('/')}.{renderer.format}")
                for renderer in FORMATS
            ],
        }
        for prefix, viewset, name in router.registry
    ]
    return render(request, "mscbase/downloads.html", {"title": "Downloads", "resources": resources})


def number_of(viewset: type[ViewSetMixin], counts: dict[type[Model], int]) -> str:
    """How many rows a resource has, records of registries apart from trials."""
    if viewset is TrialViewSet:
        return ", ".join(f"{n} {label}" for label, n in zip(CURATED, counts.values(), strict=True))
    return str(sum(counts.values()))


def rows_of(viewset: type[ViewSetMixin]) -> dict[type[Model], QuerySet]:
    """{model: all rows of it in a resource}"""
    if issubclass(viewset, UnitedViewSet):
        return {model: model._default_manager.all() for model in viewset.filterset_class.models().values()}
    assert issubclass(viewset, ListOnlyViewSet)
    rows = {viewset.queryset.model: viewset.queryset.select_related(None)}
    return rows | ({TrialRecord: TrialRecord.objects.not_curated()} if viewset is TrialViewSet else {})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    detail = str(exception) if exception and "tried" not in str(exception) else ""
    if is_api(request):
        return problem(404, detail or f"There is nothing at {request.path}.")
    context = {"title": "Not found", "detail": detail, "missing": words_of(request.path)}
    return render(request, "errors/404.html", context, status=404)


def words_of(path: str) -> str:
    """What somebody probably looked for at an address: the words of its last part."""
    return path.rstrip("/").rpartition("/")[2].replace("-", " ")[:80]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The page rests on neither host nor database: the Host header itself may be the fault."""
    detail = "The request could not be read."
    if isinstance(exception, DisallowedHost):
        detail = "The Host header names no host that this site answers to."
    return problem(400, detail) if is_api(request) else plain_page("Bad request", detail, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    detail = "The error has been logged."
    if is_api(request):
        return problem(500, detail, request_id=getattr(request, "id", ""))
    return plain_page("Something went wrong here", detail, 500)


def plain_page(title: str, text: str, status: int) -> HttpResponse:
    """A page that asks nothing of templates, host and database, any of which may be what failed."""
    return HttpResponse(
        f"<!doctype html><html lang='en-GB'><title>{title}</title><h1>{title}</h1>"
        f"<p>{text} <a href='{get_script_prefix()}'>Back to the front page</a>.</p></html>",
        status=status,
    )
