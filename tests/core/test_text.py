import pytest

from core.text import fold, key, slugify


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("TGF-β", "tgf beta"),
        ("Naïve T cells", "naive t cells"),
        ("CD4⁺", "cd4"),
        ("5′-ectonucleotidase", "5 ectonucleotidase"),
        ("Cell–cell contact", "cell cell contact"),
        ("ΑΛΦΑ μM", "alphalambdaphialpha mum"),
        ("", ""),
    ],
)
def test_fold_drops_case_accents_greek_and_signs(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("other", ["TGF-β", "tgf beta", "TGFbeta", "Tgf_Beta"])
def test_spellings_of_one_thing_have_one_key(other):
    assert key(other) == "tgfbeta"


ONE_NAME = """
    fibroblasts, fibroblast
    Wounds, wound
    leukaemias, leukemia
    AD-MSCs, ADMSC
    hESCs, hESC
    metastases, metastasis
    processes, process
    viruses, virus
    complexes, complex
    bodies, body
    tumours, tumor
    haemopoietic stem-cells, hemopoietic stem cell
    fibres, fiber
    neutralising, neutralizing
    analyses, analysis
    signalling, signaling
    Crohn's disease, Crohn disease
    Crohn’s disease, Crohns disease
    naïve B-cells, naive B cell
    proteases, protease
"""


@pytest.mark.parametrize("pair", ONE_NAME.strip().splitlines())
def test_number_and_spelling_make_no_other_name(pair):
    one, other = pair.strip().split(", ")
    assert key(one) == key(other)


@pytest.mark.parametrize("code", ["ROS", "FAS", "iNOS", "KRAS", "AIDS", "CD34s", "SS18", "eNOS", "IL6R2s"])
def test_codes_and_short_names_stay_themselves(code):
    assert key(code) == code.lower()
    assert key("endothelial NOS") == "endothelialnos"
    assert key("diabetic pus") == "diabeticpus"


def test_a_slug_is_kebab_case_with_greek_spelled_out():
    assert slugify("IFN-γ") == "ifn-gamma"
    assert slugify("CD4+ T cell") == "cd4-t-cell"


GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψω"
NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi
    chi psi omega
"""


@pytest.mark.parametrize(("letter", "name"), [*zip(GREEK_LETTERS, NAMES.split(), strict=True)])
def test_every_greek_letter_is_spelled_out_in_either_case(letter, name):
    assert fold(f"x{letter}") == fold(f"x{letter.upper()}") == f"x{name}"
