"""How rows match, why they are results, and what of them is shown and marked, given the columns of their documents."""

from functools import partial

import pytest

from search.models import SearchDocument
from search.queries import read
from search.ranking import SNIPPET, Tier, add_span, marks, name_rank, reason, snippet, tier


class TestRanking:
    """Of documents that are not saved: the columns of words are given as the index has them."""

    def document(self, **columns):
        given = {"ident": "x", "kind": "molecule", "title": "", "about": "", "names": [], "links": []}
        words = {"name_words": "", "other_words": "", "text_words": "", "link_words": ""}
        return SearchDocument(**given | words | columns)

    @pytest.mark.parametrize(
        ("columns", "expected"),
        [
            ({"name_words": "| growth factor |"}, Tier.NAME),
            ({"name_words": "| x |", "other_words": "| growth factor |"}, Tier.OTHER_NAME),
            ({"name_words": "| growth factors |"}, Tier.NAME_OPENING),
            ({"name_words": "| x |", "other_words": "| growth factor 2 |"}, Tier.NAME_OPENING),
            ({"name_words": "| factor of growth |"}, Tier.NAMES),
            ({"name_words": "| factor |", "other_words": "| growth |"}, Tier.NAMES),
            ({"name_words": "| factor |", "text_words": "| growth |"}, Tier.TEXT),
            ({"name_words": "| factor |", "link_words": "| growth |"}, Tier.LINKS),
        ],
    )
    def test_how_a_row_matches(self, columns, expected):
        assert tier(read("growth factor"), self.document(**columns)) == expected

    def test_no_two_ways_to_match_are_worth_the_same(self):
        assert [way.name for way in Tier] == [
            "NAME", "OTHER_NAME", "NAME_OPENING", "NAMES", "TEXT", "LINKS",
        ]  # fmt: skip

    def test_of_names_that_match_alike_the_shortest_comes_first(self):
        longer = self.document(ident="a", name_words="| growth factor receptor | gfr |")
        shorter = self.document(ident="b", name_words="| growth factors | growth factor family |")
        assert sorted([longer, shorter], key=partial(name_rank, read("growth factor"))) == [shorter, longer]

    def test_a_reason_names_at_most_three_links(self):
        links = [["targets", name, []] for name in ("alpha", "bravo", "charlie", "delta")]
        document = self.document(links=links)
        assert reason(read("alpha bravo charlie delta"), document) == (
            "targets: alpha, targets: bravo, targets: charlie"
        )
        assert reason(read("zulu"), document) == "text"

    @pytest.mark.parametrize(
        ("asked", "text", "expected"),
        [
            ("hgf", "HGF, not HGFR; (hgf)", [[0, 3], [16, 19]]),
            ("IL-6", "(IL-6) and IL-60", [[1, 5], [11, 13]]),
            ("tgfb", "by TGF-β, TGFβ1", [[3, 8], [10, 15]]),
            ("tumour", "Tumors of the tumour.", [[0, 6], [14, 20]]),
            ("cell", "", []),
            ("x", "— x", [[2, 3]]),
        ],
    )
    def test_marks_cover_what_was_asked(self, asked, text, expected):
        assert marks(read(asked), text) == expected

    def test_marks_of_an_open_word_cover_the_word_that_goes_on(self):
        assert marks(read("prot").open_ended(), "protein reprotein") == [[0, 7]]

    def test_also_names_are_marked_whole_and_never_twice(self):
        assert marks(read("factor"), "HGF factor HGFR hgf", ["HGF", "HGF factor"]) == [[0, 10], [16, 19]]

    def test_spans_do_not_overlap(self):
        spans = [[2, 4]]
        for span in [(0, 2), (4, 6), (3, 5), (1, 3), (2, 4)]:
            add_span(spans, span)
        assert spans == [[2, 4], [0, 2], [4, 6]]

    def test_a_short_text_is_shown_whole(self):
        text = "hgf " + "x" * (SNIPPET - 4)
        assert snippet(read("hgf"), self.document(about=text)) == (text, [[0, 3]])

    def test_a_long_text_is_cut_between_words_around_the_first_mark(self):
        text = "word " * 40 + "hgf" + " word" * 60
        shown, spans = snippet(read("hgf"), self.document(about=text))
        assert (shown[:7], shown[-7:]) == ("… word ", " word …")
        assert len(shown) <= SNIPPET + 4
        assert [shown[start:end] for start, end in spans] == ["hgf"]
        shown, spans = snippet(read("zulu"), self.document(about=text))
        assert shown == "word " * 40 + "hgf" + " word" * 7 + " …"
        assert spans == []

    def test_a_mark_that_begins_in_the_first_half_keeps_the_beginning(self):
        text = "w " * (SNIPPET // 4 - 1) + "hgf" + " word" * 60
        assert text.index("hgf") < SNIPPET // 2 < text.index("hgf") + len("hgf")
        assert snippet(read("hgf"), self.document(about=text))[0].startswith("w w ")

    def test_the_end_of_a_long_text_has_no_dots_after_it(self):
        text = "word " * 80 + "hgf"
        shown, spans = snippet(read("hgf"), self.document(about=text))
        assert shown.startswith("… word")
        assert shown.endswith("hgf")
        assert [shown[start:end] for start, end in spans] == ["hgf"]

    def test_a_text_of_one_long_word_is_cut_within_it(self):
        shown, _ = snippet(read("zulu"), self.document(about="x" * 500))
        assert shown == "x" * SNIPPET + " …"
