"""What the search index holds of each row of a small world, and how it follows every change."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from modelsearch.models import IndexEntry

from catalog.models import Condition, Molecule
from core.models.names import Name
from core.names import named
from core.signals import bulk_writing, is_bulk_writing
from mechanisms.models import Claim
from search import indexing
from search.documents import kinds
from search.engine import search
from search.models import SearchDocument
from tests import builders as b

pytestmark = pytest.mark.usefixtures("world")


def found(text):
    return [document.ident for document in search(text).documents]


def held(ident, *columns):
    return SearchDocument.objects.values_list(*columns).get(ident=ident)


class TestDocuments:
    def test_of_an_entity(self):
        b.molecule(
            "tgf-beta1", name="TGF-β1", synonyms=["TGFB1", "transforming factor"],
            xrefs=[{"curie": "HGNC:11766", "label": "TGFB1", "match": "exact"},
                   {"curie": "XY:7", "label": "Family", "match": "close"}],
        )  # fmt: skip
        row = SearchDocument.objects.get(ident="tgf-beta1")
        assert (row.kind, row.model, row.place, row.title, row.named) == (
            "molecule",
            "molecule",
            1,
            "TGF-β1",
            True,
        )
        assert row.about == "TGFB1; transforming factor"
        assert row.names == [
            ["name", "TGF-β1"], ["identifier", "tgf-beta1"], ["synonym", "TGFB1"], ["synonym", "transforming factor"],
            ["cross reference", "HGNC:11766"],
        ]  # fmt: skip
        assert row.links == [["kind", "Protein", []]]
        assert row.name_words == "| tgf beta1 | tgfbeta1 | tgf beta 1 | tgf b1 | tgfb1 | tgf b 1 |"
        assert "| hgnc 11766 |" in row.other_words
        assert "family" not in row.other_words
        assert (row.text_words, row.link_words) == ("", "| molecule | protein |")

    def test_of_a_claim(self):
        b.molecule("hgf", name="HGF", synonyms=["scatter factor"])
        b.condition("stroke", name="Stroke", broader=b.condition("brain-disease", name="Brain disease"))
        b.claim(
            "MSC-CL-0001", text="HGF helps after stroke.", mediators=["hgf"], conditions=["stroke"],
            modification="aged cells",
        )  # fmt: skip
        row = SearchDocument.objects.get(ident="MSC-CL-0001")
        assert (row.kind, row.model, row.title, row.named) == (
            "claim",
            "claim",
            "HGF helps after stroke.",
            False,
        )
        assert row.names == [["identifier", "MSC-CL-0001"]]
        assert row.links == [
            ["mediators", "HGF", ["scatter factor"]], ["conditions", "Stroke", ["Brain disease"]],
            ["preparation", "Cells", []], ["direction", "Increases", []], ["section", "Results", []],
        ]  # fmt: skip
        assert row.about == (
            "mediators: HGF; conditions: Stroke; preparation: Cells; direction: Increases; section: Results"
        )
        assert (row.name_words, row.other_words) == ("", "| msc cl 0001 | msccl0001 | msc cl0001 |")
        assert set(row.text_words.strip("| ").split(" | ")) == {
            "hgf helps after stroke", "hgf help after strok", "aged cells", "aged cell",
        }  # fmt: skip
        assert row.link_words == (
            "| claim | hgf | scatter factor | scatterfactor | scatt fact | stroke | strok | brain disease"
            " | braindisease | brain diseas | cells | cell | increases | increas | results | result |"
        )

    def test_links_of_one_sort_stand_in_the_order_of_their_rows(self):
        for slug in ("zeta", "alpha", "midkine"):
            b.molecule(slug)
        b.claim("MSC-CL-0001", mediators=["midkine", "alpha", "zeta"])
        (links,) = held("MSC-CL-0001", "links")
        assert [name for role, name, _ in links if role == "mediators"] == ["Zeta", "Alpha", "Midkine"]

    def test_of_a_trial_a_reference_and_a_section(self):
        b.trial("MSC-TR-0001", text="Cells in stroke.", registry_id="NCT01234567")
        b.reference(7, title="On cells", authors="A. Author", journal="Cell J")
        row = SearchDocument.objects.get(ident="MSC-TR-0001")
        assert (row.kind, row.title, row.named) == ("trial", "Cells in stroke.", False)
        assert row.names[:2] == [["identifier", "MSC-TR-0001"], ["cross reference", "NCT01234567"]]
        assert row.text_words == "| cells in stroke | cell in strok |"
        kind, named, text, about = held("7", "kind", "named", "text_words", "about")
        assert (kind, named, about) == ("reference", True, "")
        assert {"on cells", "a author", "cell j"} <= set(text.strip("| ").split(" | "))
        assert held("results", "kind", "title", "names", "links", "about") == (
            "section", "Results", [["name", "Results"], ["identifier", "results"]], [], "",
        )  # fmt: skip

    def test_a_reference_without_a_title_is_called_by_its_number(self):
        b.reference(7)
        assert [name.name for name in named("7")] == ["Reference 7"]
        assert held("7", "title") == ("Reference 7",)

    def test_of_a_row_that_is_entity_and_statement(self):
        b.vesicle_class("exosomes", name="Exosomes", text="Small vesicles.", synonyms=["sEV"])
        row = SearchDocument.objects.get(ident="exosomes")
        assert (row.kind, row.title, row.named) == ("vesicle-class", "Exosomes", True)
        assert ["identifier", "MSC-VC-0001"] in row.names
        assert row.about.startswith("Small vesicles.; ")
        assert "| small vesicles |" in row.text_words

    def test_kinds_follow_each_other_as_the_vocabulary_says(self):
        assert list(kinds())[:5] == ["tissue-source", "molecule", "cell-type", "condition", "mechanism"]
        assert (
            list(kinds()).index("claim") < list(kinds()).index("section") < list(kinds()).index("reference")
        )
        assert kinds()["molecule"] is Molecule


class TestFollowing:
    def test_a_row_is_found_once_saved_and_not_once_deleted(self):
        row = b.molecule("hgf", name="HGF", synonyms=["scatter factor"])
        assert found("scatter factor") == ["hgf"]
        assert [name.ident for name in named("scatter-factor")] == ["hgf"]
        assert IndexEntry.objects.count() == 1
        row.delete()
        assert found("scatter factor") == []
        assert (SearchDocument.objects.count(), Name.objects.count(), IndexEntry.objects.count()) == (0, 0, 0)

    def test_a_new_name_replaces_the_old_one_in_the_row_and_in_what_links_to_it(self):
        hgf = b.molecule("hgf", name="HGF", synonyms=["scatter factor"])
        b.claim("MSC-CL-0001", mediators=["hgf"])
        hgf.synonyms = ["mitogen"]
        hgf.save()
        assert found("mitogen") == ["hgf", "MSC-CL-0001"]
        assert found("scatter factor") == []
        assert named("scatter factor") == []
        assert [name.ident for name in named("mitogen")] == ["hgf"]

    def test_a_statement_is_found_by_what_is_above_what_it_links_to(self):
        top = b.condition("brain-disease", name="Brain disease")
        b.condition("stroke", name="Stroke", broader=top)
        b.claim("MSC-CL-0001", conditions=["stroke"])
        assert found("brain disease") == ["brain-disease", "stroke", "MSC-CL-0001"]
        top.name = "Cerebropathy"
        top.save()
        assert found("cerebropathy") == ["brain-disease", "stroke", "MSC-CL-0001"]
        assert found('"brain disease"') == ["brain-disease"]  # by its slug alone

    def test_a_section_renamed_renames_it_in_its_statements(self):
        b.claim("MSC-CL-0001", section="results")
        section = b.section("results", title="Findings")
        assert found("findings") == ["results", "MSC-CL-0001"]
        section.title = "Outcomes"
        section.save()
        assert found("findings") == []

    def test_links_are_followed_from_both_ends(self):
        claim = b.claim("MSC-CL-0001")
        hgf, vegf = b.molecule("hgf"), b.molecule("vegf")
        claim.mediators.add(hgf)
        assert found("hgf") == ["hgf", "MSC-CL-0001"]
        claim.mediators.set([vegf])
        assert (found("hgf"), found("vegf")) == (["hgf"], ["vegf", "MSC-CL-0001"])
        hgf.claims_as_mediator.add(claim)
        assert found("hgf") == ["hgf", "MSC-CL-0001"]
        hgf.claims_as_mediator.remove(claim)
        assert found("hgf") == ["hgf"]

    def test_a_draft_is_nowhere_until_it_is_published(self):
        claim = b.claim("MSC-CL-0001", text="A bold sentence.", draft=True)
        assert (found("bold"), named("MSC-CL-0001")) == ([], [])
        claim.curation_status = Claim.CurationStatus.PUBLISHED
        claim.save()
        assert (found("bold"), len(named("MSC-CL-0001"))) == (["MSC-CL-0001"], 1)
        claim.curation_status = Claim.CurationStatus.DRAFT
        claim.save()
        assert (found("bold"), named("MSC-CL-0001")) == ([], [])

    def test_rows_written_in_bulk_are_indexed_at_the_end(self):
        with bulk_writing():
            assert is_bulk_writing()
            row = b.molecule("hgf")
            assert found("hgf") == []
        assert not is_bulk_writing()
        assert found("hgf") == ["hgf"]
        with bulk_writing():
            row.delete()
            assert found("hgf") == ["hgf"]
        assert found("hgf") == []

    def test_loaddata_is_indexed_when_it_commits(self, tmp_path, django_capture_on_commit_callbacks):
        path = tmp_path / "two.json"
        path.write_text(
            '[{"model": "catalog.molecule", "fields": {"slug": "hgf", "name": "HGF", "kind": "protein"}},'
            ' {"model": "catalog.molecule", "fields": {"slug": "vegf", "name": "VEGF", "kind": "protein"}}]'
        )
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            call_command("loaddata", path, verbosity=0)
            assert indexing.is_deferred()
            assert found("hgf") == []
        assert len(callbacks) == 1
        assert (found("hgf"), found("vegf")) == (["hgf"], ["vegf"])

    def test_a_rollback_forgets(self):
        with transaction.atomic():
            b.molecule("hgf")
            transaction.set_rollback(True)
        assert found("hgf") == []


class TestRefreshing:
    @pytest.fixture(autouse=True)
    def rows(self, world, monkeypatch):
        monkeypatch.setattr(indexing, "BATCH", 2)
        for slug in ("hgf", "vegf", "igf", "egf", "ngf"):
            b.molecule(slug)

    def test_it_writes_only_what_differs_and_says_how_much(self):
        assert indexing.refresh() == 0
        Molecule.objects.filter(slug__in=["hgf", "vegf", "igf"]).update(synonyms=["growth factor"])
        assert indexing.refresh() == 3
        assert sorted(found("growth factor")) == ["hgf", "igf", "vegf"]
        Molecule.objects.filter(slug="hgf")._raw_delete("default")
        assert indexing.refresh() == 1
        assert sorted(found("growth factor")) == ["igf", "vegf"]
        assert named("hgf") == []

    def test_it_writes_names_that_are_missing_or_read_otherwise(self):
        Name.objects.filter(ident="hgf").delete()
        Name.objects.filter(ident="vegf").update(key="other")
        assert indexing.refresh() == 2
        assert [name.ident for text in ("HGF", "VEGF") for name in named(text)] == ["hgf", "vegf"]

    def test_no_more_rows_are_held_at_once_than_a_batch(self, monkeypatch):
        sizes, made = [], indexing.documents_of

        def counted(rows, broader):
            documents = made(rows, broader)
            sizes.append(len(documents))
            return documents

        monkeypatch.setattr(indexing, "documents_of", counted)
        assert indexing.rebuild() == 5
        assert (max(sizes), sum(sizes)) == (2, 5)

    def test_one_model_can_be_refreshed_alone_and_rows_of_it(self):
        b.condition("stroke")
        hgf = Molecule.objects.get(slug="hgf")
        Molecule.objects.update(synonyms=["growth factor"])
        Condition.objects.update(synonyms=["insult"])
        assert indexing.refresh_model(Molecule, [hgf.pk]) == 1
        assert indexing.refresh_model(Molecule, []) == 0
        assert indexing.refresh_model(Condition) == 1
        assert indexing.refresh() == 4

    def test_documents_of_models_that_are_gone_are_removed(self):
        SearchDocument.objects.filter(ident="hgf").update(model="nothing")
        assert indexing.refresh() == 2
        assert found("hgf") == ["hgf"]
        assert not SearchDocument.objects.filter(model="nothing").exists()

    def test_it_can_be_built_anew(self):
        IndexEntry.objects.all().delete()
        Name.objects.all().delete()
        assert found("hgf") == []
        assert indexing.rebuild() == 5
        assert (found("hgf"), [name.ident for name in named("ngf")]) == (["hgf"], ["ngf"])

    def test_the_command_says_how_many_documents_there_are(self):
        IndexEntry.objects.all().delete()
        output = StringIO()
        call_command("rebuild_search", stdout=output)
        assert "5 documents" in output.getvalue()
        assert found("hgf") == ["hgf"]
