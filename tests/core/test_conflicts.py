"""`/conflicts/` of page and API: the same pairs of claims and of trials, with the same filters."""

import pytest
from django.core.exceptions import ValidationError

from tests import builders as make
from tests.reading import read
from tests.resources import ResourceTests


class TestConflicts(ResourceTests):
    """A pair with a draft is not there."""

    prefix = "conflicts"
    filters = {
        "kind=unresolved": "Contact Walking", "kind=context-dependent,unresolved": "Contact Speech Vessels Walking",
        "kind=!unresolved": "Speech Vessels",
        "kind_of_statement=claim": "Contact Vessels", "kind_of_statement=trial": "Speech Walking",
        "kind_of_statement=claim,trial": "Contact Speech Vessels Walking", "kind_of_statement=!claim": "Speech Walking",
        "topic=walk": "Walking", "topic=e": "Speech Vessels", "topic=S ess": "Vessels", "topic=s ech": "Speech",
        "kind=unresolved&kind_of_statement=trial": "Walking", "kind=unresolved&topic=e": "",
    }  # fmt: skip
    orders = {
        "": "Contact Speech Vessels Walking", "ordering=topic": "Contact Speech Vessels Walking",
        "ordering=-topic": "Walking Vessels Speech Contact", "ordering=kind": "Speech Vessels Contact Walking",
        "ordering=-kind": "Contact Walking Speech Vessels",
        "ordering=kind_of_statement": "Contact Vessels Speech Walking",
        "ordering=-kind_of_statement": "Speech Walking Contact Vessels",
    }  # fmt: skip
    facets = {
        "kind": "context-dependent:2 unresolved:2", "kind&kind_of_statement=trial": "context-dependent:1 unresolved:1",
        "kind&topic=walk": "unresolved:1",
        "kind_of_statement": "claim:2 trial:2", "kind_of_statement&topic=vessels": "claim:1",
        "kind_of_statement&kind_of_statement=claim": "claim:2 trial:2",
    }  # fmt: skip
    row = {
        "topic": "Vessels", "kind": "context-dependent", "why": "Depends on oxygen.", "kind_of_statement": "claim",
        "statement": {"accession": "MSC-CL-0001", "text": "What MSC-CL-0001 says."},
        "other": {"accession": "MSC-CL-0002", "text": "What MSC-CL-0002 says."},
    }  # fmt: skip
    cells = {"statement": "MSC-CL-0001", "other": "MSC-CL-0002"}

    @staticmethod
    def build():
        make.release()
        claims = {n: make.claim(f"MSC-CL-000{n}", draft=n == 4) for n in (1, 2, 3, 4)}
        trials = {n: make.trial(f"MSC-TR-000{n}", draft=n == 4) for n in (1, 2, 3, 4)}
        make.conflict(claims[1], claims[2], "context-dependent", "Vessels", "Depends on oxygen.")
        make.conflict(claims[3], claims[2], topic="Contact")
        make.conflict(claims[1], claims[4], topic="Draft of a claim")
        make.conflict(trials[1], trials[2], topic="Walking")
        make.conflict(trials[1], trials[3], "context-dependent", "Speech")
        make.conflict(trials[1], trials[4], topic="Draft of a trial")

    @pytest.mark.parametrize(
        ("query", "topics"),
        [("", ["Contact 1", "Speech 1", "Vessels 1", "Walking 1"]), ("kind=unresolved", ["Contact 1", "Walking 1"]),
         ("kind_of_statement=trial", ["Speech 1", "Walking 1"]), ("topic=vess", ["Vessels 1"]),
         ("ordering=-topic&page_size=2", ["Walking 1", "Vessels 1"]), ("page=2&page_size=3", ["Walking 1"])],
    )  # fmt: skip
    def test_the_page_takes_the_same_query(self, query, topics):
        page = read(f"/conflicts/?{query}")
        assert [panel.heading for panel in page.parts("section.panel")] == topics
        assert f"/api/v1/conflicts/?{query}" in page.links or not query

    def test_the_page_counts_kinds_and_kinds_of_statement(self):
        facets = {
            f.heading: [value.text for value in f.parts("li")] for f in read("/conflicts/").parts(".facet")
        }
        assert facets == {
            "Kind": ["Context-dependent 2", "Unresolved 2"],
            "Kind of statement": ["claim 2", "trial 2"],
        }


def test_what_is_not_understood_is_named(world):
    assert "There is no parameter 'odd' here." in read("/conflicts/?odd=1", status=400).text
    assert "'open' is not a value of kind." in read("/conflicts/?kind=open", status=400).text


def test_nothing_to_show_is_said(world):
    assert "Nothing here matches." in read("/conflicts/").text


@pytest.mark.parametrize(("kind", "prefix"), [("claim", "MSC-CL"), ("trial", "MSC-TR")])
def test_a_pair_stands_once_the_lower_accession_first(world, kind, prefix):
    lower, higher = (getattr(make, kind)(f"{prefix}-000{n}") for n in (1, 2))
    pair = make.conflict(lower, higher)
    pair.clean()
    setattr(pair, kind, higher)
    pair.other = lower
    with pytest.raises(ValidationError, match="must have the higher accession"):
        pair.clean()
