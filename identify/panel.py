"""Reads a flow cytometry panel as people write it: "CD73+ CD90 pos, CD45neg; HLA-DR (−)".

A name is the longest run of words that some molecule goes by, so that the hyphen of HLA-DR is part of the
name and the one after it is its sign. What cannot be read is kept, with the reason: nothing is
guessed, nothing dropped.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from core.text import key

POSITIVE, NEGATIVE, VARIABLE = "positive", "negative", "variable"
LONGEST = 5_000

# Weak or partial staining is neither clearly there nor clearly absent: it is read as variable.
WORDS = {
    POSITIVE: "positive pos high hi bright strong present expressed detected",
    NEGATIVE: "negative neg absent undetected undetectable",
    VARIABLE: "variable var low lo dim weak intermediate int mixed heterogeneous partial",
}
SIGN_OF = {word: sign for sign, words in WORDS.items() for word in words.split()} | {
    "not expressed": NEGATIVE, "not detected": NEGATIVE, "not present": NEGATIVE, "+ve": POSITIVE, "-ve": NEGATIVE,
    "expressing": POSITIVE, "express": POSITIVE, "lacking": NEGATIVE, "lack": NEGATIVE, "without": NEGATIVE,
}  # fmt: skip
UNSAID = [
    "for", "of", "and", "or", "but", "are", "is", "was", "were", "the", "all", "both", "also", "with", "by",
    "marker", "markers", "cells", "msc", "mscs",
]  # fmt: skip

MINUS = re.compile("[\u2010-\u2015\u2212\u02d7\u2796\ufe58\ufe63]")
EITHER = re.compile(r"(?:\+\s*/\s*-|-\s*/\s*\+|\+-|\+\\-)(?![A-Za-z0-9])")
BULLET = re.compile(r"^[ \t]*[-*•]+[ \t]+", re.MULTILINE)
PHRASE = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(SIGN_OF, key=len, reverse=True))
SYMBOL = r"\++|±|-+"
BARE_SIGN = re.compile(rf"(?P<phrase>{PHRASE})(?![A-Za-z0-9])|(?P<symbol>{SYMBOL})", re.IGNORECASE)
IN_BRACKETS = re.compile(
    rf"[ \t]*[:=-]?[ \t]*[(\[][ \t]*(?:(?P<phrase>{PHRASE})|(?P<symbol>{SYMBOL}))[ \t]*[)\]]", re.IGNORECASE
)
WORD_SIGN = re.compile(
    rf"[ \t]*[:=]?[ \t]*-?[ \t]*(?:(?:is|are|was|were)[ \t]+(?:all[ \t]+|both[ \t]+)?)?(?P<phrase>{PHRASE})"
    r"(?![A-Za-z0-9])(?!\s+(?:for|of)\b|\s*:)",
    re.IGNORECASE,
)
SYMBOL_SIGN = re.compile(rf"[ \t]*[:=]?[ \t]*(?P<symbol>{SYMBOL})")
PERCENTAGE = re.compile(r"[ \t]*[:=(]?[ \t]*[<>≥≤~]?[ \t]*\d+(?:[.,]\d+)?[ \t]*%[ \t]*\)?")
HEADING = re.compile(r"\s+(?:for|of)\b|\s*:|\s*\n", re.IGNORECASE)
BEFORE = re.compile(r"\s*[+±-][^\W_]")
AFTER = re.compile(r"[^\W_][+±]|[^\W_]-(?![^\W_])")
THEN_A_NAME = re.compile(r"[ \t]+[^\W_]")
RUN = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \t'’′-]{1,3}|:")
ALIAS = re.compile(r"[ \t]*\(([^()]*)\)")
SUFFIX = re.compile(rf"(?:{'|'.join(w for words in WORDS.values() for w in words.split())})$", re.IGNORECASE)
FILLER = re.compile(rf"(?:{'|'.join(UNSAID)})(?![A-Za-z0-9])", re.IGNORECASE)

NO_SIGN = "No plus or minus is given for it."
UNCLEAR = "Two signs stand around it; write its own beside it."
A_PERCENTAGE = "Percentages are not read: write + or −, by the limits of your own panel."


@dataclass
class Reading:
    """One name of a panel: as written, its sign (None where none could be read, with the reason)."""

    written: str
    name: str
    sign: str | None
    reason: str = ""


def normal(text: str) -> str:
    """One kind of plus and minus, plain letters and digits, no invisible characters."""
    text = unicodedata.normalize("NFKC", text).replace("\r", "\n").replace("➕", "+")
    text = MINUS.sub("-", text)
    text = "".join(
        " " if unicodedata.category(c) == "Cc" and c != "\n" else c
        for c in text
        if unicodedata.category(c) != "Cf"
    )
    # Blanks are single from here on, so that no pattern below can be made to try them in many ways.
    text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n]+", " ", text))
    return EITHER.sub("±", BULLET.sub("", text))


def read_panel(text: str, known: Mapping[str, object]) -> list[Reading]:
    """The readings of a panel, in its order. `known`: {key of a name: what it means} of all names there are."""
    return _Reader(normal(text), known).readings


def sign_of(match: re.Match[str]) -> str:
    """What a sign says, by the groups `phrase` and `symbol` of its match."""
    if phrase := match.group("phrase") if "phrase" in match.re.groupindex else None:
        return SIGN_OF[" ".join(phrase.lower().split())]
    return {"+": POSITIVE, "-": NEGATIVE, "±": VARIABLE}[match.group("symbol")[0]]


class _Reader:
    """Goes through a panel from left to right; `lead` is a sign that stands before its names."""

    def __init__(self, text: str, known: Mapping[str, object]):
        self.text, self.known, self.place = text, known, 0
        self.longest = 10
        # Names still without a sign, which a word may close; names that took the present lead.
        self.readings: list[Reading] = []
        self.open: list[Reading] = []
        self.led: list[Reading] = []
        self.lead: str | None = None
        # Signs stand before the names throughout, or after them: "+CD73 -CD45".
        self.before = bool(BEFORE.match(text)) and not AFTER.search(text)
        while self.place < len(text):
            self.step()

    def step(self) -> None:
        here = self.text[self.place]
        if here in ";\n" or self.text.startswith((". ", ".\n"), self.place):
            self.open = []
            if here != "\n":
                self.lead = None
        if self.before and (match := re.compile(SYMBOL).match(self.text, self.place)):
            self.lead = {"+": POSITIVE, "-": NEGATIVE, "±": VARIABLE}[match.group()[0]]
            self.place = match.end()
        elif not RUN.match(here):
            self.place += 1
        elif (match := BARE_SIGN.match(self.text, self.place)) and match.group("phrase"):
            self.read_word(match)
        elif match := FILLER.match(self.text, self.place):
            self.place = match.end()
        else:
            self.read_name()

    def read_word(self, match: re.Match[str]) -> None:
        """A sign that stands alone: a heading for what follows, or the end of a list before it."""
        self.place = match.end()
        if self.open and not HEADING.match(self.text, self.place):
            self.close(sign_of(match))
        else:
            self.lead, self.open, self.led = sign_of(match), [], []

    def close(self, sign: str | None) -> None:
        for earlier in self.open:
            earlier.sign, earlier.reason = sign, ""
        self.open = []

    def read_name(self) -> None:
        start = self.place
        self.place = self.end_of_known(start) or self.end_of_unknown(start)
        name = self.text[start : self.place].strip()
        self.skip_alias(key(name))
        sign, reason, shared = self.read_sign()
        reading = Reading(self.text[start : self.place].strip(), name, sign, reason)
        self.readings.append(reading)
        if shared:
            self.close(sign)
            if self.lead not in (None, sign):
                for led in self.led:
                    led.sign, led.reason = None, UNCLEAR
                self.lead, self.led = None, []
        if sign or reason == A_PERCENTAGE:
            self.open = []
        elif self.lead:
            reading.sign, reading.reason = self.lead, ""
            self.led.append(reading)
        else:
            self.open.append(reading)

    def read_sign(self) -> tuple[str | None, str, bool]:
        """(sign or None, why there is none, does it close a list: "CD14, CD34 and CD45 negative")."""
        if match := PERCENTAGE.match(self.text, self.place):
            self.place = match.end()
            return None, A_PERCENTAGE, False
        attached = self.place
        for pattern in (IN_BRACKETS, WORD_SIGN, SYMBOL_SIGN):
            if self.before and pattern is SYMBOL_SIGN:
                continue
            if match := pattern.match(self.text, self.place):
                if pattern is WORD_SIGN and self.lead and THEN_A_NAME.match(self.text, match.end()):
                    continue
                self.place = match.end()
                if pattern is SYMBOL_SIGN and (
                    more := re.compile(r"ve(?![A-Za-z0-9])").match(self.text, self.place)
                ):
                    self.place = more.end()
                return sign_of(match), "", pattern is WORD_SIGN and self.text[attached].isspace()
        return None, NO_SIGN, False

    def skip_alias(self, name: str) -> None:
        """A second name in brackets of the same molecule: CD105 (endoglin)."""
        match = ALIAS.match(self.text, self.place)
        if match and name in self.known and self.known.get(key(match.group(1))) == self.known[name]:
            self.place = match.end()

    def ends(self, start: int) -> list[int]:
        """The ends of the first run of letters from `start`, of the first two, …, as far as a name may go."""
        found: list[int] = []
        run = RUN.match(self.text, start)
        while run and len(found) < self.longest:
            found.append(run.end())
            gap = GAP.match(self.text, run.end())
            run = RUN.match(self.text, gap.end()) if gap else None
        return found

    def end_of_known(self, start: int) -> int | None:
        """Where the longest known name from `start` ends, or None. "CD105hi" is CD105 and a word."""
        for end in reversed(self.ends(start)):
            if key(self.text[start:end]) in self.known and not self.goes_on(end):
                return end
            if place := self.without_word(start, end):
                return place
        return None

    def goes_on(self, end: int) -> bool:
        """Does an unknown name go on after a known beginning, as in HLA-DP or CD90.1?"""
        if not re.compile(r"[-.][^\W_]").match(self.text, end):
            return False
        return not (WORD_SIGN.match(self.text, end) or self.begins_known(end + 1))

    def begins_known(self, start: int) -> bool:
        """Does a known name begin at `start`, whatever follows it?"""
        return any(
            key(self.text[start:end]) in self.known or self.without_word(start, end)
            for end in self.ends(start)
        )

    def without_word(self, start: int, end: int) -> int | None:
        """Where the known name ends that a sign word is glued to, or None."""
        word = SUFFIX.search(self.text[start:end])
        name = self.text[start : start + word.start()] if word else ""
        return start + len(name) if name[-1:].isalnum() and key(name) in self.known else None

    def end_of_unknown(self, start: int) -> int:
        """Where a name that nothing goes by ends: before a sign, a separator or a known name."""
        end = self.ends(start)[0]
        while more := re.compile(r"(?P<gap>[-.'’′]|[ \t]+)(?=[^\W_])").match(self.text, end):
            after = more.end()
            if (
                WORD_SIGN.match(self.text, end)
                or FILLER.match(self.text, after)
                or BARE_SIGN.match(self.text, after)
                or PERCENTAGE.match(self.text, end)
                or self.begins_known(after)
            ):
                break
            end = self.ends(after)[0]
        word = SUFFIX.search(self.text[start:end])
        return (
            start + word.start() if word and self.text[start : start + word.start()][-1:].isdigit() else end
        )
