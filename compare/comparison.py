"""Up to six tissue sources side by side: aligned rows, each cell with what it rests on."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.urls import reverse

from catalog.models import DifferentiationPotential, MarkerExpression, SourceTrait, TissueSource
from compare.cells import Cell, Row, State
from compare.points import Code, Points
from compare.told import (
    Told,
    codes_of,
    of_claim,
    of_comparator,
    of_differentiation,
    of_marker,
    of_trait,
    of_trial,
    outcomes_of,
    texts_of,
)
from core.models import Entity
from core.querysets import lines_of
from core.rest.filters import ChoiceFilter, EntityFilter, FlagFilter, ResourceFilterSet
from core.rest.terms import NO_TERMS, Terms
from core.rows import attach_links
from core.statements import united
from core.text import slugify
from core.web.blocks import filtered_list
from mechanisms.models import Claim, ClaimConflict, Mechanism
from trials.models import Trial

FEWEST, MOST = 2, 6
Reader = Callable[[Sequence[Told]], str]  # what several statements come to in a cell


class ComparisonFilter(ResourceFilterSet):
    """What a comparison asks: which sources, in their order, and whether all rows or some."""

    q = None
    source = EntityFilter("slug", entity=TissueSource, label="Tissue source")
    differences = FlagFilter(label="Differences only")
    state = ChoiceFilter(choices=State, label="State of a row")

    class Meta:
        model = TissueSource
        fields: list[str] = []

    def terms(self, name: str) -> Terms:
        """The values of a filter that are wanted, and those that are not."""
        self.is_valid()  # reads what can be read, whatever is wrong with another filter
        return self.form.cleaned_data.get(name) or NO_TERMS

    def slugs(self) -> list[str]:
        """The sources asked for, each once, in the order of the query."""
        return list(dict.fromkeys(self.terms("source").wanted))

    def problems(self, allowed: Collection[str] = frozenset()) -> dict[str, list[str]]:
        found = super().problems(allowed)
        if "source" not in found and (message := self.wrong_number()):
            found["source"] = [message]
        return found

    def comparison(self, known: Iterable[TissueSource]) -> "Comparison":
        by_slug = {source.slug: source for source in known}
        chosen = Chosen(bool(self.form.cleaned_data["differences"]), self.terms("state"))
        return Comparison([by_slug[slug] for slug in self.slugs()], chosen)

    def wrong_number(self) -> str:
        if self.terms("source").excluded:
            return "Name the sources to compare; '!' excludes nothing here."
        given = len(self.slugs())
        if given < FEWEST:
            return f"A comparison needs {FEWEST} to {MOST} sources, and {given or 'none'} was given."
        if given > MOST:
            return f"A comparison holds {FEWEST} to {MOST} sources, and {given} were given: leave out {given - MOST}."
        return ""


@dataclass(frozen=True)
class Chosen:
    """Which rows a comparison shows: all, or those in certain states."""

    differences: bool = False
    states: Terms = NO_TERMS

    @property
    def is_all(self) -> bool:
        return not self.differences and not self.states

    def holds(self, row: Row) -> bool:
        wanted, excluded, _ = self.states
        return (
            (not self.differences or row.state == State.DIFFERENCE)
            and (not wanted or row.state in wanted)
            and row.state not in excluded
        )


@dataclass(frozen=True)
class Section:
    """Rows of one sort, and how they are meant."""

    name: str
    title: str
    note: str
    rows: list[Row]


class Comparison:
    """The table: `sections` of rows of cells, in the order of `sources`. A fixed number of queries.

    `states` counts the rows in each state, before any is left out.
    """

    def __init__(self, sources: Sequence[TissueSource], chosen: Chosen = Chosen()) -> None:
        self.sources = sources
        self.chosen = chosen
        of = {"source__in": sources}
        expressions = list(MarkerExpression.objects.filter(**of).select_related("marker"))
        potentials = list(DifferentiationPotential.objects.filter(**of).select_related("cell_type"))
        either = SourceTrait.objects.filter(Q(**of) | Q(comparator__in=sources))
        traits = list(either.select_related("source", "comparator"))
        trials = list(Trial.objects.filter(**of))
        claims = list(Claim.objects.filter(**of))
        attach_links(expressions, potentials, traits, trials, claims)
        opposed = ClaimConflict.objects.filter(claim__source__in=sources, other__source__in=sources)
        whole = [
            self.origin(),
            self.markers(expressions),
            self.differentiation(potentials),
            self.by_aspect(traits),
            self.disagreements(claims, opposed),
            self.by_mechanism(claims),
            self.by_condition(trials),
        ]
        counts = Counter(row.state for section in whole for row in section.rows)
        self.states = {state.value: counts[state] for state in State}
        self.sections = [replace(s, rows=[row for row in s.rows if chosen.holds(row)]) for s in whole]

    @property
    def differences(self) -> bool:
        return self.chosen.differences

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

    def counted(
        self, name: str, label: str, url: str, rows: Iterable[Claim | Trial], model: type[Model],
        within: str = "", **filters: str,
    ) -> Row:  # fmt: skip
        """A row whose cells have the number of a source's rows, and lead to them."""
        cells = []
        for source in self.sources:
            own = [row for row in rows if row.source_id == source.pk]
            text = f"{len(own)} {model._meta.verbose_name}{'s'[: len(own) != 1]}" if own else "none"
            address = filtered_list(model, source=source.slug, **filters) if own else ""
            references = united(row.references.all() for row in own)
            cells.append(Cell(source, bool(own), len(own), text, address, references=references))
        return Row(name, label, url, cells, within, counted=True)

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
        cells = [
            Cell(s, True, s.origin, s.get_origin_display(), classed={"origin": Code(s.origin)})
            for s in self.sources
        ]
        note = "How the tissue is classed here; not a statement of a document."
        return Section("origin", "Origin", note, [Row("origin", "Origin", "", cells)])

    def markers(self, expressions: Iterable[MarkerExpression]) -> Section:
        rows = self.aligned((e.marker, of_marker(e)) for e in expressions)
        note = "Not listed means that nothing is reported, which is not the same as negative."
        return Section("markers", "Markers", note, rows)

    def differentiation(self, potentials: Iterable[DifferentiationPotential]) -> Section:
        rows = self.aligned((p.cell_type, of_differentiation(p)) for p in potentials)
        note = (
            "Cells that MSCs of the source are reported to become. Not listed means that nothing is reported."
        )
        return Section("differentiation", "Differentiation", note, rows)

    def by_aspect(self, traits: Iterable[SourceTrait]) -> Section:
        """Traits by aspect. How a source stands to another is said in both cells, each time from its side."""
        found: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
        for trait in traits:
            said = found[trait.get_aspect_display(), trait.aspect]
            if trait.source in self.sources:
                said.append(of_trait(trait))
            if trait.comparator in self.sources and trait.relation:
                said.append(of_comparator(trait))
        rows = [
            Row(aspect, label, filtered_list(SourceTrait, aspect=aspect), self.cells(said, "not-reported", texts_of))
            for (label, aspect), said in sorted(found.items())
            if said
        ]  # fmt: skip
        note = "By aspect. How two sources stand to each other is said of both, each time from its own side."
        return Section("traits", "Traits", note, rows)

    def disagreements(self, claims: Iterable[Claim], opposed: Iterable[ClaimConflict]) -> Section:
        """Claims that pull apart, by topic: those of two sources are a difference, those of one a conflict in it."""
        by_pk = {claim.pk: claim for claim in claims}
        found: defaultdict[str, defaultdict[int, Points]] = defaultdict(lambda: defaultdict(dict))
        for pair in opposed:
            for pk in (pair.claim_id, pair.other_id):
                found[pair.topic][pk]["disagreement", pair.pk] = Code(by_pk[pk].accession)
        rows = []
        for topic, points in sorted(found.items()):
            said = [of_claim(by_pk[pk], its_points) for pk, its_points in points.items()]
            url = f"{reverse('conflict-list')}?{urlencode({'topic': topic})}"
            rows.append(Row(slugify(topic), topic, url, self.cells(said, "not-reported", texts_of)))
        note = "Claims that are paired because they pull apart; the topic leads to the reason."
        return Section("disagreements", "Disagreements among claims", note, rows)

    def by_mechanism(self, claims: Sequence[Claim]) -> Section:
        """Numbers of claims on each mechanism and what is narrower: the rows behind each link."""
        mechanisms = {m.pk: m for m in Mechanism.objects.all()}
        lines = lines_of({pk: m.broader_id for pk, m in mechanisms.items()})
        found: defaultdict[int | None, list[Claim]] = defaultdict(list)
        for claim in claims:
            for pk in lines[claim.mechanism_id] if claim.mechanism_id else [None]:
                found[pk].append(claim)
        rows = [self.counted("all", "All claims", reverse("claim-list"), claims, Claim)]
        for pk, m in mechanisms.items():
            if pk in found:
                within = mechanisms[m.broader_id].slug if m.broader_id else ""
                url = m.get_absolute_url()
                rows.append(self.counted(m.slug, m.name, url, found[pk], Claim, within, mechanism=m.slug))
        if None in found:
            unnamed = {"filled": "!mechanism"}
            url = filtered_list(Claim, **unnamed)
            rows.append(self.counted("none", "No single mechanism", url, found[None], Claim, **unnamed))
        note = "Claims that name the source; each number leads to them."
        return Section("claims", "Claims by mechanism", note, rows)

    def by_condition(self, trials: Sequence[Trial]) -> Section:
        """How many trials, then the trials by condition, with their outcomes."""
        said = ((condition, of_trial(t)) for t in trials for condition in t.conditions.all())
        rows = [
            self.counted("all", "All trials", reverse("trial-list"), trials, Trial),
            *self.aligned(said, "none", outcomes_of),
        ]
        note = "Trials that name the source, with the outcome as reported."
        return Section("trials", "Trials and outcomes", note, rows)

    @property
    def address(self) -> str:
        """The page of this comparison."""
        return f"{reverse('compare')}?{self.query()}"

    def query(self, without: TissueSource | None = None, differences: bool | None = None) -> str:
        """The query string of this comparison, or of one without a source or with another choice of rows."""
        pairs = [("source", source.slug) for source in self.sources if source != without]
        if self.differences if differences is None else differences:
            pairs.append(("differences", "true"))
        states = [*self.chosen.states.wanted, *(f"!{state}" for state in self.chosen.states.excluded)]
        return urlencode([*pairs, *(("state", state) for state in states)])
