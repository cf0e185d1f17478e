"""Where a list is empty: entities near those asked for that have rows under the rest of the filter."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from core.rest.entity_names import EntityNames
from core.rest.facets import facets
from core.rest.filters import EntityFilter, ResourceFilterSet
from core.rest.terms import in_states, read_term, stated
from core.text import fold

MOST = 8  # neighbours of one value
ALONE = "alone"  # the value itself, where it was asked for together with others
RELATIONS = (ALONE, "narrower", "broader", "name", "sibling")


class Neighbour(NamedTuple):
    """An entity that has `count` rows where it is `asked` for instead; `relation` says how the two are near.

    `parameter` is the filter, `value` what it takes, with the state of what was asked for.
    """

    parameter: str
    asked: str
    relation: str
    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides a method that nobody needs


def neighbours(filterset: ResourceFilterSet) -> list[Neighbour] | None:
    """The neighbours of each entity asked for, in one query; None where no entity is asked for."""
    asked = list(entities_asked(filterset))
    counted = facets(filterset, dict.fromkeys(facet for facet, _ in asked)) if asked else {}
    found: list[Neighbour] = []
    for facet, value in asked:
        state, name = read_term(facet)[2:]
        near = (
            Neighbour(name, stated(state, value), relation, v.value, v.label, v.count)
            for v in counted[facet]
            if (relation := relation_of(filterset.filters[name].names, value, read_term(v.value).value))
        )
        found += islice(sorted(near, key=lambda n: (RELATIONS.index(n.relation), -n.count, n.label)), MOST)
    return found if asked else None


def entities_asked(filterset: ResourceFilterSet) -> Iterator[tuple[str, str]]:
    """(facet, value) of each entity that rows must have."""
    for name, f in filterset.filters.items():
        if isinstance(f, EntityFilter) and (terms := filterset.form.cleaned_data.get(name)):
            for state, values in in_states(terms.wanted):
                yield from ((stated(state, name), value) for value in dict.fromkeys(values))


def relation_of(names: EntityNames, value: str, other: str) -> str:
    """How another entity is near to this one; blank where it is not."""
    own, others = names.line(value), names.line(other)
    if other == value:
        return ALONE
    if value in others:
        return "narrower"
    if other in own:
        return "broader"
    words, theirs = (f" {fold(names[key].name)} " for key in (value, other))
    if words in theirs or theirs in words:
        return "name"
    return "sibling" if own[1:] and own[1:] == others[1:] else ""
