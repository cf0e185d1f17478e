"""The one door for curated data: fixtures are checked whole, then written whole, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from graphlib import TopologicalSorter

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models, transaction
from django.db.models import ProtectedError

from core import releases
from core.fixture_files import LoadError, digests, fixture_files, parse
from core.models import Release, RetiredAccession, Statement
from core.signals import bulk_writing

NATURAL_KEYS = {
    "core.reference": ("document", "number"),
    "core.section": ("document", "slug"),
    "core.retiredaccession": ("accession",),
    "mechanisms.claimconflict": ("claim", "other"),
    "trials.trialconflict": ("trial", "other"),
}


# Seconds that a load waits for another one to end before it gives up.
PATIENCE = 600


@contextmanager
def exclusive_transaction() -> Iterator[None]:
    """A transaction that begins when no other load runs, so that two loads never write at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_kb'))")
        yield


@dataclass
class Report:
    """What a load did: numbers of rows by model label."""

    release: Release | None = None
    created: dict = field(default_factory=dict)
    updated: dict = field(default_factory=dict)
    retired: dict = field(default_factory=dict)
    total: int = 0

    @property
    def changed(self):
        return sum(sum(counts.values()) for counts in (self.created, self.updated, self.retired))


def loadable_models():
    """The models that fixtures fill, each after those that it points to."""
    chosen = [
        model
        for label in ("core", "catalog", "mechanisms", "trials")
        for model in apps.get_app_config(label).get_models()
        if not model._meta.proxy and hasattr(model, "natural_key")
    ]
    graph = {model: set() for model in chosen}
    for model in chosen:
        for relation in (*model._meta.fields, *model._meta.many_to_many):
            target = relation.remote_field and relation.remote_field.model._meta.concrete_model
            if target in graph and target is not model:
                graph[model].add(target)
    return list(TopologicalSorter(graph).static_order())


def key_fields(model):
    """The fields whose values, in this order, are the natural key of a model's rows."""
    if keys := NATURAL_KEYS.get(model._meta.label_lower):
        return keys
    return ("accession",) if issubclass(model, Statement) and not hasattr(model, "slug") else ("slug",)


def fixture_fields(model):
    """{name: field} of what a fixture may set: neither generated nor written by an import."""
    imported = getattr(model, "imported_fields", ())
    plain = [f for f in model._meta.fields if f.editable and not f.primary_key and f.name not in imported]
    linked = [f for f in model._meta.many_to_many if f.remote_field.through._meta.auto_created]
    return {f.name: f for f in (*plain, *linked)}


def _flat(value):
    return tuple(value) if isinstance(value, list) else (value,)


def record_key(record):
    """The natural key that a record gives itself, as `natural_key()` would."""
    key = ()
    for name in key_fields(record.model):
        if name not in record.fields:
            raise record.error("is missing", name)
        key += _flat(record.fields[name])
    return key


class Load:
    """One run over a set of fixture files. Use `load()`."""

    def __init__(self, root=None, progress=None):
        self.root = root
        self.progress = progress or (lambda records, label: records)
        self.report = Report()
        self.ids = {}

    def run(self):
        file_digests = digests(self.root)
        if not file_digests:
            raise LoadError("holds no fixture files", self.root or "fixtures")
        by_model = self.read()
        with exclusive_transaction():
            order = loadable_models()
            with bulk_writing():
                for model in order:
                    self.write_model(model, by_model.get(model, {}))
                for model in reversed(order):
                    self.retire(model, by_model.get(model, {}))
            self.report.release = releases.record(file_digests, self.counts, root=self.root)
        return self.report

    def read(self):
        """{model: {natural key: record}}; every key is given once."""
        by_model, self.counts = {}, {}
        allowed = set(loadable_models())
        for path in fixture_files(self.root):
            records = parse(path, self.root)
            for record in records:
                if record.model not in allowed:
                    raise record.error("cannot be loaded from a fixture", "model")
                mine = by_model.setdefault(record.model, {})
                key = record_key(record)
                if key in mine:
                    first = mine[key]
                    raise record.error(
                        f"is given twice: also by {first.file}, record {first.position}",
                        key_fields(record.model)[-1],
                    )
                mine[key] = record
            if records:
                self.counts[records[0].file] = len(records)
        self.report.total = sum(self.counts.values())
        self.check_accessions(by_model)
        return by_model

    @staticmethod
    def check_accessions(by_model):
        """No statement carries an accession that was retired."""
        retired = by_model.get(RetiredAccession, {})
        for model, records in by_model.items():
            if model is not RetiredAccession and issubclass(model, Statement):
                for record in records.values():
                    if (record.fields.get("accession"),) in retired:
                        raise record.error("was retired, and an accession is never reused", "accession")

    def write_model(self, model, records):
        existing = {row.natural_key(): row for row in self.rows(model)}
        self.ids[model] = {key: row.pk for key, row in existing.items()}
        links = self.current_links(model)
        for key, record in self.progress(self.parents_first(model, records), model._meta.label_lower):
            row = existing.get(key)
            values, linked = self.resolve(record)
            is_new = row is None
            if is_new:
                row = model(**values)
                changed = list(values)
            else:
                changed = [name for name, value in values.items() if getattr(row, name) != value]
                for name in changed:
                    setattr(row, name, values[name])
            if changed:
                self.check(record, row)
                row.save()
                self.ids[model][key] = row.pk
            for name, ids in linked.items():
                if ids != links[name].get(row.pk, set()):
                    getattr(row, name).set(ids)
                    changed.append(name)
            if changed:
                counts = self.report.created if is_new else self.report.updated
                counts[model._meta.label_lower] = counts.get(model._meta.label_lower, 0) + 1

    @staticmethod
    def rows(model):
        related = [
            f.name for f in model._meta.fields
            if f.remote_field and f.name in key_fields(model)
        ]  # fmt: skip
        rows = model._base_manager.select_related(*related) if related else model._base_manager.all()
        return rows.filter(curated=True) if hasattr(model, "curated") else rows

    @staticmethod
    def current_links(model):
        """{many-to-many field: {row id: ids it links to}} as the database has them."""
        links = {}
        for name, linked in fixture_fields(model).items():
            if not linked.many_to_many:
                continue
            by_row = links.setdefault(name, {})
            pairs = linked.remote_field.through._base_manager.values_list(
                linked.m2m_field_name() + "_id", linked.m2m_reverse_field_name() + "_id"
            )
            for row, target in pairs:
                by_row.setdefault(row, set()).add(target)
        return links

    @staticmethod
    def parents_first(model, records):
        """Records in file order, but each after the one of the same model that it points to."""
        own = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.model is model]
        if not own:
            return list(records.items())
        graph = {}
        for key, record in records.items():
            parents = {tuple(_flat(record.fields[name])) for name in own if record.fields.get(name)}
            graph[key] = parents & set(records)
        try:
            order = list(TopologicalSorter(graph).static_order())
        except ValueError as error:
            record = records[error.args[1][0]]
            raise record.error("is its own ancestor", own[0]) from error
        return [(key, records[key]) for key in order]

    def resolve(self, record):
        """(values of columns, ids of linked rows) of a record, every field of the model given."""
        fields = fixture_fields(record.model)
        for name in record.fields:
            if name not in fields:
                raise self.unknown_field(record, name, fields)
        values, linked = {}, {}
        for name, f in fields.items():
            given = record.fields.get(name)
            if f.many_to_many:
                linked[name] = self.linked_ids(record, f, given or [])
            elif f.remote_field:
                values[f.attname] = None if given is None else self.id_of(record, f, given)
            elif name not in record.fields:
                values[name] = (
                    f.get_default() if f.has_default() or f.null or f.empty_strings_allowed else None
                )
            else:
                values[name] = self.plain(record, f, given)
        return values, linked

    @staticmethod
    def unknown_field(record, name, fields):
        try:
            record.model._meta.get_field(name)
            problem = "cannot be set by a fixture"
        except FieldDoesNotExist:
            close = get_close_matches(name, fields, 1)
            problem = (
                "is no field of "
                + record.model._meta.label
                + (f": did you mean {close[0]}?" if close else "")
            )
        return record.error(problem, name)

    @staticmethod
    def plain(record, f, given):
        if isinstance(f, (models.CharField, models.TextField)) and not (
            given is None or isinstance(given, str)
        ):
            raise record.error(f"must be text, not {given!r}: quote it", f.name)
        if isinstance(f, models.IntegerField) and isinstance(given, (bool, float)):
            raise record.error(f"must be a whole number, not {given!r}", f.name)
        try:
            return f.to_python(given)
        except ValidationError as error:
            raise record.error("; ".join(error.messages), f.name) from error

    def linked_ids(self, record, f, given):
        if not isinstance(given, list):
            raise record.error("must be a list of natural keys", f.name)
        ids = [self.id_of(record, f, key) for key in given]
        if len(set(ids)) != len(ids):
            raise record.error("names the same row twice", f.name)
        return set(ids)

    def id_of(self, record, f, key):
        if not isinstance(key, list):
            raise record.error(f"must be a natural key in brackets, not {key!r}", f.name)
        target = f.remote_field.model
        ids = self.ids[target._meta.concrete_model]
        if tuple(key) not in ids:
            raise record.error(self.unknown_key(target, key, ids), f.name)
        pk = ids[tuple(key)]
        if target._meta.proxy and not target.objects.filter(pk=pk).exists():
            raise record.error(f"{key[0]} is not marked as a {target._meta.verbose_name}", f.name)
        return pk

    @staticmethod
    def unknown_key(target, key, ids):
        words = {" ".join(map(str, known)): known for known in ids}
        close = get_close_matches(" ".join(map(str, key)), words, 1, cutoff=0.5)
        hint = f"; the nearest is {close[0]}" if close else ""
        return f"there is no {target._meta.verbose_name} {' '.join(map(str, key))}{hint}"

    @staticmethod
    def check(record, row):
        try:
            row.full_clean(exclude=getattr(row, "imported_fields", None))
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise record.error("; ".join(messages), "" if name == "__all__" else name) from error

    def retire(self, model, records):
        """Remove the rows that the fixtures no longer hold; their accessions stay known."""
        if model is RetiredAccession:
            return
        gone = [row for row in self.rows(model) if row.natural_key() not in records]
        own = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.model is model]
        if gone and own:  # a branch that goes whole must not hold itself back
            self.rows(model).filter(pk__in=[row.pk for row in gone]).update(**dict.fromkeys(own))
        for row in gone:
            if isinstance(row, Statement):
                RetiredAccession.objects.get_or_create(accession=row.accession)
            try:
                row.delete()
            except ProtectedError as error:
                raise LoadError(f"{row!r} is gone from the fixtures but still in use: {error}") from error
        if gone:
            self.report.retired[model._meta.label_lower] = len(gone)


def load(root=None, progress=None):
    """Load every fixture file below `root` in one transaction and record the release.

    `progress(records, label)` may wrap the records of each model. Returns a `Report`.
    Raises `LoadError`, naming file, record and field, with nothing changed.
    """
    return Load(root, progress).run()
