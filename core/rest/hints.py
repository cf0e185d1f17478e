"""What is said of a name that no row of a kind goes by: what it means, here or outside, or what is spelt alike."""

from collections.abc import Iterable

from django.db.models import Model
from rapidfuzz.distance import OSA

from core.models.names import Name
from core.names import DIRECTNESS, model_named, name_of, named, outside
from core.text import fold

# Sources whose names are words that somebody may mistype.
WORDS = [source for source in DIRECTNESS if source != Name.Source.XREF]


def hint(value: str, model: type[Model]) -> str:
    """A sentence or two, each with a space before it; nothing where nothing is known."""
    if elsewhere := named(value):
        return "".join(f" {one_of(name)}." for name in elsewhere[:3])
    if not_here := outside(value):
        return "".join(said_of(one.label, one.curie, slugs(one.broader, model)) for one in not_here[:3])
    alike = spelt_alike(value, model)
    return f" Did you mean '{alike}'?" if alike else ""


def one_of(name: Name) -> str:
    """ "'HGF' is the molecule hgf"."""
    return f"'{name.value}' is the {model_named(name.model)._meta.verbose_name} '{name.ident}'"


def said_of(label: str, curie: str, broader: Iterable[str]) -> str:
    """What is said of something that is not here, in lists, in the answers of resolve and on pages."""
    also = ", ".join(f"'{ident}'" for ident in broader)
    return f" {label} ({curie}) is not in this knowledge base." + (f" Broader here: {also}." if also else "")


def slugs(names: Iterable[Name], model: type[Model]) -> list[str]:
    return sorted({name.ident for name in names if name.model == name_of(model)})


def letters(text: str) -> str:
    return fold(text).replace(" ", "")


def allowed(word: str) -> int:
    """How many letters may be mistyped. In a code each letter and digit tells it from another one."""
    return 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2


def spelt_alike(value: str, model: type[Model]) -> str:
    """The row of a kind of which some name is nearest in spelling, if that is near enough."""
    word = letters(value)
    limit = allowed(word)
    if not limit:
        return ""
    names = Name.objects.filter(model=name_of(model), source__in=WORDS, as_written=False)
    known = ((letters(name), ident) for name, ident in names.values_list("value", "ident").iterator())
    near = (
        (OSA.distance(word, name, score_cutoff=limit), ident)
        for name, ident in known
        if name.isalpha() and abs(len(name) - len(word)) <= limit
    )
    return min((pair for pair in near if pair[0] <= limit), default=(0, ""))[1]
