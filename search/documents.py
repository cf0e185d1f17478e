"""What a row's search document holds: its names, its text, and the names of what it links to."""

from django.apps import apps
from django.db.models import Prefetch

from core.models import Entity, Reference, Section, Statement, TreeEntity
from core.rest.serializers import kind_of
from core.text import fold
from search.models import SearchDocument, Term
from search.resolve import model_named
from search.terms import INDEXED, identifier, terms_of
from search.tokens import barred, spellings, text_forms, vocabulary

NOT_SAID = {"", "not-stated"}
WITHOUT_WORDS = {"curation_status", "quantity_sign", "value_sign"}
# Columns that name a row rather than describe it.
NAMING = {"slug", "name", "synonyms", "accession", "registry_id", "title"}


def indexed_models():
    """The models whose rows are searched for."""
    return [m for m in apps.get_models() if issubclass(m, INDEXED) and not m._meta.proxy]


def kinds():
    """{kind: model} in the order in which kinds follow each other."""
    found = {kind_of(model): model for model in indexed_models()}
    order = vocabulary()["kinds"]
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: place_of(kind, order))}


def place_of(kind, order):
    return order.index(kind) if kind in order else len(order)


def linked_fields(model):
    """The fields of a model that lead to entities and sections: (to one, to many)."""
    wanted = (Entity, Section)
    one = [f for f in model._meta.fields if f.remote_field and issubclass(f.related_model, wanted)]
    many = [f for f in model._meta.many_to_many if issubclass(f.related_model, Entity)]
    return one, many


def rows_to_index(model, ids=None):
    """The published rows of a model, with everything that their documents need, in a fixed number of queries."""
    one, many = linked_fields(model)
    rows = model._default_manager.select_related(*(f.name for f in one)).prefetch_related(
        *(Prefetch(f.name, f.related_model._base_manager.order_by("pk")) for f in many)
    )
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return rows.order_by("pk")


class Broader:
    """The names of what stands above an entity in its tree, read once a model."""

    def __init__(self):
        self.trees = {}

    def of(self, row):
        if not isinstance(row, TreeEntity):
            return []
        model = row._meta.concrete_model
        if model not in self.trees:
            rows = model._base_manager.values_list("pk", "broader", "name")
            self.trees[model] = {pk: (broader, name) for pk, broader, name in rows}
        names, place = [], row.broader_id
        while place is not None:
            place, name = self.trees[model][place]
            names.append(name)
        return names


def documents_of(model, ids=None):
    """[(unsaved document, its row's unsaved terms)] of a model's rows, or of those with these ids."""
    broader = Broader()
    return [
        (document(row, terms, broader), terms)
        for row in rows_to_index(model, ids)
        for terms in [terms_of(row)]
    ]


def document(row, terms, broader):
    model = row._meta.concrete_model
    kind = kind_of(model)
    names = [[term.source, term.value] for term in terms]
    if has_name(row) and not any(source == Term.Source.NAME for source, _ in names):
        names.insert(0, [Term.Source.NAME, title_of(row)])
    own = {value for source, value in names if source == Term.Source.NAME}
    links = links_of(row, broader)
    return SearchDocument(
        kind=kind,
        model=model._meta.model_name,
        row_id=row.pk,
        ident=identifier(row),
        place=place_of(kind, vocabulary()["kinds"]),
        title=title_of(row)[:300],
        about=about(row, links),
        named=has_name(row),
        names=[[str(source), value] for source, value in names],
        links=[[str(role), name, others] for role, name, others in links],
        name_words=barred(form for value in own for form in spellings(value)),
        other_words=barred(form for _, value in names if value not in own for form in spellings(value)),
        text_words=barred(form for text in texts_of(row) for form in text_forms(text)),
        link_words=barred([fold(kind), *link_forms(links)]),
    )


def has_name(row):
    """Is what the row is called a name, and not its text?"""
    return isinstance(row, (Entity, Section, Reference)) or hasattr(row, "name")


def title_of(row):
    return getattr(row, "name", "") or getattr(row, "text", "") or getattr(row, "title", "") or str(row)


def texts_of(row):
    """What the row says in words, its names left out."""
    if isinstance(row, Reference):
        return [text for text in (row.title, row.authors, row.journal) if text]
    columns = [f for f in row._meta.fields if f.get_internal_type() in ("CharField", "TextField")]
    columns = [f.name for f in columns if not f.choices and f.name not in NAMING and f.name != "folded"]
    if isinstance(row, Statement) and not isinstance(row, Entity):
        columns += [name for name in ("name", "title") if name in {f.name for f in row._meta.fields}]
    return [value for value in (getattr(row, name) for name in columns) if value]


def links_of(row, broader):
    """[[role, name, [other names]]] of the entities, section and chosen values of a row."""
    one, many = linked_fields(type(row))
    links = []
    for f in one:
        if linked := getattr(row, f.name):
            links.append([f.verbose_name, *names_of(linked, broader)])
    for f in many:
        for linked in getattr(row, f.name).all():
            links.append([f.verbose_name, *names_of(linked, broader)])
    for f in row._meta.fields:
        value = getattr(row, f.name)
        if f.choices and f.name not in WITHOUT_WORDS and value not in NOT_SAID and value is not None:
            links.append([f.verbose_name, str(getattr(row, f"get_{f.name}_display")()), []])
    return sorted(links, key=lambda link: link[0] == "section")


def names_of(linked, broader):
    if isinstance(linked, Section):
        return [linked.title, []]
    return [linked.name, [*linked.synonyms, *broader.of(linked)]]


def link_forms(links):
    for _, name, others in links:
        for value in (name, *others):
            yield from spellings(value)


def about(row, links):
    """What a list of results shows below the title: other names, or what the statement links to."""
    if isinstance(row, Entity) and not isinstance(row, Statement):
        texts = ["; ".join(row.synonyms), getattr(row, "summary", "")]
        return ". ".join(text for text in texts if text)
    if not isinstance(row, Statement):
        return ""
    roles = {}
    for role, name, _ in links:
        roles.setdefault(role, []).append(name)
    text = row.text if has_name(row) else ""
    return "; ".join([text] * bool(text) + [f"{role}: {', '.join(names)}" for role, names in roles.items()])


def model_of(document):
    return model_named(document.model)
