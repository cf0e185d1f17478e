"""What a flow cytometry panel says: identity criteria marker by marker, and sources by how they agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from catalog.models import IdentityCriterion, MarkerExpression, Molecule, SurfaceMarker, TissueSource
from core.content import current_state
from core.models import Reference
from core.models.names import Name
from core.names import DIRECTNESS, Lookup
from core.rest.filters import unknown_parameters
from core.rows import attach_links
from core.statements import united
from identify.panel import LONGEST, NEGATIVE, POSITIVE, VARIABLE, Reading, normal, read_panel

LISTS = (POSITIVE, NEGATIVE, VARIABLE)
PARAMETERS = (*LISTS, "profile", "sample")
MET, VIOLATED, NOT_TESTED = "met", "violated", "not-tested"
NOT_KNOWN = "No molecule here is known by this name."
SEVERAL = "Several molecules go by this name"

Names = Lookup[list[str]]  # slugs of the molecules that a name means most directly


def molecules_by_name() -> Names:
    return molecule_names(current_state().token)


@lru_cache(maxsize=1)
def molecule_names(version: str) -> Names:
    """The names of molecules in this version of the content, but for aliases that are own names of other things."""
    of_molecules = Name.objects.filter(model="molecule", source__in=DIRECTNESS).order_by("ident", "pk")
    others = Name.objects.exclude(model="molecule").exclude(source=Name.Source.ALIAS)
    taken = set(others.filter(key__in=of_molecules.order_by().values("key")).values_list("key", flat=True))
    found: dict[bool, dict[str, dict[int, list[str]]]] = {False: {}, True: {}}
    for name in of_molecules:
        if not (name.source == Name.Source.ALIAS and name.key in taken):
            word, place = name.value if name.as_written else name.key, DIRECTNESS.index(name.source)
            found[name.as_written].setdefault(word, {}).setdefault(place, []).append(name.ident)
    return Lookup(*({word: slugs[min(slugs)] for word, slugs in named.items()} for named in found.values()))


@dataclass
class Observation:
    """One molecule of the panel, what was found of it, and the readings that say so."""

    molecule: Molecule
    observed: str
    readings: list[Reading]

    @property
    def written(self) -> list[str]:
        """The words that it was read from."""
        return [reading.written for reading in self.readings]

    @property
    def shares(self) -> list[str]:
        """The shares of cells that are printed beside it."""
        return [reading.share for reading in self.readings if reading.share]

    @property
    def notes(self) -> list[str]:
        """What a printed number says against a printed sign."""
        return [reading.note for reading in self.readings if reading.note]


@dataclass(frozen=True)
class Unknown:
    """A name of the panel that could not be used, why, and the molecule that goes by it."""

    marker: str
    written: str
    observed: str | None
    reason: str
    suggestion: Molecule | None


@dataclass
class Profile:
    """A panel as it was understood, and as it was not: `problems` are contradictions, by parameter.

    `unread` are words that mean nothing to the reader, `samples` the columns of a table that has several, of which
    `sample` was asked for.
    """

    observations: list[Observation] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    sample: str = ""

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
            names = ", ".join(molecule.name for molecule in named)
            self.leave_out(reading, f"{SEVERAL}: {names}." if named else NOT_KNOWN, None)
        elif reading.sign is None:
            self.leave_out(reading, reading.reason, markers[0])
        else:
            self.observe(parameter, markers[0], reading.sign, reading)

    def leave_out(self, reading: Reading, reason: str, meant: Molecule | None) -> None:
        unknown = Unknown(reading.name, reading.written, reading.sign, reason, meant)
        if unknown not in self.unknown:
            self.unknown.append(unknown)

    def observe(self, parameter: str, molecule: Molecule, sign: str, reading: Reading) -> None:
        earlier = next((o for o in self.observations if o.molecule == molecule), None)
        if earlier is None:
            self.observations.append(Observation(molecule, sign, [reading]))
        elif earlier.observed == sign:
            earlier.readings.append(reading)
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


def picked(data: QueryDict) -> Iterator[tuple[str, Reading]]:
    """(parameter, reading) of the lists `positive`, `negative` and `variable`."""
    for sign in LISTS:
        for value in data.getlist(sign):
            for word in filter(None, map(str.strip, normal(value).replace(";", ",").split(","))):
                yield sign, Reading(word, sign, written=word)


def pasted(data: QueryDict, names: Names, profile: Profile) -> Iterator[tuple[str, Reading]]:
    """("profile", reading) of the panels pasted, of one sample where a table has several."""
    panels = [read_panel(text, names) for text in data.getlist("profile")]
    profile.unread = list(dict.fromkeys(word for panel in panels for word in panel.unread))
    profile.samples = list(dict.fromkeys(sample for panel in panels for sample in panel.samples))
    profile.sample = data.get("sample", "").strip()
    if profile.sample and profile.sample not in profile.samples:
        among = f" Samples: {', '.join(profile.samples)}." if profile.samples else ""
        profile.problems["sample"] = [f"The panel has no sample '{profile.sample}'.{among}"]
    for panel in panels:
        for reading in panel.readings:
            if not reading.sample or profile.sample in ("", reading.sample):
                yield "profile", reading


def profile_of(data: QueryDict) -> Profile:
    """The panel that a query gives."""
    names, profile = molecules_by_name(), Profile()
    readings = [
        (parameter, reading, names.get(reading.name) or [])
        for parameter, reading in (*pasted(data, names, profile), *picked(data))
    ]
    slugs = {slug for _, _, named in readings for slug in named}
    molecules = {m.slug: m for m in Molecule.objects.filter(slug__in=slugs)}
    for parameter, reading, named in readings:
        profile.understand(parameter, reading, [molecules[slug] for slug in named])
    if profile.problems.get("profile") and profile.samples and not profile.sample:
        listed = ", ".join(profile.samples)
        profile.problems = {
            "sample": [f"The table has {len(profile.samples)} samples: {listed}. Choose one of them."]
        }
    return profile


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
    def note(self) -> str:
        """What the curator says of the criterion, such as where common use asks for less."""
        return self.criterion.curator_note

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
