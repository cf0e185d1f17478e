"""Marker expressions, differentiations, source traits and identity criteria in the API."""

from tests import builders as make
from tests.resources import StatementTests, link, statement_row


class TestMarkerExpressions(StatementTests):
    prefix = "marker-expressions"
    accession = "MSC-ME"
    filters = {
        "source=bone-marrow": "1 3", "source=bone-marrow,skin": "1 2 3", "source=!bone-marrow": "2 4",
        "marker=cd73": "1 2", "marker=cd73,cd90": "1 2 3", "marker=!cd73": "3 4",
        "status=positive": "1 4", "status=positive,negative": "1 2 4", "status=!positive": "2 3",
        "source=bone-marrow&status=variable": "3",
    }  # fmt: skip
    orders = {
        "ordering=source": "4 1 3 2", "ordering=-source": "2 1 3 4",
        "ordering=marker": "4 1 2 3", "ordering=-marker": "3 1 2 4",
        "ordering=status": "2 1 4 3", "ordering=-status": "3 1 4 2",
    }  # fmt: skip
    facets = {
        "source": "bone-marrow:2 amnion:1 skin:1", "source&marker=cd73": "bone-marrow:1 skin:1",
        "marker": "cd73:2 cd105:1 cd90:1", "marker&source=bone-marrow": "cd73:1 cd90:1",
        "status": "positive:2 negative:1 variable:1", "status&source=bone-marrow": "positive:1 variable:1",
    }  # fmt: skip
    row = statement_row(
        "marker-expressions", "MSC-ME-0001", "marker-expression",
        source=link("bone-marrow", "Bone marrow"), marker=link("cd73", "Cd73"), status="positive",
    )  # fmt: skip
    cells = {"references": "7", "source": "bone-marrow", "marker": "cd73"}

    @classmethod
    def statement(cls, accession, number, provenance):
        source, marker, status = {
            1: ("bone-marrow", "cd73", "positive"), 2: ("skin", "cd73", "negative"),
            3: ("bone-marrow", "cd90", "variable"), 4: ("amnion", "cd105", "positive"),
            5: ("skin", "cd90", "positive"),
        }[number]  # fmt: skip
        make.expression(accession, source=source, marker=marker, status=status, **provenance)


class TestDifferentiations(StatementTests):
    prefix = "differentiations"
    accession = "MSC-DP"
    filters = {
        "source=bone-marrow": "1 3", "source=bone-marrow,skin": "1 2 3", "source=!bone-marrow": "2 4",
        "cell_type=osteoblast": "1", "cell_type=bone-cell": "1 3", "cell_type=osteoblast,neuron": "1 2",
        "cell_type=!bone-cell": "2 4", "cell_type=bone-cell,!osteoblast": "3",
        "cell_type=all:bone-cell,osteoblast": "1",
        "germ_layer=mesoderm": "1 3", "germ_layer=mesoderm,endoderm": "1 3 4", "germ_layer=!mesoderm": "2 4",
    }  # fmt: skip
    orders = {
        "ordering=source": "4 1 3 2", "ordering=-source": "2 1 3 4",
        "ordering=cell_type": "3 2 1 4", "ordering=-cell_type": "4 1 2 3",
    }  # fmt: skip
    facets = {
        "source": "bone-marrow:2 amnion:1 skin:1", "source&germ_layer=mesoderm": "bone-marrow:2",
        "cell_type": "bone-cell:2 neuron:1 osteoblast:1 pancreatic-cell:1",
        "cell_type&source=bone-marrow": "bone-cell:2 osteoblast:1",
        "germ_layer": "mesoderm:2 ectoderm:1 endoderm:1", "germ_layer&source=skin": "ectoderm:1",
    }  # fmt: skip
    row = statement_row(
        "differentiations", "MSC-DP-0001", "differentiation",
        source=link("bone-marrow", "Bone marrow"), cell_type=link("osteoblast", "Osteoblast"), germ_layer="mesoderm",
    )  # fmt: skip
    cells = {"references": "7", "source": "bone-marrow", "cell_type": "osteoblast"}

    @classmethod
    def build(cls):
        make.cell_type("bone-cell", germ_layer="mesoderm")
        make.cell_type("osteoblast", broader="bone-cell", germ_layer="mesoderm")
        make.cell_type("neuron", germ_layer="ectoderm")
        make.cell_type("pancreatic-cell", germ_layer="endoderm")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        source, cell = {
            1: ("bone-marrow", "osteoblast"), 2: ("skin", "neuron"), 3: ("bone-marrow", "bone-cell"),
            4: ("amnion", "pancreatic-cell"), 5: ("skin", "osteoblast"),
        }[number]  # fmt: skip
        make.differentiation(accession, source=source, cell_type=cell, **provenance)


class TestSourceTraits(StatementTests):
    """A source alone, or against another: the comparator is not the source."""

    prefix = "source-traits"
    accession = "MSC-ST"
    filters = {
        "source=bone-marrow": "1 4", "source=bone-marrow,amnion": "1 3 4", "source=!bone-marrow": "2 3",
        "aspect=yield": "1 2", "aspect=yield,ethics": "1 2 3", "aspect=!yield": "3 4",
        "relation=higher": "1", "relation=higher,lower": "1 2", "relation=!higher": "2 3 4",
        "comparator=bone-marrow": "2", "comparator=bone-marrow,skin": "1 2", "comparator=!bone-marrow": "1 3 4",
    }  # fmt: skip
    orders = {
        "ordering=source": "3 1 4 2", "ordering=-source": "2 1 4 3",
        "ordering=aspect": "3 4 1 2", "ordering=-aspect": "1 2 4 3",
    }  # fmt: skip
    facets = {
        "source": "bone-marrow:2 amnion:1 skin:1", "source&aspect=yield": "bone-marrow:1 skin:1",
        "aspect": "yield:2 ethics:1 safety:1", "aspect&source=bone-marrow": "safety:1 yield:1",
        "relation": "higher:1 lower:1 similar:1", "relation&source=skin": "lower:1",
        "comparator": "amnion:1 bone-marrow:1 skin:1", "comparator&aspect=yield": "bone-marrow:1 skin:1",
    }  # fmt: skip
    row = statement_row(
        "source-traits", "MSC-ST-0001", "source-trait",
        source=link("bone-marrow", "Bone marrow"), aspect="yield", relation="higher", comparator=link("skin", "Skin"),
        quantity=500.25, quantity_sign=">", quantity_unit="times",
    )  # fmt: skip
    cells = {"references": "7", "source": "bone-marrow", "comparator": "skin"}

    @classmethod
    def statement(cls, accession, number, provenance):
        make.trait(accession, **provenance, **{
            1: {"comparator": "skin", "relation": "higher", "quantity": "500.25", "quantity_sign": ">",
                "quantity_unit": "times"},
            2: {"source": "skin", "comparator": "bone-marrow", "relation": "lower"},
            3: {"source": "amnion", "aspect": "ethics"},
            4: {"comparator": "amnion", "relation": "similar", "aspect": "safety"},
            5: {"source": "skin", "comparator": "amnion", "relation": "higher", "aspect": "safety"},
        }[number])  # fmt: skip


class TestIdentityCriteria(StatementTests):
    prefix = "identity-criteria"
    accession = "MSC-IC"
    filters = {
        "marker=cd73": "1 2", "marker=cd73,cd90": "1 2 4", "marker=!cd73": "3 4",
        "marker=all:cd73,cd90": "1", "marker=all:cd73,cd105": "2", "cell_type=all:osteoblast,bone-cell": "1",
        "cell_type=osteoblast": "1", "cell_type=bone-cell": "1 2", "cell_type=osteoblast,neuron": "1 4",
        "cell_type=!bone-cell": "3 4", "q=plastic": "1", "q=society": "1", "q=delta": "2",
    }  # fmt: skip
    orders = {"ordering=name": "3 1 4 2", "ordering=-name": "2 4 1 3"}
    facets = {
        "marker": "cd73:2 cd90:2 cd105:1 cd45:1", "marker&cell_type=neuron": "cd90:1",
        "cell_type": "bone-cell:2 neuron:1 osteoblast:1", "cell_type&marker=cd105": "bone-cell:1",
    }  # fmt: skip
    row = statement_row(
        "identity-criteria", "MSC-IC-0001", "identity-criterion",
        name="Beta", authority="A society",
        positive_markers=[link("cd73", "Cd73"), link("cd90", "Cd90")], negative_markers=[link("cd45", "Cd45")],
        culture="Adheres to plastic.", differentiation=[link("osteoblast", "Osteoblast")],
    )  # fmt: skip
    cells = {
        "references": "7", "positive_markers": "cd73|cd90", "negative_markers": "cd45",
        "differentiation": "osteoblast",
    }  # fmt: skip

    @classmethod
    def build(cls):
        make.cell_type("osteoblast", broader="bone-cell")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        make.criterion(accession, **provenance, **{
            1: {"name": "Beta", "authority": "A society", "positive_markers": ["cd90", "cd73"],
                "negative_markers": ["cd45"], "culture": "Adheres to plastic.", "differentiation": ["osteoblast"]},
            2: {"name": "Delta", "positive_markers": ["cd105"], "negative_markers": ["cd73"],
                "differentiation": ["bone-cell"]},
            3: {"name": "Alpha"},
            4: {"name": "Charlie", "negative_markers": ["cd90"], "differentiation": ["neuron"]},
            5: {"name": "Echo", "positive_markers": ["cd73"], "differentiation": ["osteoblast"]},
        }[number])  # fmt: skip
