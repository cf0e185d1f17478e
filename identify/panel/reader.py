"""What a panel says of each name in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lark import Token as LarkToken
from lark import Tree

from core.names import Lookup
from identify.panel.clauses import Clause, Reading, clauses
from identify.panel.shares import Share
from identify.panel.tables import Cell, table_in
from identify.panel.tokens import Token, Tokens, normal
from identify.panel.words import NEGATIVE, POSITIVE, VARIABLE

NO_SIGN = "No plus or minus is given for it."
UNCLEAR = "It can be read in more than one way; write its own sign beside it."
OTHER_CELLS = "Its sentence seems to speak of other cells or of the method."
NOT_A_SIGN = "The cell is no sign."
MOST_WORDS_SHOWN = 160  # characters of what a sign was read from
SAID = (POSITIVE, NEGATIVE, VARIABLE)


@dataclass
class Panel:
    """The readings of a panel in its order, the samples of a table that has several, the words not understood."""

    readings: list[Reading]
    samples: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_panel(text: str, known: Lookup[Any]) -> Panel:
    """Reads a panel. `known` has all names, each with what it names."""
    text = normal(text)
    if table := table_in(text, known):
        readings = [read_cell(cell) for cell in table.cells]
        return Panel(readings, table.samples if len(table.samples) > 1 else [])
    reader = Reader(text, known)
    return Panel(reader.readings, unread=reader.unread)


def read_cell(cell: Cell) -> Reading:
    """The reading of one cell: by what stands in it alone, whatever its marker is called."""
    if cell.sign or cell.reason:
        sign, reason, share, note = cell.sign, cell.reason, "", ""
    else:
        readings = Reader(f"CD0 {cell.text}", Lookup({"cd0": 0})).readings
        own = readings[0] if len(readings) == 1 else Reading("", None, NOT_A_SIGN)
        sign, reason, share, note = own.sign, own.reason, own.share, own.note
    return Reading(cell.marker, sign, reason, f"{cell.marker} {cell.text}".strip(), share, note, cell.sample)


class Reader:
    """Reads running text clause by clause; a "not" that belongs to nothing makes the words of its sentence unclear."""

    def __init__(self, text: str, known: Lookup[Any]) -> None:
        self.text = text
        self.readings: list[Reading] = []
        self.unread: list[str] = []
        self.said_last: list[Reading] = []  # the readings of the last part of a clause
        self.sentence: list[Reading] = []  # the readings of this sentence
        self.by_word: list[Reading] = []  # those of them whose sign is a word
        self.is_denied = self.is_aside = False
        self.last_sign: str | None = None
        self.heading: str | None = None
        ended_before = "line"
        for clause, ended_by in clauses(self.remembering(Tokens(text, known)), text):
            self.read(clause)
            if ended_by in ("word", "number"):
                self.doubt_share(clause)
                if clause.is_cut and ended_by == "number":  # "positive in 1 of 5 donors"
                    self.doubt([reading for reading in self.said_last if reading in self.by_word])
            else:
                self.end_sentence()
                self.set_heading(clause, is_line=ended_before == ended_by == "line")
            ended_before = ended_by

    def remembering(self, tokens: Iterable[Token]) -> Iterable[Token]:
        for token in tokens:
            if token.kind == "OTHER" and token.text not in self.unread:
                self.unread.append(token.text)
            self.is_denied |= token.kind == "HEDGE" and token.text != "May"
            self.is_aside |= token.kind == "ASIDE"
            if token.kind not in ("HEDGE", "ASIDE"):
                yield token

    def end_sentence(self) -> None:
        if self.is_aside:
            self.doubt(self.sentence, OTHER_CELLS)
        elif self.is_denied:
            self.doubt(self.by_word)
        self.sentence, self.by_word, self.said_last = [], [], []
        self.is_denied, self.is_aside, self.last_sign = False, False, None

    def set_heading(self, clause: Clause, *, is_line: bool) -> None:
        """A line that is only a sign is the heading of the names below it: "Negative (≤ 2 %):"."""
        kinds = [t.kind for t in clause.made]
        if is_line and kinds in (["LOOSE"], ["LOOSE", "PRE_PERCENT"]):
            self.heading = sign_of(clause.made[0].value)
        elif not set(kinds) <= {"NAME", "JOIN", "SEP"}:
            self.heading = None

    def doubt_share(self, clause: Clause) -> None:
        """A number before an unknown word may count something else: "CD73 (95 % confluent)"."""
        is_alone = [t.kind for t in clause.made[-2:]] == ["NAME", "PERCENT"]
        if is_alone and self.text[clause.made[-1].end : clause.made[-1].end + 1] == " ":
            self.doubt(self.said_last)

    @staticmethod
    def doubt(readings: list[Reading], reason: str = UNCLEAR) -> None:
        for reading in readings:
            reading.sign, reading.reason, reading.note = None, reason, ""

    def read(self, clause: Clause) -> None:
        self.is_denied |= clause.is_denied
        for tree in clause.trees():
            if isinstance(tree, Tree):
                self.read_parts(tree)
            else:
                for token in tree:
                    if token.kind == "NAME":
                        self.add(token, None, UNCLEAR, [token])

    def read_parts(self, tree: Tree) -> None:
        joined_by, was_denied = "", False
        for part in tree.children:
            if isinstance(part, LarkToken):
                joined_by = part.value.value
                continue
            if part.data != "loose":
                self.said_last = []
            elif not joined_by:
                self.doubt_cells(tokens_of(part)[0].value)
            getattr(self, part.data)(*part.children)
            if was_denied and joined_by == "OR":  # "no CD45-expressing or CD11b-expressing cells"
                self.doubt(self.said_last)
            was_denied = self.is_denial(part) or (was_denied and joined_by == "OR")
            joined_by = ""

    @staticmethod
    def is_denial(part: Tree) -> bool:
        leaves = part.scan_values(lambda leaf: isinstance(leaf, LarkToken))
        return any(leaf.value.kind == "PRE_DENIAL" for leaf in leaves)

    # One method for each form of a clause's part in the grammar.

    def bare(self, names: Tree) -> None:
        for name in names_of(names):
            self.add(name, self.heading, "" if self.heading else NO_SIGN, [name])

    def before(self, pre: Tree, names: Tree) -> None:
        self.say(self.verdict(tokens_of(pre), is_before=True), names, tokens_of(pre))

    def after(self, names: Tree, post: Tree) -> None:
        says, words = self.verdict(tokens_of(post)), tokens_of(post)
        self.say(says, names, words, only_last=not is_shared(names, words[0]), by_word=is_word(words[0]))

    def around(self, pre: Tree, names: Tree, post: Tree) -> None:
        """Signs on both sides: "neither CD34 nor CD45 were detected", "expression of CD34 was not seen"."""
        words_before, words_after = tokens_of(pre), tokens_of(post)
        before, after = self.verdict(words_before, is_before=True), self.verdict(words_after)
        words = [*words_before, *words_after]
        if [t.kind for t in words_before] == ["PRE_PERCENT"]:  # 98 % CD73+, 99 % CD45-negative
            says = share_that_is(after, words_before[0].value, by_word=is_word(words_after[0]))
        else:
            says = combined(before, after, by_word=is_word(words_after[0]))
        if says is not None and (before == after or is_shared(names, words_after[0])):
            self.say(says, names, words)
            return
        *others, last = names_of(names)
        for name in others:
            self.give(name, None, words, others)
        is_own = words_after[0].kind == "SIGN" or before in (POSITIVE, VARIABLE, "shown")
        is_nearer = words_before[0].kind == "PRE" and is_own
        self.give(last, after if is_nearer else says, words, [last])

    def fraction_of(self, word: Any, percentage: Any, _: Any, names: Tree) -> None:
        words = [word.value, percentage.value]
        self.say(self.verdict(words), names, words)

    def presigned(self, *parts: Any) -> None:
        for sign, name in zip(parts[::2], parts[1::2], strict=True):
            self.add(name.value, sign.value.value, "", [sign.value, name.value])

    def doubt_cells(self, says: str | None) -> None:
        """Words behind signed names may be about the cells that have them: "CD45+ cells were not detected"."""
        last = self.said_last[-1:]
        if says != "unsaid" and (says == NEGATIVE or sign_of(says) not in [reading.sign for reading in last]):
            self.doubt(last)

    def loose(self, word: Any, *_: Any) -> None:
        """A sign without a name takes back a different one: "positive in fresh but negative in cultured cells"."""
        if word.value.value is None or {r.sign for r in self.said_last if r in self.by_word} - {
            word.value.value
        }:
            self.doubt([r for r in self.said_last if r in self.by_word])
        self.last_sign = None

    def verdict(self, said: list[Token], *, is_before: bool = False) -> str | None:
        """What the tokens before or behind names say: a sign, "denial", "unsaid", or None for two things at once."""
        share = share_in(said)
        mark = next((t for t in said if t.kind not in ("PERCENT", "PRE_PERCENT", "IN")), None)
        if mark is None:
            return share.sign if share else "unsaid"
        # Said of a share of the cells: 98 % positive for; expressed in 98 %.
        is_of_share = is_before or said[0].kind == "PERCENT" or any(t.kind == "IN" for t in said)
        is_of_share |= mark.value == "unsaid"  # expression was 0.5 %
        if share is None or mark.kind == "SIGN" or not is_of_share:
            return mark.value
        if mark.value in (POSITIVE, "shown", "unsaid"):
            return share.sign
        return NEGATIVE if mark.value == NEGATIVE and share.is_most else None

    def say(
        self, says: str | None, names: Tree, words: list[Token], *, only_last: bool = False, by_word: bool = True
    ) -> None:  # fmt: skip
        """Give names what the words beside them say: all of them, or the last one alone."""
        if says == "denial":  # "no CD45"; "positive for CD73 but not CD45"
            is_no = words[0].text.lower() in ("no", "none")
            says = NEGATIVE if is_no or self.last_sign == POSITIVE else None
        found = names_of(names)
        for name in found[:-1] if only_last else []:
            self.add(name, None, NO_SIGN, [name])
        own = found[-1:] if only_last else found
        for name in own:
            self.give(name, says, words, own, by_word=by_word)

    def give(
        self, name: Token, says: str | None, words: list[Token], names: list[Token], *, by_word: bool = True
    ) -> None:  # fmt: skip
        sign = sign_of(says)
        if sign != NEGATIVE and any(t.value == "NOR" for t in names):
            sign = None  # "neither CD34 was detected nor CD45 expressed"
        reason = "" if sign else NO_SIGN if says == "unsaid" else UNCLEAR
        reading = self.add(name, sign, reason, [*words, *names], share_in(words))
        if by_word:
            self.by_word.append(reading)

    def add(
        self, name: Token, sign: str | None, reason: str, words: list[Token], share: Share | None = None
    ) -> Reading:  # fmt: skip
        start, end = min(t.start for t in words), max(t.end for t in words)
        written = " ".join(self.text[start:end].split())
        if self.text[end : end + 1] == ")" and written.count("(") > written.count(")"):
            written += ")"
        if len(written) > MOST_WORDS_SHOWN:
            written = f"{written[:MOST_WORDS_SHOWN]}…"
        note = ""
        if sign and share and share.sign != sign:
            note = (
                f"{share.written} would be {share.sign} by the limits of the ISCT; the printed sign counts."
            )
        reading = Reading(name.text, sign, reason, written, share.written if share else "", note)
        self.readings.append(reading)
        self.sentence.append(reading)
        self.said_last.append(reading)
        self.last_sign = sign
        return reading


def sign_of(says: str | None) -> str | None:
    """The sign that words come to: what is shown is positive, unless other words say more."""
    return POSITIVE if says == "shown" else says if says in SAID else None


def is_shared(names: Tree, mark: Token) -> bool:
    """Does what stands behind a list hold for all of it? A symbol or a number stuck to the last name is its own."""
    joins = {token.value for token in tokens_of(names) if token.kind == "JOIN"}
    if not joins or is_word(mark):
        return True
    if mark.kind == "PERCENT":
        return isinstance(mark.value, Share) and mark.value.is_bound and "BLANK" not in joins
    return joins <= {"SLASH"} if mark.is_attached else "BLANK" not in joins


def share_that_is(sign: str | None, share: Share, *, by_word: bool) -> str | None:
    """The sign of a marker of which a share of cells is said to be positive or negative."""
    if sign in (POSITIVE, "shown"):
        return share.sign if by_word or share.sign == POSITIVE else None
    return NEGATIVE if sign == NEGATIVE and share.is_most else None


def combined(before: str | None, after: str | None, *, by_word: bool) -> str | None:
    if before == "unsaid":
        return after
    if before == "denial":
        return NEGATIVE if after in (POSITIVE, "shown", "unsaid") else None
    if after in ("shown", "unsaid"):  # "the absence of CD34 was confirmed"
        return before
    is_twice_denied = before == NEGATIVE and by_word
    return before if before == after and not is_twice_denied else None


def is_word(mark: Token) -> bool:
    return mark.kind in ("POST", "DENIAL")


def share_in(words: list[Token]) -> Share | None:
    return next((t.value for t in words if isinstance(t.value, Share)), None)


def tokens_of(tree: Tree) -> list[Token]:
    return [leaf.value for leaf in tree.children if isinstance(leaf, LarkToken)]


def names_of(tree: Tree) -> list[Token]:
    return [token for token in tokens_of(tree) if token.kind == "NAME"]
