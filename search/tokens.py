"""How text becomes the words that are compared: spellings of a name, stems, and the field's own vocabulary."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TypedDict

import yaml
from django.conf import settings

from core.text import GREEK, SPELLINGS, fold
from search.english import is_everyday

LATIN = {name: {"chi": "x"}.get(name, name[0]) for name in GREEK.values()}
LETTERS_AND_DIGITS = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
NUMBER_APART = re.compile(r"(?<=[a-z]) (?=\d)")
SHORTEST_STEM = 4
CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
Form = tuple[str, ...]  # words that follow each other
# Longest first. A plural has lost its s before they are looked for.
SUFFIXES = sorted(
    [
        "ation", "ative", "atory", "ated", "ate", "ating", "ator", "ion", "ing", "ed", "ive", "ory", "or", "er", "ity",
        "ment", "ement", "al", "ial", "ic", "ical", "ous", "ly", "y", "e", "a", "ia", "ium", "is", "osis", "otic",
        "esis", "etic", "asis", "atic", "eutic", "ant", "ful",
    ],
    key=len, reverse=True,
)  # fmt: skip


class Vocabulary(TypedDict):
    """The field's own words, folded.

    `ignored` say nothing in a question, `background` holds for nearly every row, `irregular` forms lead to one,
    `alike` are groups of words of one meaning, `kinds` is the order of kinds among results that match alike,
    `kind_words` are {word: the kind that is asked for with it}.
    """

    ignored: set[str]
    background: list[Form]
    irregular: dict[str, str]
    alike: list[list[Form]]
    kinds: list[str]
    kind_words: dict[str, str]
    questions: set[str]


@cache
def vocabulary() -> Vocabulary:
    """What the file that `SEARCH_WORDS` names holds."""
    read = yaml.safe_load(settings.SEARCH_WORDS.read_text(encoding="utf-8"))
    return {
        "ignored": {fold(word) for word in read["ignored"]},
        "background": [tuple(fold(phrase).split()) for phrase in read["background"]],
        "irregular": {fold(form): fold(word) for form, word in read["irregular"].items()},
        "alike": [[tuple(fold(word).split()) for word in group] for group in read["alike"]],
        "kinds": read["kinds"],
        "questions": {fold(word) for word in read["questions"]},
        "kind_words": {fold(word): kind for kind, words in read["kind_words"].items() for word in words},
    }


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word have in common: number, word class, British and American spelling taken off.

    >>> stem("tumours") == stem("tumor"), stem("ischaemic") == stem("ischemia")
    (True, True)
    """
    word = vocabulary()["irregular"].get(word, word)
    if len(word) <= SHORTEST_STEM - 1 or not word.isalpha():
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


@cache
def alike() -> dict[Form, list[Form]]:
    """{stems of a word or phrase: the others of its meaning}, as tuples of words."""
    return {
        tuple(map(stem, words)): [other for other in group if other != words]
        for group in vocabulary()["alike"]
        for words in group
    }


def stems(words: Iterable[str]) -> str:
    """The stems of a sequence of words, as one string."""
    return " ".join(stem(word) for word in words)


def capitals(text: str) -> list[str]:
    """A word of its own for each name in capitals that an everyday word is spelt like: NO is not "no".

    >>> capitals("NO, not IL-6")
    ['nocapitals']
    """
    words = (match.group().lower() for match in CAPITALS.finditer(text))
    return [f"{word}capitals" for word in words if is_everyday(word)]


@lru_cache(maxsize=20_000)
def spellings(value: str) -> tuple[str, ...]:
    """Every folded form in which people type a name, the plain one first.

    >>> spellings("TGF-β1")[:4]
    ('tgf beta1', 'tgfbeta1', 'tgf beta 1', 'tgf b1')
    """
    spaced = fold("".join(f" {GREEK[c]} " if c in GREEK else c for c in value.lower()))
    latin = fold("".join(LATIN[GREEK[c]] if c in GREEK else c for c in value.lower()))
    plain = fold(value)
    abbreviated = " ".join(LATIN.get(word, word) for word in plain.split())
    forms: list[str] = []
    for form in (plain, spaced, latin, abbreviated):
        forms += [form, form.replace(" ", ""), LETTERS_AND_DIGITS.sub(" ", form), stems(form.split())]
        forms.append(NUMBER_APART.sub("", form))
    forms += capitals(value)
    return tuple(dict.fromkeys(form for form in forms if form))


def barred(forms: Iterable[str]) -> str:
    """Forms as a column of words holds them: "| a b | c |"."""
    kept = list(dict.fromkeys(form for form in forms if form))
    return f"| {' | '.join(kept)} |" if kept else ""


def text_forms(text: str) -> tuple[str, ...]:
    """The forms of running text: its words, their stems, and every spelling of the compounds in it."""
    words = fold(text).split()
    forms = [" ".join(words), stems(words)]
    for chunk in re.split(r"[\s,;:()\[\]]+", text):
        forms += compound_forms(chunk)
    forms += capitals(text)
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=50_000)
def compound_forms(chunk: str) -> tuple[str, ...]:
    """Every spelling of a compound and of its parts, of a plain word nothing."""
    folded = fold(chunk)
    if " " not in folded and chunk.isascii() and not LETTERS_AND_DIGITS.search(folded):
        return ()
    parts = re.split(r"[/–—+]", chunk)
    return (*spellings(chunk.strip(".")), *(form for part in parts for form in spellings(part)))
