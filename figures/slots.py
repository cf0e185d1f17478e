"""What each claim names, as sets of claims: the numbers behind every flow."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import CharField, Value
from django.urls import reverse

from catalog.models import CellType
from core.querysets import trees
from mechanisms.models import BiologicalProcess, Claim, Mechanism

DIRECTIONS = [
    ("increases", "▲", "increases"),
    ("decreases", "▼", "decreases"),
    ("other", "◦", "!increases,!decreases"),
]  # fmt: skip
OUTRIGHT = {"increases", "decreases"}


class Slots:
    """The slots of some claims: {value: ids of the claims that name it}, and the trees of these values.

    `rows` are (id, preparation, mechanism id, process id, direction); `mediators` and `targets` are
    (id of the claim, what it links to).
    """

    def __init__(self, rows, mediators, targets, nodes):
        self.preparations, self.mechanisms, self.processes, self.directions = (
            defaultdict(set) for _ in range(4)
        )
        self.all, self.trees = set(), nodes
        for pk, preparation, mechanism, process, direction in rows:
            self.all.add(pk)
            self.preparations[preparation].add(pk)
            self.mechanisms[mechanism].add(pk)
            self.processes[process].add(pk)
            self.directions[direction if direction in OUTRIGHT else "other"].add(pk)
        self.mediators, self.targets = by_value(mediators), by_value(targets)

    def by_direction(self, claims):
        """[(direction, mark, number, filter value)] of those that occur among the claims."""
        found = [(name, mark, len(claims & self.directions[name]), value) for name, mark, value in DIRECTIONS]
        return [row for row in found if row[2]]


def by_value(pairs):
    found = defaultdict(set)
    for pk, value in pairs:
        found[value].add(pk)
    return found


def slots_of(claims, nodes):
    """The slots of claims that are read already, with all that they link to."""
    return Slots(
        [(c.pk, c.preparation, c.mechanism_id, c.process_id, c.direction) for c in claims],
        [(c.pk, (molecule.slug, molecule.name)) for c in claims for molecule in c.mediators.all()],
        [(c.pk, cell.pk) for c in claims for cell in c.targets.all()],
        nodes,
    )


def slots_in(queryset):
    """The slots of the claims of a query set, in three queries: only what is drawn is read."""
    chosen = queryset.order_by().values("pk")
    mediators = Claim.mediators.through.objects.filter(claim__in=chosen).values_list(
        Value("mediator", CharField()), "claim_id", "molecule_id", "molecule__slug", "molecule__name"
    )
    targets = Claim.targets.through.objects.filter(claim__in=chosen).values_list(
        Value("target", CharField()),
        "claim_id",
        "celltype_id",
        Value("", CharField()),
        Value("", CharField()),
    )
    linked = list(mediators.order_by().union(targets.order_by(), all=True))
    return Slots(
        queryset.order_by().values_list("pk", "preparation", "mechanism", "process", "direction"),
        [(claim, (slug, name)) for kind, claim, _, slug, name in linked if kind == "mediator"],
        [(claim, cell) for kind, claim, cell, *_ in linked if kind == "target"],
        trees(Mechanism, CellType, BiologicalProcess),
    )


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
