"""Molecules, mechanisms, pathways, processes and vesicle classes in the API."""

from tests import builders as make
from tests.resources import (
    DESCRIBED,
    DESCRIBED_CELLS,
    ResourceTests,
    StatementTests,
    entity_row,
    link,
    statement_row,
)


def claims_on_mechanisms():
    """Claims on a mechanism, on a narrower one, and on another; the draft is on the broad one."""
    make.mechanism("paracrine")
    make.mechanism("angiogenesis", broader="paracrine")
    make.claim("MSC-CL-0001", mechanism="angiogenesis", mediators=["hgf"], pathways=["wnt"], process="growth")
    make.claim("MSC-CL-0002", mechanism="paracrine", regulated=["il-6"], pathways=["notch"], process="decay")
    make.claim(
        "MSC-CL-0003", mechanism="contact", modulators=["mir-21"], pathways=["notch"], process="motion",
        section="methods",
    )  # fmt: skip
    make.claim(
        "MSC-CL-0004", mechanism="paracrine", mediators=["tnf"], pathways=["akt"], process="rest", draft=True
    )


class TestMolecules(ResourceTests):
    """A mechanism has the molecules that play any of three roles in claims on it."""

    prefix = "molecules"
    filters = {
        "kind=protein": "hgf il-6", "kind=mirna,family": "mir-21 tnf", "kind=!protein": "mir-21 tnf",
        "mechanism=angiogenesis": "hgf", "mechanism=paracrine": "hgf il-6", "mechanism=contact": "mir-21",
        "mechanism=angiogenesis,contact": "hgf mir-21", "mechanism=!paracrine": "mir-21 tnf",
        "mechanism=unreported:paracrine": "mir-21 tnf", "mechanism=unreported:contact": "hgf il-6 tnf",
        "mechanism=all:paracrine,angiogenesis": "hgf", "mechanism=all:paracrine,contact": "",
        "has=claims": "hgf il-6 mir-21", "has=claims,vesicle-classes": "il-6",
        "has=any:marker-expressions,vesicle-classes": "hgf il-6", "has=!claims": "tnf",
        "section=results": "hgf il-6", "section=methods,introduction": "hgf il-6 mir-21",
        "section=all:results,methods": "hgf", "section=!results": "mir-21 tnf",
        "q=another": "hgf", "q=interleukin": "il-6",
    }  # fmt: skip
    orders = {
        "": "hgf il-6 mir-21 tnf", "ordering=slug": "hgf il-6 mir-21 tnf", "ordering=-slug": "tnf mir-21 il-6 hgf",
        "ordering=name": "mir-21 il-6 hgf tnf", "ordering=-name": "tnf hgf il-6 mir-21",
        "ordering=kind": "tnf mir-21 hgf il-6", "ordering=-kind": "hgf il-6 mir-21 tnf",
        "ordering=-kind,-name": "hgf il-6 mir-21 tnf",
    }  # fmt: skip
    facets = {
        "kind": "protein:2 family:1 mirna:1", "kind&mechanism=contact": "mirna:1",
        "mechanism": "paracrine:2 angiogenesis:1 contact:1", "mechanism&kind=protein": "paracrine:2 angiogenesis:1",
        "unreported:mechanism": "unreported:angiogenesis:3 unreported:contact:3 unreported:paracrine:2",
        "has": "claims:3 marker-expressions:1 vesicle-classes:1", "has&kind=mirna": "claims:1",
        "section": "methods:2 results:2 introduction:1", "section&kind=mirna": "methods:1",
    }  # fmt: skip
    row = entity_row("molecules", "hgf", kind="protein", is_msc_marker=True)
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.molecule("hgf", kind="protein", is_msc_marker=True, **DESCRIBED)
        make.molecule("il-6", name="Interleukin 6", kind="protein")
        make.molecule("mir-21", name="A microRNA", kind="mirna")
        make.molecule("tnf", name="Tumour necrosis factor", kind="family")
        make.expression("MSC-ME-0001", marker="hgf", section="methods")
        make.vesicle_class("exosomes", markers=["il-6"], section="introduction")
        claims_on_mechanisms()


class TestMechanisms(ResourceTests):
    """They stand in the order of the map."""

    prefix = "mechanisms"
    filters = {
        "kind=mechanism": "angiogenesis paracrine", "kind=strategy,limitation": "enhancement limits",
        "kind=!mechanism": "enhancement limits",
        "broader=paracrine": "angiogenesis paracrine", "broader=angiogenesis": "angiogenesis",
        "broader=angiogenesis,limits": "angiogenesis limits", "broader=!paracrine": "enhancement limits",
        "broader=all:angiogenesis,paracrine": "angiogenesis",
        "has=claims": "angiogenesis limits paracrine", "has=!claims": "enhancement", "has=claims,!claims": "",
        "has=any:claims": "angiogenesis limits paracrine",
        "section=methods": "angiogenesis limits", "section=methods,results": "angiogenesis limits",
        "section=all:methods,results": "limits", "section=!results": "angiogenesis enhancement paracrine",
        "q=another": "angiogenesis", "q=secretion": "paracrine angiogenesis",
    }  # fmt: skip
    orders = {
        "": "enhancement paracrine angiogenesis limits",
        "ordering=order": "enhancement paracrine angiogenesis limits",
        "ordering=-order": "limits angiogenesis paracrine enhancement",
        "ordering=slug": "angiogenesis enhancement limits paracrine",
        "ordering=-slug": "paracrine limits enhancement angiogenesis",
        "ordering=name": "limits enhancement angiogenesis paracrine",
        "ordering=-name": "paracrine angiogenesis enhancement limits",
    }  # fmt: skip
    facets = {
        "kind": "mechanism:2 limitation:1 strategy:1", "kind&broader=limits": "limitation:1",
        "broader": "paracrine:2 limits:1 enhancement:1 angiogenesis:1", "broader&kind=strategy": "enhancement:1",
        "has": "claims:3", "section": "methods:2 results:1",
    }  # fmt: skip
    row = entity_row(
        "mechanisms", "angiogenesis",
        kind="mechanism", broader=link("paracrine", "Secretion"), order=3, summary="New vessels.",
    )  # fmt: skip
    cells = DESCRIBED_CELLS | {"broader": "paracrine"}

    @staticmethod
    def build():
        make.mechanism("paracrine", name="Secretion", order=2)
        make.mechanism("angiogenesis", order=3, broader="paracrine", summary="New vessels.", **DESCRIBED)
        make.mechanism("enhancement", name="Better cells", order=1, kind="strategy")
        make.mechanism("limits", name="Ageing", order=4, kind="limitation")
        make.claim("MSC-CL-0001", mechanism="angiogenesis", section="methods")
        make.claim("MSC-CL-0002", mechanism="limits")
        make.claim("MSC-CL-0003", mechanism="limits", section="methods")
        make.claim("MSC-CL-0004", mechanism="enhancement", draft=True)


class TestPathways(ResourceTests):
    prefix = "pathways"
    filters = {
        "mechanism=angiogenesis": "wnt", "mechanism=paracrine": "notch wnt", "mechanism=contact": "notch",
        "mechanism=angiogenesis,contact": "notch wnt", "mechanism=!contact": "akt wnt",
        "mechanism=unreported:contact": "akt wnt", "mechanism=unreported:paracrine": "akt",
        "mechanism=all:contact,paracrine": "notch",
        "has=claims": "notch wnt", "has=!claims": "akt", "has=claims,!claims": "", "has=any:claims": "notch wnt",
        "section=methods": "notch", "section=methods,results": "notch wnt", "section=all:methods,results": "notch",
        "section=!methods": "akt wnt",
        "q=another": "wnt", "q=kinase": "akt",
    }  # fmt: skip
    orders = {
        "": "akt notch wnt", "ordering=slug": "akt notch wnt", "ordering=-slug": "wnt notch akt",
        "ordering=name": "notch akt wnt", "ordering=-name": "wnt akt notch",
    }  # fmt: skip
    facets = {
        "mechanism": "paracrine:2 angiogenesis:1 contact:1", "mechanism&q=notch": "contact:1 paracrine:1",
        "unreported:mechanism": "unreported:angiogenesis:2 unreported:contact:2 unreported:paracrine:1",
        "has": "claims:2", "section": "results:2 methods:1",
    }  # fmt: skip
    row = entity_row("pathways", "wnt")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.pathway("wnt", **DESCRIBED)
        make.pathway("akt", name="Kinase B")
        make.pathway("notch", name="Contact by notch")
        claims_on_mechanisms()


class TestProcesses(ResourceTests):
    prefix = "processes"
    filters = {
        "mechanism=angiogenesis": "growth", "mechanism=paracrine": "decay growth", "mechanism=contact": "motion",
        "mechanism=angiogenesis,contact": "growth motion", "mechanism=!paracrine": "motion rest",
        "mechanism=unreported:paracrine": "motion rest", "mechanism=all:paracrine,angiogenesis": "growth",
        "has=claims": "decay growth motion", "has=!claims": "rest", "has=claims,!claims": "",
        "has=any:claims": "decay growth motion", "broader=all:motion,growth": "growth",
        "section=methods": "motion", "section=methods,results": "decay growth motion",
        "section=all:methods,results": "", "section=!methods": "decay growth rest",
        "broader=motion": "growth motion", "broader=growth": "growth", "broader=growth,rest": "growth rest",
        "broader=!motion": "decay rest", "q=another": "growth", "q=falling": "decay",
    }  # fmt: skip
    orders = {
        "": "decay growth motion rest", "ordering=slug": "decay growth motion rest",
        "ordering=-slug": "rest motion growth decay",
        "ordering=name": "rest decay motion growth", "ordering=-name": "growth motion decay rest",
    }  # fmt: skip
    facets = {
        "mechanism": "paracrine:2 angiogenesis:1 contact:1", "mechanism&broader=rest": "",
        "broader": "motion:2 rest:1 decay:1 growth:1", "broader&mechanism=contact": "motion:1",
        "unreported:mechanism": "unreported:angiogenesis:3 unreported:contact:3 unreported:paracrine:2",
        "has": "claims:3", "section": "results:2 methods:1",
    }  # fmt: skip
    row = entity_row("processes", "growth", broader=link("motion", "Moving"))
    cells = DESCRIBED_CELLS | {"broader": "motion"}

    @staticmethod
    def build():
        make.process("motion", name="Moving")
        make.process("growth", broader="motion", **DESCRIBED)
        make.process("decay", name="Falling apart")
        make.process("rest", name="Being at rest")
        claims_on_mechanisms()


class TestVesicleClasses(StatementTests):
    """Found by slug like an entity; ordered by slug, and sizes that are not given come last."""

    prefix = "vesicle-classes"
    accession = "MSC-VC"
    filters = {
        "marker=cd9": "1 2", "marker=cd63": "2", "marker=cd63,annexin": "2 4", "marker=!cd9": "3 4",
        "marker=all:cd9,cd63": "2", "marker=all:cd63,annexin": "",
        "q=another": "1", "q=endosomal": "1",
    }  # fmt: skip
    orders = {
        "": "4 2 1 3", "ordering=slug": "4 2 1 3", "ordering=-slug": "3 1 2 4",
        "ordering=name": "2 1 3 4", "ordering=-name": "4 3 1 2",
        "ordering=section": "2 1 3 4", "ordering=evidence": "4 2 1 3", "ordering=-evidence": "3 1 4 2",
        "ordering=-section": "4 1 3 2",
        "ordering=size_min_nm": "2 4 1 3", "ordering=-size_min_nm": "1 4 2 3",
        "ordering=size_max_nm": "2 1 4 3", "ordering=-size_max_nm": "4 1 2 3",
    }  # fmt: skip
    facets = {
        "marker": "cd9:2 annexin:1 cd63:1", "marker&section=introduction": "cd63:1 cd9:1",
    }  # fmt: skip
    row = {
        "slug": "microvesicles",
        **DESCRIBED,
        "xrefs_match": ["exact", "broad"],
        "other_names": [],
        **statement_row(
            "vesicle-classes", "MSC-VC-0001", "vesicle-class",
            broader=link("vesicles", "Small things"), size_min_nm=100, size_max_nm=1000,
            biogenesis="Of endosomal origin.", markers=[link("cd9", "Cd9")],
        ),
        "url": "http://testserver/vesicle-classes/microvesicles/",
        "api_url": "http://testserver/api/v1/vesicle-classes/microvesicles/",
    }  # fmt: skip
    cells = DESCRIBED_CELLS | {"references": "7", "broader": "vesicles", "markers": "cd9"}

    @staticmethod
    def ident(row):
        return row["accession"]

    @classmethod
    def statement(cls, accession, number, provenance):
        make.vesicle_class("vesicles", accession="MSC-VC-0003", name="Small things")
        slug, given = {
            1: ("microvesicles", {**DESCRIBED, "broader": "vesicles", "size_min_nm": 100, "size_max_nm": 1000,
                                  "biogenesis": "Of endosomal origin.", "markers": ["cd9"]}),
            2: ("exosomes", {"name": "Large things", "size_min_nm": 30, "size_max_nm": 150,
                             "markers": ["cd9", "cd63"]}),
            3: ("vesicles", {}),
            4: ("apoptotic-bodies", {"name": "Very dead things", "size_min_nm": 50, "size_max_nm": 5000,
                                     "markers": ["annexin"]}),
            5: ("drafts", {"name": "Draft", "size_min_nm": 1, "size_max_nm": 9, "markers": ["annexin"]}),
        }[number]  # fmt: skip
        text = f"What {accession} says."
        make.vesicle_class(slug, **{**given, **provenance, "accession": accession, "text": text})
