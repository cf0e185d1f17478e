"""Rows for small worlds: each function saves one row, with defaults for whatever a test does not care about.

Linked rows are given as rows or by their keys (slug, number of a reference); those that are not there yet are built
with defaults. So `claim("MSC-CL-0001", mediators=["hgf"], references=[7])` is a whole world. Giving a key again returns
the row that is there, with the further fields changed.

Nothing else in the tests creates rows: when a model changes, this file does.
"""

from datetime import UTC, date, datetime

from django.db.models import Model

from catalog import models as catalog
from core import models as core
from mechanisms import models as mechanisms
from trials import models as trials


def build(model: type[Model], key: dict, defaults: dict, given: dict) -> Model:
    """The row of `model` with this key, made if it is not there, with the `given` fields set and linked."""
    row = model._base_manager.filter(**key).first()
    values = given if row else {**key, **{k: v for k, v in defaults.items() if k not in given}, **given}
    many = {f.name: f.related_model for f in model._meta.many_to_many}
    columns = {name: linked(model, name, value) for name, value in values.items() if name not in many}
    if row is None:
        row = model(**columns)
        row.save(force_insert=True)
    elif columns:
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()
    for name, others in values.items():
        if name in many:
            getattr(row, name).set([key_to_row(many[name], other) for other in others])
    return row


def linked(model, name, value):
    """A value for a column: what a key of a foreign row stands for, anything else as it is."""
    related = model._meta.get_field(name).related_model
    return key_to_row(related, value) if related else value


def key_to_row(model, value):
    """The row that a key stands for; a row or None is returned as it is."""
    return value if value is None or isinstance(value, Model) else BUILDERS[model](value)


def called(slug):
    """The name that a slug stands for unless one is given: Bone marrow."""
    return slug.replace("-", " ").capitalize()


def document(slug="review", **given):
    defaults = {
        "title": called(slug),
        "authors": "A. Author",
        "journal": "A Journal",
        "year": 2020,
        "order": core.Document.objects.count() + 1,
    }
    return build(core.Document, {"slug": slug}, defaults, given)


def section(slug="results", **given):
    """`report:results` is a section of the document `report`."""
    its_document, slug = part_of(slug, given)
    defaults = {"title": called(slug), "order": its_document.sections.count() + 1}
    return build(core.Section, {"slug": slug, "document": its_document}, defaults, given)


def reference(number=1, **given):
    """`report:7` is number 7 of the document `report`."""
    its_document, number = part_of(number, given)
    return build(core.Reference, {"number": int(number), "document": its_document}, {}, given)


def part_of(key, given):
    """(document, own key) of a section or reference, whose document is the review where it is not named."""
    named, _, own = str(key).rpartition(":")
    its_document = given.pop("document", None) or named or "review"
    return key_to_row(core.Document, its_document), own


def release(version="2020.01", **given):
    defaults = {"date": date(2020, 1, 31), "digest": version.ljust(64, "0"), "files": {}}
    return build(core.Release, {"version": version}, defaults, given)


def retired(accession, **given):
    return build(core.RetiredAccession, {"accession": accession}, {}, given)


def entity(model, slug, given, **defaults):
    return build(model, {"slug": slug}, {"name": called(slug)} | defaults, given)


def source(slug="bone-marrow", **given):
    return entity(catalog.TissueSource, slug, given, origin="adult")


def molecule(slug="hgf", **given):
    return entity(catalog.Molecule, slug, given, kind="protein")


def marker(slug="cd73", **given):
    """A molecule that the document names as a characteristic of MSCs."""
    its_molecule = molecule(slug, is_msc_marker=True, **given)
    return catalog.SurfaceMarker._base_manager.get(pk=its_molecule.pk)


def cell_type(slug="t-cell", **given):
    return entity(catalog.CellType, slug, given, kind="differentiated")


def condition(slug="stroke", **given):
    return entity(catalog.Condition, slug, given, kind="disease")


def organism(slug="mouse", **given):
    return entity(catalog.Organism, slug, given)


def mechanism(slug="paracrine", **given):
    if "broader" in given:
        given["broader"] = key_to_row(mechanisms.Mechanism, given["broader"])
    count = mechanisms.Mechanism._base_manager.count()
    return entity(
        mechanisms.Mechanism, slug, given, kind="mechanism", order=count + 1, summary="What it holds."
    )


def pathway(slug="wnt-signalling", **given):
    return entity(mechanisms.Pathway, slug, given)


def process(slug="apoptosis", **given):
    return entity(mechanisms.BiologicalProcess, slug, given)


def route(slug="intravenous", **given):
    return entity(trials.AdministrationRoute, slug, given)


def adverse_event(slug="fever", **given):
    return entity(trials.AdverseEvent, slug, given)


def outcome_measure(slug="survival", **given):
    return entity(trials.OutcomeMeasure, slug, given)


def statement(model, accession, given, **defaults):
    """A published statement; `draft=True` is one that waits for its publication."""
    if given.pop("draft", False):
        given["curation_status"] = "draft"
    defaults = {"text": f"What {accession} says.", "section": "results"} | defaults
    return build(model, {"accession": accession}, defaults, given)


def expression(accession="MSC-ME-0001", **given):
    """That the MSCs of a source carry a marker, or lack it."""
    defaults = {"source": "bone-marrow", "marker": "cd73", "status": "positive"}
    return statement(catalog.MarkerExpression, accession, given, **defaults)


def differentiation(accession="MSC-DP-0001", **given):
    defaults = {"source": "bone-marrow", "cell_type": "osteoblast"}
    return statement(catalog.DifferentiationPotential, accession, given, **defaults)


def trait(accession="MSC-ST-0001", **given):
    return statement(catalog.SourceTrait, accession, given, source="bone-marrow", aspect="yield")


def criterion(accession="MSC-IC-0001", **given):
    return statement(catalog.IdentityCriterion, accession, given, name=f"Criterion {accession}")


def claim(accession="MSC-CL-0001", **given):
    return statement(mechanisms.Claim, accession, given, direction="increases")


def vesicle_class(slug="exosomes", **given):
    """Found by slug like an entity, published like a statement."""
    count = mechanisms.VesicleClass._base_manager.count()
    if given.pop("draft", False):
        given["curation_status"] = "draft"
    defaults = {"accession": f"MSC-VC-{count + 1:04}", "text": f"What {slug} are.", "section": "results"}
    return entity(mechanisms.VesicleClass, slug, given, **defaults)


REGISTRY_FIELDS = {
    "title", "official_title", "study_type", "status", "phase", "enrolment", "start_date", "completion_date",
    "first_posted", "last_updated", "countries", "sponsor", "registry_conditions", "registry_interventions",
}  # fmt: skip


def trial(accession="MSC-TR-0001", **given):
    """A trial as the document reports it; what only a registry says (`status`, `phase` ...) becomes its record."""
    registered = {name: given.pop(name) for name in REGISTRY_FIELDS & given.keys()}
    if registered and not given.get("draft"):
        registry_record(given["registry_id"], **registered)
    return statement(trials.Trial, accession, given)


def registry_record(registry_id="NCT00000001", **given):
    """A trial as the registry has it."""
    return build(trials.TrialRecord, {"registry_id": registry_id}, {"title": f"Trial {registry_id}"}, given)


def record_version(record, number, **content):
    """The state of a record that was imported as this number, ten days after the one before."""
    given = {
        "imported_at": datetime(2020, 1, 10 * number, tzinfo=UTC),
        "digest": "ab"[number - 1] * 64,
        "content": {"registry_id": record.registry_id} | content,
    }
    return build(trials.TrialRecordVersion, {"record": record, "number": number}, {}, given)


def indication(accession="MSC-IN-0001", **given):
    return statement(trials.Indication, accession, given, condition="stroke", basis="treated")


def statistic(accession="MSC-TS-0001", **given):
    """A figure about trials; the value is a number of trials unless a unit is given."""
    defaults = {"measure": "Trials", "value": 1, "unit": "trials", "population": "all trials"}
    return statement(trials.TrialStatistic, accession, given, **defaults)


def conflict(one, other, kind="unresolved", topic="A topic", why="Nobody knows."):
    """That two claims, or two trials, given as rows contradict each other; the lower accession first."""
    model, side = (
        (mechanisms.ClaimConflict, "claim")
        if isinstance(one, mechanisms.Claim)
        else (trials.TrialConflict, "trial")
    )
    key = dict(zip((side, "other"), sorted((one, other), key=lambda row: row.accession), strict=True))
    return build(model, key, {"kind": kind, "topic": topic, "why": why}, {})


BUILDERS = {
    core.Document: document,
    core.Section: section,
    core.Reference: reference,
    catalog.TissueSource: source,
    catalog.Molecule: molecule,
    catalog.SurfaceMarker: marker,
    catalog.CellType: cell_type,
    catalog.Condition: condition,
    catalog.Organism: organism,
    mechanisms.Mechanism: mechanism,
    mechanisms.Pathway: pathway,
    mechanisms.BiologicalProcess: process,
    mechanisms.VesicleClass: vesicle_class,
    trials.AdministrationRoute: route,
    trials.AdverseEvent: adverse_event,
    trials.OutcomeMeasure: outcome_measure,
}
