"""Text as people type it: one folding shared by search, filters and look-ups.

SQLite and PostgreSQL disagree on case and accents outside ASCII, so comparisons are made on a
folded copy of the text that Python computes once, never by the database.
"""

import re
import unicodedata

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
SPELLED = str.maketrans(GREEK)
WORD = re.compile(r"[a-z0-9]+")
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
    """``fold`` without its spaces, so that "TGF-β", "TGFb" spelt out and "tgf beta" are one key.

    >>> key("CD-73") == key("cd73")
    True
    """
    return fold(text).replace(" ", "")


def slugify(text: object) -> str:
    """Lower-case ASCII kebab-case, Greek letters spelled out: the slug of an entity's name.

    >>> slugify("TGF-β")
    'tgf-beta'
    """
    return fold(text).replace(" ", "-")
