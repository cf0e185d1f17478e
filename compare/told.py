"""What a statement says of a compared source, in words and as points that can be set against another source's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.text import capfirst

from catalog.models import DifferentiationPotential, MarkerExpression, SourceTrait, TissueSource
from compare.points import Code, Figure, Points, Relation
from core.models import Reference, Statement
from core.text import fold
from mechanisms.models import Claim
from trials.models import Trial
from trials.templatetags.doses import dose

FROM_THE_OTHER_SIDE = {"higher": "lower", "lower": "higher", "similar": "similar", "different": "different"}
JOINED = {"similar": "similar to", "different": "different from"}


@dataclass(frozen=True)
class Told:
    """What one statement says of a source: `value` as a code, `text` in a sentence, `detail` in a few words.

    `relation` and `comparator` are how this source stands to which other, whichever of the two the statement
    is about. `points` are what can be set against what is said of another source.
    """

    source_id: int | None
    accession: str
    value: str
    text: str
    detail: str
    url: str
    references: list[Reference]
    relation: str = ""
    comparator: TissueSource | None = None
    points: Points = field(default_factory=dict)


def told(
    source_id: int | None, row: Statement, value: str, points: Points, text: str = "", detail: str = ""
) -> Told:
    url, references = row.get_absolute_url(), list(row.references.all())
    return Told(source_id, row.accession, value, text or row.text, detail, url, references, points=points)


def of_marker(row: MarkerExpression) -> Told:
    return told(row.source_id, row, row.status, {"status": Code(row.status)})


def of_differentiation(row: DifferentiationPotential) -> Told:
    return told(row.source_id, row, "reported", {"becomes": Code("reported")})


def of_trial(row: Trial) -> Told:
    """A trial that looked at safety alone says nothing for or against an effect."""
    points: Points = {}
    if row.outcome:
        scale = "safety" if row.outcome == Trial.Outcome.SAFETY_ONLY else "effect"
        points[scale] = Code(row.outcome)
    return told(row.source_id, row, row.outcome or "not-classed", points, detail=as_given(row))


def of_claim(row: Claim, points: Points) -> Told:
    """A claim, with the disagreements that it is one side of."""
    return told(row.source_id, row, row.direction, points)


def of_trait(row: SourceTrait) -> Told:
    """A trait as said of its source. Two sentences that differ in the name of their source only say the same."""
    relation, comparator = row.relation, row.comparator
    points: Points = {("sentence", words): Code("said") for words in {fold(row.text), without_source(row)}}
    if relation:
        points["relation", row.comparator_id] = Relation(relation)
    if row.quantity is not None:
        measure = ("figure", row.comparator_id, relation, fold(row.quantity_unit))
        points[measure] = Figure(row.quantity_sign, row.quantity)
    said = told(row.source_id, row, "reported", points, detail=as_measured(row))
    return replace(said, relation=relation, comparator=comparator)


def of_comparator(row: SourceTrait) -> Told:
    """A trait from the side of the source that it was compared with: what is higher makes this one lower."""
    relation = FROM_THE_OTHER_SIDE[row.relation]
    text = capfirst(f"{stands(relation, row.source)}.")
    detail = f"{figure(row)} for {named(row.source)}" if row.quantity is not None else ""
    points: Points = {("relation", row.source_id): Relation(relation)}
    said = told(row.comparator_id, row, "as-comparator", points, text, detail)
    return replace(said, relation=relation, comparator=row.source)


def without_source(row: SourceTrait) -> str:
    """The words of a trait without the names of its source, so that one sentence about several sources is seen as one.

    >>> skin = TissueSource(name="Skin", synonyms=["skin tissue"])
    >>> without_source(SourceTrait(source=skin, text="MSCs from the skin grow well."))
    'mscs from ~ grow well'
    """
    names = sorted(map(fold, [row.source.name, *row.source.synonyms]), key=len, reverse=True)
    return re.sub(rf"\b(the )?({'|'.join(map(re.escape, names))})\b", "~", fold(row.text))


def named(source: TissueSource) -> str:
    return source.name.lower()


def stands(relation: str, other: TissueSource) -> str:
    """How a source stands to another: "higher than bone marrow"."""
    return f"{JOINED.get(relation) or f'{relation} than'} {named(other)}"


def figure(trait: SourceTrait) -> str:
    assert trait.quantity is not None
    sign = "" if trait.quantity_sign == "=" else f"{trait.quantity_sign} "
    return f"{sign}{trait.quantity.normalize():f} {trait.quantity_unit}"


def as_measured(trait: SourceTrait) -> str:
    """What a trait is measured by: "higher than bone marrow; > 50 passages"."""
    parts = []
    if trait.relation:
        parts.append(stands(trait.relation, trait.comparator) if trait.comparator else trait.relation)
    elif trait.comparator:
        parts.append(f"against {named(trait.comparator)}")
    if trait.quantity is not None:
        parts.append(figure(trait))
    return "; ".join(parts)


def as_given(trial: Trial) -> str:
    """Outcome, donor and dose of a trial in a line."""
    parts = [trial.get_outcome_display() if trial.outcome else "Outcome not classed"]
    if trial.donor != "not-stated":
        parts.append(trial.get_donor_display().lower())
    return "; ".join([*parts, *(dose(stated) for stated in trial.doses)])


def codes_of(statements: Iterable[Told], between: str = ", ") -> str:
    return between.join(sorted({statement.value for statement in statements}))


def texts_of(statements: Iterable[Told]) -> str:
    return " | ".join(s.text + (f" ({s.detail})" if s.detail else "") for s in statements)


def outcomes_of(statements: Iterable[Told]) -> str:
    return " | ".join(f"{s.detail} ({s.accession})" for s in statements)
