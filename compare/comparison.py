"""Up to six tissue sources side by side: aligned rows, each cell with what it rests on."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.urls import reverse

from catalog.models import DifferentiationPotential, MarkerExpression, SourceTrait, TissueSource
from core.models import Entity, Reference, Statement
from core.querysets import lines_of
from core.rest.fields import NO_TERMS, Terms
from core.rest.filters import EntityFilter, FlagFilter, ResourceFilterSet
from core.rows import attach_links
from core.statements import united
from core.web.blocks import filtered_list
from mechanisms.models import Claim, Mechanism
from trials.models import Trial
from trials.templatetags.doses import dose

FEWEST, MOST = 2, 6
Reader = Callable[[Sequence["Told"]], str]  # what several statements come to in a cell


class ComparisonFilter(ResourceFilterSet):
    """What a comparison asks: which sources, in their order, and whether all rows or only the differing."""

    q = None
    source = EntityFilter("slug", entity=TissueSource, label="Tissue source")
    differences = FlagFilter(label="Differences only")

    class Meta:
        model = TissueSource
        fields: list[str] = []

    def terms(self) -> Terms:
        """The sources wanted and those that someone tried to exclude."""
        return (self.form.cleaned_data["source"] if self.is_valid() else None) or NO_TERMS

    def slugs(self) -> list[str]:
        """The sources asked for, each once, in the order of the query."""
        return list(dict.fromkeys(self.terms().wanted))

    def problems(self, allowed: Collection[str] = frozenset()) -> dict[str, list[str]]:
        found = super().problems(allowed)
        if "source" not in found and (message := self.wrong_number()):
            found["source"] = [message]
        return found

    def sources(self, known: Iterable[TissueSource]) -> list[TissueSource]:
        by_slug = {source.slug: source for source in known}
        return [by_slug[slug] for slug in self.slugs()]

    def wrong_number(self) -> str:
        if self.terms().excluded:
            return "Name the sources to compare; '!' excludes nothing here."
        given = len(self.slugs())
        if given < FEWEST:
            return f"A comparison needs {FEWEST} to {MOST} sources, and {given or 'none'} was given."
        if given > MOST:
            return f"A comparison holds {FEWEST} to {MOST} sources, and {given} were given: leave out {given - MOST}."
        return ""


@dataclass(frozen=True)
class Told:
    """What one statement says of a source: `value` as a code, `text` in a sentence, `detail` in a few words."""

    source_id: int | None
    accession: str
    value: str
    text: str
    detail: str
    url: str
    references: list[Reference]


def told(source_id: int | None, row: Statement, value: str, text: str = "", detail: str = "") -> Told:
    url, references = row.get_absolute_url(), list(row.references.all())
    return Told(source_id, row.accession, value, text or row.text, detail, url, references)


def codes_of(statements: Iterable[Told], between: str = ", ") -> str:
    return between.join(sorted({statement.value for statement in statements}))


def texts_of(statements: Iterable[Told]) -> str:
    return " | ".join(s.text + (f" ({s.detail})" if s.detail else "") for s in statements)


def outcomes_of(statements: Iterable[Told]) -> str:
    return " | ".join(f"{s.detail} ({s.accession})" for s in statements)


@dataclass(frozen=True)
class Cell:
    """What is reported of one source: `value` as a code, `text` as it reads, and what it rests on.

    `listed` tells a report (a negative one, too) from the absence of any.
    """

    source: TissueSource
    listed: bool
    value: str | int
    text: str
    url: str = ""
    statements: list[Told] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One property over all compared sources; `within` names the broader row.

    `telling` is false for sentences and numbers, which may differ without one contradicting the other.
    """

    name: str
    label: str
    url: str
    cells: list[Cell]
    within: str = ""
    compared_by: str = "value"
    telling: bool = True

    @property
    def difference(self) -> str:
        """`value`: what is reported differs. `listing`: reports agree, but not every source has one."""
        reports = {getattr(cell, self.compared_by) for cell in self.cells if cell.listed}
        if len(reports) > 1:
            return "value"
        return "none" if all(cell.listed for cell in self.cells) else "listing"


@dataclass(frozen=True)
class Section:
    """Rows of one sort, and how they are meant."""

    name: str
    title: str
    note: str
    rows: list[Row]


class Comparison:
    """The table: `sections` of rows of cells, in the order of `sources`. A fixed number of queries."""

    def __init__(self, sources: Sequence[TissueSource], differences: bool = False) -> None:
        self.sources = sources
        self.differences = differences
        of = {"source__in": sources}
        expressions = list(MarkerExpression.objects.filter(**of).select_related("marker"))
        potentials = list(DifferentiationPotential.objects.filter(**of).select_related("cell_type"))
        either = SourceTrait.objects.filter(Q(**of) | Q(comparator__in=sources))
        traits = list(either.select_related("source", "comparator"))
        trials = list(Trial.objects.filter(**of))
        attach_links(expressions, potentials, traits, trials)
        claims = list(Claim.objects.filter(**of).prefetch_related("references"))
        self.sections = [
            self.origin(),
            self.markers(expressions),
            self.differentiation(potentials),
            self.by_aspect(traits),
            self.by_mechanism(claims),
            self.by_condition(trials),
        ]

    def section(self, name: str, title: str, note: str, rows: Iterable[Row]) -> Section:
        kept = [row for row in rows if not self.differences or row.difference != "none"]
        return Section(name, title, note, kept)

    def cells(self, said: Iterable[Told], absent: str = "not-listed", read: Reader = codes_of) -> list[Cell]:
        """One cell a source; `absent` is its code where nothing is said, `read` makes the text of what is."""
        cells = []
        for source in self.sources:
            if own := [t for t in said if t.source_id == source.pk]:
                references = united(t.references for t in own)
                cells.append(Cell(source, True, codes_of(own, "|"), read(own), "", own, references))
            else:
                cells.append(Cell(source, False, absent, absent.replace("-", " ")))
        return cells

    def counted(self, rows: Iterable[Claim | Trial], model: type[Model], **filters: str) -> list[Cell]:
        """One cell a source with the number of its rows, which leads to them."""
        cells = []
        for source in self.sources:
            own = [row for row in rows if row.source_id == source.pk]
            text = f"{len(own)} {model._meta.verbose_name}{'s'[: len(own) != 1]}" if own else "none"
            url = filtered_list(model, source=source.slug, **filters) if own else ""
            references = united(row.references.all() for row in own)
            cells.append(Cell(source, bool(own), len(own), text, url, references=references))
        return cells

    def aligned(
        self, said: Iterable[tuple[Entity, Told]], absent: str = "not-listed", read: Reader = codes_of
    ) -> list[Row]:
        """A row for each entity that something is said about, those that most sources share first."""
        found: defaultdict[Entity, list[Told]] = defaultdict(list)
        for entity, statement in said:
            found[entity].append(statement)
        order = sorted(found, key=lambda e: (-len({t.source_id for t in found[e]}), e.name.lower(), e.slug))
        return [Row(e.slug, e.name, e.get_absolute_url(), self.cells(found[e], absent, read)) for e in order]

    def origin(self) -> Section:
        cells = [Cell(s, True, s.origin, s.get_origin_display()) for s in self.sources]
        note = "How the tissue is classed here; not a statement of a document."
        return self.section("origin", "Origin", note, [Row("origin", "Origin", "", cells)])

    def markers(self, expressions: Iterable[MarkerExpression]) -> Section:
        rows = self.aligned((e.marker, told(e.source_id, e, e.status)) for e in expressions)
        note = "Not listed means that nothing is reported, which is not the same as negative."
        return self.section("markers", "Markers", note, rows)

    def differentiation(self, potentials: Iterable[DifferentiationPotential]) -> Section:
        rows = self.aligned((p.cell_type, told(p.source_id, p, "reported")) for p in potentials)
        note = (
            "Cells that MSCs of the source are reported to become. Not listed means that nothing is reported."
        )
        return self.section("differentiation", "Differentiation", note, rows)

    def by_aspect(self, traits: Iterable[SourceTrait]) -> Section:
        """Traits by aspect. A trait against another compared source stands in that one's cell, too."""
        found: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
        for trait in traits:
            said = found[trait.get_aspect_display(), trait.aspect]
            if trait.source in self.sources:
                said.append(told(trait.source_id, trait, "reported", detail=as_measured(trait)))
            if trait.comparator in self.sources:
                said.append(as_comparator(trait, said_beside=trait.source in self.sources))
        rows = [
            Row(
                aspect, label, filtered_list(SourceTrait, aspect=aspect),
                self.cells(said, "not-reported", texts_of), compared_by="text", telling=False,
            )
            for (label, aspect), said in sorted(found.items())
        ]  # fmt: skip
        note = "By aspect, with what the source was compared with. A comparison stands with both sources."
        return self.section("traits", "Traits", note, rows)

    def by_mechanism(self, claims: Sequence[Claim]) -> Section:
        """Numbers of claims on each mechanism and what is narrower: the rows behind each link."""
        mechanisms = {m.pk: m for m in Mechanism.objects.all()}
        lines = lines_of({pk: m.broader_id for pk, m in mechanisms.items()})
        found: defaultdict[int | None, list[Claim]] = defaultdict(list)
        for claim in claims:
            for pk in lines[claim.mechanism_id] if claim.mechanism_id else [None]:
                found[pk].append(claim)
        rows = [Row("all", "All claims", reverse("claim-list"), self.counted(claims, Claim), telling=False)]
        for pk, m in mechanisms.items():
            if pk in found:
                cells = self.counted(found[pk], Claim, mechanism=m.slug)
                within = mechanisms[m.broader_id].slug if m.broader_id else ""
                rows.append(Row(m.slug, m.name, m.get_absolute_url(), cells, within, telling=False))
        if None in found:
            unnamed = {"filled": "!mechanism"}
            cells, url = self.counted(found[None], Claim, **unnamed), filtered_list(Claim, **unnamed)
            rows.append(Row("none", "No single mechanism", url, cells, telling=False))
        note = "Claims that name the source; each number leads to them."
        return self.section("claims", "Claims by mechanism", note, rows)

    def by_condition(self, trials: Sequence[Trial]) -> Section:
        """How many trials, then the trials by condition, with their outcomes."""
        said = (
            (condition, told(t.source_id, t, t.outcome or "not-classed", detail=as_given(t)))
            for t in trials
            for condition in t.conditions.all()
        )
        rows = [
            Row("all", "All trials", reverse("trial-list"), self.counted(trials, Trial), telling=False),
            *self.aligned(said, "none", outcomes_of),
        ]
        note = "Trials that name the source, with the outcome as reported."
        return self.section("trials", "Trials and outcomes", note, rows)

    @property
    def address(self) -> str:
        """The page of this comparison."""
        return f"{reverse('compare')}?{self.query()}"

    def query(self, without: TissueSource | None = None, differences: bool | None = None) -> str:
        """The query string of this comparison, or of one without a source or with another choice of rows."""
        pairs = [("source", source.slug) for source in self.sources if source != without]
        if self.differences if differences is None else differences:
            pairs.append(("differences", "true"))
        return urlencode(pairs)


def as_comparator(trait: SourceTrait, said_beside: bool) -> Told:
    """A trait in the cell of what it was compared with: in short where the sentence stands beside it."""
    name = trait.source.name.lower()
    if not said_beside:
        return told(trait.comparator_id, trait, "as-comparator", detail=f"said of {name}")
    text = f"Set against {name}" + (f", which is {trait.relation}." if trait.relation else ".")
    return told(trait.comparator_id, trait, "as-comparator", text)


def as_measured(trait: SourceTrait) -> str:
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


def as_given(trial: Trial) -> str:
    """Outcome, donor and dose of a trial in a line."""
    parts = [trial.get_outcome_display() if trial.outcome else "Outcome not classed"]
    if trial.donor != "not-stated":
        parts.append(trial.get_donor_display().lower())
    return "; ".join([*parts, *(dose(stated) for stated in trial.doses)])
