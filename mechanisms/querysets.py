"""Reads of the claims, named as the field speaks."""

from django.db.models import Count, Exists, OuterRef, Q

from core.querysets import EntityQuerySet, NaturalKeyQuerySet, StatementQuerySet


class ClaimQuerySet(StatementQuerySet):
    def about(self, molecule):
        """Claims in which the molecule plays any role."""
        roles = Q(mediators=molecule) | Q(regulated=molecule) | Q(modulators=molecule)
        return self.filter(pk__in=self.model.objects.filter(roles).values("pk"))

    def in_conflict(self):
        """Claims that some other claim pulls apart from."""
        pairs = self.model._meta.get_field("conflicts").related_model.objects
        return self.filter(Q(pk__in=pairs.values("claim")) | Q(pk__in=pairs.values("other")))

    def number_on(self, mechanisms):
        """{mechanism id: number of these claims on it and on what is narrower}"""
        own = dict(self.order_by().values_list("mechanism").annotate(Count("pk")))
        counts = {m.pk: own.get(m.pk, 0) for m in mechanisms}
        for mechanism in mechanisms:
            if mechanism.broader_id in counts:
                counts[mechanism.broader_id] += own.get(mechanism.pk, 0)
        return counts

    def with_slots(self):
        """With what fills the single slots; `disputed` says that another claim conflicts."""
        conflicts = self.model._meta.get_field("conflicts").related_model.objects
        return (
            self.with_provenance()
            .with_named("actor", "source", "mechanism", "process")
            .select_related("mechanism__broader")
            .annotate(disputed=Exists(conflicts.filter(Q(claim=OuterRef("pk")) | Q(other=OuterRef("pk")))))
        )


class ClaimConflictQuerySet(NaturalKeyQuerySet):
    def of(self, claim):
        return self.filter(Q(claim=claim) | Q(other=claim))


class VesicleClassQuerySet(EntityQuerySet, StatementQuerySet):
    """Vesicle classes are both: found by slug, published as statements."""
