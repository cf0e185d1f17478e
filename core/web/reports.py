"""What statements report of the rows of a list, beside them, where the list is filtered by it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Model
from django.urls import reverse

from core.querysets import linked_model, published_along
from core.rest.filters import EntityFilter, ResourceFilterSet
from core.rest.terms import in_states

MOST_COLUMNS = 4


@dataclass
class Report:
    """One report: its status as a code and in words, and the address of its statement."""

    status: str
    text: str
    href: str


@dataclass
class ReportColumn:
    """The reports on one value asked for, by row id. A row that has none is not reported."""

    label: str
    reports: dict[int, list[Report]]


def report_columns(filterset: ResourceFilterSet, rows: Iterable[Model]) -> list[ReportColumn]:
    """A column for each value of filters that ask how something is reported, the first few of them."""
    filters = [f for f in filterset.filters.values() if isinstance(f, EntityFilter) and f.reports]
    ids = [row.pk for row in rows] if filters else []
    columns = (column for f in filters for column in columns_of(filterset, f, ids))
    return list(islice(columns, MOST_COLUMNS))


def columns_of(filterset: ResourceFilterSet, f: EntityFilter, ids: list[int]) -> list[ReportColumn]:
    terms, model = filterset.form.cleaned_data.get(f.name), filterset.queryset.model
    if not terms or not f.reports:
        return []
    asked = dict(in_states([*terms.wanted, *terms.excluded]))
    values = list(dict.fromkeys(value for some in asked.values() for value in some))
    [column], [link, status] = f.columns, f.reports.path.split("__")
    kind = linked_model(model._meta.get_field(link))
    texts = dict(kind._meta.get_field(status).flatchoices)  # type: ignore[union-attr]  # a field of choices
    found: dict[str, dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    reports = model._base_manager.filter(
        published_along(model, link), pk__in=ids, **{f"{column}__in": values}
    )
    for pk, value, said, accession in reports.order_by(f"{link}__accession").values_list(
        "pk", column, f.reports.path, f"{link}__accession"
    ):
        href = reverse(f"{kind._meta.model_name}-detail", args=[accession])
        found[value][pk].append(Report(said, str(texts[said]), href))
    return [ReportColumn(f.label_of(value), found[value]) for value in values]
