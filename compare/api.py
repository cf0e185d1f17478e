"""The comparison of tissue sources as an endpoint and as files."""

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import TissueSource
from compare.cells import State
from compare.comparison import ComparisonFilter
from compare.serializers import ComparisonSerializer, flat_columns, flat_rows
from core.rest.viewsets import ExportView


class CompareView(ExportView):
    """Two to six tissue sources side by side: markers, differentiation, traits, claims, trials.

    `sections` hold aligned `rows`, each with one cell a source. `listed` false is the absence of any
    report, never a negative one. `state` says how the sources of a row stand to each other, `pairs` how each two
    do and by which statements. In the flat formats: one line a row, three columns a source.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "source", str, required=True, many=True, style="form", explode=True,
                description="Slugs of two to six tissue sources, repeated or comma-separated, in the order wanted.",
            ),
            OpenApiParameter("differences", OpenApiTypes.BOOL, description="Only the rows in the state difference."),
            OpenApiParameter(
                "state", str, many=True, style="form", explode=True,
                description=f"Only the rows in these states: {', '.join(State.values)}.",
            ),
        ],
        responses=ComparisonSerializer,
    )  # fmt: skip
    def get(self, request: Request, format: str | None = None) -> HttpResponseBase:
        asked = ComparisonFilter(request.query_params, queryset=TissueSource.objects.none())
        if problems := asked.problems({"format", "bom"}):
            raise exceptions.ValidationError(problems)
        table = asked.comparison(TissueSource.objects.all())
        if self.wants_export():
            return self.export(flat_rows(table), flat_columns(table))
        return Response(ComparisonSerializer(context={"request": request}).to_representation(table))
