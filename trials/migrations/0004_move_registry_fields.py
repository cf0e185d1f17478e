"""Registry fields of trials move to the records; what they held is kept word for word in a version."""

import hashlib
import json
import re

from django.db import migrations

from core.text import fold

RECORD_FIELDS = ("title", "enrolment", "start_date", "completion_date", "countries", "sponsor")
STATUSES = {
    "NOT_YET_RECRUITING", "RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "COMPLETED", "SUSPENDED",
    "TERMINATED", "WITHDRAWN", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING", "WITHHELD", "UNKNOWN",
}  # fmt: skip
PHASES = {"PHASE1", "PHASE1/PHASE2", "PHASE2", "PHASE2/PHASE3", "PHASE3", "PHASE4"}


def status_named(text):
    """The choice that a registry's wording of a status stands for, or nothing."""
    code = "_".join(re.findall(r"[A-Z]+", text.upper()))
    return code if code in STATUSES else ""


def phase_named(text):
    if "early" in text.lower():
        return "EARLY_PHASE1"
    if re.fullmatch(r"n/?a|not applicable", text.strip(), re.IGNORECASE):
        return "NA"
    code = "/".join(f"PHASE{number}" for number in re.findall(r"[1-4]", text))
    return code if code in PHASES else ""


def move_to_records(apps, schema_editor):
    """One record, with one version that keeps every value as it was, for each trial that an import had filled.

    A trial that only an import had brought is no statement: its record replaces it, and its accession is retired.
    """
    database = schema_editor.connection.alias
    Trial, Record, Version, Retired = (
        apps.get_model(label).objects.using(database)
        for label in (
            "trials.Trial", "trials.TrialRecord", "trials.TrialRecordVersion", "core.RetiredAccession",
        )
    )  # fmt: skip
    for trial in Trial.exclude(registry_id=None).order_by("accession"):
        values = {name: getattr(trial, name) for name in (*RECORD_FIELDS, "registry_status", "phase")}
        if trial.curated and not any(values.values()):
            continue
        text = json.dumps({"registry_id": trial.registry_id} | values, default=str, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        record = Record.create(
            registry_id=trial.registry_id,
            folded=fold(" ".join((trial.registry_id, trial.title, trial.sponsor))),
            status=status_named(trial.registry_status),
            phase=phase_named(trial.phase),
            digest=digest,
            **{name: values[name] for name in RECORD_FIELDS},
        )
        Version.create(record=record, number=1, digest=digest, content=json.loads(text))
        if trial.curated:
            trial.record = record
            trial.save(update_fields=["record"])
        else:
            Retired.get_or_create(
                accession=trial.accession,
                defaults={"reason": f"Not a statement of a document: now the record {trial.registry_id}."},
            )
            trial.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_parts_of_documents"),
        ("trials", "0003_trialrecord"),
    ]

    operations = [migrations.RunPython(move_to_records, migrations.RunPython.noop)]
