"""An inverted index of claims: for each value that claims name, the ids of the claims that name it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse

from catalog.models import CellType
from core.models import TreeEntity
from core.querysets import Node, trees
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

V = TypeVar("V")
IdsBy = defaultdict[V, set[int]]  # {value: ids of the rows that name it}
Named = tuple[str, str]  # slug and name
Trees = dict[type[TreeEntity], dict[int, Node]]
Filters = Mapping[str, str | list[str]]  # of the list of claims


class ClaimIndex:
    """For each value that claims name the ids of the claims, and the trees that these values stand in.

    `rows` are (claim id, preparation, mechanism id, process id, direction); `mediators` and `targets` are
    pairs of (claim id, what it links to).
    """

    def __init__(
        self,
        rows: Iterable[tuple[int, str, int | None, int | None, str]],
        mediators: Iterable[tuple[int, Named]],
        targets: Iterable[tuple[int, int]],
        trees: Trees,
    ) -> None:
        rows = list(rows)
        self.all = {pk for pk, *_ in rows}
        self.preparations = by_value((pk, preparation) for pk, preparation, *_ in rows)
        self.mechanisms = by_value((pk, mechanism) for pk, _, mechanism, *_ in rows)
        self.processes = by_value((pk, process) for pk, _, _, process, _ in rows)
        self.directions = by_value((pk, way if way in ONE_WAY else "other") for pk, *_, way in rows)
        self.mediators, self.targets = by_value(mediators), by_value(targets)
        self.trees = trees

    def by_direction(self, claims: set[int]) -> list[tuple[Direction, int]]:
        """The directions that occur among the claims, with the number of claims."""
        numbers = [(direction, len(claims & self.directions[direction.name])) for direction in DIRECTIONS]
        return [(direction, n) for direction, n in numbers if n]


def by_value(pairs: Iterable[tuple[int, V]]) -> IdsBy[V]:
    found: IdsBy[V] = defaultdict(set)
    for pk, value in pairs:
        found[value].add(pk)
    return found


def index_rows(claims: Iterable[Claim], trees: Trees) -> ClaimIndex:
    """The index of claims that are read already, with all that they link to."""
    return ClaimIndex(
        [(c.pk, c.preparation, c.mechanism_id, c.process_id, c.direction) for c in claims],
        [(c.pk, (molecule.slug, molecule.name)) for c in claims for molecule in c.mediators.all()],
        [(c.pk, cell.pk) for c in claims for cell in c.targets.all()],
        trees,
    )


def index_queryset(claims: QuerySet[Claim]) -> ClaimIndex:
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


def claims_address(*filters: Filters) -> str:
    """The list of the claims that pass all the filters.

    A later filter of the same name is narrower than an earlier one and replaces it; only `filled`
    adds up, because there several fields must all be as asked.
    """
    query: dict[str, list[str]] = {}
    for given in filters:
        for name, value in given.items():
            values = value if isinstance(value, list) else [value]
            query[name] = [*query.get(name, []), *values] if name == "filled" else values
    return f"{reverse('claim-list')}?{urlencode(query, doseq=True, safe='!,')}"
