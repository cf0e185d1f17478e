"""The check of a marker panel as an endpoint and as files."""

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from core.rest.viewsets import ExportView
from identify.identification import LISTS, asked_for, identify, profile_of
from identify.serializers import COLUMNS, IdentificationSerializer, flat_rows


class IdentifyView(ExportView):
    """What a marker panel says: identity criteria marker by marker, and the sources that agree best.

    Names may be slugs, synonyms or gene symbols. `met` is null where something is not tested and
    nothing violated. Weak and variable staining decides nothing. A source's `not_listed` markers are unreported, never
    a conflict. `unknown` names what could not be read, with the reason. In the flat formats: one line a source.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter(
                sign,
                str,
                many=True,
                style="form",
                explode=True,
                description=f"Markers that were {sign}, repeated or comma-separated.",
            )
            for sign in LISTS
        ]  # fmt: skip
        + [
            OpenApiParameter(
                "profile", str, description="A panel as pasted: CD73+ CD90+ CD45- or CD90 pos, CD45 neg."
            ),
        ],
        responses=IdentificationSerializer,
    )
    def get(self, request: Request, format: str | None = None) -> HttpResponseBase:
        if problems := asked_for(request.query_params, {"format", "bom"}):
            raise exceptions.ValidationError(problems)
        profile = profile_of(request.query_params)
        if profile.problems:
            raise exceptions.ValidationError(profile.problems)
        answer = identify(profile)
        if self.wants_export():
            return self.export(flat_rows(answer), COLUMNS)
        return Response(IdentificationSerializer(context={"request": request}).to_representation(answer))
