"""The clauses of a panel: tokens between two borders, as the grammar reads them.

A clause ends at a line, a semicolon, a full stop, and at every word that is in neither the names nor `words.yaml`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from lark import Lark, Tree
from lark import Token as LarkToken
from lark.exceptions import LarkError
from lark.lexer import Lexer

from identify.panel.tokens import Token
from identify.panel.words import SAYING, VARIABLE

LEADS = ("FOR", "COLON", "OPEN")  # between words and the names that they speak of
IN_BRACKETS = {"PERCENT", *SAYING}  # what brackets say of the name before them
BETWEEN = ("FOR", "NOUN", "IN")
SAME = {"NEITHER": "NOT", "NOR": "NOT", "QUANTITY": "VARIABLE"}
BREAKS = ("NOUN", "BUT", "COLON", "OPEN", "BREAK", "COMMA", "SLASH", "AND", "OR")
SEPARATORS = ("COMMA", "SLASH", "AND", "OR", "NOR")


@dataclass
class Reading:
    """One name of a panel, with its sign: positive, negative or variable, or None and the reason.

    `written` are the words that it was read from, `share` the share of cells as printed, `note` what contradicts the
    sign, `sample` the column of a table that has several.
    """

    name: str
    sign: str | None
    reason: str = ""
    written: str = ""
    share: str = ""
    note: str = ""
    sample: str = ""


class MadeTokens(Lexer):
    """The tokens are made before the grammar is asked."""

    def __init__(self, conf: object) -> None: ...

    def lex(self, data: Iterable[LarkToken]) -> Iterator[LarkToken]:  # type: ignore[override]
        yield from data


@cache
def grammar(start: str, parser: str) -> Lark:
    text = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(text, start=start, parser=parser, lexer=MadeTokens)


@lru_cache(maxsize=2_000)
def what_is_said(kinds: tuple[str, ...]) -> str | None:
    """What a run of words says: positive, negative, variable, denial, unsaid; None where it contradicts itself."""
    try:
        (found,) = grammar("predicate", "earley").parse([LarkToken(kind, kind) for kind in kinds]).children
    except LarkError:
        return None
    return str(found.data) if isinstance(found, Tree) else None


def is_finite(word: Token, subject: str) -> bool:
    """Is a word a verb that the unknown word before it can be the subject of: "fibroblasts expressed"?"""
    if subject.endswith("ly"):  # "rarely expressed"
        return False
    is_inflected = word.text.lower().endswith(("ed", "es", "ks", "ts")) or subject.endswith("s")
    return word.kind == "BE" or (word.kind in ("EXPRESS", "LACK") and is_inflected)


def is_active(word: Token) -> bool:
    """Is a word a verb that names follow: "express", and not "expressed" or "negative"?"""
    return word.kind in ("EXPRESS", "LACK") and not word.text.lower().endswith(
        ("ed", "en", "und", "wn", "able")
    )


def end_of_saying(raw: list[Token], place: int) -> int:
    """Where a run of words ends that begins here: "were not found to be positive", "a subset of the cells express"."""
    end = last = place
    while last < len(raw):
        kind, following = raw[last].kind, next_kind(raw[last + 1 :])
        if kind in SAYING or kind in ("QUANTITY", "NEITHER") or (kind == "NOR" and following in SAYING):
            end = last + 1
        elif not (end > place and kind in BETWEEN and is_gone_on_with(raw[end - 1].kind, following)):
            break
        last += 1
    return end


def is_gone_on_with(kind: str, following: str) -> bool:
    """Do words go on behind a preposition or noun: "none of the cells express", "seen in some cells only"?"""
    return kind in ("QUANTITY", "NOT", "NEITHER") or following == "QUANTITY"


def leads_to_names(words: list[Token], rest: list[Token]) -> bool:
    """Does a preposition or a colon lead from these words to names: "positive for", "in the absence of"?"""
    if words[-1].text.lower().endswith((" of", " for")):
        return next_kind(rest) == "NAME"
    return next_kind(rest) in LEADS and next_behind(rest, LEADS) == "NAME"


def next_kind(rest: list[Token]) -> str:
    return next_behind(rest, ())


def next_behind(rest: list[Token], skipped: tuple[str, ...]) -> str:
    """The kind of the next token that is neither a noun nor one of these kinds."""
    return next((t.kind for t in rest if t.kind != "NOUN" and t.kind not in skipped), "END")


class Clause:
    """The tokens of one clause, made ready for the grammar.

    A run of words becomes one token that knows what it says and on which side its names stand. What separates two
    names becomes JOIN, any other separator SEP.
    """

    def __init__(self, tokens: list[Token], text: str, *, follows_unknown: str) -> None:
        self.text, self.follows_unknown = text, follows_unknown
        self.made: list[Token] = []
        self.is_cut = bool(tokens) and tokens[-1].kind == "IN"  # what follows says of how many
        self.is_denied = False  # a "not" that belongs to nothing
        self.follows_noun = False  # "CD105 cells": what comes next may speak of the cells
        self.follows_nor = False  # up to a "but" or an "and"
        place = 0
        while place < len(tokens):
            end = end_of_saying(tokens, place)
            for token in tokens[place : max(end, place + 1)]:
                self.follows_nor = token.kind == "NOR" or (
                    self.follows_nor and token.kind not in ("BUT", "AND")
                )
            if end > place:
                self.add_words([t for t in tokens[place:end] if t.kind not in BETWEEN], tokens[end:])
                place = end
            else:
                self.add(tokens[place], tokens[place + 1 :])
                place += 1
        self.settle_symbols()

    @property
    def last(self) -> str:
        return self.made[-1].kind if self.made else "SEP"

    @property
    def is_empty(self) -> bool:
        return all(t.kind in ("SEP", "JOIN") for t in self.made)

    @property
    def follows_name(self) -> bool:
        """Does a name stand open right here, to take a sign?"""
        kinds = [t.kind for t in self.made[-2:]]
        return kinds[-1:] == ["NAME"] or kinds == ["NAME", "PERCENT"]

    @property
    def follows_share_of_word(self) -> bool:
        """Does a share stand here behind words without a name: "positive (98 %)"?"""
        return [t.kind for t in self.made[-2:]] == ["LOOSE", "PRE_PERCENT"]

    def add(self, token: Token, rest: list[Token]) -> None:
        kind, following = token.kind, next_kind(rest)
        self.follows_noun = kind == "NOUN"
        if kind == "NAME":
            if self.last == "NAME":
                self.made.append(replace(token, kind="JOIN", value="BLANK"))
            self.made.append(replace(token, value="NOR") if self.follows_nor else token)
        elif kind in SEPARATORS:
            if self.last in ("SEP", "JOIN") and self.made:
                self.made.pop()
            names_follow = next_behind(rest, ("FOR",)) == "NAME"
            self.made.append(replace(token, kind="JOIN" if names_follow else "SEP", value=kind))
        elif kind in ("BUT", "BREAK") or (
            kind == "OPEN" and following not in IN_BRACKETS and self.last != "PRE"
        ):
            self.made.append(replace(token, kind="SEP", value=kind))
        elif kind == "PERCENT":
            self.add_percentage(token, rest)
        elif (
            kind in ("SIGN", "PRESIGN")
            or (kind == "IN" and following == "PERCENT" and self.last == "POST")
            or (kind == "FOR" and self.follows_share_of_word and next_behind(rest, LEADS) == "NAME")
        ):
            self.made.append(token)

    def add_percentage(self, token: Token, rest: list[Token]) -> None:
        """Behind its name, or before it: in one clause they stand all alike."""
        following = next_kind(rest)
        # 98 % for CD73
        leads = following == "FOR" and next_behind(rest, ("FOR",)) == "NAME"
        is_behind_separator = [t.kind for t in self.made[-2:]] == ["NAME", "SEP"]
        if is_behind_separator and self.made[-1].value == "COMMA" and following != "NAME" and not leads:
            self.made.pop()  # CD73, 98 %; CD90, 99 %
        first = next((t.kind for t in self.made if t.kind not in ("SEP", "JOIN")), "")
        if first == "PRE_PERCENT" and self.last not in ("SEP", "JOIN"):
            self.made.append(replace(token, kind="SEP", value="BLANK"))
        is_behind = self.follows_name or self.last in ("SIGN", "POST", "IN")
        is_behind &= first != "PRE_PERCENT" and not leads
        self.made.append(replace(token, kind="PERCENT" if is_behind else "PRE_PERCENT"))

    def add_words(self, words: list[Token], rest: list[Token]) -> None:
        """One token for a run of words, by what they say and on which side their names stand."""
        kinds, following = tuple(SAME.get(t.kind, t.kind) for t in words), next_kind(rest)
        if set(kinds) == {"BE"}:
            return
        says = what_is_said(kinds)
        if self.follows_unknown and self.is_empty and not is_finite(words[0], self.follows_unknown):
            says = None  # "ceased to express": who knows what the unknown word does to it
        text = self.text[words[0].start : words[-1].end]
        is_attached = self.text[words[0].start - 1 : words[0].start] == "-"
        token = replace(words[0], text=text, end=words[-1].end, value=says, is_attached=is_attached)
        if says == "denial":
            self.add_denial(token, following)
        elif leads_to_names(words, rest):
            self.add_before_names(token, "PRE")
        elif following == "NAME" and self.follows_name and is_active(words[-1]):
            # "CD73 cells do not express CD90" speaks of CD90; who knows of what "CD73 expressing CD90" does
            self.add_before_names(token if self.follows_noun else replace(token, value=None), "PRE")
        elif self.takes_open_name(kinds):
            self.made.append(replace(token, kind="POST"))
        elif following == "NAME":
            self.add_before_names(token, "PRE")
        else:
            self.made.append(replace(token, kind="LOOSE"))
            self.is_denied |= kinds[-1] == "NOT"

    def add_denial(self, token: Token, following: str) -> None:
        if following == "NAME":
            self.add_before_names(token, "PRE_DENIAL")
        elif self.last == "NAME" and not self.follows_noun:
            self.made.append(replace(token, kind="DENIAL"))
        else:
            self.made.append(replace(token, kind="LOOSE"))
            self.is_denied = True

    def add_before_names(self, token: Token, kind: str) -> None:
        """Words before their names; a quantity before them is lost in its number: "some cells (35 %) expressed".

        Other words before them leave it open what is said: "a minority: positive", "half of the cells, expressing".
        """
        if self.follows_name:
            self.made.append(replace(token, kind="SEP", value="BLANK"))
        if self.follows_share_of_word:
            del self.made[-2]
        elif (self.last == "LOOSE" and self.made[-1].value != "shown") or (
            [(t.kind, t.value) for t in self.made[-2:]] == [("LOOSE", VARIABLE), ("SEP", "COMMA")]
        ):
            token = replace(token, value=None)
        self.made.append(replace(token, kind=kind))

    def takes_open_name(self, kinds: tuple[str, ...]) -> bool:
        """Is there a name that takes this predicate? A comma may stand before a verb: "CD73, and CD90, were"."""
        ends = [t.kind for t in self.made[-2:]]
        if kinds[0] == "BE" and ends == ["NAME", "SEP"] and self.made[-1].value == "COMMA":
            self.made.pop()
        return self.follows_name

    def settle_symbols(self) -> None:
        """Symbols that stand before names or behind them, by how the clause begins and ends."""
        kinds = [t.kind for t in self.made]
        is_behind_names = kinds[:1] == ["NAME"] and kinds[-1:] == ["SIGN"]
        if is_behind_names and kinds.count("NAME") == kinds.count("PRESIGN") + 1:  # CD73 +CD90 +
            self.made = [replace(t, kind="SIGN") if t.kind == "PRESIGN" else t for t in self.made]
        elif kinds[:2] == ["SIGN", "NAME"] and kinds[-1] != "SIGN":
            self.made[0] = replace(self.made[0], kind="PRE")  # (+) CD73, CD90
        elif kinds[-1:] != ["SIGN"]:
            self.doubt_dashes()

    def doubt_dashes(self) -> None:
        """What is no sign for certain: "CD73 - CD90 - CD105 positive", "CD73-, CD90- and CD105-positive"."""
        has_and = any(t.value == "AND" for t in self.made)
        for place, (token, following) in enumerate(zip(self.made, self.made[1:], strict=False)):
            if token.kind != "SIGN" or token.text != "-":
                continue
            if token.is_attached:  # "CD73-CD90-CD105" may be a list
                is_dash = self.last == "NAME" and following.kind == "NAME" and following.start == token.end
            else:
                is_dash = following.kind not in ("SEP", "JOIN", "PERCENT")
            is_suspended = self.last == "POST" and self.made[-1].is_attached and has_and
            if is_dash or (is_suspended and self.made[-1].value != token.value):
                self.made[place] = replace(token, value=None)

    def trees(self) -> Iterator[Tree | list[Token]]:
        """The clause as the grammar reads it; where it cannot, piece by piece; and tokens that cannot be read."""
        whole = tree_of(self.made)
        if whole is not None:
            yield whole
            return
        for is_border, piece in groupby(self.made, lambda token: token.kind == "SEP"):
            found = list(piece)
            if not is_border:
                yield tree_of(found) or found


def tree_of(made: list[Token]) -> Tree | None:
    try:
        return grammar("clause", "lalr").parse(LarkToken(t.kind, t) for t in made)
    except LarkError:
        return None


def clauses(tokens: Iterable[Token], text: str) -> Iterator[tuple[Clause, str]]:
    """Each clause with what ends it: "line", "stop" or "word"."""
    held: list[Token] = []
    follows_unknown = ""  # the unknown word before the clause
    for token in tokens:
        if token.kind in ("END", "OTHER"):
            yield Clause(held, text, follows_unknown=follows_unknown), str(token.value or "word")
            held = []
            # An adverb may turn round the verb behind it; a number cannot.
            follows_unknown = token.text if token.kind == "OTHER" and token.value != "number" else ""
        elif token.kind != "FILLER":
            # A noun parts the unknown word before it from the verb behind it: "adipose-derived cells expressed".
            if token.kind in BREAKS and all(t.kind in BREAKS for t in held):
                follows_unknown = ""
            held.append(token)
    yield Clause(held, text, follows_unknown=follows_unknown), "stop"
