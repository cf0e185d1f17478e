"""What a marker panel says, in the API."""

from typing import Any

from rest_framework import serializers

from core.rest.serializers import AddressField, EntityLinkSerializer, ReadSerializer, ReferenceLinkSerializer
from identify.identification import LISTS, MET, NOT_TESTED, VIOLATED, Identification

COLUMNS = ["source", "matches", "conflicts", "undecided", "not_listed", "references"]


class PanelMarkerSerializer(ReadSerializer):
    """One molecule of the panel as it was read."""

    slug = serializers.CharField(source="molecule.slug")
    name = serializers.CharField(source="molecule.name")
    observed = serializers.ChoiceField(choices=LISTS)
    written = serializers.ListField(child=serializers.CharField(), help_text="The words it was read from.")
    shares = serializers.ListField(
        child=serializers.CharField(),
        help_text="Shares of cells as printed. Without a sign the limits of the ISCT decide.",
    )
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="Where a printed number and a printed sign disagree."
    )
    is_msc_marker = serializers.BooleanField(source="molecule.is_msc_marker")


class CriterionMarkerSerializer(ReadSerializer):
    marker = EntityLinkSerializer()
    expected = serializers.ChoiceField(choices=LISTS)
    observed = serializers.ChoiceField(choices=LISTS, allow_null=True)
    verdict = serializers.ChoiceField(choices=[MET, VIOLATED, NOT_TESTED])


class CriterionVerdictSerializer(ReadSerializer):
    """An identity criterion, marker by marker."""

    name = serializers.CharField(source="criterion.name")
    accession = serializers.CharField(source="criterion.accession")
    met = serializers.BooleanField(
        allow_null=True, help_text="Null where nothing is violated and not all tested."
    )
    markers = CriterionMarkerSerializer(many=True)
    note = serializers.CharField(help_text="What the curator says, such as where common use asks for less.")
    references = ReferenceLinkSerializer(many=True)
    url = AddressField()


class UnreportedMarkerSerializer(ReadSerializer):
    slug = serializers.CharField(source="marker.slug")
    name = serializers.CharField(source="marker.name")
    observed = serializers.ChoiceField(choices=LISTS)


class ReportedMarkerSerializer(UnreportedMarkerSerializer):
    reported = serializers.CharField(help_text="The reported statuses, joined by `|`.")
    statements = serializers.ListField(child=serializers.CharField())
    references = ReferenceLinkSerializer(many=True)


class SourceAgreementSerializer(ReadSerializer):
    """How what is reported of a source stands to the panel."""

    source = EntityLinkSerializer()  # type: ignore[assignment]  # a field of the answer, not of the framework
    matches = ReportedMarkerSerializer(many=True)
    conflicts = ReportedMarkerSerializer(many=True)
    undecided = ReportedMarkerSerializer(many=True)
    not_listed = UnreportedMarkerSerializer(many=True)
    references = ReferenceLinkSerializer(many=True)
    url = AddressField()


class UnknownMarkerSerializer(ReadSerializer):
    """A name of the panel that could not be used, and why."""

    marker = serializers.CharField()
    written = serializers.CharField()
    observed = serializers.ChoiceField(choices=LISTS, allow_null=True)
    reason = serializers.CharField()
    suggestion = EntityLinkSerializer(allow_null=True)


class IdentificationSerializer(ReadSerializer):
    panel = PanelMarkerSerializer(many=True, source="profile.observations")
    criteria = CriterionVerdictSerializer(many=True)
    sources = SourceAgreementSerializer(many=True)
    unknown = UnknownMarkerSerializer(many=True, source="profile.unknown")
    unread = serializers.ListField(
        child=serializers.CharField(), source="profile.unread", help_text="Words that were not understood."
    )
    samples = serializers.ListField(
        child=serializers.CharField(),
        source="profile.samples",
        help_text="The columns of a table that has several.",
    )
    url = AddressField(source="profile.address")


def flat_rows(answer: Identification) -> list[dict[str, Any]]:
    """One line a source, as `COLUMNS`: the slugs of its markers of each sort."""
    shown = SourceAgreementSerializer().show(answer.sources)
    return [{name: source[name] for name in COLUMNS} for source in shown]
