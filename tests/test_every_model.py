"""A model without resource, filter set, page and admin fails the suite."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from core.api import UnitedViewSet
from core.models import ContentVersion, LoadedRow, Release, RetiredAccession
from core.models.names import Name
from mechanisms.models import ClaimConflict
from mscbase.api_urls import router
from search.models import SearchDocument
from trials.models import Trial, TrialConflict, TrialRecord, TrialRecordVersion

# Served by another address, or not a resource: release/, 410 answers, what loads wrote, the indexes behind resolve/ and
# search/, and the versions on the page of their record.
NOT_A_RESOURCE = {
    ContentVersion, LoadedRow, Release, RetiredAccession, SearchDocument, Name, TrialRecordVersion,
}  # fmt: skip
# Registry records stand in the list of trials, at its addresses, and come from imports instead of fixtures.
LISTED_WITH = {TrialRecord: Trial}
# Pairs have no page of their own: they stand on /conflicts/ and on the pages of both statements.
SHOWN_TOGETHER = {ClaimConflict, TrialConflict}
MODELS = [
    model
    for label in ("core", "catalog", "mechanisms", "trials")
    for model in apps.get_app_config(label).get_models()
    if model not in NOT_A_RESOURCE and model not in LISTED_WITH
]
RESOURCES = {
    viewset.queryset.model: viewset
    for _, viewset, _ in router.registry
    if not issubclass(viewset, UnitedViewSet)
}


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_has_a_resource_with_filters_and_orders(model):
    viewset = RESOURCES[model]
    assert viewset.filterset_class._meta.model is model
    assert viewset.ordering_fields
    assert viewset.__doc__
    assert viewset.serializer_class.Meta.model is model


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_has_pages(model):
    if model in SHOWN_TOGETHER:
        assert reverse("conflict-list")
        return
    name = model._meta.model_name
    assert reverse(f"{name}-list")
    try:
        reverse(f"{name}-detail", args=["a"])
    except NoReverseMatch:
        assert reverse(f"{name}-detail", args=[1])


@pytest.mark.parametrize(
    "model",
    [*MODELS, *LISTED_WITH, *sorted(NOT_A_RESOURCE, key=lambda m: m.__name__)],
    ids=lambda m: m.__name__,
)
def test_is_in_the_admin(model):
    assert model in admin.site._registry


@pytest.mark.parametrize("model", [*MODELS, *LISTED_WITH], ids=lambda m: m.__name__)
def test_says_what_one_row_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_every_constraint_has_a_telling_name():
    for model in [*MODELS, *LISTED_WITH, TrialRecordVersion]:
        for constraint in model._meta.constraints:
            assert constraint.name.startswith(model._meta.model_name), constraint.name
