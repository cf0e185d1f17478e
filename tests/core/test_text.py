import pytest

from core.text import fold, key, slugify

pytestmark = pytest.mark.no_knowledge_base


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
