"""Writes fixtures to the database: checked whole, then written whole, or not at all.

A load changes only rows that the fixtures own, which `LoadedRow` remembers. A row that was edited or removed elsewhere
since the last load is left as it is and reported; `restore` brings back what the fixtures say.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from core import releases
from core.fixture_files import LoadError, Record, fixture_files, parse
from core.fixture_models import (
    Key,
    Model,
    NaturalKeys,
    as_text,
    fixture_fields,
    loadable_models,
    parents_first,
    record_key,
)
from core.loaded_rows import LoadedRows, current_contents
from core.models import Release, RetiredAccession, Statement
from core.models.natural_keys import NaturalKeyModel
from core.signals import bulk_writing

Records = dict[Key, Record]

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
class Difference:
    """A row that a load left as it is although the fixtures say something else."""

    model: str
    key: str
    problem: str
    fields: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        differing = f"; differs from the fixtures in {', '.join(self.fields)}" if self.fields else ""
        return f"{self.model} {self.key}: {self.problem}{differing}"


@dataclass
class Report:
    """What a load did: numbers of rows by model label, and the rows that it left alone."""

    release: Release | None = None
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    retired: dict[str, int] = field(default_factory=dict)
    not_from_fixtures: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    total: int = 0

    @property
    def changed(self) -> int:
        return sum(sum(counts.values()) for counts in (self.created, self.updated, self.retired))

    def differs(self, model: Model, key: Key, problem: str, fields: Iterable[str] = ()) -> None:
        label = model._meta.label_lower
        self.differences.append(Difference(label, as_text(key), problem, list(fields)))


def count(counts: dict[str, int], model: Model) -> None:
    counts[model._meta.label_lower] = counts.get(model._meta.label_lower, 0) + 1


class Load:
    """One run over a set of fixture files. Use `load()`."""

    def __init__(self, root: Path | None, progress: Callable | None, restore: bool) -> None:
        self.root = root
        self.progress = progress or (lambda records, label: records)
        self.restore = restore
        self.report = Report()
        self.natural_keys = NaturalKeys()
        self.left_over: dict[Model, dict[Key, tuple[NaturalKeyModel, dict[str, Any]]]] = {}

    def run(self) -> Report:
        by_file = {path: parse(path, self.root) for path in fixture_files(self.root)}
        if not by_file:
            raise LoadError("holds no fixture files", self.root or "fixtures")
        by_model = self.by_model(record for records in by_file.values() for record in records)
        with exclusive_transaction():
            self.loaded = LoadedRows()
            order = loadable_models()
            with bulk_writing():
                for model in order:
                    self.write_model(model, by_model.get(model, {}))
                for model in reversed(order):
                    self.retire_model(model)
            self.loaded.save()
            self.report.release = releases.record(by_file, len(self.report.differences), self.root)
        return self.report

    def by_model(self, records: Iterable[Record]) -> dict[Model, Records]:
        """{model: {natural key: record}}; every key is given once, and no accession that was retired."""
        by_model: dict[Model, Records] = {}
        allowed = set(loadable_models())
        for record in records:
            if record.model not in allowed:
                raise record.error("cannot be loaded from a fixture", "model")
            mine, key = by_model.setdefault(record.model, {}), record_key(record)
            if key in mine:
                first = mine[key]
                problem = f"is given twice: also by {first.file}, record {first.position}"
                raise record.error(problem, record.model.natural_key_fields[-1])
            mine[key] = record
            self.report.total += 1
        retired = by_model.get(RetiredAccession, {})
        for model, mine in by_model.items():
            for record in mine.values() if issubclass(model, Statement) else ():
                if (record.fields.get("accession"),) in retired:
                    raise record.error("was retired, and an accession is never reused", "accession")
        return by_model

    def write_model(self, model: Model, records: Records) -> None:
        rows = {row.natural_key(): row for row in self.rows(model)}
        self.natural_keys.add(model, records, rows)
        contents = current_contents(model, rows.values(), self.natural_keys.keys)
        for key, record in self.progress(parents_first(model, records), model._meta.label_lower):
            wanted = self.natural_keys.content(record)
            if row := rows.get(key):
                content = contents[row.pk]
                changed = [name for name in wanted if wanted[name] != content[name]]
                if changed and self.was_edited(model, key, content):
                    self.keep_edited(model, key, wanted, changed)
                    continue
            elif (model, key) in self.loaded and not self.restore:
                self.loaded.keep(model, key)
                self.report.differs(model, key, "removed elsewhere")
                continue
            else:
                changed = [name for name, value in wanted.items() if value != set()]
            if changed:
                count(self.report.updated if row else self.report.created, model)
                self.write_row(record, key, row or model(), {name: wanted[name] for name in changed})
            self.loaded.write(model, key, wanted)
        self.left_over[model] = {
            key: (row, contents[row.pk]) for key, row in rows.items() if key not in records
        }

    @staticmethod
    def rows(model: Model) -> models.QuerySet[NaturalKeyModel]:
        """All rows, drafts too."""
        related = [name for name in model.natural_key_fields if model._meta.get_field(name).remote_field]
        return model._base_manager.select_related(*related) if related else model._base_manager.all()

    def was_edited(self, model: Model, key: Key, content: dict[str, Any]) -> bool:
        """Did somebody else write this row, so that it is not to be overwritten?"""
        if self.restore or self.loaded.is_first_load:
            return False
        return not self.loaded.is_as_loaded(model, key, content)

    def keep_edited(self, model: Model, key: Key, wanted: dict[str, Any], changed: list[str]) -> None:
        if (model, key) not in self.loaded:
            problem = "made elsewhere, and now in the fixtures too"
        elif self.loaded.is_as_loaded(model, key, wanted):
            problem = "edited elsewhere"
        else:
            problem = "needs a decision, edited elsewhere and in the fixtures"
        self.loaded.keep(model, key)
        self.report.differs(model, key, problem, changed)

    def write_row(self, record: Record, key: Key, row: NaturalKeyModel, changed: dict[str, Any]) -> None:
        """Save the changed values, and turn the changed links into row ids."""
        fields = fixture_fields(record.model)
        links = {
            name: [self.natural_keys.row_id(record, fields[name], key) for key in changed.pop(name)]
            for name in list(changed) if fields[name].many_to_many
        }  # fmt: skip
        for name, value in changed.items():
            if fields[name].remote_field and value is not None:
                value = self.natural_keys.row_id(record, fields[name], value)
            setattr(row, fields[name].attname, value)
        if changed:
            self.check(record, row)
            row.save()
            self.natural_keys.ids[record.model][key] = row.pk
        for name, ids in links.items():
            getattr(row, name).set(ids)

    @staticmethod
    def check(record: Record, row: NaturalKeyModel) -> None:
        try:
            row.full_clean(exclude=getattr(row, "imported_fields", None))
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise record.error("; ".join(messages), "" if name == "__all__" else name) from error

    def retire_model(self, model: Model) -> None:
        """Remove the rows that the fixtures owned and no longer hold; their accessions stay known."""
        gone = {}
        for key, (row, content) in self.left_over[model].items():
            if model is RetiredAccession:  # made by an earlier load, and true for ever
                self.loaded.write(model, key, content)
            elif (model, key) not in self.loaded:
                count(self.report.not_from_fixtures, model)
            elif self.was_edited(model, key, content):
                self.keep_left_over(row, "edited elsewhere, and gone from the fixtures")
            else:
                gone[row.pk] = row
        while used := self.in_use(model, gone):
            for pk, user in used.items():
                self.keep_left_over(gone.pop(pk), f"gone from the fixtures, but {user} still needs it")
        own = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.model is model]
        if gone and own:  # a branch that goes whole must not hold itself back
            model._base_manager.filter(pk__in=gone).update(**dict.fromkeys(own))
        for row in gone.values():
            count(self.report.retired, model)
            if isinstance(row, Statement):
                retired, _ = RetiredAccession.objects.get_or_create(accession=row.accession)
                self.loaded.write(
                    RetiredAccession,
                    retired.natural_key(),
                    current_contents(RetiredAccession, [retired], {})[retired.pk],
                )
            row.delete()

    def keep_left_over(self, row: NaturalKeyModel, problem: str) -> None:
        self.loaded.keep(type(row), row.natural_key())
        self.report.differs(type(row), row.natural_key(), problem)

    @staticmethod
    def in_use(model: Model, gone: dict[int, NaturalKeyModel]) -> dict[int, NaturalKeyModel]:
        """{id: a row that points to it} of the rows to be removed to which a row that stays points."""
        used: dict[int, NaturalKeyModel] = {}
        for relation in model._meta.related_objects if gone else ():
            name, users = relation.field.name, relation.field.model._base_manager.all()
            if relation.field.model is model:
                users = users.exclude(pk__in=gone)
            links = users.filter(**{f"{name}__in": list(gone)}).values_list(name, "pk")
            used |= {pk: users.get(pk=user) for pk, user in links if pk in gone}
        return used


def load(
    root: Path | None = None, progress: Callable[[list, str], Iterable] | None = None, restore: bool = False
) -> Report:
    """Load every fixture file below `root` in one transaction and record the release.

    `progress(records, label)` may wrap the records of each model. With `restore`, rows that were edited or removed
    elsewhere become again what the fixtures say. Raises `LoadError`, naming file, record and field, with nothing
    changed.
    """
    return Load(root, progress, restore).run()
