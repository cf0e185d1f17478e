"""The tokens of a panel: names, signs, shares of cells, words that say something of markers, and borders.

A name is the longest run of words that some molecule goes by, so that the hyphen of HLA-DR is part of the name and
the one after it is its sign. A word that is neither a name nor in `words.yaml` is a border that no sign crosses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.names import Lookup
from identify.panel.shares import share_at
from identify.panel.words import KIND_OF, NEGATIVE, POSITIVE, SAYING, SIGN_OF, VARIABLE, phrases, single_signs

LONGEST = 5_000  # characters of a panel
MOST_RUNS = 10  # words of the longest name
SYMBOLS = {"+": POSITIVE, "-": NEGATIVE, "±": VARIABLE}
SEPARATORS = {"/": "SLASH", "&": "AND", ":": "COLON", "=": "COLON", "(": "OPEN", "[": "OPEN"} | dict.fromkeys(
    ",·、\t", "COMMA"
)

TICKS = str.maketrans("➕✓✔☑✅✗✘✕☒❌", "+++++-----")
MINUS = re.compile("[\u2010-\u2015\u2212\u02d7\u2796\ufe58\ufe63]")
RAISED = re.compile(r"<sup> *([^<]*?) *</sup>|\$? ?\^ ?\{? ?([+±/-]+) ?\}? ?\$?", re.IGNORECASE)
EITHER = re.compile(
    r"(?:\+ ?/ ?-|- ?/ ?\+)(?![a-z0-9])|(?:\+-|\+\\-)(?![A-Za-z0-9])"
    r"|(?:[+-]|neg|pos) ?/ ?(?:low|lo|dim|weak)(?![a-z])|(?:low|lo|dim|weak) ?/ ?(?:-|neg)(?![a-z0-9])"
)
BULLET = re.compile(r"^ ?[-*•]+ ", re.MULTILINE)
PLUS_BULLET = re.compile(r"^ ?\+ ", re.MULTILINE)  # then a minus before a line is a sign, too
SHORTENED = re.compile(r"\bCD\d+[a-z]?(?:/\d+[a-z]?)+\b")  # CD73/90/105
STUCK = re.compile(r"(?<=[0-9a-z])(bright|dim|high|hi|low|lo|int|neg|pos)(?=[A-Z])|\b(for|and|or|of)(?=CD\d)")
FOOTNOTE = re.compile(r"(?<=[^\W_])[*†‡§¶]+")
DYE = re.compile(
    r"-(?:(?:PE|FITC|APC|PerCP|BV\d+|AF\d+|Alexa ?Fluor ?\d+)(?:[-/]?(?:Cy|Fire) ?\d+(?:\.\d)?)?)(?![^\W_])"
)
LEADERS = re.compile(r"\.{2,}|…+|_{3,}")
STOPPED = re.compile(r"\b(pos|neg|var)\.(?= )", re.IGNORECASE)
END = re.compile(r"\n|[;|►•▪●■◦‣]|[.?!](?=\s|$)")
RUN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])")
# The sample, or its passage.
OWN_CELLS = re.compile(r"(?:(?:[^\W_]+-)*[^\W_]*(?:MSC|ASC|ADSC)s?|[Pp]\d{1,2})(?![^\W_+-])")
GAP = re.compile(r"[ '’′-]{1,3}|:(?=[^\W_])")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
NEXT_WORD = re.compile(r"[ -]([^\W_]+(?:'[^\W_]+)?)")
HYPHENED = re.compile(r"[-.'’′](?=[^\W_])")
CODE = re.compile(r"[^\W\d_]{1,6}-?\d+[^\W_]*")
SYMBOL = re.compile(r"\++|±|-{1,3}")
VE = re.compile(r"(?<=[+-])i?ve(?![A-Za-z0-9])")  # CD73+ve
A_SIGN_BEHIND = re.compile(r" ?[(\[] ?[+±-]|\+|±|-(?![^\W_])")
GLOSS = re.compile(r" ?\(([^()\n]{1,60})\)")


@dataclass(frozen=True)
class Token:
    """A piece of a panel. `value` is its sign, its `Share`, what ends a clause, what joins two names, or the
    "nor" before a name, by kind."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None
    is_attached: bool = False  # a symbol directly behind its name


def normal(text: str) -> str:
    """One kind of plus and minus, plain letters and digits, single blanks, no invisible characters."""
    text = unicodedata.normalize("NFKC", LEADERS.sub(" : ", text)).replace("\r", "\n")
    shown = (c for c in text if unicodedata.category(c) != "Cf")
    text = "".join(" " if unicodedata.category(c) == "Cc" and c not in "\n\t" else c for c in shown)
    # Blanks are single from here on, so that no pattern below can be made to try them in many ways.
    text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n\t]+", " ", text)).strip(" ")
    text = MINUS.sub("-", FOOTNOTE.sub("", text))
    text = (text if PLUS_BULLET.search(text) else BULLET.sub("", text)).translate(TICKS)
    text = RAISED.sub(lambda raised: raised[1] or raised[2] or "", text)
    text = SHORTENED.sub(lambda listed: listed[0].replace("/", "/CD"), STOPPED.sub(r"\1", text))
    text = STUCK.sub(lambda word: f"{word[0]} ", text)
    return EITHER.sub("±", VE.sub("", text))


@cache
def glued_sign() -> re.Pattern[str]:
    """A sign that is written to its name without a blank: CD45neg."""
    return re.compile(rf"(?:{'|'.join(single_signs())})$", re.IGNORECASE)


@cache
def sign_in_brackets() -> re.Pattern[str]:
    words = "|".join(single_signs())
    return re.compile(rf" ?[(\[] ?(?:(?P<symbol>\++|±|-+)|(?P<word>{words})) ?[)\]]", re.IGNORECASE)


class Tokens:
    """The tokens of a normalised text. `known` has all names."""

    def __init__(self, text: str, known: Lookup[Any]) -> None:
        self.text, self.known, self.place = text, known, 0
        self.previous = ""  # kind of the last token

    def __iter__(self) -> Iterator[Token]:
        while self.place < len(self.text):
            for token in self.step():
                self.previous = token.kind
                yield token

    def token(self, kind: str, end: int, value: Any = None, *, is_attached: bool = False) -> Token:
        start, self.place = self.place, end
        return Token(kind, self.text[start:end].strip(), start, end, value, is_attached)

    def step(self) -> Iterator[Token]:
        text, place = self.text, self.place
        here = text[place]
        if match := END.match(text, place):
            yield self.token("END", match.end(), "line" if here == "\n" else "stop")
        elif match := sign_in_brackets().match(text, place):
            sign = SYMBOLS[match["symbol"][0]] if match["symbol"] else single_signs()[match["word"].lower()]
            yield self.token("SIGN", match.end(), sign)
        elif not text[place - 1 : place].isalnum() and (found := share_at(text, place)):
            yield self.token("PERCENT", found[1], found[0])
        elif here in SYMBOLS:
            yield from self.symbol()
        elif here in SEPARATORS:
            yield self.token(SEPARATORS[here], place + 1)
        elif RUN.match(here):
            yield self.word()
        else:
            self.place += 1

    def symbol(self) -> Iterator[Token]:
        """A sign behind its name or before it, or a dash that joins a name and a word."""
        match = SYMBOL.match(self.text, self.place)
        assert match
        before, after = self.text[: self.place][-1:], self.text[match.end() : match.end() + 1]
        behind = match.end() + (after == " ")
        phrase = self.phrase(behind)
        is_dash = match[0] == "-" and before == after == " " and share_at(self.text, behind)
        is_mark = before in ("", "\n") or match[0] == "-"
        is_break = match[0] == "-" and before == after == " " and self.previous in SAYING
        if is_dash or is_break or (is_mark and phrase and phrase[0] in SAYING):
            # CD45-negative, CD45 - negative, CD45 - 98 %
            yield self.token("BREAK" if before == " " and self.previous != "NAME" else "FILLER", match.end())
        elif self.previous != "NAME" and (
            self.text[behind : behind + 1] == ":" or (phrase and phrase[0] == "FOR")
        ):
            yield self.token(KIND_OF[SYMBOLS[match[0][0]]], match.end())  # +: CD73, CD90
        elif before.isalnum() and self.previous != "NAME":
            self.place = match.end()  # anti-CD90, co-culture
        elif before in (*" \n\t,;(/", "") and RUN.match(after):
            yield self.token("PRESIGN", match.end(), SYMBOLS[match[0][0]])
        else:
            is_attached = before not in (*" \n\t", "") or self.text[: self.place].rstrip(" ").endswith(
                (":", "=")
            )
            yield self.token("SIGN", match.end(), SYMBOLS[match[0][0]], is_attached=is_attached)

    def phrase(self, start: int) -> tuple[str, int] | None:
        """(kind, end) of the longest phrase of `words.yaml` that begins here."""
        word = WORD.match(self.text, start)
        entries = phrases().get(word[0].lower()) if word else None
        if word is None or entries is None:
            return None
        words, ends = [word[0].lower()], [word.end()]
        while len(words) < max(map(len, entries)) and (more := NEXT_WORD.match(self.text, ends[-1])):
            words.append(more[1].lower())
            ends.append(more.end())
        found = [n for n in range(len(words), 0, -1) if tuple(words[:n]) in entries]
        return (entries[tuple(words[: found[0]])], ends[found[0] - 1]) if found else None

    def says_something(self, start: int) -> bool:
        found = self.phrase(start)
        return found is not None and found[0] in SAYING

    def word(self) -> Token:
        start, phrase = self.place, self.phrase(self.place)
        known = self.end_of_known(start)
        # NO is nitric oxide and "no" a word: capitals tell where both could be meant.
        if phrase and not (known and (known > phrase[1] or self.text[start:known].isupper())):
            return self.token(*phrase)
        if not known and (number := NUMBER.match(self.text, start)):
            return self.token("OTHER", number.end(), "number")
        if not known and (own := OWN_CELLS.match(self.text, start)):
            return self.token("NOUN", own.end())
        end = known or self.end_of_unknown(start)
        if not known and not self.looks_like_a_name(start, end):
            return self.token("OTHER", end)
        token = self.token("NAME", end)
        if dye := DYE.match(self.text, end):
            self.place = dye.end()
        self.skip_gloss(token)
        return token

    def skip_gloss(self, name: Token) -> None:
        """Another name in brackets, as in CD105 (endoglin) and CD90 (Thy1). Other molecules and signs are read."""
        match = GLOSS.match(self.text, self.place)
        if not match or sign_in_brackets().match(self.text, self.place):
            return
        own, other = self.known.get(name.text), self.known.get(match[1])
        within = list(Tokens(match[1], self.known)) if other is None else []
        is_unknown = other is None and all(
            t.kind not in {"PERCENT", "SIGN", "PRESIGN", *SAYING} and t.text not in self.known for t in within
        )
        if is_unknown or (own is not None and own == other):
            self.place = match.end()

    def ends(self, start: int) -> list[int]:
        """The ends of the first run of letters from `start`, of the first two, …, as far as a name may go."""
        found: list[int] = []
        run = RUN.match(self.text, start)
        while run and len(found) < MOST_RUNS:
            found.append(run.end())
            gap = GAP.match(self.text, run.end())
            run = RUN.match(self.text, gap.end()) if gap else None
        return found

    def end_of_known(self, start: int) -> int | None:
        """Where the longest known name from `start` ends. "CD105hi" is CD105 and a word."""
        for end in reversed(self.ends(start)):
            if self.text[start:end] in self.known and not self.goes_on(start, end):
                return end
            if place := self.without_sign(start, end):
                return place
        return None

    def goes_on(self, start: int, end: int) -> bool:
        """Does an unknown name go on after a known beginning, as in HLA-DP or CD90.1? CD45-CD271 are two names."""
        if self.text[end : end + 1] not in ("-", ".") or not RUN.match(self.text, end + 1):
            return False
        if DYE.match(self.text, end):
            return False
        phrase = self.phrase(end + 1)
        is_other_word = phrase is not None and phrase[0] in {"AND", "BUT", *SAYING}
        return not (is_other_word or self.begins_known(end + 1) or self.is_sign_between(start, end))

    def is_sign_between(self, start: int, end: int) -> bool:
        """Is the hyphen at `end` the sign of a code before it, with another code behind it?"""
        has_digit = any(c.isdigit() for c in self.text[start:end])
        return self.text[end] == "-" and has_digit and bool(CODE.match(self.text, end + 1))

    def begins_known(self, start: int) -> bool:
        ends = self.ends(start)
        return any(self.text[start:end] in self.known or self.without_sign(start, end) for end in ends)

    def without_sign(self, start: int, end: int) -> int | None:
        """Where the known name ends that a word of a sign is glued to, or None."""
        word = glued_sign().search(self.text[start:end])
        name = self.text[start : start + word.start()] if word else ""
        return start + len(name) if name[-1:].isalnum() and name in self.known else None

    def end_of_unknown(self, start: int) -> int:
        """Where a name that nothing goes by ends: before a sign, a word of a sign, or another name."""
        run = RUN.match(self.text, start)
        assert run
        end = run.end()
        while more := HYPHENED.match(self.text, end):
            after = more.end()
            if self.says_something(after) or self.begins_known(after) or self.is_sign_between(start, end):
                break
            end = RUN.match(self.text, after).end()  # type: ignore[union-attr]  # HYPHENED looked ahead
        word = glued_sign().search(self.text[start:end])
        name = self.text[start : start + word.start()] if word else ""
        return start + len(name) if name[-1:].isdigit() else end

    def looks_like_a_name(self, start: int, end: int) -> bool:
        """Codes (CD271, NG2, Oct4) and whatever a sign is written to. Other unknown words are borders."""
        word, behind = self.text[start:end], self.text[end : end + 1]
        phrase = self.phrase(end + 1) if behind == "-" else None
        return any(c.isalpha() for c in word) and (
            any(c.isdigit() for c in word)
            or sum(c.isupper() for c in word) > 1
            or bool(A_SIGN_BEHIND.match(self.text, end))
            or behind.isalpha()  # a sign is glued to it
            or (behind == "-" and self.begins_known(end + 1))
            or (phrase is not None and phrase[0] in SIGN_OF)
        )
