"""A world with a little of everything, for pages that show many kinds at once. Drafts say that they are unpublished."""

from tests import builders as make

UNPUBLISHED = {"text": "This is unpublished.", "draft": True}


def build():
    """Two sources that differ, two claims and two trials that contradict each other, and a draft of each."""
    make.release("2020.01", digest="abc123")
    make.document(
        "review", title="A review of cells", authors="B. Author", volume="7", pages="1–20", doi="10.1/1", pmid="123",
        pmcid="PMC9",
    )  # fmt: skip
    for order, slug in enumerate(("introduction", "methods", "table-1", "results"), start=1):
        make.section(slug, order=order)
    make.reference(7, authors="Smith J", title="Of stem cells", journal="The Journal", year=2011)
    make.reference(8)
    things()
    about_sources()
    claims()
    trials()


def things():
    xref = {"curie": "UBERON:0002371", "label": "bone marrow", "match": "exact"}
    make.source("bone-marrow", synonyms=["marrow"], xrefs=[xref], curator_note="From the hip.")
    make.source("skin")
    make.source("amnion", origin="birth-associated")
    make.marker("cd73", name="CD73", synonyms=["NT5E"])
    make.marker("cd90", name="CD90")
    make.molecule("hgf", name="HGF", synonyms=["scatter factor"])
    make.molecule("mir-21", name="miR-21", kind="mirna")
    make.cell_type("bone-cell", kind="progenitor")
    make.cell_type("osteoblast", broader="bone-cell", germ_layer="mesoderm", synonyms=["bone former"])
    make.cell_type("t-cell", name="T cell", kind="immune")
    make.condition("stroke", synonyms=["apoplexy"])
    make.condition("lacunar-stroke", broader="stroke")
    make.mechanism("paracrine", summary="By what is secreted.")
    make.mechanism("angiogenesis", broader="paracrine", summary="By new vessels.")
    make.mechanism("enhancement", kind="strategy", summary="By better cells.")
    make.process("growth", name="Cell growth")
    make.process("sprouting", broader="growth")
    make.route("intravenous")
    make.route("arm-vein", broader="intravenous")


def about_sources():
    make.expression("MSC-ME-0001", section="table-1", references=[7])
    make.expression("MSC-ME-0002", source="skin", status="negative", references=[8])
    make.expression("MSC-ME-0003", marker="cd90", status="variable")
    make.expression("MSC-ME-0004", source="skin", marker="cd90", **UNPUBLISHED)
    make.differentiation("MSC-DP-0001", references=[7])
    make.differentiation("MSC-DP-0002", source="skin", **UNPUBLISHED)
    make.trait(
        "MSC-ST-0001", comparator="skin", relation="higher", quantity=500, quantity_sign=">", quantity_unit="times",
    )  # fmt: skip
    make.trait("MSC-ST-0002", source="skin", comparator="amnion", **UNPUBLISHED)
    make.criterion(
        "MSC-IC-0001", name="Minimal criteria", authority="A society", positive_markers=["cd73"],
        negative_markers=["cd90"], culture="Adheres to plastic.", differentiation=["osteoblast"],
    )  # fmt: skip
    make.criterion("MSC-IC-0002", name="Unpublished criteria", positive_markers=["cd73"], **UNPUBLISHED)


def claims():
    one = make.claim(
        "MSC-CL-0001", source="bone-marrow", mechanism="angiogenesis", mediators=["hgf"], targets=["t-cell"],
        process="sprouting", pathways=["wnt-signalling"], conditions=["stroke"], organisms=["mouse"], references=[7],
        preparation="exosomes", modification="hypoxia", evidence="animal", section="methods",
    )  # fmt: skip
    other = make.claim(
        "MSC-CL-0002", mechanism="paracrine", direction="decreases", process="sprouting", mediators=["mir-21"],
        regulated=["hgf"], references=[7, 8], section="introduction",
    )  # fmt: skip
    draft = make.claim(
        "MSC-CL-0003", source="skin", mechanism="angiogenesis", mediators=["hgf"], conditions=["stroke"],
        process="sprouting", references=[8], **UNPUBLISHED,
    )  # fmt: skip
    make.conflict(one, other, topic="Vessels", why="Depends on oxygen.", kind="context-dependent")
    make.conflict(other, draft, topic="Unpublished")
    make.vesicle_class(
        "exosomes", size_min_nm=30, size_max_nm=150, biogenesis="From endosomes.", markers=["hgf"]
    )
    make.vesicle_class("unpublished", markers=["hgf"], **UNPUBLISHED)


def trials():
    one = make.trial(
        "MSC-TR-0001", registry_id="NCT00000011", conditions=["stroke"], source="bone-marrow", donor="autologous",
        dose_cells_min=1_000_000, dose_cells_max=2_000_000, number_of_doses=2, interval=1, interval_unit="week",
        routes=["intravenous"], outcome="improved", efficacy="Better walking.", outcome_measures=["survival"],
        adverse_events=["fever"], references=[7],
    )  # fmt: skip
    other = make.trial(
        "MSC-TR-0002", conditions=["lacunar-stroke"], source="skin", donor="allogeneic", dose_cells_per_kg_min=500_000,
        dose_cells_per_kg_max=500_000, routes=["arm-vein"], outcome="no-effect", references=[8],
    )  # fmt: skip
    registry_records()
    draft = make.trial(
        "MSC-TR-0003",
        conditions=["stroke"],
        source="skin",
        outcome="improved",
        routes=["intravenous"],
        **UNPUBLISHED,
    )
    make.conflict(one, other, topic="Walking", why="Nobody knows.")
    make.conflict(other, draft, topic="Unpublished")
    make.indication("MSC-IN-0001", references=[7])
    make.indication("MSC-IN-0002", condition="lacunar-stroke", basis="studied", **UNPUBLISHED)
    make.statistic(
        "MSC-TS-0001", measure="Trials in stroke", value=30, value_sign=">", unit="percent", denominator=200,
        condition="stroke", source="bone-marrow", period_start=2001, period_end=2011, as_of="2012-01-31",
    )  # fmt: skip
    make.statistic("MSC-TS-0002", condition="stroke", **UNPUBLISHED)


def registry_records():
    """What a registry says of the first trial, in two versions, and of one that no document reports."""
    first = make.registry_record(
        "NCT00000011", title="Cells after stroke", status="COMPLETED", phase="PHASE2", enrolment=40,
        registry_conditions=["Stroke"], digest="b" * 64,
    )  # fmt: skip
    make.record_version(first, 1, status="RECRUITING", enrolment=40)
    make.record_version(first, 2, status="COMPLETED", enrolment=40)
    make.registry_record(
        "NCT00000012", title="Cells in hearts", official_title="A trial of cells in hearts", status="RECRUITING",
        study_type="INTERVENTIONAL", phase="PHASE1/PHASE2", enrolment=1, start_date="2013-01-01",
        completion_date="2015-06-30", first_posted="2012-11-01", last_updated="2014-02-03", countries=["Italy"],
        sponsor="A hospital", registry_conditions=["Heart failure"], registry_interventions=["Cells", "Saline"],
    )  # fmt: skip
