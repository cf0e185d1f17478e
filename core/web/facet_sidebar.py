"""The facet sidebar of a list: values of filters with counts, the filters in force, and a form for the rest.

Links and the form go by GET: a state can be sent on, the back button works, and nothing needs JavaScript.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django_filters import Filter

from core.rest.facets import FacetValue, countable, facets
from core.rest.filters import FlagFilter, ReferenceFilter, ResourceFilterSet, StrictFilter, TermsFilter

SHOWN = 7  # values of a facet that show at once
MOST_LINKS = 40  # values of a facet that are links; where there are more, the form has them all
OPEN = 4  # facets that are open at first


@dataclass
class FacetLink:
    """One value of a facet. Its `href` shows `count` rows, or takes the value away where it is set.

    `add_href` adds the value to those that are set; empty where there are none.
    """

    label: str
    count: int
    href: str
    is_set: bool = False
    add_href: str = ""


@dataclass
class FacetGroup:
    """One facet: the values that show at once and those behind "more"; all of them where it `is_complete`."""

    name: str
    label: str
    shown: list[FacetLink]
    more: list[FacetLink]
    is_open: bool
    is_complete: bool


@dataclass
class FormField:
    """One filter of the form: a choice among `options`, or free text where there are none."""

    name: str
    label: str
    options: list | None
    value: str


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
    incomplete = [group.name for group in groups if not group.is_complete]
    in_form = [*form_names, *(incomplete if total is not None else facet_names)]
    hidden_inputs = [
        (name, value) for name, values in filterset.data.lists() for value in values
        if name != "page" and name not in in_form and value
    ]  # fmt: skip
    return FacetSidebar(
        groups, [form_field(filterset, n) for n in in_form], hidden_inputs, active_filters(filterset)
    )


def default_facets(filterset: ResourceFilterSet) -> list[str]:
    """Everything that can be counted but references, what all statements share last."""
    names = [name for name, f in countable(filterset).items() if not isinstance(f, ReferenceFilter)]
    return sorted(names, key=lambda name: name in ("section", "evidence"))


def facet_groups(filterset: ResourceFilterSet, names: Iterable[str], total: int) -> list[FacetGroup]:
    """The facets that tell rows apart, in the order of `names`, the first ones open."""
    groups: list[FacetGroup] = []
    for name, values in facets(filterset, names).items():
        f, chosen = filterset.filters[name], included(filterset, name)
        if not chosen and (not values or [v.count for v in values] == [total]):
            continue
        occurring = {v.value for v in values}
        without_rows = [FacetValue(v, read_as(f, v), 0) for v in chosen if v not in occurring]
        links = [facet_link(filterset, name, value) for value in (*without_rows, *values)]
        links.sort(key=lambda link: not link.is_set)
        shown = max(SHOWN, len(chosen))
        shown += len(links) <= shown + 1  # one more takes no more room than "1 more"
        groups.append(FacetGroup(
            name, f.label, links[:shown], links[shown:MOST_LINKS], bool(chosen) or len(groups) < OPEN,
            len(links) <= MOST_LINKS,
        ))  # fmt: skip
    return groups


def facet_link(filterset: ResourceFilterSet, name: str, value: FacetValue) -> FacetLink:
    given, chosen = values_given(filterset, name), included(filterset, name)
    if value.value in chosen:
        left = [v for v in given if v != value.value]
        return FacetLink(value.label, value.count, href(filterset.data, name, left), is_set=True)
    several = chosen and not isinstance(filterset.filters[name], FlagFilter)
    not_wanted = [v for v in given if v not in chosen]
    add_href = href(filterset.data, name, [*chosen, value.value, *not_wanted]) if several else ""
    return FacetLink(value.label, value.count, href(filterset.data, name, [value.value]), add_href=add_href)


def href(data: QueryDict, name: str, values: list[str]) -> str:
    """The query string with other values of one parameter, back on page 1."""
    data = data.copy()
    data.pop("page", None)
    data.pop(name, None)
    if values:
        data.setlist(name, values)
    return "?" + data.urlencode()


def included(filterset: ResourceFilterSet, name: str) -> list[str]:
    """The values of a filter that rows must have."""
    return [value for value in values_given(filterset, name) if not value.startswith("!")]


def values_given(filterset: ResourceFilterSet, name: str) -> list[str]:
    """The values of a parameter one by one, as they stand in the query string."""
    given = filterset.data.getlist(name)
    if isinstance(filterset.filters[name], TermsFilter):
        given = [part.strip() for values in given for part in values.split(",")]
    return [value for value in dict.fromkeys(given) if value.strip("!")]


def form_field(filterset: ResourceFilterSet, name: str) -> FormField:
    """A field of the form; what is set and not among its options becomes one more."""
    f, given = filterset.filters[name], values_given(filterset, name)
    value, options = ",".join(given), list(f.options()) if is_offered(f) else None
    if options is not None and value and value not in [str(option) for option, _ in options]:
        options = [(value, " or ".join(read_as(f, v) for v in given)), *options]
    return FormField(name, f.label, options, value)


def active_filters(filterset: ResourceFilterSet) -> list[ActiveFilter]:
    return [
        ActiveFilter(f.label, read_as(f, value), href(filterset.data, name, [v for v in given if v != value]))
        for name, f in filterset.filters.items()
        for given in [values_given(filterset, name)]
        for value in given
    ]


def is_offered(f: Filter) -> bool:
    """Are the values of this filter chosen from a list?"""
    return isinstance(f, StrictFilter) and f.offered


def read_as(f: Filter, value: str) -> str:
    """What people read for a value as the query string writes it: `!improved` is "not Improved"."""
    if value.startswith("!") and isinstance(f, TermsFilter):
        return f"not {read_as(f, value.lstrip('!'))}"
    return f.label_of(value) if is_offered(f) else value
