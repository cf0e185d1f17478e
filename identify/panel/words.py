"""The words of a panel, from `words.yaml`, and the signs that they stand for."""

from functools import cache
from pathlib import Path

import yaml

POSITIVE, NEGATIVE, VARIABLE = "positive", "negative", "variable"
# Kinds of words that are signs by themselves, and all kinds of words that say something of markers.
SIGN_OF = {"POSITIVE": POSITIVE, "NEGATIVE": NEGATIVE, "VARIABLE": VARIABLE}
KIND_OF = {sign: kind for kind, sign in SIGN_OF.items()}
SAYING = {*SIGN_OF, "STRONGLY", "EXPRESS", "LACK", "NOT", "BE", "EXPRESSION"}
NOT_TOKENS = ("AT_LEAST", "AT_MOST", "ABOUT")  # parts of a share


@cache
def words_by_kind() -> dict[str, list[str]]:
    return yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))


def listed(kind: str) -> list[str]:
    return words_by_kind()[kind]


@cache
def phrases() -> dict[str, dict[tuple[str, ...], str]]:
    """{first word: {words: kind}}"""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for kind, entries in words_by_kind().items():
        for entry in entries if kind not in NOT_TOKENS else ():
            words = tuple(entry.split())
            found.setdefault(words[0], {})[words] = kind
    return found


@cache
def single_signs() -> dict[str, str]:
    """{word: sign} of the signs that are one word, the longest first."""
    found = {word: sign for kind, sign in SIGN_OF.items() for word in listed(kind) if " " not in word}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
