"""What a flow cytometry panel says: identity criteria marker by marker, and sources by how they agree."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import urlencode

from django.urls import reverse

from catalog.models import IdentityCriterion, MarkerExpression, Molecule
from core.rest.filters import nearest
from core.statements import references_of, united
from core.text import key
from identify.panel import LONGEST, NEGATIVE, POSITIVE, VARIABLE, Reading, normal, read_panel
from search.models import Term
from search.resolve import DIRECTNESS

LISTS = (POSITIVE, NEGATIVE, VARIABLE)
PARAMETERS = (*LISTS, "profile")
MET, VIOLATED, NOT_TESTED = "met", "violated", "not-tested"
NOT_KNOWN = "No molecule here is known by this name."
SEVERAL = "Several molecules go by this name."


def linked(molecule):
    return {"slug": molecule.slug, "name": molecule.name}


def molecules_by_name():
    """{key: slugs of the molecules that it names most directly, MSC markers before others}."""
    found = defaultdict(dict)
    words = Term.objects.filter(model="molecule").order_by("ident", "pk")
    for word, source, ident in words.values_list("key", "source", "ident"):
        place = DIRECTNESS.index(source)
        found[word][ident] = min(place, found[word].get(ident, place))
    return {
        word: tuple(slug for slug, place in places.items() if place == min(places.values()))
        for word, places in found.items()
    }


@dataclass
class Observation:
    """One molecule of the panel and what was found: positive, negative or variable."""

    molecule: Molecule
    observed: str
    written: list


@dataclass
class Profile:
    """A panel as it was understood, and as it was not.

    `unknown` holds what could not be used, each with the reason and a suggestion; `problems` the
    contradictions, by the parameter that they came in.
    """

    observations: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)

    @property
    def markers(self):
        return {o.molecule.pk: o.observed for o in self.observations if o.molecule.is_msc_marker}

    @property
    def address(self) -> str:
        """The page of this panel, by slugs: short enough to cite."""
        return f"{reverse('identify')}?{urlencode(self.as_lists(), safe=',')}"

    def as_lists(self):
        """{sign: slugs}: the same panel as query parameters."""
        lists = {sign: [o.molecule.slug for o in self.observations if o.observed == sign] for sign in LISTS}
        return {sign: ",".join(slugs) for sign, slugs in lists.items() if slugs}


def asked_for(data, allowed=()):
    """{parameter: message} for whatever in the query is no panel at all."""
    known = {*PARAMETERS, *allowed}
    found = {
        name: [f"There is no parameter '{name}' here.{nearest(name, known)}"]
        for name in data
        if name not in known
    }
    for name in PARAMETERS:
        if sum(len(normal(value[: LONGEST + 1])) for value in data.getlist(name)) > LONGEST:
            found[name] = [f"A panel may be {LONGEST} characters long."]
    if not found and not any(value.strip() for name in PARAMETERS for value in data.getlist(name)):
        found["profile"] = ["Give profile=, or positive= and negative=: ?positive=cd73,cd90&negative=cd45."]
    return found


def profile_of(data):
    """The panel that a query gives: pasted as `profile`, picked as `positive`, `negative`, `variable`."""
    names = molecules_by_name()
    readings = [
        ("profile", r) for text in data.getlist("profile") for r in read_panel(text, names)
    ]  # fmt: skip
    readings += [
        (sign, Reading(word, word, sign))
        for sign in LISTS
        for value in data.getlist(sign)
        for word in (word.strip() for word in normal(value).replace(";", ",").split(","))
        if word
    ]
    slugs = {slug for _, r in readings for slug in names.get(key(r.name), ())}
    molecules = {m.slug: m for m in Molecule.objects.filter(slug__in=slugs)}
    profile = Profile()
    for parameter, reading in readings:
        understand(profile, parameter, reading, [molecules[s] for s in names.get(key(reading.name), ())])
    if any(entry["reason"] == NOT_KNOWN for entry in profile.unknown):
        suggest(profile.unknown, names)
    return profile


def understand(profile, parameter, reading, molecules):
    """Adds one reading to the profile: an observation, something unknown, or a contradiction."""
    markers = [m for m in molecules if m.is_msc_marker] if len(molecules) > 1 else molecules
    if len(markers) != 1:
        add_unknown(profile, reading, SEVERAL if molecules else NOT_KNOWN, molecules[:1])
        return
    molecule = markers[0]
    if reading.sign is None:
        add_unknown(profile, reading, reading.reason, [molecule])
        return
    earlier = next((o for o in profile.observations if o.molecule.pk == molecule.pk), None)
    if earlier is None:
        profile.observations.append(Observation(molecule, reading.sign, [reading.written]))
    elif earlier.observed == reading.sign:
        earlier.written.append(reading.written)
    else:
        message = f"{molecule.name} is given both as {earlier.observed} and as {reading.sign}."
        messages = profile.problems.setdefault(parameter, [])
        if message not in messages:
            messages.append(message)


def add_unknown(profile, reading, reason, suggested):
    entry = {
        "marker": reading.name,
        "written": reading.written,
        "observed": reading.sign,
        "reason": reason,
        "suggestion": linked(suggested[0]) if suggested else None,
    }
    if entry not in profile.unknown:
        profile.unknown.append(entry)


def suggest(unknown, names):
    """The nearest molecule for each name that none goes by, MSC markers preferred."""
    by_slug = {m.slug: m for m in Molecule.objects.all()}
    markers = [k for k, slugs in names.items() if by_slug[slugs[0]].is_msc_marker]
    for entry in unknown:
        if entry["reason"] == NOT_KNOWN:
            word = key(entry["marker"])[:60]
            close = get_close_matches(word, markers, 1, 0.7) or get_close_matches(word, list(names), 1, 0.75)
            entry["suggestion"] = linked(by_slug[names[close[0]][0]]) if close else None


def verdict(expected, observed):
    """Variable or weak staining decides nothing, like a marker that was not tested."""
    if observed not in (POSITIVE, NEGATIVE):
        return NOT_TESTED
    return MET if observed == expected else VIOLATED


def met(verdicts):
    """False as soon as one marker violates the criterion, true only if every one was tested."""
    if VIOLATED in verdicts:
        return False
    return None if NOT_TESTED in verdicts else True


@dataclass
class Identification:
    """The answer: `criteria` marker by marker, `sources` best first, `profile` as it was read."""

    profile: Profile
    criteria: list
    sources: list


def identify(profile):
    expressions = MarkerExpression.objects.select_related("source", "marker")
    criteria = IdentityCriterion.objects.all()
    references = references_of(expressions, criteria)
    return Identification(
        profile,
        [c for row in criteria.prefetch_related("positive_markers", "negative_markers")
         if (c := against_criterion(profile, row, references))["markers"]],
        ranked(profile, expressions, references),
    )  # fmt: skip


def against_criterion(profile, criterion, references):
    """A criterion with a verdict on each of its markers. One without markers asks nothing of a panel."""
    expected = [(m, POSITIVE) for m in criterion.positive_markers.all()]
    expected += [(m, NEGATIVE) for m in criterion.negative_markers.all()]
    observed = profile.markers
    markers = [
        {
            "marker": linked(marker),
            "expected": sign,
            "observed": observed.get(marker.pk),
            "verdict": verdict(sign, observed.get(marker.pk)),
        }
        for marker, sign in expected
    ]
    return {
        "name": criterion.name,
        "accession": criterion.accession,
        "met": met([m["verdict"] for m in markers]),
        "markers": markers,
        "references": references.get(criterion.accession, []),
        "url": criterion.get_absolute_url(),
    }


def ranked(profile, expressions, references):
    """Every source with a listed marker: most matches first, then fewest conflicts, fewest not listed."""
    reports, sources = defaultdict(lambda: defaultdict(list)), {}
    for row in expressions:
        sources[row.source_id] = row.source
        reports[row.source_id][row.marker_id].append(row)
    tested = [o for o in profile.observations if o.molecule.is_msc_marker]
    rows = [agreement(source, tested, reports[pk], references) for pk, source in sources.items()]
    return sorted(
        rows,
        key=lambda r: (
            -len(r["matches"]), len(r["conflicts"]), len(r["not_listed"]), r["source"]["name"].lower(),
        ),
    ) if tested else []  # fmt: skip


def agreement(source, tested, reports, references):
    """How a source's reports stand to the panel. Only positive against negative is a conflict."""
    answer = {"source": linked(source), "matches": [], "conflicts": [], "undecided": [], "not_listed": []}
    rested = []
    for o in tested:
        found = reports.get(o.molecule.pk, [])
        statuses = {row.status for row in found}
        entry = linked(o.molecule) | {"observed": o.observed}
        if not found:
            answer["not_listed"].append(entry)
            continue
        rested += [references.get(row.accession, []) for row in found]
        entry |= {
            "reported": "|".join(sorted(statuses)),
            "statements": [row.accession for row in found],
            "references": united(references.get(row.accession, []) for row in found),
        }
        if statuses == {o.observed}:
            answer["matches"].append(entry)
        elif len(statuses) > 1 or VARIABLE in {o.observed, *statuses}:
            answer["undecided"].append(entry)
        else:
            answer["conflicts"].append(entry)
    return answer | {"references": united(rested), "url": source.get_absolute_url()}
