"""The one model that is searched, through modelsearch: SQLite FTS5, PostgreSQL, or a search server by setting."""

from django.db import models
from modelsearch import index

from core.models.names import RowPointer

# Stands between two names in the index, so that no phrase runs from one into the next. No query can hold it:
# folding leaves nothing but a-z and 0-9.
BREAK = "ø"
# Opens the words of a curators' note in the index, which are looked for only where nothing else is found.
NOTED = "noted0"


class SearchDocument(index.Indexed, RowPointer):
    """What search knows of one entity or statement. Rebuilt from the row it points to; nobody edits it.

    The columns of words hold names or texts in every spelling by which they are found, each between bars:
    "| tgf beta | tgfbeta | tgfb |". They are folded once, in Python, so that both databases find the same.
    """

    kind = models.CharField(max_length=40, db_index=True, help_text="What the API calls the row.")
    place = models.PositiveSmallIntegerField(help_text="Place of the kind among results that match alike.")
    title = models.CharField(max_length=300)
    about = models.TextField(blank=True, help_text="What stands below the title in a list of results.")
    named = models.BooleanField(help_text="Has a name, and is not only a sentence.")
    names = models.JSONField(default=list, help_text="[[source, value]] of every name.")
    links = models.JSONField(default=list, help_text="[[role, name, [other names]]] of what it links to.")
    name_words = models.TextField()
    other_words = models.TextField(blank=True, help_text="Synonyms, identifiers and official labels.")
    text_words = models.TextField(blank=True)
    link_words = models.TextField(blank=True)
    note_words = models.TextField(blank=True, help_text="Of its curators' note, which results do not show.")

    # Indexed by search.indexing, in bulk; the library's own signals would do it one row at a time.
    search_auto_update = False
    search_fields = [
        index.AutocompleteField("words"),
        index.FilterField("kind"),
        index.FilterField("named"),
        index.FilterField("place"),
        index.FilterField("ident"),
    ]

    class Meta:
        ordering = ["place", "ident"]
        constraints = [
            models.UniqueConstraint(fields=["model", "row_id"], name="searchdocument_once_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"

    @property
    def name_forms(self) -> str:
        """Whatever it is called."""
        return self.name_words + self.other_words

    @property
    def own_forms(self) -> str:
        """What it is called or says itself."""
        return self.name_forms + self.text_words

    @property
    def all_forms(self) -> str:
        return self.own_forms + self.link_words + self.note_words

    @property
    def words(self) -> str:
        """Everything it is found by, as the index gets it. Words of the note are words of their own: `noted`."""
        noted = " ".join(word if word == "|" else NOTED + word for word in self.note_words.split())
        columns = (self.name_words, self.other_words, self.text_words, self.link_words, noted)
        return f" {BREAK} ".join(columns).replace("|", BREAK)
