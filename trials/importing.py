"""Imports what registries say of trials: in batches, each new state as a version, a bad record reported and skipped."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Required, TypedDict

import orjson
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.loading import exclusive_transaction
from search.indexing import analyze, refresh_model
from trials.models import Trial, TrialRecord, TrialRecordVersion

BATCH = 1000
NULL = b"\\u0000"
NO_CHARACTER = re.compile(r"[\x00\ud800-\udfff]")


class RegistryFields(TypedDict, total=False):
    """What a registry says of one trial, as a reader of its files hands it on: the columns of `TrialRecord`.

    Status, phase and kind of study are the codes of the models, dates are dates or ISO texts. What is missing, None or
    empty is nothing said, also where an earlier state said something: a record is a whole state.
    """

    registry_id: Required[str]
    registry: str
    title: str
    official_title: str
    study_type: str
    status: str
    phase: str
    enrolment: int | None
    start_date: date | str | None
    completion_date: date | str | None
    first_posted: date | str | None
    last_updated: date | str | None
    countries: list[str]
    sponsor: str
    registry_conditions: list[str]
    registry_interventions: list[str]


COLUMNS = list(RegistryFields.__annotations__)
WRITTEN = [*(name for name in COLUMNS if name != "registry_id"), "digest"]
NOT_CHECKED = {f.name for f in TrialRecord._meta.fields} - set(COLUMNS)


class Problem(NamedTuple):
    """Why a record was skipped: its place among all, from 1, its registry id if it has one, and the field at fault."""

    position: int
    registry_id: str
    field: str
    message: str

    def __str__(self) -> str:
        return (
            f"record {self.position} ({self.registry_id or 'no id'}), {self.field or 'whole'}: {self.message}"
        )


@dataclass
class ImportReport:
    """Numbers of records and versions, and what was skipped."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    versions: int = 0
    problems: list[Problem] = field(default_factory=list)


class State(NamedTuple):
    """A record as it is to be stored, and its fields as a version keeps them."""

    record: TrialRecord
    content: dict[str, Any]


def import_records(records: Iterable[RegistryFields], imported_at: datetime | None = None) -> ImportReport:
    """Bring the records of registries to the states given, each batch in a transaction of its own.

    A state that a record was in before is shown again, and stored once. A second run changes nothing. A registry id
    that comes again is taken as a later state. One import at a time.
    """
    report = ImportReport()
    for batch in batches(readable(records, report)):
        with exclusive_transaction():
            write(batch, imported_at or timezone.now(), report)
    if report.created or report.updated:
        analyze()
    return report


def readable(records: Iterable[RegistryFields], report: ImportReport) -> Iterator[State]:
    """The states that can be stored; what is wrong with the others goes to the report."""
    for position, fields in enumerate(records, start=1):
        try:
            yield state_of(fields)
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            ident = str(fields.get("registry_id") or "")[:80] if isinstance(fields, Mapping) else ""
            report.problems.append(Problem(position, ident, name.strip("_"), " ".join(messages)))


def state_of(fields: RegistryFields) -> State:
    """Raises ValidationError naming the field that cannot be stored."""
    if not isinstance(fields, Mapping):
        raise ValidationError({"all": "is no mapping of fields to values"})
    if unknown := next((name for name in fields if name not in COLUMNS), None):
        raise ValidationError({str(unknown): "is not a field of a record"})
    record = TrialRecord(**{name: value for name, value in fields.items() if value not in (None, "", [], ())})
    record.clean_fields(exclude=NOT_CHECKED)
    values = ((name, getattr(record, name)) for name in COLUMNS)
    content = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values
        if value not in (None, "", [])
    }
    record.digest = hashlib.sha256(as_json(content)).hexdigest()
    return State(record, content)


def as_json(content: dict[str, Any]) -> bytes:
    """The one text of a content, refused where a database could not hold it."""
    try:
        text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half of a surrogate pair
        text = NULL
    if NULL in text:
        texts = {
            name: "".join(value) if isinstance(value, list) else str(value) for name, value in content.items()
        }
        at_fault = next(name for name, text in texts.items() if NO_CHARACTER.search(text))
        raise ValidationError({at_fault: "holds a character that no database stores"})
    return text


def batches(states: Iterable[State]) -> Iterator[dict[str, State]]:
    """{registry id: state}, no id twice in a batch."""
    batch: dict[str, State] = {}
    for state in states:
        if len(batch) == BATCH or state.record.registry_id in batch:
            yield batch
            batch = {}
        batch[state.record.registry_id] = state
    if batch:
        yield batch


def write(batch: dict[str, State], imported_at: datetime, report: ImportReport) -> None:
    """Store what differs from what is there, and nothing where nothing does."""
    rows = TrialRecord.objects.filter(registry_id__in=batch).values_list("registry_id", "digest")
    stored = dict(rows)
    changed = [state for ident, state in batch.items() if stored.get(ident) != state.record.digest]
    report.unchanged += len(batch) - len(changed)
    if not changed:
        return
    records = [state.record for state in changed]
    TrialRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["registry_id"], update_fields=WRITTEN
    )
    known = [record.pk for record in records if record.registry_id in stored]
    report.updated += len(known)
    report.created += len(records) - len(known)
    report.versions += add_versions(changed, known, imported_at)
    trials = link_trials({record.registry_id: record.pk for record in records})
    refresh_model(TrialRecord, [record.pk for record in records])
    if trials:
        refresh_model(Trial, trials)


def add_versions(changed: list[State], known: list[int], imported_at: datetime) -> int:
    """A version for each state that its record was never in. Returns how many there are."""
    numbers: dict[int, dict[str, int]] = defaultdict(dict)
    if known:
        states = TrialRecordVersion.objects.filter(record__in=known).values_list("record", "digest", "number")
        for record, digest, number in states:
            numbers[record][digest] = number
    versions = [
        TrialRecordVersion(
            record=record,
            number=max(numbers[record.pk].values(), default=0) + 1,
            imported_at=imported_at,
            last_updated=record.last_updated,
            digest=record.digest,
            content=content,
        )
        for record, content in changed
        if record.digest not in numbers[record.pk]
    ]
    if versions:
        TrialRecordVersion.objects.bulk_create(versions)
    return len(versions)


def link_trials(records: dict[str, int]) -> list[int]:
    """Link trials, drafts too, to the records {registry id: row id} of their registry ids. Returns their row ids."""
    rows = Trial.with_drafts.filter(registry_id__in=records).values_list("pk", "registry_id", "record")
    trials = list(rows)
    for pk, ident, record in trials:
        if ident and record != records[ident]:
            Trial.with_drafts.filter(pk=pk).update(record=records[ident])
    return [pk for pk, _, _ in trials]
