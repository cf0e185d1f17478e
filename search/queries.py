"""What was typed, read as words, phrases and a kind. Anything at all can be read."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

from core.identifiers import plain
from core.text import GREEK, fold
from search.models import NOTED
from search.tokens import CAPITALS, Form, alike, capitals, stem, stems, vocabulary

LONGEST = 2_000
MOST_WORDS = 16
MOST_CHUNKS = 40  # of the typed words in which names are looked for
LONGEST_COMPOUND = 8  # words
KIND = re.compile(r"(?<!\S)kind:([\w-]+)(?!\S)", re.IGNORECASE)
QUOTED = re.compile(r'"([^"]*)"')
LONGEST_NUMBERED = 4  # words that a number may belong to
AROUND = ".,;:?!()[]{}"  # what stands around words and is none of them
GREEK_LETTERS = set(GREEK.values())
QUOTES = str.maketrans("“”„«»", '"""""')


def together(operator: type[And] | type[Or], conditions: list[SearchQuery]) -> SearchQuery:
    return operator(conditions) if len(conditions) > 1 else conditions[0]


@dataclass(frozen=True)
class Wanted:
    """One thing that a row must have: a word or a compound, in any of its forms.

    `exact` are the forms as typed, `loose` those of the same stem or meaning. A form is a tuple of words that follow
    each other; `apart` are words that may also stand anywhere. With `prefix` the last word may go on.
    What was `quoted` is meant literally.
    """

    text: str
    exact: tuple[Form, ...]
    loose: tuple[Form, ...] = ()
    apart: tuple[str, ...] = ()
    prefix: bool = False
    quoted: bool = False

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms that it is found in, as words that follow each other or stand apart."""
        return (*self.exact, *self.loose, *((self.apart,) if self.apart else ()))

    @property
    def typed(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text

    def single_words(self) -> list["Wanted"]:
        """The words of a phrase, each by itself; of anything else, nothing."""
        words = fold(self.text).split()[:MOST_WORDS] if self.quoted else []
        return [word_wanted(word) for word in words] if len(words) > 1 else []

    def found_in(self, words: str) -> int:
        """2 as typed, 1 in another form, 0 not at all. `words` is a column of a search document."""
        if any(f" {' '.join(form)} " in words for form in self.exact):
            return 2
        if any(f" {' '.join(form)} " in words for form in self.loose):
            return 1
        if self.prefix and any(f" {' '.join(form)}" in words for form in self.exact):
            return 1
        if self.apart and all(f" {word} " in words or f" {stem(word)} " in words for word in self.apart):
            return 1
        return 0

    def condition(self, noted: bool = False) -> SearchQuery:
        """The same as a query of modelsearch, whose autocompletion takes a plain text as a prefix.

        With `noted` it may also stand in the note of a row.
        """
        forms = [Phrase(" ".join(form)) for form in (*self.exact, *self.loose)]
        if noted:
            forms += [Phrase(" ".join(NOTED + word for word in form)) for form in (*self.exact, *self.loose)]
        if self.prefix:
            forms += [PlainText(form[0]) for form in self.exact if len(form) == 1]
        if self.apart:
            forms.append(And([Or([Phrase(word), Phrase(stem(word))]) for word in self.apart]))
        return together(Or, forms)


@dataclass(frozen=True)
class Query:
    """What was asked for. `whole` are the spellings of all of it, as the name of a row might be.

    Rows must have what is `wanted`. What would be `welcome` only raises rows that have it, as do the kinds that are
    named in passing ("which sources …"): `kinds`. With `noted`, what curators noted of a row counts, too. `chunks` are
    the words outside of phrases as they were typed.
    """

    text: str
    wanted: tuple[Wanted, ...] = ()
    welcome: tuple[Wanted, ...] = ()
    whole: tuple[str, ...] = ()
    kind: str = ""
    kinds: frozenset[str] = frozenset()
    noted: bool = False
    is_question: bool = False
    cut: bool = field(default=False, compare=False)
    chunks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def parts(self) -> tuple[Wanted, ...]:
        """Everything that may be looked for in a row."""
        return (*self.wanted, *self.welcome)

    def all_in(self, words: str) -> bool:
        return all(wanted.found_in(words) for wanted in self.wanted)

    def condition(self) -> SearchQuery:
        """Rows that have everything."""
        return together(And, [wanted.condition(self.noted) for wanted in self.wanted])

    def with_numbers(self, is_numbered: Callable[[str], bool]) -> "Query":
        """The same where a number belongs to the words before it, if these name numbered things: "Delta-like 4"."""
        parts: list[Wanted] = []
        for wanted in self.wanted:
            is_number = fold(wanted.text).isdigit() and not wanted.quoted
            before = [part.text for part in parts[-LONGEST_NUMBERED:]] if is_number else []
            openings = (" ".join(before[start:]) for start in range(len(before)))
            opening = next((text for text in openings if is_numbered(text)), "")
            if opening:
                size = next(n for n in range(1, len(before) + 1) if " ".join(before[-n:]) == opening)
                parts[-size:] = [chunk_wanted(f"{opening} {wanted.text}")]
            else:
                parts.append(wanted)
        return replace(self, wanted=tuple(parts))

    def any_condition(self) -> SearchQuery:
        """Rows that have anything."""
        return together(Or, [wanted.condition() for wanted in self.wanted])

    def in_capitals(self, is_called: Callable[[str], bool]) -> "Query":
        """The same where a name in capitals is not the everyday word that it is spelt like, if a row is called so."""
        if self.text.isupper() and len(self.wanted) > 1:
            return self
        parts = []
        for wanted in self.wanted:
            is_one = CAPITALS.fullmatch(wanted.text) and not wanted.quoted
            words = [word for word in capitals(wanted.text) if is_one and is_called(word)]
            parts.append(replace(wanted, exact=((words[0],),), loose=()) if words else wanted)
        return replace(self, wanted=tuple(parts))

    def required(self, is_weak: Callable[[str], bool], kinds: Collection[str]) -> "Query":
        """The same where rows must have only what is telling: no weak word, no kind in the plural.

        All of it, if nothing else is left.
        """
        named = {wanted: asked_kind(wanted.text, kinds) for wanted in self.wanted if not wanted.quoted}
        weak = [wanted for wanted, kind in named.items() if kind or is_weak(fold(wanted.text))]
        wanted = tuple(part for part in self.wanted if part not in weak)
        if not wanted:
            return self
        return replace(
            self, wanted=wanted, welcome=tuple(weak), kinds=frozenset(filter(None, named.values()))
        )

    def open_ended(self) -> "Query":
        """The same, but its last word may go on."""
        *first, last = self.wanted
        return replace(self, wanted=(*first, replace(last, prefix=True)))


def read(text: str, kinds: Collection[str] = ()) -> Query:
    """The query in a text. `kind:` counts where it names one of `kinds`, else it is a word like any other."""
    text = text[:LONGEST].translate(QUOTES)
    kind = ""
    for match in KIND.finditer(text):
        if named := kind_named(match.group(1), kinds):
            kind, text = named, text.replace(match.group(0), " ", 1)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    parts: list[Wanted] = []
    rest: list[str] = []
    for place, part in enumerate(QUOTED.split(text)):
        if place % 2:
            parts += [phrase_wanted(part)] if fold(part) else []
        else:
            rest.append(part)
    chunks = [chunk for long in " ".join(rest).split() for chunk in bounded(address(long.strip(AROUND)))]
    parts += [chunk_wanted(chunk) for chunk in telling(chunks, bool(parts))]
    wanted = tuple(dict.fromkeys(parts))
    words = fold(text).split()
    return Query(
        text, wanted[:MOST_WORDS], whole=whole_forms(words), kind=kind,
        is_question=text.endswith("?") or words[:1] != [] and words[0] in vocabulary()["questions"],
        cut=len(wanted) > MOST_WORDS, chunks=tuple(chunks[:MOST_CHUNKS]),
    )  # fmt: skip


def address(chunk: str) -> str:
    """The identifier in the address of a publication, or after its prefix; any other chunk as it is."""
    return plain(chunk) if "/" in chunk or ":" in chunk else chunk


def bounded(chunk: str) -> list[str]:
    """A chunk, or the words of one that is too long to hold together."""
    words = fold(chunk).split()
    return words if len(words) > LONGEST_COMPOUND else [chunk]


def kind_named(word: str, kinds: Collection[str]) -> str:
    """The kind that a word names, in singular or plural, whole or by its last part; or nothing."""
    word = word.lower()
    singular = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
    found = [kind for kind in kinds if kind in singular]
    found = found or [kind for kind in kinds if kind.rsplit("-", 1)[-1] in singular]
    return found[0] if len(found) == 1 else ""


def asked_kind(word: str, kinds: Collection[str]) -> str:
    """The kind that a word asks for in the plural ("which sources …", "trials of …"); or nothing."""
    folded = fold(word)
    found = vocabulary()["kind_words"].get(folded, "")
    return found or (kind_named(folded, kinds) if folded.endswith("s") else "")


def whole_forms(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((" ".join(words), "".join(words), stems(words)))) if words else ()


def telling(chunks: list[str], has_phrase: bool) -> list[str]:
    """The chunks that say something, without what holds for nearly every row; all, if none would be left."""
    kept = [(chunk, fold(chunk)) for chunk in chunks if fold(chunk)]
    without = [pair for pair in kept if pair[1] not in vocabulary()["ignored"]]
    for background in vocabulary()["background"]:
        size = len(background)
        place = 0
        while place + size <= len(without):
            words = tuple(word for _, folded in without[place : place + size] for word in folded.split())
            if words == background:
                del without[place : place + size]
            else:
                place += 1
    left = without if without or has_phrase else kept
    return group_alike([chunk for chunk, _ in left])


def group_alike(chunks: list[str]) -> list[str]:
    """Neighbours that are one expression of the vocabulary ("motor neurone disease") as one chunk."""
    grouped: list[str] = []
    longest, place = max(map(len, alike()), default=1), 0
    while place < len(chunks):
        for size in range(min(longest, len(chunks) - place), 0, -1):
            together = " ".join(chunks[place : place + size])
            if size == 1 or tuple(map(stem, fold(together).split())) in alike():
                grouped.append(together)
                place += size
                break
    return grouped


def word_wanted(word: str) -> Wanted:
    return Wanted(word, ((word,),), distinct([(stem(word),), *alike().get((stem(word),), [])], [(word,)]))


def phrase_wanted(text: str) -> Wanted:
    words = tuple(fold(text).split()[:MOST_WORDS])
    return Wanted(text, distinct([words, ("".join(words),)]), quoted=True)


def chunk_wanted(chunk: str) -> Wanted:
    """A word, or a compound: "IL-6" holds together, "adipose-derived" may stand apart."""
    words = tuple(fold(chunk).split())
    if len(words) == 1:
        # A code in capitals is no form of a word: CXCRA is not CXCR and a suffix.
        loose = alike().get(words, []) if CAPITALS.fullmatch(chunk) else word_wanted(words[0]).loose
        return Wanted(chunk, (words,), tuple(loose))
    exact = distinct([words, ("".join(words),)])
    loose = [tuple(map(stem, words)), *alike().get(tuple(map(stem, words)), [])]
    said_of_all = {phrase[0] for phrase in vocabulary()["background"] if len(phrase) == 1}
    kept = tuple(word for word in words if word not in vocabulary()["ignored"] | said_of_all)
    is_made_of_words = all(len(word) > 2 and word.isalpha() for word in words)
    apart = kept if is_made_of_words and not is_code(chunk, kept) else ()
    return Wanted(chunk, exact, distinct(loose, exact), apart)


def is_code(chunk: str, words: Collection[str]) -> bool:
    """Is any of these words of a compound written in capitals, or a Greek letter: TGF-alpha?"""
    capitals = {match.group().lower() for match in CAPITALS.finditer(chunk)}
    return not (capitals | GREEK_LETTERS).isdisjoint(words)


def distinct(forms: Iterable[Form], known: Collection[Form] = ()) -> tuple[Form, ...]:
    return tuple(form for form in dict.fromkeys(forms) if form not in known)
