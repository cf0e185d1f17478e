"""What a flow cytometry panel says: identity criteria marker by marker, and sources by how they agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from catalog.models import IdentityCriterion, MarkerExpression, Molecule, SurfaceMarker, TissueSource
from core.models import Reference
from core.rest.filters import unknown_parameters
from core.rows import attach_links
from core.statements import united
from core.text import key
from identify.panel import LONGEST, NEGATIVE, POSITIVE, VARIABLE, Reading, normal, read_panel
from search.models import Term
from search.resolve import DIRECTNESS

LISTS = (POSITIVE, NEGATIVE, VARIABLE)
PARAMETERS = (*LISTS, "profile")
MET, VIOLATED, NOT_TESTED = "met", "violated", "not-tested"
NOT_KNOWN = "No molecule here is known by this name."
SEVERAL = "Several molecules go by this name."

Names = dict[str, list[str]]  # {key of a name: slugs of the molecules that it names most directly}


def molecules_by_name() -> Names:
    found: dict[str, dict[int, list[str]]] = {}
    words = Term.objects.filter(model="molecule").order_by("ident", "pk")
    for word, source, ident in words.values_list("key", "source", "ident"):
        found.setdefault(word, {}).setdefault(DIRECTNESS.index(source), []).append(ident)
    return {word: slugs[min(slugs)] for word, slugs in found.items()}


@dataclass
class Observation:
    """One molecule of the panel, what was found of it, and how the panel writes that."""

    molecule: Molecule
    observed: str
    written: list[str]


@dataclass(frozen=True)
class Unknown:
    """A name of the panel that could not be used, why, and the molecule that may be meant."""

    marker: str
    written: str
    observed: str | None
    reason: str
    suggestion: Molecule | None


@dataclass
class Profile:
    """A panel as it was understood, and as it was not: `problems` are contradictions, by parameter."""

    observations: list[Observation] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)

    @property
    def tested(self) -> list[Observation]:
        """The observations of MSC markers, to which alone criteria and sources are compared."""
        return [o for o in self.observations if o.molecule.is_msc_marker]

    @property
    def address(self) -> str:
        """The page of this panel, by slugs: short enough to cite."""
        slugs = {sign: [o.molecule.slug for o in self.observations if o.observed == sign] for sign in LISTS}
        lists = {sign: ",".join(found) for sign, found in slugs.items() if found}
        return f"{reverse('identify')}?{urlencode(lists, safe=',')}"

    def understand(self, parameter: str, reading: Reading, named: Sequence[Molecule]) -> None:
        """Take in one reading: as an observation, something unknown, or a contradiction."""
        markers = [m for m in named if m.is_msc_marker] if len(named) > 1 else named
        if len(markers) != 1:
            self.leave_out(reading, SEVERAL if named else NOT_KNOWN, named[0] if named else None)
        elif reading.sign is None:
            self.leave_out(reading, reading.reason, markers[0])
        else:
            self.observe(parameter, markers[0], reading.sign, reading.written)

    def leave_out(self, reading: Reading, reason: str, meant: Molecule | None) -> None:
        unknown = Unknown(reading.name, reading.written, reading.sign, reason, meant)
        if unknown not in self.unknown:
            self.unknown.append(unknown)

    def observe(self, parameter: str, molecule: Molecule, sign: str, written: str) -> None:
        earlier = next((o for o in self.observations if o.molecule == molecule), None)
        if earlier is None:
            self.observations.append(Observation(molecule, sign, [written]))
        elif earlier.observed == sign:
            earlier.written.append(written)
        else:
            message = f"{molecule.name} is given both as {earlier.observed} and as {sign}."
            messages = self.problems.setdefault(parameter, [])
            if message not in messages:
                messages.append(message)


def asked_for(data: QueryDict, allowed: Iterable[str] = ()) -> dict[str, list[str]]:
    """{parameter: message} for whatever in the query is no panel at all."""
    found = unknown_parameters(data, {*PARAMETERS, *allowed})
    for name in PARAMETERS:
        if sum(len(normal(value[: LONGEST + 1])) for value in data.getlist(name)) > LONGEST:
            found[name] = [f"A panel may be {LONGEST} characters long."]
    if not found and not any(value.strip() for name in PARAMETERS for value in data.getlist(name)):
        found["profile"] = ["Give profile=, or positive= and negative=: ?positive=cd73,cd90&negative=cd45."]
    return found


def readings_in(data: QueryDict, names: Names) -> Iterator[tuple[str, Reading]]:
    """(parameter, reading) of a query: pasted as `profile`, picked as `positive`, `negative`, `variable`."""
    for text in data.getlist("profile"):
        for reading in read_panel(text, names):
            yield "profile", reading
    for sign in LISTS:
        for value in data.getlist(sign):
            for word in filter(None, map(str.strip, normal(value).replace(";", ",").split(","))):
                yield sign, Reading(word, word, sign)


def profile_of(data: QueryDict) -> Profile:
    """The panel that a query gives."""
    names = molecules_by_name()
    readings = [(parameter, r, names.get(key(r.name), [])) for parameter, r in readings_in(data, names)]
    slugs = {slug for _, _, named in readings for slug in named}
    molecules = {m.slug: m for m in Molecule.objects.filter(slug__in=slugs)}
    profile = Profile()
    for parameter, reading, named in readings:
        profile.understand(parameter, reading, [molecules[slug] for slug in named])
    if any(unknown.reason == NOT_KNOWN for unknown in profile.unknown):
        suggest(profile, names)
    return profile


def suggest(profile: Profile, names: Names) -> None:
    """The nearest molecule for each name that none goes by, MSC markers preferred."""
    by_slug = {m.slug: m for m in Molecule.objects.all()}
    markers = [name for name, slugs in names.items() if by_slug[slugs[0]].is_msc_marker]
    for place, unknown in enumerate(profile.unknown):
        if unknown.reason == NOT_KNOWN:
            word = key(unknown.marker)[:60]
            for name in get_close_matches(word, markers, 1, 0.7) or get_close_matches(word, names, 1, 0.75):
                profile.unknown[place] = replace(unknown, suggestion=by_slug[names[name][0]])


def verdict(expected: str, observed: str | None) -> str:
    """Variable or weak staining decides nothing, like a marker that was not tested."""
    if observed not in (POSITIVE, NEGATIVE):
        return NOT_TESTED
    return MET if observed == expected else VIOLATED


def met(verdicts: Sequence[str]) -> bool | None:
    """False as soon as one marker violates the criterion, true only if every one was tested."""
    if VIOLATED in verdicts:
        return False
    return None if NOT_TESTED in verdicts else True


@dataclass(frozen=True)
class CriterionMarker:
    """A marker that a criterion asks for, as it must be and as the panel has it."""

    marker: SurfaceMarker
    expected: str
    observed: str | None

    @property
    def verdict(self) -> str:
        return verdict(self.expected, self.observed)


@dataclass(frozen=True)
class CriterionVerdict:
    """A criterion against the panel, marker by marker."""

    criterion: IdentityCriterion
    markers: list[CriterionMarker]

    @property
    def met(self) -> bool | None:
        return met([marker.verdict for marker in self.markers])

    @property
    def references(self) -> list[Reference]:
        return list(self.criterion.references.all())

    @property
    def url(self) -> str:
        return self.criterion.get_absolute_url()


@dataclass(frozen=True)
class ReportedMarker:
    """A marker of the panel, and the statements on it for one source: none, where it is not listed."""

    marker: Molecule
    observed: str
    reports: list[MarkerExpression]

    @property
    def reported(self) -> str:
        return "|".join(sorted({report.status for report in self.reports}))

    @property
    def statements(self) -> list[str]:
        return [report.accession for report in self.reports]

    @property
    def references(self) -> list[Reference]:
        return united(report.references.all() for report in self.reports)


@dataclass
class SourceAgreement:
    """How what is reported of a source stands to the panel, best first."""

    source: TissueSource
    matches: list[ReportedMarker] = field(default_factory=list)
    conflicts: list[ReportedMarker] = field(default_factory=list)
    undecided: list[ReportedMarker] = field(default_factory=list)
    not_listed: list[ReportedMarker] = field(default_factory=list)

    def compare(self, observation: Observation, reports: list[MarkerExpression]) -> None:
        """Put a marker where it belongs. Only positive against negative is a conflict."""
        statuses = {report.status for report in reports}
        if not reports:
            standing = self.not_listed
        elif statuses == {observation.observed}:
            standing = self.matches
        elif len(statuses) > 1 or VARIABLE in {observation.observed, *statuses}:
            standing = self.undecided
        else:
            standing = self.conflicts
        standing.append(ReportedMarker(observation.molecule, observation.observed, reports))

    @property
    def references(self) -> list[Reference]:
        rested = (*self.matches, *self.conflicts, *self.undecided)
        return united(marker.references for marker in rested)

    @property
    def url(self) -> str:
        return self.source.get_absolute_url()

    @property
    def place(self) -> tuple[int, int, int, str]:
        """Most matches first, then fewest conflicts, fewest not listed."""
        name = self.source.name.lower()
        return -len(self.matches), len(self.conflicts), len(self.not_listed), name


@dataclass(frozen=True)
class Identification:
    """The answer: `criteria` marker by marker, `sources` best first, `profile` as it was read."""

    profile: Profile
    criteria: list[CriterionVerdict]
    sources: list[SourceAgreement]


def identify(profile: Profile) -> Identification:
    criteria = list(IdentityCriterion.objects.all())
    reports = list(MarkerExpression.objects.select_related("source"))
    attach_links(criteria, reports)
    judged = [against_criterion(criterion, profile.tested) for criterion in criteria]
    return Identification(
        profile,
        [verdict for verdict in judged if verdict.markers],  # one without markers asks nothing of a panel
        ranked(profile.tested, reports),
    )


def against_criterion(criterion: IdentityCriterion, tested: Iterable[Observation]) -> CriterionVerdict:
    observed = {o.molecule.pk: o.observed for o in tested}
    expected = [(marker, POSITIVE) for marker in criterion.positive_markers.all()]
    expected += [(marker, NEGATIVE) for marker in criterion.negative_markers.all()]
    return CriterionVerdict(
        criterion, [CriterionMarker(marker, sign, observed.get(marker.pk)) for marker, sign in expected]
    )


def ranked(tested: Sequence[Observation], reports: Iterable[MarkerExpression]) -> list[SourceAgreement]:
    """Every source with a listed marker, best first; none where no marker was tested."""
    by_source: defaultdict[TissueSource, list[MarkerExpression]] = defaultdict(list)
    for report in reports if tested else ():
        by_source[report.source].append(report)
    agreements = [SourceAgreement(source) for source in by_source]
    for agreement in agreements:
        for o in tested:
            own = [r for r in by_source[agreement.source] if r.marker_id == o.molecule.pk]
            agreement.compare(o, own)
    return sorted(agreements, key=lambda agreement: agreement.place)
