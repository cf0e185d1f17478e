"""What a list page offers to narrow it: facets as links with counts, chips for what is set, and a form.

Everything is an address: links and the form go by GET, so that a state can be sent on, the back button
does what it says, and nothing needs JavaScript.
"""

from dataclasses import dataclass, field

from core.rest.facets import FacetValue, countable, entity_names, facets, read_names
from core.rest.filters import EntityFilter, FlagFilter, ReferenceFilter, StoredValueFilter, Terms, TermsFilter

TOP = 7  # values of a facet that show at once
MOST = 40  # values of a facet that are links; the form has the rest
OPEN = 4  # facets that are open at first


class Query:
    """A query string as links change it."""

    def __init__(self, data):
        self.data = data

    def with_values(self, **changes):
        """The query string with parameters replaced; None removes one. Back to page 1."""
        data = self.data.copy()
        for name in ("page", *changes):
            data.pop(name, None)
        for name, value in changes.items():
            if value not in (None, []):
                data.setlist(name, value if isinstance(value, list) else [value])
        return "?" + data.urlencode()


@dataclass
class FacetLink:
    """One value of a facet. Its link shows `count` rows, or takes the value away where it is set.

    `also` adds the value to those that are set; empty where there are none.
    """

    label: str
    count: int
    link: str
    is_set: bool = False
    also: str = ""


@dataclass
class Group:
    """One facet: what shows at once and what stands behind "more"."""

    name: str
    label: str
    top: list
    more: list
    is_open: bool
    is_whole: bool


@dataclass
class Control:
    """One filter of a list's form."""

    name: str
    label: str
    options: list | None
    value: str


@dataclass
class Chip:
    """One filter value in force, with the address of the list without it."""

    label: str
    value: str
    remove: str


@dataclass
class Narrowing:
    """Groups of facets, controls of the form, what the form carries along, and chips."""

    groups: list = field(default_factory=list)
    controls: list = field(default_factory=list)
    carried: list = field(default_factory=list)
    chips: list = field(default_factory=list)

    @property
    def words(self):
        """The control for words, which stands first."""
        return next((control for control in self.controls if control.name == "q"), None)

    @property
    def further(self):
        return [control for control in self.controls if control.name != "q"]


def narrowing(filterset, facet_names, form_names, total):
    """What the page of a list offers: the list has `total` rows, or None where its query is in error.

    None for names means all that can be counted, and all other filters in the form.
    """
    query = Query(filterset.data)
    facet_names = shown_unless_said_otherwise(filterset) if facet_names is None else facet_names
    form_names = [n for n in filterset.filters if n not in facet_names] if form_names is None else form_names
    names = {*facet_names, *form_names, *filterset.data}
    read_names(
        filterset,
        [f.entity for n, f in filterset.filters.items() if n in names and isinstance(f, EntityFilter)],
    )
    groups = facet_groups(filterset, query, facet_names, total) if total is not None else []
    too_long = [group.name for group in groups if not group.is_whole]
    controls = [
        control_of(filterset, name)
        for name in (*form_names, *(too_long if total is not None else facet_names))
    ]
    in_form = {control.name for control in controls}
    carried = [
        (name, value) for name, values in filterset.data.lists() for value in values
        if name != "page" and name not in in_form and value
    ]  # fmt: skip
    return Narrowing(groups, controls, carried, chips(filterset, query))


def shown_unless_said_otherwise(filterset):
    """Everything that can be counted but references, what all statements share last."""
    names = [name for name, f in countable(filterset).items() if not isinstance(f, ReferenceFilter)]
    return sorted(names, key=lambda name: name in ("section", "evidence"))


def facet_groups(filterset, query, names, total):
    """The facets that tell rows apart, in the order of `names`, the first ones open."""
    groups = []
    for name, values in facets(filterset, names).items():
        set_now = wanted(filterset, name)
        if not set_now and (not values or [v.count for v in values] == [total]):
            continue
        f = filterset.filters[name]
        missing = [
            FacetValue(value, label_of(f, value), 0)
            for value in set_now
            if value not in {v.value for v in values}
        ]
        links = [facet_link(filterset, query, name, value) for value in (*missing, *values)]
        links.sort(key=lambda link: not link.is_set)
        top = max(TOP, len(set_now))
        if len(links) <= top + 1:
            top += 1
        groups.append(Group(
            name, f.label, links[:top], links[top:MOST], bool(set_now) or len(groups) < OPEN, len(links) <= MOST
        ))  # fmt: skip
    return groups


def facet_link(filterset, query, name, value):
    set_now, excluded = wanted(filterset, name), unwanted(filterset, name)
    if value.value in set_now:
        left = [v for v in set_now if v != value.value] + excluded
        return FacetLink(value.label, value.count, query.with_values(**{name: left}), is_set=True)
    flag = isinstance(filterset.filters[name], FlagFilter)
    also = query.with_values(**{name: [*set_now, value.value, *excluded]}) if set_now and not flag else ""
    return FacetLink(value.label, value.count, query.with_values(**{name: [value.value]}), also=also)


def wanted(filterset, name):
    """The values of a filter that are set, as the query string writes them."""
    given = filterset.form.cleaned_data.get(name)
    if isinstance(given, bool):
        return ["true" if given else "false"]
    return list(dict.fromkeys(given.wanted)) if given else []


def unwanted(filterset, name):
    given = filterset.form.cleaned_data.get(name)
    return [f"!{value}" for value in given.excluded] if isinstance(given, Terms) else []


def control_of(filterset, name):
    """A field of the form; what is set and not among its options becomes one more."""
    f, given = filterset.filters[name], terms(filterset, name)
    value, options = ",".join(given), f.options()
    if options is not None and value and value not in [str(option) for option, _ in options]:
        options = [(value, " or ".join(label_of(f, v) for v in given)), *options]
    return Control(name, f.label, options, value)


def chips(filterset, query):
    """One chip for each value in force."""
    return [
        Chip(f.label, label_of(f, value), query.with_values(**{name: [v for v in given if v != value]}))
        for name, f in filterset.filters.items()
        for given in [terms(filterset, name)]
        for value in given
    ]


def terms(filterset, name):
    """The values of a parameter one by one, as they stand in the query string."""
    given = filterset.data.getlist(name)
    if isinstance(filterset.filters[name], TermsFilter):
        given = [part.strip() for values in given for part in values.split(",")]
    return [value for value in dict.fromkeys(given) if value.strip("!")]


def label_of(f, value):
    """What people read for a value as the query string writes it: `!improved` is "not Improved"."""
    if value.startswith("!") and isinstance(f, TermsFilter):
        return f"not {label_of(f, value.lstrip('!'))}"
    if isinstance(f, EntityFilter):
        return entity_names(f)[0].get(value, value)
    if isinstance(f, StoredValueFilter):
        return value
    return {str(known): str(label) for known, label in f.options() or []}.get(value, value)
