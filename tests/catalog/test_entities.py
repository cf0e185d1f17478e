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
        "cell_type=osteoblast": "bone-marrow", "cell_type=stromal-cell": "amnion bone-marrow",
        "cell_type=osteoblast,neuron": "bone-marrow skin", "cell_type=!stromal-cell": "foetal-liver skin",
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
        make.expression("MSC-ME-0002", source="amnion", marker="cd73", status="variable")
        make.expression("MSC-ME-0003", source="skin", marker="cd73", status="negative")
        make.expression("MSC-ME-0004", source="skin", marker="cd90")
        make.expression("MSC-ME-0005", source="foetal-liver", marker="cd90", draft=True)
        make.differentiation("MSC-DP-0001", source="bone-marrow", cell_type="osteoblast")
        make.differentiation("MSC-DP-0002", source="amnion", cell_type="stromal-cell")
        make.differentiation("MSC-DP-0003", source="skin", cell_type="neuron")
        make.differentiation("MSC-DP-0004", source="foetal-liver", cell_type="osteoblast", draft=True)


class TestMarkers(ResourceTests):
    """A molecule that is no marker is not among them; a status speaks of the same report as a source."""

    prefix = "markers"
    filters = {
        "source=bone-marrow": "cd73", "source=skin": "cd105 cd90", "source=bone-marrow,skin": "cd105 cd73 cd90",
        "source=!bone-marrow": "cd105 cd90 ssea-4",
        "status=negative": "cd73 cd90", "status=variable": "cd90", "status=positive,variable": "cd105 cd73 cd90",
        "status=!negative": "cd105 cd73 cd90",
        "source=bone-marrow&status=negative": "cd90", "source=skin&status=positive": "cd105",
        "q=another": "cd73", "q=antigen": "ssea-4",
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
    }  # fmt: skip
    row = entity_row("markers", "cd73", kind="protein")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.marker("cd73", kind="protein", **DESCRIBED)
        make.marker("cd90", name="Thy 1", kind="antigen")
        make.marker("cd105", name="Endoglin", kind="complex")
        make.marker("ssea-4", name="Antigen 4", kind="antigen")
        make.molecule("hgf")
        make.expression("MSC-ME-0001", source="bone-marrow", marker="cd73")
        make.expression("MSC-ME-0002", source="skin", marker="cd73", status="negative")
        make.expression("MSC-ME-0003", source="bone-marrow", marker="cd90", status="negative")
        make.expression("MSC-ME-0004", source="skin", marker="cd90", status="variable")
        make.expression("MSC-ME-0005", source="skin", marker="cd105")
        make.expression("MSC-ME-0006", source="bone-marrow", marker="ssea-4", draft=True)


class TestCellTypes(ResourceTests):
    prefix = "cell-types"
    filters = {
        "kind=immune": "t-cell", "kind=progenitor,immune": "bone-cell t-cell",
        "kind=!differentiated": "bone-cell t-cell",
        "germ_layer=mesoderm": "bone-cell osteoblast", "germ_layer=mesoderm,ectoderm": "bone-cell neuron osteoblast",
        "germ_layer=!mesoderm": "neuron t-cell",
        "source=bone-marrow": "osteoblast", "source=skin": "neuron osteoblast",
        "source=bone-marrow,amnion": "osteoblast t-cell", "source=!skin": "bone-cell t-cell",
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


class TestConditions(ResourceTests):
    prefix = "conditions"
    filters = {
        "kind=disease": "breast-cancer cancer", "kind=injury,model": "burn stroke-model",
        "kind=!disease": "burn stroke-model",
        "broader=cancer": "breast-cancer cancer", "broader=breast-cancer": "breast-cancer",
        "broader=cancer,burn": "breast-cancer burn cancer", "broader=!cancer": "burn stroke-model",
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
    }  # fmt: skip
    row = entity_row("conditions", "breast-cancer", kind="disease", broader=link("cancer", "Malignancy"))
    cells = DESCRIBED_CELLS | {"broader": "cancer"}

    @staticmethod
    def build():
        make.condition("cancer", name="Malignancy")
        make.condition("breast-cancer", broader="cancer", **DESCRIBED)
        make.condition("burn", name="Burn", kind="injury")
        make.condition("stroke-model", name="Arterial occlusion", kind="model")


class TestOrganisms(ResourceTests):
    prefix = "organisms"
    filters = {"q=another": "mouse", "q=sus": "pig", "q=SCROFA sus": "pig", "q=second first": "mouse"}
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
