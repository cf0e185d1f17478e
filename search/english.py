"""How common a word is in English."""

from functools import cache

from wordfreq import get_frequency_dict

# Occurrences of a word, as a share of all: an everyday one, one of general texts, and one that is a word at all.
EVERYDAY, GENERAL, KNOWN = 6e-5, 1e-6, 1e-7


def words(wordlist: str, least: float) -> frozenset[str]:
    """The words of a list that are at least so common. The list itself is not kept in memory."""
    found = frozenset(word for word, share in get_frequency_dict("en", wordlist).items() if share >= least)
    get_frequency_dict.cache_clear()
    return found


@cache
def everyday() -> frozenset[str]:
    return words("small", EVERYDAY)


@cache
def general() -> frozenset[str]:
    return words("small", GENERAL)


@cache
def known() -> frozenset[str]:
    return words("large", KNOWN)


def is_everyday(word: str) -> bool:
    """Is this a word of any conversation?"""
    return word in everyday()


def is_general(word: str) -> bool:
    """Is this, or what it is a form of, a word of general texts, and no term of the field?"""
    return any(form in general() for form in (word, word.removesuffix("s"), word.removesuffix("ed")))


def is_english(word: str) -> bool:
    """Is this a word, so that nobody needs to have it mended?"""
    return word in known()
