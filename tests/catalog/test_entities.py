"""Tissue sources, markers, cell types, conditions and organisms in the API."""

from tests import builders as make
from tests.resources import DESCRIBED, DESCRIBED_CELLS, ResourceTests, entity_row, link


class TestSources(ResourceTests):
    prefix = "sources"
    filters = {
        "origin=adult": "bone-marrow skin", "origin=adult,foetal": "bone-marrow foetal-liver skin",
        "origin=!adult": "amnion foetal-liver",
        "marker=cd73": "amnion bone-marrow", "marker=cd90": "skin", "marker=cd73,cd90": "amnion bone-marrow skin",
        "marker=!cd73": "foetal-liver skin", "marker=cd73&origin=adult": "bone-marrow",
        "marker=absent:cd73": "amnion skin", "marker=unreported:cd73": "foetal-liver",
        "marker=absent:cd90": "bone-marrow", "marker=unreported:cd90": "amnion foetal-liver",
        "marker=absent:cd73,unreported:cd73": "amnion foetal-liver skin", "marker=cd90,absent:cd90": "bone-marrow skin",
        "marker=unreported:cd73,unreported:cd90": "amnion foetal-liver",
        "marker=all:cd73,cd90": "", "marker=all:cd73,absent:cd90": "bone-marrow",
        "marker=all:cd73,absent:cd73": "amnion",
        "marker=all:unreported:cd73,unreported:cd90": "foetal-liver", "marker=any:cd73,cd90": "amnion bone-marrow skin",
        "marker=all:cd73,!absent:cd73": "bone-marrow", "marker=!unreported:cd90": "bone-marrow skin",
        "marker=All:cd73&marker=Absent:cd90": "bone-marrow", "marker=cd73&marker=all:absent:cd90": "bone-marrow",
        "marker=cd90&marker=absent:cd90": "bone-marrow skin",
        "cell_type=osteoblast": "bone-marrow", "cell_type=stromal-cell": "amnion bone-marrow",
        "cell_type=osteoblast,neuron": "bone-marrow skin", "cell_type=!stromal-cell": "foetal-liver skin",
        "cell_type=unreported:stromal-cell": "foetal-liver skin",
        "cell_type=unreported:osteoblast": "amnion foetal-liver skin",
        "cell_type=all:stromal-cell,osteoblast": "bone-marrow", "cell_type=all:neuron,osteoblast": "",
        "has=marker-expressions": "amnion bone-marrow skin", "has=trials": "skin",
        "has=source-traits": "bone-marrow foetal-liver", "has=marker-expressions,trials": "skin",
        "has=any:trials,source-traits": "bone-marrow foetal-liver skin", "has=!marker-expressions": "foetal-liver",
        "has=marker-expressions,!trials": "amnion bone-marrow",
        "section=methods": "amnion bone-marrow skin", "section=introduction": "bone-marrow foetal-liver",
        "section=introduction,methods": "amnion bone-marrow foetal-liver skin",
        "section=all:introduction,methods": "bone-marrow", "section=!methods": "foetal-liver",
        "origin=adult&origin=foetal": "bone-marrow foetal-liver skin",
        "q=another": "bone-marrow", "q=SYNONYM first": "bone-marrow", "q=liver": "foetal-liver",
    }  # fmt: skip
    orders = {
        "": "amnion bone-marrow foetal-liver skin", "ordering=slug": "amnion bone-marrow foetal-liver skin",
        "ordering=-slug": "skin foetal-liver bone-marrow amnion",
        "ordering=name": "skin foetal-liver bone-marrow amnion",
        "ordering=-name": "amnion bone-marrow foetal-liver skin",
        "ordering=origin": "bone-marrow skin amnion foetal-liver",
        "ordering=-origin": "foetal-liver amnion bone-marrow skin",
        "ordering=origin,-slug": "skin bone-marrow amnion foetal-liver",
    }  # fmt: skip
    facets = {
        "origin": "adult:2 birth-associated:1 foetal:1", "origin&marker=cd73": "adult:1 birth-associated:1",
        "origin&origin=adult": "adult:2 birth-associated:1 foetal:1",
        "marker": "cd73:2 cd90:1", "marker&origin=adult": "cd73:1 cd90:1",
        "cell_type": "stromal-cell:2 neuron:1 osteoblast:1",
        "absent:marker": "absent:cd73:2 absent:cd90:1", "absent:marker&origin=adult": "absent:cd73:1 absent:cd90:1",
        "unreported:marker": "unreported:cd90:2 unreported:cd73:1", "unreported:marker&origin=adult": "",
        "unreported:marker&marker=all:cd73,cd90": "unreported:cd90:2 unreported:cd73:1",
        "unreported:cell_type": "unreported:neuron:3 unreported:osteoblast:3 unreported:stromal-cell:2",
        "unreported:cell_type&origin=adult": "unreported:neuron:1 unreported:osteoblast:1 unreported:stromal-cell:1",
        "has": "differentiations:3 marker-expressions:3 source-traits:2 trials:1",
        "has&has=trials": "differentiations:3 marker-expressions:3 source-traits:2 trials:1",
        "has&section=introduction": "source-traits:2 differentiations:1 marker-expressions:1",
        "section": "methods:3 results:3 introduction:2", "section&has=trials": "methods:1 results:1",
    }  # fmt: skip
    row = entity_row("sources", "bone-marrow", origin="adult")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.source("bone-marrow", origin="adult", **DESCRIBED)
        make.source("amnion", name="Zona amnion", origin="birth-associated")
        make.source("foetal-liver", name="Liver", origin="foetal")
        make.source("skin", name="Dermis", origin="adult")
        make.cell_type("osteoblast", broader="stromal-cell")
        make.expression("MSC-ME-0001", source="bone-marrow", marker="cd73")
        make.expression("MSC-ME-0002", source="amnion", marker="cd73", status="variable", section="methods")
        make.expression("MSC-ME-0003", source="skin", marker="cd73", status="negative")
        make.expression("MSC-ME-0004", source="skin", marker="cd90")
        make.expression("MSC-ME-0005", source="foetal-liver", marker="cd90", draft=True)
        make.expression(
            "MSC-ME-0006", source="bone-marrow", marker="cd90", status="negative", section="methods"
        )
        make.expression("MSC-ME-0007", source="amnion", marker="cd73", status="negative")
        make.differentiation("MSC-DP-0001", source="bone-marrow", cell_type="osteoblast")
        make.differentiation("MSC-DP-0002", source="amnion", cell_type="stromal-cell")
        make.differentiation("MSC-DP-0003", source="skin", cell_type="neuron", section="methods")
        make.differentiation("MSC-DP-0004", source="foetal-liver", cell_type="osteoblast", draft=True)
        make.trait("MSC-ST-0001", source="bone-marrow", comparator="foetal-liver", section="introduction")
        make.trial("MSC-TR-0001", source="skin", section="methods")
        make.trial("MSC-TR-0002", source="amnion", section="introduction", draft=True)


class TestMarkers(ResourceTests):
    """A molecule that is no marker is not among them; a status speaks of the same report as a source."""

    prefix = "markers"
    filters = {
        "source=bone-marrow": "cd73", "source=skin": "cd105 cd90", "source=bone-marrow,skin": "cd105 cd73 cd90",
        "source=!bone-marrow": "cd105 cd90 ssea-4",
        "source=absent:skin": "cd73", "source=unreported:skin": "ssea-4", "source=absent:bone-marrow": "cd90",
        "source=unreported:bone-marrow": "cd105 ssea-4", "source=!absent:skin": "cd105 cd90 ssea-4",
        "source=!unreported:skin": "cd105 cd73 cd90",
        "source=all:bone-marrow,skin": "", "source=all:bone-marrow,absent:skin": "cd73",
        "source=all:bone-marrow,skin&status=negative": "",
        "source=all:bone-marrow,skin&status=positive,negative": "cd73",
        "source=absent:skin&status=positive": "cd73", "source=absent:bone-marrow&status=positive": "",
        "source=absent:bone-marrow&status=variable": "cd90", "source=unreported:bone-marrow&status=positive": "cd105",
        "status=all:negative,positive": "cd73", "status=all:negative,variable": "cd90",
        "status=all:negative,positive,!positive": "", "source=skin&status=all:negative,positive": "",
        "source=skin,bone-marrow&status=all:negative,positive": "cd73",
        "has=marker-expressions": "cd105 cd73 cd90", "has=identity-criteria": "cd105",
        "has=claims,marker-expressions": "cd73", "has=any:claims,identity-criteria": "cd105 cd73",
        "has=!marker-expressions": "ssea-4", "has=!claims": "cd105 cd90 ssea-4",
        "section=methods": "cd105", "section=introduction": "cd73", "section=methods,introduction": "cd105 cd73",
        "section=all:results,methods": "cd105", "section=!results": "ssea-4",
        "status=negative": "cd73 cd90", "status=variable": "cd90", "status=positive,variable": "cd105 cd73 cd90",
        "status=!negative": "cd105 cd73 cd90",
        "source=bone-marrow&status=negative": "cd90", "source=skin&status=positive": "cd105",
        "q=another": "cd73", "q=antigen": "cd90 ssea-4",
    }  # fmt: skip
    orders = {
        "": "cd105 cd73 cd90 ssea-4", "ordering=slug": "cd105 cd73 cd90 ssea-4",
        "ordering=-slug": "ssea-4 cd90 cd73 cd105",
        "ordering=name": "ssea-4 cd105 cd73 cd90", "ordering=-name": "cd90 cd73 cd105 ssea-4",
        "ordering=kind": "cd90 ssea-4 cd105 cd73", "ordering=-kind": "cd73 cd105 cd90 ssea-4",
    }  # fmt: skip
    facets = {
        "source": "skin:2 bone-marrow:1", "source&status=negative": "bone-marrow:1 skin:1",
        "status": "negative:2 positive:2 variable:1", "status&source=skin": "negative:1 positive:1 variable:1",
        "status&source=absent:skin": "negative:1 positive:1",
        "absent:source": "absent:bone-marrow:1 absent:skin:1",
        "unreported:source": "unreported:bone-marrow:2 unreported:skin:1",
        "unreported:source&status=positive": "unreported:bone-marrow:1",
        "unreported:source&status=all:positive,negative": "", "source&status=all:positive,negative": "",
        "unreported:source&status=all:positive": "unreported:bone-marrow:1",
        "has": "marker-expressions:3 claims:1 identity-criteria:1",
        "has&source=skin": "marker-expressions:2 identity-criteria:1",
        "section": "results:3 introduction:1 methods:1", "section&source=skin": "results:2 methods:1",
    }  # fmt: skip
    row = entity_row("markers", "cd73", kind="protein")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.marker("cd73", kind="protein", **DESCRIBED)
        make.marker("cd90", name="Thy 1", kind="antigen")
        make.marker("cd105", name="Endoglin", kind="complex")
        make.marker("ssea-4", name="Antigen 4", kind="antigen")
        make.source("amnion")
        make.molecule("hgf")
        make.expression("MSC-ME-0001", source="bone-marrow", marker="cd73")
        make.expression("MSC-ME-0002", source="skin", marker="cd73", status="negative")
        make.expression("MSC-ME-0003", source="bone-marrow", marker="cd90", status="negative")
        make.expression("MSC-ME-0004", source="skin", marker="cd90", status="variable")
        make.expression("MSC-ME-0005", source="skin", marker="cd105")
        make.expression("MSC-ME-0006", source="bone-marrow", marker="ssea-4", draft=True)
        make.criterion("MSC-IC-0001", positive_markers=["cd105"], section="methods")
        make.claim("MSC-CL-0001", mediators=["cd73"], section="introduction")


class TestCellTypes(ResourceTests):
    prefix = "cell-types"
    filters = {
        "kind=immune": "t-cell", "kind=progenitor,immune": "bone-cell t-cell",
        "kind=!differentiated": "bone-cell t-cell",
        "germ_layer=mesoderm": "bone-cell osteoblast", "germ_layer=mesoderm,ectoderm": "bone-cell neuron osteoblast",
        "germ_layer=!mesoderm": "neuron t-cell",
        "source=bone-marrow": "osteoblast", "source=skin": "neuron osteoblast",
        "source=bone-marrow,amnion": "osteoblast t-cell", "source=!skin": "bone-cell t-cell",
        "source=all:bone-marrow,skin": "osteoblast", "source=unreported:skin": "bone-cell t-cell",
        "source=unreported:bone-marrow": "bone-cell neuron t-cell",
        "has=differentiations": "bone-cell neuron osteoblast t-cell", "has=claims": "neuron t-cell",
        "has=identity-criteria": "bone-cell osteoblast", "has=claims,differentiations": "neuron t-cell",
        "has=any:claims,identity-criteria": "bone-cell neuron osteoblast t-cell", "has=!claims": "bone-cell osteoblast",
        "section=methods": "neuron t-cell", "section=introduction,methods": "neuron osteoblast t-cell",
        "section=all:introduction,results": "osteoblast", "section=!methods": "bone-cell osteoblast",
        "q=another": "osteoblast", "q=nerve": "neuron",
    }  # fmt: skip
    orders = {
        "": "bone-cell neuron osteoblast t-cell", "ordering=slug": "bone-cell neuron osteoblast t-cell",
        "ordering=-slug": "t-cell osteoblast neuron bone-cell",
        "ordering=name": "t-cell neuron osteoblast bone-cell", "ordering=-name": "bone-cell osteoblast neuron t-cell",
        "ordering=kind": "neuron osteoblast t-cell bone-cell", "ordering=-kind": "bone-cell t-cell neuron osteoblast",
        "ordering=germ_layer": "neuron bone-cell osteoblast t-cell",
        "ordering=-germ_layer": "bone-cell osteoblast neuron t-cell",
    }  # fmt: skip
    facets = {
        "kind": "differentiated:2 immune:1 progenitor:1", "kind&source=skin": "differentiated:2",
        "germ_layer": "mesoderm:2 ectoderm:1", "germ_layer&kind=differentiated": "ectoderm:1 mesoderm:1",
        "source": "skin:2 amnion:1 bone-marrow:1",
        "unreported:source": "unreported:amnion:3 unreported:bone-marrow:3 unreported:skin:2",
        "has": "differentiations:4 claims:2 identity-criteria:2",
        "has&source=skin": "differentiations:2 claims:1 identity-criteria:1",
        "section": "results:3 methods:2 introduction:1", "section&has=claims": "methods:2 results:2",
    }  # fmt: skip
    row = entity_row(
        "cell-types", "osteoblast",
        kind="differentiated", germ_layer="mesoderm", broader=link("bone-cell", "Zeta cell"),
    )  # fmt: skip
    cells = DESCRIBED_CELLS | {"broader": "bone-cell"}

    @staticmethod
    def build():
        make.cell_type("bone-cell", name="Zeta cell", kind="progenitor", germ_layer="mesoderm")
        make.cell_type(
            "osteoblast", kind="differentiated", germ_layer="mesoderm", broader="bone-cell", **DESCRIBED
        )
        make.cell_type("neuron", name="Nerve cell", kind="differentiated", germ_layer="ectoderm")
        make.cell_type("t-cell", name="Immune T", kind="immune")
        make.differentiation("MSC-DP-0001", source="bone-marrow", cell_type="osteoblast")
        make.differentiation("MSC-DP-0002", source="skin", cell_type="neuron")
        make.differentiation("MSC-DP-0003", source="skin", cell_type="osteoblast")
        make.differentiation("MSC-DP-0004", source="amnion", cell_type="t-cell")
        make.differentiation("MSC-DP-0005", source="bone-marrow", cell_type="t-cell", draft=True)
        make.claim("MSC-CL-0001", targets=["t-cell"], actor="neuron", section="methods")
        make.claim("MSC-CL-0002", targets=["bone-cell"], section="methods", draft=True)
        make.criterion("MSC-IC-0001", differentiation=["osteoblast"], section="introduction")


class TestConditions(ResourceTests):
    prefix = "conditions"
    filters = {
        "kind=disease": "breast-cancer cancer", "kind=injury,model": "burn stroke-model",
        "kind=!disease": "burn stroke-model",
        "broader=cancer": "breast-cancer cancer", "broader=breast-cancer": "breast-cancer",
        "broader=cancer,burn": "breast-cancer burn cancer", "broader=!cancer": "burn stroke-model",
        "broader=all:cancer,breast-cancer": "breast-cancer", "broader=all:cancer,burn": "",
        "has=trials": "breast-cancer cancer", "has=claims": "breast-cancer burn cancer",
        "has=claims,indications": "burn",
        "has=any:trials,indications": "breast-cancer burn cancer", "has=!claims": "stroke-model",
        "has=!trials": "burn stroke-model", "has=trial-statistics": "",
        "section=methods": "breast-cancer burn", "section=results": "breast-cancer",
        "section=methods,table-1": "breast-cancer burn", "section=all:methods,table-1": "burn",
        "section=!results": "burn cancer stroke-model",
        "q=another": "breast-cancer", "q=occlusion": "stroke-model",
    }  # fmt: skip
    orders = {
        "": "breast-cancer burn cancer stroke-model", "ordering=slug": "breast-cancer burn cancer stroke-model",
        "ordering=-slug": "stroke-model cancer burn breast-cancer",
        "ordering=name": "stroke-model burn cancer breast-cancer",
        "ordering=-name": "breast-cancer cancer burn stroke-model",
        "ordering=kind": "breast-cancer cancer burn stroke-model",
        "ordering=-kind": "stroke-model burn breast-cancer cancer",
    }  # fmt: skip
    facets = {
        "kind": "disease:2 injury:1 model:1", "kind&broader=burn": "injury:1",
        "broader": "cancer:2 stroke-model:1 burn:1 breast-cancer:1", "broader&kind=injury": "burn:1",
        "has": "claims:3 trials:2 indications:1", "has&broader=cancer": "claims:2 trials:2",
        "section": "methods:2 results:1 table-1:1", "section&kind=injury": "methods:1 table-1:1",
    }  # fmt: skip
    row = entity_row("conditions", "breast-cancer", kind="disease", broader=link("cancer", "Malignancy"))
    cells = DESCRIBED_CELLS | {"broader": "cancer"}

    @staticmethod
    def build():
        make.condition("cancer", name="Malignancy")
        make.condition("breast-cancer", broader="cancer", **DESCRIBED)
        make.condition("burn", name="Burn", kind="injury")
        make.condition("stroke-model", name="Arterial occlusion", kind="model")
        make.trial("MSC-TR-0001", conditions=["breast-cancer"])
        make.claim("MSC-CL-0001", conditions=["burn", "breast-cancer"], section="methods")
        make.claim("MSC-CL-0002", conditions=["stroke-model"], section="methods", draft=True)
        make.indication("MSC-IN-0001", condition="burn", section="table-1")


class TestOrganisms(ResourceTests):
    prefix = "organisms"
    filters = {
        "q=another": "mouse", "q=sus": "pig", "q=SCROFA sus": "pig", "q=second first": "mouse",
        "has=claims": "mouse pig", "has=!claims": "rat", "has=claims,!claims": "", "has=any:claims": "mouse pig",
        "section=methods": "mouse pig", "section=methods,results": "mouse pig", "section=all:methods,results": "mouse",
        "section=!results": "pig rat",
    }  # fmt: skip
    facets = {"has": "claims:2", "section": "methods:2 results:1"}
    orders = {
        "": "mouse pig rat", "ordering=slug": "mouse pig rat", "ordering=-slug": "rat pig mouse",
        "ordering=name": "rat mouse pig", "ordering=-name": "pig mouse rat",
    }  # fmt: skip
    row = entity_row("organisms", "mouse")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.organism("mouse", **DESCRIBED)
        make.organism("pig", name="Sus scrofa")
        make.organism("rat", name="Norway rat")
        make.claim("MSC-CL-0001", organisms=["mouse", "pig"], section="methods")
        make.claim("MSC-CL-0002", organisms=["mouse"])
        make.claim("MSC-CL-0003", organisms=["rat"], draft=True)
