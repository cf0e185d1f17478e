"""What a row's search document holds: its names, its text, and the names of what it links to."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.apps import apps
from django.db.models import Field, Model, Prefetch, QuerySet

from core.models import Document, Entity, Reference, Searched, Section, Statement, TreeEntity
from core.models.names import Name
from core.models.natural_keys import NaturalKeyModel
from core.querysets import linked_model
from core.rest.serializers import kind_of
from core.text import fold
from search.models import SearchDocument
from search.terms import INDEXED, identifier, model_of, terms_of, title_of
from search.tokens import barred, capitals, spellings, text_forms, vocabulary

NOT_SAID = {"", "not-stated"}
WITHOUT_WORDS = {"curation_status", "quantity_sign", "value_sign", "registry"}
# Columns that name a row rather than describe it.
NAMING = {"slug", "name", "synonyms", "accession", "registry_id", "title", "doi", "pmid", "pmcid"}
# The column that says something of the row to its curators, and that no list of results shows.
NOTE = "curator_note"
Link = tuple[str, str, list[str]]  # role, name and other names of what a row links to


def indexed_models() -> list[type[Model]]:
    """The models whose rows are searched for."""
    return [m for m in apps.get_models() if issubclass(m, INDEXED) and not m._meta.proxy]


def curated_models() -> list[type[Model]]:
    """Those that fixtures fill. All others are filled by imports and may have hundreds of thousands of rows."""
    return [model for model in indexed_models() if issubclass(model, NaturalKeyModel)]


def kinds() -> dict[str, type[Model]]:
    """{kind: model} in the order in which kinds follow each other."""
    found = {kind_of(model): model for model in indexed_models()}
    order = vocabulary()["kinds"]
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: place_of(kind, order))}


def place_of(kind: str, order: list[str]) -> int:
    return order.index(kind) if kind in order else len(order)


@cache
def linked_fields(model: type[Model]) -> tuple[list[Field], list[Field]]:
    """The fields of a model that lead to rows by whose names its rows are found: (to one, to many)."""
    one = [
        f for f in model._meta.fields if f.remote_field and issubclass(linked_model(f), (Searched, Section))
    ]
    many: list[Field] = [f for f in model._meta.many_to_many if issubclass(linked_model(f), Entity)]
    return one, many


@cache
def chosen_fields(model: type[Model]) -> list[tuple[str, str, dict[str, str]]]:
    """[(name, role, {value: label})] of the columns of choices whose values rows are found by."""
    fields = [f for f in model._meta.fields if f.choices and f.name not in WITHOUT_WORDS]
    return [(f.name, str(f.verbose_name), {v: str(label) for v, label in f.flatchoices}) for f in fields]


def rows_to_index(model: type[Model]) -> QuerySet[Model]:
    """The rows of a model that have documents of their own, with everything that these need.

    A query set that leaves some rows out says so in `with_document`; of statements the published ones are left anyway.
    """
    one, many = linked_fields(model)
    manager = model._default_manager
    rows = getattr(manager, "with_document", manager.all)()
    return (
        rows.select_related(*(f.name for f in one))
        .prefetch_related(*(Prefetch(f.name, linked_model(f)._base_manager.order_by("pk")) for f in many))
        .order_by("pk")
    )


class Broader:
    """The names of what stands above an entity in its tree, read once a model."""

    def __init__(self) -> None:
        self.trees: dict[type[Model], dict[int, tuple[int | None, str]]] = {}

    def of(self, row: Model) -> list[str]:
        if not isinstance(row, TreeEntity):
            return []
        model = model_of(row)
        if model not in self.trees:
            rows = model._base_manager.values_list("pk", "broader", "name")
            self.trees[model] = {pk: (broader, name) for pk, broader, name in rows}
        names: list[str] = []
        place = row.serializable_value("broader")
        while place is not None:
            place, name = self.trees[model][place]
            names.append(name)
        return names


def documents_of(rows: Iterable[Model], broader: Broader) -> list[tuple[SearchDocument, list[Name]]]:
    """[(unsaved document, its row's unsaved names)] of some of the rows to index."""
    return [(document(row, terms, broader), terms) for row in rows for terms in [terms_of(row)]]


def document(row: Model, terms: Iterable[Name], broader: Broader) -> SearchDocument:
    model = model_of(row)
    kind = kind_of(model)
    names = [[term.source, term.value] for term in terms if is_searched(term)]
    if has_name(row) and not any(source == Name.Source.NAME for source, _ in names):
        names.insert(0, [Name.Source.NAME, title_of(row)])
    own = {value for source, value in names if source == Name.Source.NAME}
    links = links_of(row, broader)
    return SearchDocument(
        kind=kind,
        model=str(model._meta.model_name),
        row_id=row.pk,
        ident=identifier(row),
        place=place_of(kind, vocabulary()["kinds"]),
        title=title_of(row)[:300],
        about=about(row, links),
        named=has_name(row),
        names=[[str(source), value] for source, value in names],
        links=[[role, name, others] for role, name, others in links],
        name_words=barred(form for value in own for form in spellings(value)),
        other_words=barred(
            [
                *(form for _, value in names if value not in own for form in spellings(value)),
                *(form for term in terms if term.as_written for form in capitals(term.value)),
            ]
        ),
        text_words=barred(form for text in texts_of(row) for form in text_forms(text)),
        note_words=barred(text_forms(getattr(row, NOTE, ""))),
        link_words=barred([fold(kind), *link_forms(links)]),
    )


def is_searched(name: Name) -> bool:
    """Is a row found by the words of a name? By what is a word of English, too, only in capitals."""
    return name.source != Name.Source.NEAR and not name.as_written


def has_name(row: Model) -> bool:
    """Is what the row is called a name, and not its text?"""
    return isinstance(row, (Entity, Document, Section, Reference)) or hasattr(row, "name")


def texts_of(row: Model) -> list[str]:
    """What the row says in words, its names and its note left out."""
    if isinstance(row, Reference):
        return [text for text in (row.title, row.authors, row.journal, row.doi, row.pmid) if text]
    if searched := getattr(row, "searched_texts", ()):
        values = [getattr(row, name) for name in searched]
        return [text for value in values for text in (value if isinstance(value, list) else [value]) if text]
    texts = [f for f in row._meta.fields if f.get_internal_type() in ("CharField", "TextField")]
    columns = [f.name for f in texts if not f.choices and f.name not in NAMING | {NOTE}]
    if isinstance(row, Statement) and not isinstance(row, Entity):
        columns += [name for name in ("name", "title") if name in {f.name for f in row._meta.fields}]
    return [value for value in (getattr(row, name) for name in columns) if value]


def links_of(row: Model, broader: Broader) -> list[Link]:
    """The links of a row: of the entities, section and chosen values of a row."""
    one, many = linked_fields(type(row))
    links: list[Link] = []
    for f in one:
        if linked := getattr(row, f.name):
            links.append((str(f.verbose_name), *names_of(linked, broader)))
    for f in many:
        for linked in getattr(row, f.name).all():
            links.append((str(f.verbose_name), *names_of(linked, broader)))
    for name, role, labels in chosen_fields(type(row)):
        value = getattr(row, name)
        if value in labels and value not in NOT_SAID:
            links.append((role, labels[value], []))
    return sorted(links, key=lambda link: link[0] == "section")


def names_of(linked: Model, broader: Broader) -> tuple[str, list[str]]:
    if isinstance(linked, Section):
        return linked.title, []
    if isinstance(linked, Entity):
        return linked.name, [
            *linked.synonyms,
            *(name.name for name in linked.other_names if not name.as_written),
            *broader.of(linked),
        ]
    return title_of(linked), [text for text in texts_of(linked) if text != title_of(linked)]


def link_forms(links: Iterable[Link]) -> Iterator[str]:
    for _, name, others in links:
        for value in (name, *others):
            yield from spellings(value)


def about(row: Model, links: Iterable[Link]) -> str:
    """What a list of results shows below the title: other names, or what the statement links to."""
    if isinstance(row, Entity) and not isinstance(row, Statement):
        texts = ["; ".join(row.synonyms), getattr(row, "summary", "")]
        return ". ".join(text for text in texts if text)
    if isinstance(row, Section | Reference):
        return ""
    roles: dict[str, list[str]] = {}
    for role, name, _ in links:
        roles.setdefault(role, []).append(name)
    text = row.text if isinstance(row, Statement) and has_name(row) else ""
    return "; ".join([text] * bool(text) + [f"{role}: {', '.join(names)}" for role, names in roles.items()])
