"""What each claim names, as sets of claims: the numbers behind every flow."""

from collections import defaultdict
from urllib.parse import urlencode

from django.urls import reverse

from mechanisms.models import Claim

DIRECTIONS = [
    ("increases", "▲", "increases"),
    ("decreases", "▼", "decreases"),
    ("other", "◦", "!increases,!decreases"),
]  # fmt: skip
OUTRIGHT = {"increases", "decreases"}


class Slots:
    """The slots of the claims of a query set: {value: ids of the claims that name it}."""

    def __init__(self, claims):
        self.preparations, self.mechanisms, self.processes, self.directions = (
            defaultdict(set) for _ in range(4)
        )
        self.all = set()
        rows = claims.order_by().values_list("pk", "preparation", "mechanism", "process", "direction")
        for pk, preparation, mechanism, process, direction in rows:
            self.all.add(pk)
            self.preparations[preparation].add(pk)
            self.mechanisms[mechanism].add(pk)
            self.processes[process].add(pk)
            self.directions[direction if direction in OUTRIGHT else "other"].add(pk)
        self.mediators = linked(claims, Claim.mediators.through, "molecule__slug", "molecule__name")
        self.targets = linked(claims, Claim.targets.through, "celltype_id")

    def by_direction(self, claims):
        """[(direction, mark, number, filter value)] of those that occur among the claims."""
        found = [(name, mark, len(claims & self.directions[name]), value) for name, mark, value in DIRECTIONS]
        return [row for row in found if row[2]]


def linked(claims, through, *columns):
    """{what stands in the columns: ids of the claims that link to it}."""
    found = defaultdict(set)
    rows = through.objects.filter(claim__in=claims.order_by().values("pk")).values_list("claim_id", *columns)
    for pk, *value in rows:
        found[tuple(value) if len(value) > 1 else value[0]].add(pk)
    return found


def claims_address(*filters):
    """The list of the claims that pass all the filters.

    A later filter of the same name is narrower than an earlier one and replaces it; only `filled`
    adds up, because there several slots must all be as asked.
    """
    query = {}
    for given in filters:
        for name, value in given.items():
            values = value if isinstance(value, list) else [value]
            query[name] = [*query.get(name, []), *values] if name == "filled" else values
    return f"{reverse('claim-list')}?{urlencode(query, doseq=True, safe='!,')}"
