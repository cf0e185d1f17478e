"""Up to six tissue sources side by side: aligned rows, each cell with what it rests on."""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from catalog.models import DifferentiationPotential, MarkerExpression, SourceTrait, TissueSource
from core.querysets import published_along
from core.rest.fields import Terms
from core.rest.filters import EntityFilter, FlagFilter, ResourceFilterSet
from core.statements import references_of, united
from core.web.blocks import filtered_list
from mechanisms.models import Claim, Mechanism
from trials.models import Trial
from trials.templatetags.doses import dose

FEWEST, MOST = 2, 6


class ComparisonFilter(ResourceFilterSet):
    """What a comparison asks: which sources, in their order, and whether all rows or only the differing."""

    q = None
    source = EntityFilter("slug", entity=TissueSource, label="Tissue source")
    differences = FlagFilter(label="Differences only")

    class Meta:
        model = TissueSource
        fields = []

    def terms(self):
        """The sources wanted and those that someone tried to exclude."""
        return (self.form.cleaned_data.get("source") if self.is_valid() else None) or Terms([], [])

    def slugs(self):
        """The sources asked for, each once, in the order of the query."""
        return list(dict.fromkeys(self.terms().wanted))

    def problems(self, allowed=frozenset()):
        found = super().problems(allowed)
        if "source" not in found and (message := self.wrong_number()):
            found["source"] = [message]
        return found

    def wrong_number(self):
        if self.terms().excluded:
            return "Name the sources to compare; '!' excludes nothing here."
        given = len(self.slugs())
        if given < FEWEST:
            return f"A comparison needs {FEWEST} to {MOST} sources, and {given or 'none'} was given."
        if given > MOST:
            return f"A comparison holds {FEWEST} to {MOST} sources, and {given} were given: leave out {given - MOST}."
        return ""


def sources_with_trials():
    """Every tissue source, by name, with the number of its trials."""
    its_trials = Count("trials", filter=published_along(TissueSource, "trials"))
    return list(TissueSource.objects.annotate(number_of_trials=its_trials).order_by("name", "slug"))


@dataclass
class Cell:
    """What is reported of one source: `value` as a code, `text` as it reads, and what it rests on.

    `listed` tells a report (a negative one, too) from the absence of any.
    """

    source: TissueSource
    listed: bool
    value: object
    text: str
    url: str = ""
    statements: list = field(default_factory=list)
    own_references: list = field(default_factory=list)

    @property
    def references(self):
        return self.own_references or united(s["references"] for s in self.statements)


@dataclass
class Row:
    """One property over all compared sources; `within` names the broader row.

    `telling` is false for sentences and numbers, which may differ without one contradicting the other.
    """

    name: str
    label: str
    url: str
    cells: list
    within: str = ""
    compared_by: str = "value"
    telling: bool = True

    @property
    def difference(self):
        """`value`: what is reported differs. `listing`: reports agree, but not every source has one."""
        reports = {getattr(cell, self.compared_by) for cell in self.cells if cell.listed}
        if len(reports) > 1:
            return "value"
        return "none" if all(cell.listed for cell in self.cells) else "listing"


@dataclass
class Section:
    """Rows of one sort, and how an empty cell reads there."""

    name: str
    title: str
    note: str
    rows: list


class Comparison:
    """The table: `sections` of rows of cells, in the order of `sources`. A fixed number of queries."""

    def __init__(self, slugs, differences=False, known=None):
        by_slug = {source.slug: source for source in known or sources_with_trials()}
        self.sources = [by_slug[slug] for slug in slugs]
        self.differences = differences
        self.expressions = self.of(MarkerExpression).select_related("source", "marker")
        self.potentials = self.of(DifferentiationPotential).select_related("source", "cell_type")
        self.traits = (self.of(SourceTrait) | self.of(SourceTrait, "comparator")).select_related(
            "source", "comparator"
        )
        self.claims, self.trials = self.of(Claim), self.of(Trial)
        self.references = references_of(
            self.expressions, self.potentials, self.traits, self.claims, self.trials
        )
        built = [
            self.origin(), self.markers(), self.differentiation(), self.by_aspect(), self.by_mechanism(),
            self.by_condition(),
        ]  # fmt: skip
        for section in built:
            section.rows = [row for row in section.rows if not differences or row.difference != "none"]
        self.sections = built

    def of(self, model, path="source"):
        return model.objects.filter(**{f"{path}__in": self.sources})

    def statement(self, row, value, text="", detail=""):
        return {
            "accession": row.accession,
            "value": value,
            "text": text or row.text,
            "detail": detail,
            "url": row.get_absolute_url(),
            "references": self.references.get(row.accession, []),
        }

    def cells(self, reports, absent="not listed", code="not-listed", read=None):
        """One cell a source from {source id: [statement]}; `read` makes the text of several."""
        read = read or (lambda statements: ", ".join(sorted({s["value"] for s in statements})))
        return [
            Cell(source, True, "|".join(sorted({s["value"] for s in found})), read(found), statements=found)
            if (found := reports.get(source.pk))
            else Cell(source, False, code, absent)
            for source in self.sources
        ]

    def origin(self):
        cells = [Cell(s, True, s.origin, s.get_origin_display()) for s in self.sources]
        note = "How the tissue is classed here; not a statement of a document."
        return Section("origin", "Origin", note, [Row("origin", "Origin", "", cells)])

    def markers(self):
        rows = self.aligned(self.expressions, "marker", lambda e: e.status, "surfacemarker-detail")
        note = "Not listed means that nothing is reported, which is not the same as negative."
        return Section("markers", "Markers", note, rows)

    def differentiation(self):
        rows = self.aligned(self.potentials, "cell_type", lambda p: "reported", "celltype-detail")
        note = (
            "Cells that MSCs of the source are reported to become. Not listed means that nothing is reported."
        )
        return Section("differentiation", "Differentiation", note, rows)

    def aligned(self, statements, column, value, page):
        """Rows for all that any source reports in `column`, those that most sources share first."""
        found, things = defaultdict(lambda: defaultdict(list)), {}
        for row in statements:
            thing = getattr(row, column)
            things[thing.pk] = thing
            found[thing.pk][row.source_id].append(self.statement(row, value(row)))
        order = sorted(things.values(), key=lambda t: (-len(found[t.pk]), t.name.lower(), t.slug))
        return [Row(t.slug, t.name, reverse(page, args=[t.slug]), self.cells(found[t.pk])) for t in order]

    def by_aspect(self):
        """Traits by aspect. A trait against another compared source stands in that one's cell, too."""
        found, labels = defaultdict(lambda: defaultdict(list)), {}
        compared = {source.pk for source in self.sources}
        for trait in self.traits:
            labels[trait.aspect] = trait.get_aspect_display()
            if trait.source_id in compared:
                told = self.statement(trait, "reported", detail=as_measured(trait))
                found[trait.aspect][trait.source_id].append(told)
            if trait.comparator_id in compared:
                told = self.as_comparator(trait, said_beside=trait.source_id in compared)
                found[trait.aspect][trait.comparator_id].append(told)
        rows = [
            Row(
                aspect, label, filtered_list(SourceTrait, aspect=aspect),
                self.cells(found[aspect], "not reported", "not-reported", read=texts_of),
                compared_by="text", telling=False,
            )
            for aspect, label in sorted(labels.items(), key=lambda item: item[1])
        ]  # fmt: skip
        note = "By aspect, with what the source was compared with. A comparison stands with both sources."
        return Section("traits", "Traits", note, rows)

    def as_comparator(self, trait, said_beside):
        """A trait in the cell of what it was compared with: in short where the sentence stands beside it."""
        name = trait.source.name.lower()
        if not said_beside:
            return self.statement(trait, "as-comparator", detail=f"said of {name}")
        text = f"Set against {name}" + (f", which is {trait.relation}." if trait.relation else ".")
        return self.statement(trait, "as-comparator", text)

    def by_mechanism(self):
        """Numbers of claims on each mechanism and what is narrower: the rows behind each link."""
        mechanisms = {m.pk: m for m in Mechanism.objects.all()}
        found = defaultdict(lambda: defaultdict(list))
        for accession, source, mechanism in self.claims.values_list("accession", "source", "mechanism"):
            found["all"][source].append(accession)
            found[mechanism][source].append(accession)
            while mechanism and (mechanism := mechanisms[mechanism].broader_id):
                found[mechanism][source].append(accession)
        rows = [self.claims_row("all", "All claims", reverse("claim-list"), found["all"])]
        rows += [
            self.claims_row(
                m.slug, m.name, m.get_absolute_url(), found[m.pk],
                within=mechanisms[m.broader_id].slug if m.broader_id else "", mechanism=m.slug,
            )
            for m in mechanisms.values()
            if m.pk in found
        ]  # fmt: skip
        if None in found:
            link = filtered_list(Claim, filled="!mechanism")
            rows.append(
                self.claims_row("none", "No single mechanism", link, found[None], filled="!mechanism")
            )
        note = "Claims that name the source; each number leads to them."
        return Section("claims", "Claims by mechanism", note, [row for row in rows if row])

    def claims_row(self, name, label, url, found, within="", **filters):
        cells = []
        for source in self.sources:
            mine = found.get(source.pk, [])
            cells.append(
                Cell(
                    source, bool(mine), len(mine), f"{len(mine)} claim{'s'[: len(mine) != 1]}" if mine else "none",
                    filtered_list(Claim, source=source.slug, **filters) if mine else "",
                    own_references=united(self.references.get(accession, []) for accession in mine),
                )
            )  # fmt: skip
        return Row(name, label, url, cells, within, telling=False)

    def by_condition(self):
        """How many trials, then the trials encoded from documents, by condition, with their outcomes."""
        found, conditions, all_trials = defaultdict(lambda: defaultdict(list)), {}, defaultdict(list)
        for trial in self.trials.prefetch_related("conditions"):
            told = self.statement(trial, trial.outcome or "not-classed", detail=as_given(trial))
            all_trials[trial.source_id].append(told)
            for condition in trial.conditions.all():
                conditions[condition.pk] = condition
                found[condition.pk][trial.source_id].append(told)
        order = sorted(conditions.values(), key=lambda c: (-len(found[c.pk]), c.name.lower(), c.slug))
        rows = [self.trials_row(all_trials)]
        rows += [
            Row(c.slug, c.name, c.get_absolute_url(), self.cells(found[c.pk], "none", "none", outcomes_of))
            for c in order
        ]
        note = "Trials that name the source, with the outcome as reported."
        return Section("trials", "Trials and outcomes", note, rows)

    def trials_row(self, told):
        cells = [
            Cell(
                s, bool(n := s.number_of_trials), n, f"{n} trial{'s'[: n != 1]}" if n else "none",
                filtered_list(Trial, source=s.slug) if n else "",
                own_references=united(t["references"] for t in told[s.pk]),
            )
            for s in self.sources
        ]  # fmt: skip
        return Row("all", "All trials", reverse("trial-list"), cells, telling=False)

    @property
    def address(self) -> str:
        """The page of this comparison."""
        return f"{reverse('compare')}?{self.query()}"

    def query(self, slugs=None, differences=None):
        """The query string of this comparison, or of one with other sources or another choice of rows."""
        pairs = [("source", slug) for slug in slugs or [s.slug for s in self.sources]]
        if self.differences if differences is None else differences:
            pairs.append(("differences", "true"))
        return urlencode(pairs)


def as_measured(trait):
    """What a trait is measured by: "higher than bone marrow; > 50 passages"."""
    parts = []
    if trait.relation:
        joined = {"similar": "similar to", "different": "different from"}.get(
            trait.relation, f"{trait.relation} than"
        )
        parts.append(f"{joined} {trait.comparator.name.lower()}" if trait.comparator else trait.relation)
    elif trait.comparator:
        parts.append(f"against {trait.comparator.name.lower()}")
    if trait.quantity is not None:
        sign = "" if trait.quantity_sign == "=" else f"{trait.quantity_sign} "
        parts.append(f"{sign}{trait.quantity.normalize():f} {trait.quantity_unit}")
    return "; ".join(parts)


def as_given(trial):
    """Outcome, donor and dose of a trial in a line."""
    parts = [trial.get_outcome_display() if trial.outcome else "Outcome not classed"]
    if trial.donor != "not-stated":
        parts.append(trial.get_donor_display().lower())
    return "; ".join([*parts, *(dose(stated) for stated in trial.doses)])


def texts_of(statements):
    return " | ".join(s["text"] + (f" ({s['detail']})" if s["detail"] else "") for s in statements)


def outcomes_of(statements):
    return " | ".join(f"{s['detail']} ({s['accession']})" for s in statements)
