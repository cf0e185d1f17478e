"""The facet sidebar of a list: values of filters with counts, the filters in force, and a form for the rest.

Links and the form go by GET: a state can be sent on, the back button works, and nothing needs JavaScript.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django_filters import Filter

from core.rest.facets import FacetValue, facets, facets_of
from core.rest.filters import ReferenceFilter, ResourceFilterSet, StrictFilter, TermsFilter
from core.rest.neighbours import ALONE, neighbours
from core.rest.terms import ALL, ANY, STATES, Term, read_term, read_terms, stated

SHOWN = 7  # values of a facet that show at once
MOST_LINKS = 40  # values of a facet that are links; where there are more, the form has them all
OPEN = 4  # facets that are open at first


@dataclass
class FacetLink:
    """One value of a facet. Its `href` shows `count` rows, or takes the value away where it is set.

    `add_href` adds the value to those that are set, joined as these are; `other_href` joins them the other way. Each
    is empty where there is no such thing to do.
    """

    label: str
    count: int
    href: str
    is_set: bool = False
    add_href: str = ""
    other_href: str = ""
    joins_all: bool = False

    @property
    def additions(self) -> list[tuple[str, bool]]:
        """(address, do rows then need all values, not any) of the ways to add the value."""
        ways = ((self.add_href, self.joins_all), (self.other_href, not self.joins_all))
        return [way for way in ways if way[0]]


@dataclass
class FacetGroup:
    """One facet: the values that show at once and those behind "more"; all of them where it `is_complete`.

    Rows must have `all` of the values set, or any; `switch_href` asks for the other, empty where that is no question.
    """

    name: str
    label: str
    shown: list[FacetLink]
    more: list[FacetLink]
    is_open: bool
    is_complete: bool
    all: bool = False
    switch_href: str = ""


@dataclass
class FormField:
    """One filter of the form: a choice among `options`, or free text where there are none.

    `facet` is the name of its facet: the values of one filter in another state have a field of their own.
    """

    name: str
    label: str
    options: list | None
    value: str
    facet: str = ""


@dataclass
class ActiveFilter:
    """One filter value in force, with the address of the list without it."""

    label: str
    value: str
    remove_href: str


@dataclass
class FacetSidebar:
    """Facets, fields of the form, what the form repeats as hidden inputs, and the filters in force."""

    groups: list[FacetGroup]
    fields: list[FormField]
    hidden_inputs: list[tuple[str, str]]
    active: list[ActiveFilter]

    @property
    def search_field(self) -> FormField | None:
        """The field for words, which stands first."""
        return next((f for f in self.fields if f.name == "q"), None)

    @property
    def other_fields(self) -> list[FormField]:
        return [f for f in self.fields if f.name != "q"]

    @property
    def first_labels(self) -> list[str]:
        """What the first facets are about."""
        return [group.label for group in self.groups if group.name == filter_of(group.name)][:3]


def facet_sidebar(
    filterset: ResourceFilterSet,
    facet_names: Sequence[str] | None = None,
    form_names: Sequence[str] | None = None,
    total: int | None = None,
) -> FacetSidebar:
    """The sidebar of a list of `total` rows, or of None where its query is in error.

    None for names means all that can be counted, and all other filters in the form.
    """
    facet_names = default_facets(filterset) if facet_names is None else facet_names
    form_names = [n for n in filterset.filters if n not in facet_names] if form_names is None else form_names
    groups = facet_groups(filterset, facet_names, total) if total is not None else []
    facet_names = [name for name in facet_names if name in filterset.filters]
    incomplete = [
        name for group in groups if not group.is_complete for name in (filter_of(group.name), group.name)
    ]
    in_form = list(dict.fromkeys([*form_names, *(incomplete if total is not None else facet_names)]))
    hidden_inputs = [
        (name, value) for name, values in filterset.data.lists() for value in values
        if name != "page" and name not in in_form and value
    ]  # fmt: skip
    fields = [form_field(filterset, name, in_form) for name in in_form]
    return FacetSidebar(groups, fields, hidden_inputs, active_filters(filterset))


def default_facets(filterset: ResourceFilterSet) -> list[str]:
    """Everything that can be counted but references, what all statements share last."""
    names = [name for name, f in facets_of(filterset).items() if not isinstance(f, ReferenceFilter)]
    return sorted(names, key=lambda name: name in ("has", "section", "evidence"))


def filter_of(facet: str) -> str:
    """The name of the filter whose values a facet counts."""
    return read_term(facet).value


def facet_groups(filterset: ResourceFilterSet, names: Iterable[str], total: int) -> list[FacetGroup]:
    """The facets that tell rows apart, in the order of `names`, the first ones open."""
    groups: list[FacetGroup] = []
    for name, values in facets(filterset, names).items():
        state = read_term(name).state
        given = Given.of(filterset, filter_of(name))
        chosen = [term.stated for term in given.terms if term.state == state and not term.excluded]
        if not chosen and (not values or [v.count for v in values] == [total]):
            continue
        occurring = {v.value for v in values}
        label_of = filterset.filters[given.name].label_of
        without_rows = [FacetValue(v, label_of(read_term(v).value), 0) for v in chosen if v not in occurring]
        links = [facet_link(given, value) for value in (*without_rows, *values)]
        links.sort(key=lambda link: not link.is_set)
        shown = max(SHOWN, len(chosen))
        shown += len(links) <= shown + 1  # one more takes no more room than "1 more"
        first = not state and sum(not read_term(group.name).state for group in groups) < OPEN
        groups.append(FacetGroup(
            name, given.f.label + (f": {STATES[state]}" if state else ""), links[:shown], links[shown:MOST_LINKS],
            bool(chosen) or first, len(links) <= MOST_LINKS, given.join == ALL,
            given.href(given.terms, given.other) if chosen and len(given.wanted) > 1 and given.several else "",
        ))  # fmt: skip
    return groups


@dataclass
class Given:
    """What the query says of one filter: its terms one by one, and how those wanted are joined."""

    filterset: ResourceFilterSet
    name: str
    terms: list[Term]
    join: str

    @classmethod
    def of(cls, filterset: ResourceFilterSet, name: str) -> "Given":
        f, data = filterset.filters[name], filterset.data.getlist(name)
        if not isinstance(f, TermsFilter):
            return cls(filterset, name, [Term("", False, "", value) for value in data if value.strip()], ANY)
        terms = [term for term in read_terms(data) if term.value]
        join = f.joined("".join({term.join for term in terms}))
        return cls(filterset, name, list(dict.fromkeys(term._replace(join="") for term in terms)), join)

    @property
    def f(self) -> Any:
        return self.filterset.filters[self.name]

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.excluded]

    @property
    def several(self) -> bool:
        """May rows be asked for with all of several values? In a tree alone that is hardly ever meant."""
        return isinstance(self.f, TermsFilter) and (self.f.linked_to_many or self.join == ALL)

    @property
    def other(self) -> str:
        """How several values are joined otherwise."""
        return ANY if self.join == ALL else ALL

    def values(self, terms: Iterable[Term], join: str) -> list[str]:
        """The terms as parameters. How they are joined is said where that is not the filter's own way."""
        signed = [term.signs + term.value for term in terms]
        if sum(not term.excluded for term in terms) > 1 and join != self.f.joined(""):
            return [f"{join}:{','.join(signed)}"]
        return signed

    def href(self, terms: Iterable[Term], join: str = "") -> str:
        """The query string with these terms of the filter, back on page 1, without limits that lack their unit."""
        data = self.filterset.data.copy()
        limits = [name for name, f in self.filterset.filters.items() if getattr(f, "unit", "") == self.name]
        for name in ("page", self.name, *(() if terms else limits)):
            data.pop(name, None)
        if terms:
            data.setlist(self.name, self.values(terms, join or self.join))
        return "?" + data.urlencode()


def facet_link(given: Given, value: FacetValue) -> FacetLink:
    term, wanted = read_term(value.value), given.wanted
    if term in wanted:
        left = [t for t in given.terms if t != term]
        return FacetLink(value.label, value.count, given.href(left), is_set=True)
    link = FacetLink(value.label, value.count, given.href([term]), joins_all=given.join == ALL)
    if wanted and isinstance(given.f, TermsFilter):
        together = [*wanted, term, *(t for t in given.terms if t.excluded)]
        link.add_href = given.href(together)
        if given.several and len(wanted) == 1:
            link.other_href = given.href(together, given.other)
    return link


@dataclass
class NeighbourLinks:
    """An entity asked for, as people read it, and links to those near it that have rows."""

    label: str
    links: list[FacetLink]


def neighbour_links(filterset: ResourceFilterSet) -> list[NeighbourLinks]:
    """For each entity asked for: links to those near it, which take its place in the query."""
    found = []
    for (name, asked), near in groupby(neighbours(filterset) or (), lambda n: (n.parameter, n.asked)):
        given = Given.of(filterset, name)
        links = [
            FacetLink(
                n.label + (" alone" if n.relation == ALONE else ""), n.count, given.href([read_term(n.value)])
            )
            for n in near
        ]
        found.append(NeighbourLinks(f"{given.f.label}: {given.f.read_as(read_term(asked))}", links))
    return found


def form_field(filterset: ResourceFilterSet, facet: str, in_form: Collection[str]) -> FormField:
    """A field of the form; what is set and not among its options becomes one more."""
    given, state = Given.of(filterset, filter_of(facet)), read_term(facet).state
    f, elsewhere = given.f, {read_term(name).state for name in in_form if filter_of(name) == given.name}
    own = [t for t in given.terms if t.state == state or (not state and t.state not in elsewhere)]
    value = ",".join(given.values(own, given.join))
    options = [(stated(state, str(v)), label) for v, label in f.options()] if is_offered(f) else None
    if options is not None and value and value not in [option for option, _ in options]:
        joined = " and " if given.join == ALL else " or "
        options = [(value, joined.join(read_as(f, term) for term in own)), *options]
    label = f.label + (f": {STATES[state]}" if state else "")
    return FormField(given.name, label, options, value, facet)


def active_filters(filterset: ResourceFilterSet) -> list[ActiveFilter]:
    return [
        ActiveFilter(
            given.f.label + (", all of" if given.join == ALL and len(given.wanted) > 1 and not term.excluded else ""),
            read_as(given.f, term), given.href([t for t in given.terms if t != term]),
        )
        for name in filterset.filters
        for given in [Given.of(filterset, name)]
        for term in given.terms
    ]  # fmt: skip


def is_offered(f: Filter) -> bool:
    """Are the values of this filter chosen from a list?"""
    return isinstance(f, StrictFilter) and f.offered


def read_as(f: Filter, term: Term) -> str:
    """What people read for a value that is set."""
    if isinstance(f, TermsFilter):
        return f.read_as(term)
    return f.label_of(term.value) if isinstance(f, StrictFilter) else term.value
