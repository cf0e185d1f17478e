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
