"""Words and their forms: what a text, a name and a question become before they are compared."""

import pytest

from search.queries import Query, Wanted, group_alike, kind_named, read
from search.tokens import alike, barred, spellings, stem, stems, text_forms, vocabulary

KINDS = ["tissue-source", "cell-type", "claim", "source-trait", "biological-process", "pathway", "indication"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tumours tumour tumors tumor", "tumor"),
        ("ischaemic ischaemia ischemic ischemia", "ischem"),
        ("cells cell", "cell"),
        ("bodies body", "body"),
        ("analysed analyzed analysing", "analyz"),
        ("leucocyte leukocytes", "leukocyt"),
        ("sulphate sulfates", "sulf"),
        ("defence defense", "defenc"),
        ("licence license", "licenc"),
        ("catalogue catalog catalogues", "catalog"),
        ("fibre fiber", "fiber"),
        ("colonisation colonization colonised", "coloniz"),
        ("modelled modeled", "model"),
        ("foetal fetal", "fetal"),
        ("secretion secretory secreted", "secret"),
        ("neurone neurones neuron neurons", "neuron"),
        ("women woman", "woman"),
    ],
)
def test_forms_of_one_word_have_this_stem(words, expected):
    assert [stem(word) for word in words.split()] == [expected] * len(words.split())


@pytest.mark.parametrize(
    "suffix",
    [
        "ation", "ative", "atory", "ated", "ate", "ating", "ator", "ion", "ing", "ed", "ive", "ory", "or", "er", "ity",
        "ment", "ement", "al", "ial", "ic", "ical", "ous", "ly", "y", "e", "a", "ia", "ium", "is", "osis", "otic",
        "esis", "etic", "asis", "atic", "eutic", "ant", "ful",
    ],
)  # fmt: skip
def test_a_suffix_and_its_plural_are_taken_off_whole(suffix):
    assert stem(f"norm{suffix}") == "norm"
    if not suffix.endswith("s"):
        plural = f"norm{suffix[:-1]}ies" if suffix.endswith("y") else f"norm{suffix}s"
        assert stem(plural) == "norm"


@pytest.mark.parametrize("word", ["class", "virus", "axis", "il6", "cd34s", "the", "ros", "hgf"])
def test_a_word_that_is_no_plural_too_short_or_with_digits_stays(word):
    assert stem(word) == word


def test_four_letters_are_left_of_a_word():
    assert (stem("healing"), stem("aging"), stem("mating")) == ("heal", "aging", "mating")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("TGF-β1", ("tgf beta1", "tgfbeta1", "tgf beta 1", "tgf b1", "tgfb1", "tgf b 1")),
        ("IL-6", ("il 6", "il6")),
        ("CD4⁺ T cells", ("cd4 t cells", "cd4tcells", "cd 4 t cells", "cd4 t cell")),
        ("χ", ("chi", "x")),
        ("…", ()),
    ],
)
def test_a_name_is_typed_in_these_forms(name, forms):
    assert spellings(name) == forms


def test_the_forms_of_a_text_are_its_words_its_stems_and_its_compounds():
    assert text_forms("CD73-positive cells, IL-6.") == (
        "cd73 positive cells il 6", "cd73 posit cell il 6",
        "cd73 positive", "cd73positive", "cd 73 positive", "cd73 posit", "il 6", "il6",
    )  # fmt: skip
    assert text_forms("plain words") == ("plain words", "plain word")
    assert set(text_forms("p38/α")) == {
        "p38 alpha", "p38 alph", "p38alpha", "p 38 alpha", "p38 a", "p38a", "p 38 a", "p38", "p 38", "alpha", "alph",
        "a",
    }  # fmt: skip


def test_forms_stand_between_bars_each_once():
    assert barred(["a b", "", "c", "a b"]) == "| a b | c |"
    assert barred(["", ""]) == ""


def test_stems_follow_the_words():
    assert stems(["mice", "tumours"]) == "mous tumor"


def test_every_entry_of_the_vocabulary_is_a_word():
    """YAML reads on, off, yes and no as truth values unless they are quoted."""
    words = vocabulary()
    assert "on" in words["ignored"]
    assert not {"true", "false"} & words["ignored"]
    assert ("stem", "cells") in words["background"]
    assert words["irregular"]["mice"] == "mouse"
    assert words["kinds"][0] == "tissue-source"


@pytest.mark.parametrize(
    ("form", "word", "expected"),
    [
        ("mice", "mouse", "mous"), ("ageing", "aging", "aging"), ("neurone", "neuron", "neuron"),
        ("neurones", "neurons", "neuron"), ("foetuses", "foetus", "fetus"), ("women", "woman", "woman"),
        ("children", "child", "child"), ("mitochondrion", "mitochondria", "mitochondr"), ("data", "datum", "datum"),
        ("dying", "die", "die"),
    ],
)  # fmt: skip
def test_an_irregular_form_has_the_stem_of_its_word(form, word, expected):
    assert stem(form) == stem(word) == expected


def test_words_of_one_meaning_lead_to_each_other():
    assert alike()[("lung",)] == [("pulmonary",)]
    assert alike()[("motor", "neuron", "diseas")][0] == ("amyotrophic", "lateral", "sclerosis")


def asked(text):
    return [wanted.text for wanted in read(text).wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the effect of MSCs on stroke", ["effect", "stroke"]),
        ("lung mesenchymal stem cells", ["lung"]),
        ("mesenchymal stem", ["mesenchymal", "stem"]),
        ("what is the", ["what", "is", "the"]),
        ("MSCs", ["MSCs"]),
        ("motor neurone disease in mice", ["motor neurone disease", "mice"]),
        ('"T cell" IL-6 "  "', ["T cell", "IL-6"]),
        ("“T cell” the", ["T cell"]),
        ("stroke stroke", ["stroke"]),
        ("a\tb\x00stroke", ["b", "stroke"]),
        ("…", []),
    ],
)
def test_a_question_asks_for_these(text, wanted):
    assert asked(text) == wanted


def test_a_word_is_wanted_in_any_form_of_it_or_of_its_meaning():
    assert read("Lungs").wanted == (Wanted("Lungs", (("lungs",),), (("lung",), ("pulmonary",))),)
    assert read("lung").wanted == (Wanted("lung", (("lung",),), (("pulmonary",),)),)


def test_a_compound_holds_together_unless_it_is_made_of_words():
    assert read("IL-6").wanted == (Wanted("IL-6", (("il", "6"), ("il6",))),)
    assert read("adipose-derived").wanted == (
        Wanted("adipose-derived", (("adipose", "derived"), ("adiposederived",)), (("adipos", "deriv"),), ("adipose",)),
    )  # fmt: skip
    assert read("MSC-based").wanted[0].apart == ("based",)
    assert read("co-culture").wanted[0].apart == ()


def test_a_phrase_is_wanted_as_it_is():
    assert read('"T cells"').wanted == (Wanted("T cells", (("t", "cells"), ("tcells",)), quoted=True),)


def test_the_whole_question_may_be_a_name():
    assert read("T Cells").whole == ("t cells", "tcells", "t cell")
    assert read("").whole == ()
    assert read("").wanted == ()


def test_sixteen_things_are_looked_for_and_the_rest_is_said_to_be_cut():
    words = [f"word{number}" for number in range(17)]
    query = read(" ".join(words))
    assert [wanted.text for wanted in query.wanted] == words[:16]
    assert query.cut
    assert not read(" ".join(words[:16])).cut


def test_a_question_is_read_to_its_two_thousandth_letter():
    assert asked("x" * 1_999 + " stroke") == ["x" * 1_999]
    assert asked("x" * 1_993 + " stroke") == ["x" * 1_993, "stroke"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("claim", "claim"), ("Claims", "claim"), ("pathways", "pathway"), ("process", "biological-process"),
        ("processes", "biological-process"), ("source", "tissue-source"), ("trait", "source-trait"),
        ("tissue-sources", "tissue-source"), ("cells", ""), ("", ""), ("nothing", ""),
    ],
)  # fmt: skip
def test_a_kind_is_named_whole_or_by_its_last_part(word, kind):
    assert kind_named(word, KINDS) == kind


def test_a_last_part_of_two_kinds_names_neither():
    assert kind_named("trait", ["source-trait", "cell-trait"]) == ""
    assert kind_named("categories", ["category"]) == "category"


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("kind:claim hypoxia", "claim", ["hypoxia"]),
        ("hypoxia KIND:Claims", "claim", ["hypoxia"]),
        ("kind:claim kind:pathway x", "pathway", ["x"]),
        ("kind:nosuch hypoxia", "", ["kind:nosuch", "hypoxia"]),
        ("mankind:claim", "", ["mankind:claim"]),
    ],
)
def test_a_kind_stands_in_the_question(text, kind, wanted):
    query = read(text, KINDS)
    assert (query.kind, [one.text for one in query.wanted]) == (kind, wanted)


def test_neighbours_of_the_vocabulary_are_one_chunk():
    assert group_alike(["heart", "attack", "risk"]) == ["heart attack", "risk"]
    assert group_alike(["attack", "heart"]) == ["attack", "heart"]


COLUMN = "| transforming growth factor | tgf beta1 | tgfbeta1 |"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("", (("growth",),)), 2),
        (Wanted("", (("growth", "factor"),)), 2),
        (Wanted("", (("factor", "growth"),)), 0),
        (Wanted("", (("grow",),)), 0),
        (Wanted("", (("grow",),), prefix=True), 1),
        (Wanted("", (("rowth",),), prefix=True), 0),
        (Wanted("", (("grows",),), (("growth",),)), 1),
        (Wanted("", (("factor-growth",),), apart=("factor", "growth")), 1),
        (Wanted("", (("factor-growing",),), apart=("factor", "growing")), 0),
        (Wanted("", (("growths",),), apart=("growths",)), 1),
    ],
)
def test_a_column_holds_what_is_wanted_as_typed_in_another_form_or_not(wanted, found):
    assert wanted.found_in(COLUMN) == found


def test_an_open_question_lets_its_last_word_go_on():
    first, last = read("stroke hgf").open_ended().wanted
    assert (first.prefix, last.prefix) == (False, True)
    assert (first.text, last.text) == ("stroke", "hgf")


def test_only_a_phrase_has_single_words_and_is_shown_in_its_quotes():
    phrase, compound = read('"T cells" adipose-derived').wanted
    assert [wanted.text for wanted in phrase.single_words()] == ["t", "cells"]
    assert compound.single_words() == []
    assert (phrase.typed, compound.typed) == ('"T cells"', "adipose-derived")


def test_signs_around_a_word_are_no_part_of_it():
    assert [wanted.text for wanted in read("HGF, (IL-6)? [TNF-α].").wanted] == ["HGF", "IL-6", "TNF-α"]


def test_queries_are_equal_whether_cut_or_not():
    assert Query("a", cut=True) == Query("a")
