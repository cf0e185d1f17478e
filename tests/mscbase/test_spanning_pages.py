"""What the pages that span apps show of the example world: numbers and where they lead."""

import pytest

from core.web.views import summary_of
from tests import builders as make
from tests import example
from tests.formats import FORMATS
from tests.reading import read


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    example.build()


class TestHome:
    def test_each_number_leads_to_its_list(self):
        figures = read("/").part("ul.figures")
        shown = dict(zip((item.text for item in figures.parts("li")), figures.links, strict=True))
        assert shown == {
            "3 tissue sources": "/sources/", "2 markers": "/markers/", "4 molecules": "/molecules/",
            "3 cell types": "/cell-types/", "2 conditions": "/conditions/", "1 pathways": "/pathways/",
            "2 claims": "/claims/", "2 curated trials": "/trials/?curated=true",
            "1 registry records": "/trials/?curated=false", "2 references": "/references/",
        }  # fmt: skip

    def column(self, name):
        section = read("/").part(f"section[aria-labelledby={name}]").part("ul")
        return list(zip((item.text for item in section.parts("li")), section.links, strict=True))

    def test_sources_of_table_1(self):
        assert self.column("by-source") == [
            ("Bone marrow", "/sources/bone-marrow/"), ("All sources, to compare side by side", "/sources/"),
        ]  # fmt: skip

    def test_families_of_mechanisms_count_what_is_narrower(self):
        assert self.column("by-mechanism") == [
            ("Paracrine 2 claims", "/mechanisms/paracrine/"), ("Enhancement 0 claims", "/mechanisms/enhancement/"),
        ]  # fmt: skip

    def test_conditions_of_trials_count_what_the_link_shows(self, slugs):
        assert self.column("by-disease") == [
            ("Stroke 2 trials", "/trials/?condition=stroke"),
            ("Lacunar stroke 1 trial", "/trials/?condition=lacunar-stroke"),
        ]
        assert slugs("trials/", condition="stroke") == {"MSC-TR-0001", "MSC-TR-0002"}

    def test_a_broader_condition_that_no_trial_names_is_left_to_the_list(self, world):
        make.condition("burn", broader="injuries")
        make.trial("MSC-TR-0001", conditions=["burn"])
        assert self.column("by-disease") == [("Burn 1 trial", "/trials/?condition=burn")]


class TestDownloads:
    def test_every_resource_with_its_number_and_formats(self):
        page = read("/downloads/")
        numbers = dict(row.split(" | ")[::2] for row in page.rows)
        assert numbers == {
            "sources": "3", "markers": "2", "molecules": "4", "cell-types": "3", "conditions": "2", "organisms": "1",
            "marker-expressions": "3", "differentiations": "1", "source-traits": "1", "identity-criteria": "1",
            "mechanisms": "3", "pathways": "1", "processes": "2", "vesicle-classes": "1", "claims": "2",
            "claim-conflicts": "1", "trials": "2 curated trials, 1 registry records",
            "trial-conflicts": "1", "conflicts": "2", "indications": "1",
            "trial-statistics": "1", "administration-routes": "2", "adverse-events": "1", "outcome-measures": "1",
            "documents": "1", "sections": "4", "references": "2", "statements": "13",
        }  # fmt: skip
        assert page.links[-len(FORMATS) :] == [f"/api/v1/statements.{suffix}" for suffix in FORMATS]
        assert len(page.links) == 28 * len(FORMATS)
        assert "Release 2020.01" in page.text
        assert "abc123" in page.text

    def test_every_resource_says_what_it_holds_as_its_list_does(self):
        about = dict(row.split(" | ")[:2] for row in read("/downloads/").rows)
        assert about["claims"] == "Single assertions on how MSCs act. Each can be filtered by what it says."
        assert read("/claims/").part("p.intro").text == about["claims"]
        assert all(about.values())

    def test_the_first_paragraph_of_a_description_introduces_it(self):
        class Rows:
            """Rows of one kind,
            each by itself.

            How they are read.
            """

        assert summary_of(Rows) == "Rows of one kind, each by itself."


class TestConflicts:
    @pytest.mark.parametrize(
        ("query", "topics"),
        [("", ["Vessels 1", "Walking 1"]), ("?kind=context-dependent", ["Vessels 1"]),
         ("?kind=unresolved", ["Walking 1"])],
    )  # fmt: skip
    def test_pairs_by_topic(self, query, topics):
        page = read(f"/conflicts/{query}")
        assert [panel.heading for panel in page.parts("section.panel")] == topics

    def test_both_sides_stand_with_what_they_rest_on(self):
        vessels, walking = (
            panel.part(".conflict-pair") for panel in read("/conflicts/").parts("section.panel")
        )
        assert vessels.text == (
            "Context-dependent MSC-CL-0001 What MSC-CL-0001 says. Methods, references 7 "
            "MSC-CL-0002 What MSC-CL-0002 says. Introduction, references 7 , 8 Depends on oxygen."
        )
        assert vessels.links == [
            "/claims/MSC-CL-0001/",
            "/references/7/",
            "/claims/MSC-CL-0002/",
            "/references/8/",
        ]
        assert walking.links == [
            "/trials/MSC-TR-0001/",
            "/references/7/",
            "/trials/MSC-TR-0002/",
            "/references/8/",
        ]


class TestAbout:
    def test_it_cites_the_document_and_the_release(self):
        page = read("/about/")
        assert (
            "Encoded here: B. Author. A review of cells . A Journal 2020;7:1–20. PMID 123, PMC9." in page.text
        )
        assert "MSCbase release 2020.01 (31 January 2020, SHA-256 abc123…" in page.text
        assert "https://doi.org/10.1/1" in page.links

    def test_what_a_document_lacks_is_left_out(self, world):
        make.document("plain", authors="C. Author", year=2001)
        about = read("/about/")
        assert "Encoded here: C. Author. Plain. A Journal 2001. Texts are our own wording" in about.text
        assert not [link for link in about.links if link.startswith("https://doi.org")]
        assert read("/documents/plain/").facts["Published in"] == "A Journal 2001"
        assert "PubMed" not in read("/documents/plain/").facts


class TestSearch:
    def test_results_by_kind_with_the_reason_of_each(self):
        page = read("/search/?q=scatter+factor")
        assert [part.text for part in page.parts(".chips li, .kinds li")] == [
            "All 4", "Molecule 1", "Vesicle class 1", "Claims 2",
        ]  # fmt: skip
        assert "4 results" in page.text
        text = page.text
        assert text.index("synonym: scatter factor") < text.index("MSC-CL-0001") < text.index("MSC-CL-0002")
        assert {"/molecules/hgf/", "/vesicle-classes/exosomes/", "/claims/MSC-CL-0002/"} <= set(page.links)

    def test_one_kind_alone(self):
        page = read("/search/?q=hgf&kind=claim")
        assert "2 results" in page.text
        assert "/molecules/hgf/" not in page.links

    @pytest.mark.parametrize("words", ["unpublished", "umbrella"])
    def test_nothing_found_says_what_to_do(self, words):
        assert "Nothing is known here by these words." in read(f"/search/?q={words}").text

    def test_a_name_that_is_not_held_is_said_to_be_absent(self):
        assert "nosuchword is not in this knowledge base." in read("/search/?q=nosuchword").text

    def test_the_accession_of_a_draft_does_not_lead_to_it(self):
        assert "/claims/MSC-CL-0003/" not in read("/search/?q=MSC-CL-0003").links
