"""Text as people type it: one folding shared by search, filters and look-ups.

SQLite and PostgreSQL disagree on case and accents outside ASCII, so comparisons are made on a
folded copy of the text that Python computes once, never by the database.
"""

import re
import unicodedata
from functools import lru_cache

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
SPELLED = str.maketrans(GREEK)
WORD = re.compile(r"[a-z0-9]+")
Rules = list[tuple[re.Pattern[str], str]]


def rules(*pairs: tuple[str, str]) -> Rules:
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


# British and American spelling, brought to one. What this does to other words does not matter:
# it is done to both sides of every comparison.
SPELLINGS = rules(
    (r"ae|oe", "e"), (r"our", "or"), (r"leuc", "leuk"), (r"sulph", "sulf"), (r"(cent|fib|lit|met|tit)re$", r"\1er"),
    (r"is(?=(ation|ations|e|ed|es|ing|er|ers)$)", "iz"), (r"ys(?=(e|ed|es|ing)$)", "yz"),
    (r"(?<=[aeiou])ll(?=(ing|ed|er|ers)$)", "l"), (r"ense$", "ence"), (r"ogue(?=s?$)", "og"),
)  # fmt: skip
# One of these makes singular and plural one: metastasis and metastases, process and processes, body and bodies.
NUMBERS = rules(
    (r"(?<=[aeiouy])sis$", "se"), (r"ies$", "y"), (r"(?:(?<=ss)|(?<=us)|(?<=x))es$", ""), (r"(?<![sui])s$", ""),
)  # fmt: skip
# Shorter words are codes rather than words: FAS, ROS and iNOS are no plurals.
SHORTEST_WORD = 5
# Of cells and other things that are called by letters: AD-MSCs, hESCs.
POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)  # Crohn's disease is Crohn disease
LETTERS_PLURAL = re.compile(r"(?<=[^aeious])s$")
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def fold(text: object) -> str:
    """Lower-case ASCII words of ``text``: no case, accents, Greek letters or punctuation.

    >>> fold("TGF-β1/Smad signalling, naïve")
    'tgf beta1 smad signalling naive'
    """
    plain = str(text).lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(SPELLED))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(SPELLED)
    return " ".join(WORD.findall(plain))


def key(text: object) -> str:
    """What all ways to write one name have in common: words as `one_form` has them, without spaces.

    >>> key("CD-73") == key("cd73"), key("Tumours of T-cells") == key("tumor of T cell")
    (True, True)
    """
    words = fold(POSSESSIVE.sub("", str(text))).split()
    joined = "".join(map(one_form, words))
    if len(words) > 1 and len(words[-1]) < SHORTEST_WORD <= len(joined) and joined.isalpha():
        return LETTERS_PLURAL.sub("", joined)
    return joined


@lru_cache(maxsize=50_000)
def one_form(word: str) -> str:
    """A folded word without what number and British or American spelling make of it; a code as it is.

    >>> [one_form(word) for word in ("fibroblasts", "metastases", "ischaemia", "inos", "cd34s")]
    ['fibroblast', 'metastase', 'ischemia', 'inos', 'cd34s']
    """
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return word
    for pattern, replacement in NUMBERS:
        if pattern.search(word):
            word = pattern.sub(replacement, word)
            break
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def slugify(text: object) -> str:
    """Lower-case ASCII kebab-case, Greek letters spelled out: the slug of an entity's name.

    >>> slugify("TGF-β")
    'tgf-beta'
    """
    return fold(text).replace(" ", "-")
