"""Reads of the claims, named as the field speaks."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Q

from core.models import Entity, TreeEntity
from core.querysets import DisputedQuerySet, Row, linked_model

if TYPE_CHECKING:  # the models import this module
    from mechanisms.models import Mechanism


class ClaimQuerySet(DisputedQuerySet[Row]):
    def about(self, entity: Entity) -> Self:
        """Claims in which an entity, or one that is narrower, has any role."""
        ids = entity.ids_with_narrower if isinstance(entity, TreeEntity) else {entity.pk}
        slots = (*self.model._meta.fields, *self.model._meta.many_to_many)
        roles = [Q(**{f"{f.name}__in": ids}) for f in slots if f.related_model is entity._meta.concrete_model]
        return self.filter(pk__in=self.model._default_manager.filter(reduce(or_, roles)).values("pk"))

    def number_on(self, mechanisms: Collection["Mechanism"]) -> dict[int, int]:
        """{mechanism id: number of these claims on it and on what is narrower}"""
        own = dict(self.order_by().values_list("mechanism").annotate(Count("pk")))
        counts = {m.pk: own.get(m.pk, 0) for m in mechanisms}
        for mechanism in mechanisms:
            if mechanism.broader_id in counts:
                counts[mechanism.broader_id] += own.get(mechanism.pk, 0)
        return counts

    def with_slots(self) -> Self:
        """With what fills the single slots; `disputed` says that another claim conflicts."""
        conflicts = linked_model(self.model._meta.get_field("conflicts"))._default_manager
        return (
            self.with_provenance()
            .with_named("actor", "source", "mechanism", "process")
            .select_related("mechanism__broader")
            .annotate(disputed=Exists(conflicts.filter(Q(claim=OuterRef("pk")) | Q(other=OuterRef("pk")))))
        )
