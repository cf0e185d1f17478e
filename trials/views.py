"""Pages of trials."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.rows import ChainedRows
from core.web.views import DetailPage, ListPage
from trials.api import TrialViewSet
from trials.models import Trial, TrialRecord


class TrialList(ListPage):
    viewset: type[TrialViewSet] = TrialViewSet
    template_name = "trials/trial_list.html"
    facets = (
        "curated", "condition", "outcome", "source", "route", "donor", "dose_unit", "outcome_measure",
        "adverse_event", "phase", "status", "conflicting", "document",
    )  # fmt: skip
    form_filters = ("q", "dose_unit", "dose_min", "dose_max", "registry_id", "reference")

    def rows(self) -> ChainedRows:
        trials = super().rows()
        assert isinstance(trials, QuerySet)
        return self.viewset.with_records(trials, self.filterset, self.request.GET.getlist("ordering"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = (
            None if self.problems else dict(zip(("trials", "records"), self.object_list.counts, strict=True))
        )
        return super().get_context_data(**kwargs) | {"counts": counts}


class TrialPage(DetailPage):
    """By accession; a registry id leads there, or has the page of its record where no trial stands for it."""

    def get(self, request: HttpRequest, ident: str = "", **kwargs: Any) -> HttpResponse:
        if registered := Trial.objects.filter(registry_id=ident.upper()).order_by("accession").first():
            return redirect(registered)
        return super().get(request, ident=ident)

    def get_queryset(self) -> QuerySet[Trial] | QuerySet[TrialRecord]:
        records = TrialRecord.objects.filter(registry_id=self.kwargs["ident"].upper())
        return records if records.exists() else super().get_queryset()
