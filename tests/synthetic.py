"""Registry records in any number, the same ones for the same seed. No trial of any registry is among them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from trials.importing import RegistryFields
from trials.models import Phase, RecruitmentStatus

CONDITIONS = [
    "Stroke", "Heart Failure", "Osteoarthritis, Knee", "Graft Versus Host Disease", "Type 2 Diabetes Mellitus",
    "Spinal Cord Injuries", "Crohn Disease", "Multiple Sclerosis", "Liver Cirrhosis", "Breast Cancer",
    "Myocardial Infarction", "Asthma", "Hypertension", "Major Depressive Disorder", "Influenza, Human",
]  # fmt: skip
INTERVENTIONS = [
    "Mesenchymal stem cells", "Placebo", "Saline", "Standard of care", "Autologous bone marrow cells", "Exercise",
    "Umbilical cord cells", "Metformin", "Aspirin", "Cognitive therapy", "Vaccine", "Adipose-derived cells",
]  # fmt: skip
AIMS = ["Safety", "Efficacy", "Feasibility", "Long-term Follow-up", "Dose Escalation", "Comparison", "Effect"]
COUNTRIES = ["China", "France", "Germany", "India", "Iran", "Italy", "Japan", "Spain", "United States"]
SPONSORS = [
    "University Hospital",
    "Institute of Medicine",
    "Medical Centre",
    "Research Foundation",
    "Therapeutics",
]


def registry_records(count: int, seed: int = 1, first: int = 1) -> Iterator[RegistryFields]:
    """Records of plausible length; about one in ten lacks a phase, a start or a number of persons."""
    random = Random(seed)  # noqa: S311 no secret
    for number in range(first, first + count):
        conditions = random.sample(CONDITIONS, random.choice((1, 1, 1, 2, 3)))
        interventions = random.sample(INTERVENTIONS, random.choice((1, 2, 2, 3)))
        start = date(2000, 1, 1) + timedelta(days=random.randrange(9_000))
        aim, place = random.choice(AIMS), random.choice(COUNTRIES)
        title = f"{aim} of {interventions[0]} in {conditions[0]}"
        yield {
            "registry_id": f"NCT{number:08}",
            "title": title,
            "official_title": f"A Randomised, Controlled Study of the {aim} of {' and '.join(interventions)} in Adults"
            f" With {', '.join(conditions)}, Number {number}",
            "study_type": "INTERVENTIONAL" if random.random() < 0.8 else "OBSERVATIONAL",
            "status": random.choice(RecruitmentStatus.values),
            "phase": random.choice(Phase.values) if random.random() < 0.9 else "",
            "enrolment": random.randrange(1, 2_000) if random.random() < 0.9 else None,
            "start_date": start if random.random() < 0.9 else None,
            "completion_date": start + timedelta(days=random.randrange(2_000)),
            "first_posted": start - timedelta(days=30),
            "last_updated": start + timedelta(days=random.randrange(3_000)),
            "countries": sorted({place, *random.sample(COUNTRIES, random.choice((0, 0, 1, 3)))}),
            "sponsor": f"{random.choice(SPONSORS)}, {place}",
            "registry_conditions": conditions,
            "registry_interventions": interventions,
        }
