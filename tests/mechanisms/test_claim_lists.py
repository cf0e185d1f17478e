"""Claims, and pairs of claims that contradict each other, in the API."""

from tests import builders as make
from tests.resources import ResourceTests, StatementTests, get, link, statement_row


class TestClaims(StatementTests):
    """The first and the last claim are in conflict; the third says nothing of anything."""

    prefix = "claims"
    accession = "MSC-CL"
    filters = {
        "mechanism=angiogenesis": "1", "mechanism=paracrine": "1 2", "mechanism=angiogenesis,contact": "1 4",
        "mechanism=!paracrine": "3 4", "mechanism=paracrine,!angiogenesis": "2",
        "molecule=hgf": "1 2 4", "molecule=vegf": "1 4", "molecule=tnf": "1", "molecule=tnf,mir-21": "1 2",
        "molecule=!vegf": "2 3",
        "mediator=hgf": "1 2", "mediator=vegf": "4", "mediator=mir-21,vegf": "2 4", "mediator=!hgf": "3 4",
        "regulated=vegf": "1", "regulated=hgf": "4", "regulated=vegf,hgf": "1 4", "regulated=!vegf": "2 3 4",
        "modulator=tnf": "1", "modulator=tnf,il-4": "1 4", "modulator=!tnf": "2 3 4",
        "actor=macrophage": "2", "actor=immune-cell": "2 4", "actor=macrophage,t-cell": "2 4",
        "actor=!immune-cell": "1 3",
        "target=osteoblast": "1", "target=bone-cell": "1 2", "target=osteoblast,neuron": "1 4",
        "target=!bone-cell": "3 4",
        "process=sprouting": "1", "process=growth": "1 2", "process=sprouting,apoptosis": "1 4",
        "process=!growth": "3 4",
        "pathway=wnt": "1", "pathway=wnt,notch": "1 4", "pathway=!wnt": "2 3 4",
        "condition=breast-cancer": "1", "condition=cancer": "1 2", "condition=breast-cancer,stroke": "1 4",
        "condition=!cancer": "3 4",
        "direction=increases": "1 4", "direction=increases,decreases": "1 2 4", "direction=!increases": "2 3",
        "source=bone-marrow": "1 4", "source=bone-marrow,skin": "1 2 4", "source=!bone-marrow": "2 3",
        "preparation=cells": "2 4", "preparation=cells,exosomes": "1 2 4", "preparation=!cells": "1 3",
        "organism=mouse": "1 2", "organism=mouse,rat": "1 2 4", "organism=!mouse": "3 4",
        "mediator_kind=mirna": "2", "mediator_kind=protein": "1 2 4", "mediator_kind=mirna,family": "2 4",
        "mediator_kind=!mirna": "1 3 4",
        "modification=knock-down": "1 4", "modification=HGF": "1", "modification=down aged": "4", "q=aged": "4",
        "filled=actor": "2 4", "filled=actor,pathways": "4", "filled=!actor": "1 3", "filled=actor,!pathways": "2",
        "filled=!actor,!pathways": "3",
        "filled=source": "1 2 4", "filled=modification": "1 4", "filled=modulators": "1 4",
        "filled=!mechanism": "3", "filled=mediators": "1 2 4", "filled=!targets": "3", "filled=regulated": "1 4",
        "filled=pathways": "1 4", "filled=process": "1 2 4", "filled=conditions": "1 2 4", "filled=!organisms": "3",
        "conflicting=true": "1 4", "conflicting=false": "2 3",
        "mediator=hgf&direction=decreases": "2", "mediator=hgf&mediator=vegf": "1 2 4",
        "mechanism=all:paracrine,angiogenesis": "1", "mechanism=all:paracrine,contact": "",
        "molecule=all:hgf,vegf": "1 4", "molecule=all:hgf,mir-21": "2", "molecule=all:vegf,!tnf": "4",
        "mediator=all:hgf,mir-21": "2", "mediator=all:hgf&mediator=mir-21": "2", "mediator=all:hgf,vegf": "",
        "regulated=all:vegf,hgf": "", "modulator=all:tnf": "1", "actor=all:macrophage,immune-cell": "2",
        "target=all:bone-cell,osteoblast": "1", "process=all:growth,sprouting": "1", "pathway=all:wnt,notch": "",
        "condition=all:cancer,breast-cancer": "1", "condition=all:cancer,stroke": "",
        "organism=all:mouse,rat": "1", "mediator_kind=all:protein,mirna": "2", "mediator_kind=all:protein,family": "4",
        "filled=any:actor,pathways": "1 2 4", "filled=all:actor,pathways": "4",
    }  # fmt: skip
    orders = {
        "ordering=mechanism": "1 2 4 3", "ordering=-mechanism": "4 2 1 3",
        "ordering=process": "4 2 1 3", "ordering=-process": "1 2 4 3",
        "ordering=direction": "2 1 4 3", "ordering=-direction": "3 1 4 2",
        "ordering=preparation": "2 4 3 1", "ordering=-preparation": "1 3 2 4",
    }  # fmt: skip
    facets = {
        "mechanism": "paracrine:2 angiogenesis:1 contact:1", "mechanism&source=skin": "paracrine:1",
        "mechanism&mechanism=contact": "paracrine:2 angiogenesis:1 contact:1",
        "molecule": "hgf:3 vegf:2 ampk:1 il-4:1 mir-21:1 tnf:1", "molecule&direction=decreases": "hgf:1 mir-21:1",
        "mediator": "hgf:2 ampk:1 mir-21:1 vegf:1", "mediator&direction=increases": "ampk:1 hgf:1 vegf:1",
        "regulated": "hgf:1 vegf:1", "regulated&mediator=hgf": "vegf:1",
        "modulator": "il-4:1 tnf:1", "modulator&mediator=hgf": "tnf:1",
        "actor": "immune-cell:2 macrophage:1 t-cell:1", "actor&source=skin": "immune-cell:1 macrophage:1",
        "target": "bone-cell:2 neuron:1 osteoblast:1", "target&source=skin": "bone-cell:1",
        "process": "growth:2 apoptosis:1 sprouting:1", "process&source=skin": "growth:1",
        "pathway": "notch:1 wnt:1", "pathway&mediator=hgf": "wnt:1",
        "condition": "cancer:2 breast-cancer:1 stroke:1", "condition&source=skin": "cancer:1",
        "direction": "increases:2 decreases:1 requires:1", "direction&mediator=hgf": "decreases:1 increases:1",
        "source": "bone-marrow:2 skin:1", "source&mediator=hgf": "bone-marrow:1 skin:1",
        "preparation": "cells:2 conditioned-medium:1 exosomes:1", "preparation&mediator=hgf": "cells:1 exosomes:1",
        "organism": "mouse:2 rat:2", "organism&mediator=hgf": "mouse:2 rat:1",
        "mediator_kind": "protein:3 family:1 mirna:1", "mediator_kind&source=skin": "mirna:1 protein:1",
        "filled": "conditions:3 mechanism:3 mediators:3 organisms:3 process:3 source:3 targets:3 actor:2"
                  " modification:2 modulators:2 pathways:2 regulated:2",
        "conflicting": "false:2 true:2", "conflicting&source=skin": "false:1",
    }  # fmt: skip
    row = statement_row(
        "claims", "MSC-CL-0001", "claim",
        actor=None, preparation="exosomes", source=link("bone-marrow", "Bone marrow"),
        modification="HGF knock-down", modulators=[link("tnf", "Tnf")], mechanism=link("angiogenesis", "Angiogenesis"),
        mediators=[link("hgf", "Hgf")], targets=[link("osteoblast", "Osteoblast")], regulated=[link("vegf", "Vegf")],
        pathways=[link("wnt", "Wnt")], direction="increases", process=link("sprouting", "Sprouting"),
        conditions=[link("breast-cancer", "Breast cancer")], organisms=[link("mouse", "Mouse"), link("rat", "Rat")],
        conflicts_with=[{
            "accession": "MSC-CL-0004", "text": "What MSC-CL-0004 says.", "kind": "unresolved", "topic": "Vessels",
            "why": "Nobody knows.",
        }],
    )  # fmt: skip
    cells = {
        "references": "7", "source": "bone-marrow", "modulators": "tnf", "mechanism": "angiogenesis",
        "mediators": "hgf", "targets": "osteoblast", "regulated": "vegf", "pathways": "wnt", "process": "sprouting",
        "conditions": "breast-cancer", "organisms": "mouse|rat", "conflicts_with": "MSC-CL-0004",
    }  # fmt: skip

    @classmethod
    def build(cls):
        make.mechanism("paracrine", order=2)
        make.mechanism("angiogenesis", order=1, broader="paracrine")
        make.mechanism("contact", order=3)
        make.molecule("mir-21", kind="mirna")
        make.cell_type("osteoblast", broader="bone-cell")
        make.cell_type("macrophage", broader="immune-cell")
        make.cell_type("t-cell", broader="immune-cell")
        make.process("sprouting", broader="growth")
        make.condition("breast-cancer", broader="cancer")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        first = {
            "preparation": "exosomes", "source": "bone-marrow", "modification": "HGF knock-down",
            "modulators": ["tnf"], "mechanism": "angiogenesis", "mediators": ["hgf"], "targets": ["osteoblast"],
            "regulated": ["vegf"], "pathways": ["wnt"], "process": "sprouting", "conditions": ["breast-cancer"],
            "organisms": ["rat", "mouse"],
        }  # fmt: skip
        make.claim(accession, **provenance, **{
            1: first,
            2: {"actor": "macrophage", "source": "skin", "mechanism": "paracrine", "mediators": ["hgf", "mir-21"],
                "targets": ["bone-cell"], "direction": "decreases", "process": "growth", "conditions": ["cancer"],
                "organisms": ["mouse"]},
            3: {"preparation": "conditioned-medium", "direction": "requires"},
            4: {"actor": "t-cell", "source": "bone-marrow", "modification": "aged, knock-down",
                "modulators": ["il-4"], "mechanism": "contact", "mediators": ["vegf", "ampk"],
                "targets": ["neuron"], "regulated": ["hgf"], "pathways": ["notch"],
                "process": "apoptosis", "conditions": ["stroke"], "organisms": ["rat"]},
            5: first,
        }[number])  # fmt: skip

    @classmethod
    def link(cls):
        make.molecule("ampk", kind="family")
        claims = {number: make.claim(f"MSC-CL-000{number}") for number in (1, 2, 4, 5)}
        make.conflict(claims[4], claims[1], topic="Vessels")
        make.conflict(claims[2], claims[5], topic="Draft")

    def test_an_actor_and_what_is_empty(self):
        claim = get("claims/MSC-CL-0002/").json()
        assert claim["actor"] == link("macrophage", "Macrophage")
        assert (claim["modification"], claim["modulators"], claim["conflicts_with"]) == ("", [], [])


class TestClaimConflicts(ResourceTests):
    """A pair is found by the mechanism of either side; one with a draft is not there."""

    prefix = "claim-conflicts"
    filters = {
        "kind=unresolved": "Contact Vessels",
        "kind=unresolved,context-dependent": "Ageing Contact Secretion Vessels",
        "kind=!unresolved": "Ageing Secretion",
        "mechanism=angiogenesis": "Vessels", "mechanism=paracrine": "Secretion Vessels",
        "mechanism=angiogenesis,contact": "Ageing Contact Vessels", "mechanism=!paracrine": "Ageing Contact",
        "mechanism=all:angiogenesis,contact": "Vessels",
    }  # fmt: skip
    orders = {
        "": "Ageing Contact Secretion Vessels", "ordering=topic": "Ageing Contact Secretion Vessels",
        "ordering=-topic": "Vessels Secretion Contact Ageing", "ordering=kind": "Ageing Secretion Contact Vessels",
        "ordering=-kind": "Contact Vessels Ageing Secretion",
    }  # fmt: skip
    facets = {
        "kind": "context-dependent:2 unresolved:2", "kind&mechanism=angiogenesis": "unresolved:1",
        "mechanism": "contact:3 paracrine:2 angiogenesis:1",
        "mechanism&kind=context-dependent": "contact:1 paracrine:1",
    }  # fmt: skip
    row = {
        "topic": "Vessels", "kind": "unresolved", "why": "Only in the dark.",
        "claim": {"accession": "MSC-CL-0001", "text": "What MSC-CL-0001 says."},
        "other": {"accession": "MSC-CL-0002", "text": "What MSC-CL-0002 says."},
    }  # fmt: skip
    cells = {"claim": "MSC-CL-0001", "other": "MSC-CL-0002"}

    @staticmethod
    def build():
        make.mechanism("angiogenesis", broader="paracrine")
        on = {1: "angiogenesis", 2: "contact", 3: None, 4: "paracrine", 5: "contact", 6: "contact"}
        claims = {
            number: make.claim(f"MSC-CL-000{number}", mechanism=mechanism, draft=number == 5)
            for number, mechanism in on.items()
        }
        make.conflict(claims[1], claims[2], topic="Vessels", why="Only in the dark.")
        make.conflict(claims[2], claims[3], topic="Contact")
        make.conflict(claims[3], claims[4], topic="Secretion", kind="context-dependent")
        make.conflict(claims[3], claims[6], topic="Ageing", kind="context-dependent")
        make.conflict(claims[1], claims[5], topic="Draft", kind="context-dependent")
