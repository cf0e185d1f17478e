"""Pages of trials."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.web.views import DetailPage, ListPage
from trials.models import Trial


class TrialList(ListPage):
    facets = (
        "condition", "outcome", "source", "route", "donor", "dose_unit", "outcome_measure", "adverse_event", "phase",
        "status", "conflicting", "curated", "document",
    )  # fmt: skip
    form_filters = ("q", "dose_min", "dose_max", "registry_id", "reference")


class TrialPage(DetailPage):
    """By accession; a registry id leads there."""

    def get(self, request: HttpRequest, ident: str) -> HttpResponse:
        if registered := Trial.objects.filter(registry_id=ident.upper()).first():
            return redirect(registered)
        return super().get(request, ident=ident)
