"""An inverted index of claims: for each value that claims name, the ids of the claims that name it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse

from catalog.models import CellType
from core.querysets import trees
from mechanisms.models import BiologicalProcess, Claim, Mechanism


class Direction(NamedTuple):
    """A direction of effects as figures tell it apart: its name, its mark, the values of the claim filter."""

    name: str
    mark: str
    filter_value: str


DIRECTIONS = [
    Direction("increases", "▲", "increases"),
    Direction("decreases", "▼", "decreases"),
    Direction("other", "◦", "!increases,!decreases"),
]
ONE_WAY = {"increases", "decreases"}


class ClaimIndex:
    """{value: ids of claims} for each thing that claims name, and the trees that these values stand in.

    `rows` are (claim id, preparation, mechanism id, process id, direction); `mediators` and `targets` are
    pairs of (claim id, what it links to); `trees` is {model: {id: Node}}.
    """

    def __init__(self, rows: Iterable, mediators: Iterable, targets: Iterable, trees: dict):
        self.preparations, self.mechanisms, self.processes, self.directions = (
            defaultdict(set) for _ in range(4)
        )
        self.all, self.trees = set(), trees
        for pk, preparation, mechanism, process, direction in rows:
            self.all.add(pk)
            self.preparations[preparation].add(pk)
            self.mechanisms[mechanism].add(pk)
            self.processes[process].add(pk)
            self.directions[direction if direction in ONE_WAY else "other"].add(pk)
        self.mediators, self.targets = by_value(mediators), by_value(targets)

    def by_direction(self, claims: set[int]) -> list[tuple[Direction, int]]:
        """The directions that occur among the claims, with the number of claims."""
        numbers = [(direction, len(claims & self.directions[direction.name])) for direction in DIRECTIONS]
        return [(direction, n) for direction, n in numbers if n]


def by_value(pairs: Iterable) -> dict:
    found = defaultdict(set)
    for pk, value in pairs:
        found[value].add(pk)
    return found


def index_rows(claims: Iterable[Claim], trees: dict) -> ClaimIndex:
    """The index of claims that are read already, with all that they link to."""
    return ClaimIndex(
        [(c.pk, c.preparation, c.mechanism_id, c.process_id, c.direction) for c in claims],
        [(c.pk, (molecule.slug, molecule.name)) for c in claims for molecule in c.mediators.all()],
        [(c.pk, cell.pk) for c in claims for cell in c.targets.all()],
        trees,
    )


def index_queryset(claims: QuerySet) -> ClaimIndex:
    """The index of a query set, in three queries: only what is drawn is read."""
    chosen, blank = claims.order_by().values("pk"), Value("", CharField())
    mediators = Claim.mediators.through.objects.filter(claim__in=chosen).values_list(
        Value("mediator", CharField()), "claim_id", "molecule_id", "molecule__slug", "molecule__name"
    )
    targets = Claim.targets.through.objects.filter(claim__in=chosen).values_list(
        Value("target", CharField()), "claim_id", "celltype_id", blank, blank
    )
    linked = list(mediators.order_by().union(targets.order_by(), all=True))
    return ClaimIndex(
        claims.order_by().values_list("pk", "preparation", "mechanism", "process", "direction"),
        [(claim, (slug, name)) for kind, claim, _, slug, name in linked if kind == "mediator"],
        [(claim, cell) for kind, claim, cell, *_ in linked if kind == "target"],
        trees(Mechanism, CellType, BiologicalProcess),
    )


def claims_address(*filters: dict) -> str:
    """The list of the claims that pass all the filters.

    A later filter of the same name is narrower than an earlier one and replaces it; only `filled`
    adds up, because there several fields must all be as asked.
    """
    query = {}
    for given in filters:
        for name, value in given.items():
            values = value if isinstance(value, list) else [value]
            query[name] = [*query.get(name, []), *values] if name == "filled" else values
    return f"{reverse('claim-list')}?{urlencode(query, doseq=True, safe='!,')}"
