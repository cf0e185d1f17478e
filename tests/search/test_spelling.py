"""Which known word a mistyped one was meant to be."""

import pytest

from search.spelling import nearest


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("catt", {"cart": 1, "cats": 5}, "cats"),  # both one letter off: the more frequent
        ("catt", {"bath": 9, "cats": 1}, "cats"),  # the nearer one, however rare
        ("cart", {"bart": 9, "carp": 1}, "carp"),  # equally near: the one of the same first letter
        ("cart", {"cars": 2, "carp": 2}, "carp"),  # nothing else tells them apart: by the alphabet
        ("ca", {"cat": 9}, None),
        ("cd73", {"cd74": 9}, None),
        ("cart", {"shark": 9}, None),
    ],
)
def test_the_word_that_was_most_probably_meant(word, known, meant):
    assert nearest(word, known) == meant
