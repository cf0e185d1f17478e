"""Names of the field under which nothing is held: they are said to be absent, and never taken for another name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.names import Outside, named, names_among, outside
from core.text import fold, key
from search.english import is_general
from search.frequencies import Frequencies
from search.matches import is_there, matching
from search.queries import Query, Wanted, chunk_wanted
from search.tokens import alike, stem, vocabulary

LONGEST_NAME = 6  # words
MOST_READ = 500  # rows in which a name is looked for
CODE = re.compile(r"(?=.*[^\W\d_])(?=.*\d)")  # letters and digits


@dataclass(frozen=True)
class Absent:
    """A name as it was typed, and what it may mean in the field; nothing for what no file of names has."""

    text: str
    meanings: list[Outside]


def absent_names(query: Query, frequencies: Frequencies) -> tuple[Absent, ...]:
    """The names in a query under which nothing is held, the longest ones first, and codes that no row has.

    A longer name that is held has its words: "integrin β3" is no "β3".
    """
    chunks = query.chunks
    lost = [
        w for w in query.wanted if not w.quoted and not frequencies.rows_with(w.forms) and not is_there(w)
    ]
    missing = {word for part in lost for word in part.text.split()}
    wanted = {word for part in query.wanted for word in part.text.split()}
    telling = [place for place, chunk in enumerate(chunks) if not is_ignored(chunk)]
    whole = (telling[0], telling[-1] + 1) if telling else (0, 0)
    held = names_among(" ".join(chunks[start:end]) for start, end in spans(len(chunks)))
    found: list[Absent] = []
    done = 0
    for start, end in spans(len(chunks)):
        part, text = chunks[start:end], " ".join(chunks[start:end])
        if start < done:
            continue
        if text in held:
            done = end
        # Several words that all stand here may be a name of the field by chance, unless nothing else is asked.
        elif (len(part) == 1 and text in wanted) or not missing.isdisjoint(part) or (start, end) == whole:
            meanings = outside(text)
            is_code = len(part) == 1 and text in missing and bool(CODE.search(text))
            if is_code or (meanings and not is_held(text, frequencies)):
                found.append(Absent(text, meanings))
                done = end
    return tuple(found)


def spans(number: int) -> Iterator[tuple[int, int]]:
    """(start, end) of all spans of so many words, by their start, the longest first."""
    for start in range(number):
        for end in range(min(start + LONGEST_NAME, number), start, -1):
            yield start, end


def is_ignored(chunk: str) -> bool:
    return fold(chunk) in vocabulary()["ignored"] or not fold(chunk)


def is_held(text: str, frequencies: Frequencies) -> bool:
    """Is anything called so, or said in these words, be it in the plural or in words of the same meaning?

    What a row links to does not count: it may have the name within a longer one.
    """
    typed = fold(text).split()
    if len(typed) == 1 and (typed[0] in frequencies.said or stem(typed[0]) in frequencies.stems):
        return True
    is_expression = tuple(map(stem, typed)) in alike()
    if named(text) or (is_expression and is_there(chunk_wanted(text))):
        return True
    wanted, size = key(text), len(typed)
    return any(
        key(" ".join(words[start : start + length])) == wanted
        for words in texts_with(chunk_wanted(text))
        for length in range(1, size + 2)
        for start in range(len(words))
    )


def texts_with(wanted: Wanted) -> Iterator[list[str]]:
    """The words of the titles and texts that have something."""
    found = matching(Query("", (wanted,)).condition(), ("title", "text_words"))
    for document in found[:MOST_READ]:
        yield fold(document.title).split()
        yield document.text_words.partition(" |")[0].strip("| ").split()


def technical_words(unknown: Iterable[Wanted]) -> tuple[Absent, ...]:
    """What no row has and no English text: names, too, even if no file has them."""
    return tuple(
        Absent(wanted.text, [])
        for wanted in unknown
        if not wanted.quoted
        and (CODE.search(wanted.text) or not all(map(is_general, fold(wanted.text).split())))
    )
