"""Claims of the review: the facts that researchers will look for first, found as they would look for them."""

import pytest

from mechanisms.models import Claim, Mechanism, VesicleClass

TREE = {
    "integration": [],
    "paracrine": ["immunomodulation", "angiogenesis", "anti-apoptosis", "antioxidation"],
    "cell-contact": [],
    "mitochondrial-transfer": [
        "tunnelling-nanotubes", "gap-junctions", "microvesicle-transfer", "cell-fusion", "isolated-mitochondria",
    ],
    "extracellular-vesicles": [],
    "target-cell-response": [],
    "enhancement": [],
    "limitations": [],
}  # fmt: skip


def test_the_tree_of_mechanisms_is_the_fixed_one():
    tops = Mechanism.objects.filter(broader=None)
    assert {m.slug: sorted(n.slug for n in m.narrower.all()) for m in tops} == {
        slug: sorted(narrower) for slug, narrower in TREE.items()
    }
    assert Mechanism.objects.get(slug="enhancement").kind == "strategy"
    assert Mechanism.objects.get(slug="limitations").kind == "limitation"


def test_every_claim_on_connexin_43_is_found_by_the_molecule(api, slugs):
    found = slugs("claims/", molecule="connexin-43")
    assert len(found) >= 9
    assert found == slugs("claims/", molecule=api("resolve/", id="GJA1")["id"])
    named = Claim.objects.filter(text__icontains="CX43") | Claim.objects.filter(text__icontains="connexin 43")
    assert {claim.accession for claim in named} <= found


@pytest.mark.parametrize(
    ("knocked", "direction", "process"),
    [
        ("Miro1", "decreases", "mitochondrial-transfer"),
        ("CX43", "decreases", "tunnelling-nanotube-formation"),
    ],
)
def test_knock_down_of_a_molecule_is_found(knocked, direction, process):
    claims = Claim.objects.filter(modification=f"{knocked} knock-down", direction=direction)
    assert process in {claim.process.slug for claim in claims}


def test_18_beta_glycyrrhetinic_acid_abrogates_and_the_slip_is_noted(api):
    rows = api("claims/", modulator="18beta-glycyrrhetinic-acid")["results"]
    assert {row["direction"] for row in rows} == {"decreases"}
    assert any("potentiator" in row["curator_note"] for row in rows)


def test_vesicle_sizes_are_in_nanometres():
    sizes = {v.slug: (v.size_min_nm, v.size_max_nm) for v in VesicleClass.objects.exclude(size_min_nm=None)}
    assert sizes == {"exosomes": (30, 150), "microvesicles": (100, 1000), "apoptotic-bodies": (1000, 5000)}


@pytest.mark.parametrize(
    ("mirna", "targets"),
    [("mir-22", {"mecp2"}), ("mir-223", {"sema3a", "stat3"}), ("mir-16", {"vegf"}), ("mir-100", {"vegf"})],
)
def test_vesicle_mirnas_lead_to_their_targets(api, mirna, targets):
    rows = api("claims/", mediator=mirna, page_size=100)["results"]
    names = {"semaphorin-3a": "sema3a"}
    found = {names.get(m["slug"], m["slug"]) for row in rows for m in row["regulated"]}
    assert targets <= found


def test_questions_of_researchers_are_one_call_each(api, slugs):
    """The questions that the knowledge base is for, each with rows that must be among the answers."""
    assert {"MSC-CL-1936", "MSC-CL-1938"} <= slugs("claims/", mediator_kind="mirna", filled="regulated")
    assert {"MSC-CL-1828", "MSC-CL-1837"} <= slugs("claims/", modification="knock-down")
    rows = api("claims/", target="dendritic-cell", filled="mediators", page_size=100)["results"]
    assert {"tsg-6", "galectin-1", "pge2"} <= {m["slug"] for row in rows for m in row["mediators"]}
    mechanisms = {
        row["mechanism"]["slug"] for row in api("claims/", molecule="hgf", page_size=100)["results"]
    }
    assert {"immunomodulation", "angiogenesis", "anti-apoptosis"} <= mechanisms
    rows = api("claims/", mechanism="anti-apoptosis", filled="pathways,conditions")["results"]
    pairs = {(p["slug"], c["slug"]) for row in rows for p in row["pathways"] for c in row["conditions"]}
    assert ("mek-erk-signalling", "hepatic-ischaemia-reperfusion-injury") in pairs
    assert "stroke" in {condition for _, condition in pairs}
    aged = api("claims/", condition="ageing", page_size=100)["results"]
    assert {"limitations", "enhancement"} <= {row["mechanism"]["slug"] for row in aged if row["mechanism"]}
    assert {"MSC-CL-0765", "MSC-CL-1425"} <= {row["accession"] for row in aged}
    assert {"MSC-CL-1511", "MSC-CL-1625"} <= slugs("claims/", organism="rat")
    assert "MSC-CL-1513" in slugs("claims/", organism="human")
    assert {"MSC-CL-1511", "MSC-CL-1512"} <= slugs(
        "claims/", mechanism="anti-apoptosis", condition="liver-diseases"
    )


def test_a_slot_that_must_be_filled_and_one_that_must_not(slugs):
    both = slugs("claims/", filled="mediators,pathways")
    assert both == slugs("claims/", filled="mediators") & slugs("claims/", filled="pathways")
    assert slugs("claims/", filled="!mediators") == slugs("claims/") - slugs("claims/", filled="mediators")
    assert slugs("claims/", filled="modification") > slugs("claims/", modification="knock-down")
