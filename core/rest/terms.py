"""How the values of one filter are written: `all:cd73,!absent:cd90`, and what they come to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError

ALL, ANY = "all", "any"
ABSENT, UNREPORTED = "absent", "unreported"
STATES = {
    ABSENT: "reported absent",
    UNREPORTED: "not reported",
}  # beside reported present, which needs no word
SIGNS = re.compile(
    rf"\s*(?:({ALL}|{ANY}):)?\s*(!*)\s*(?:({'|'.join(STATES)}):)?\s*(.*?)\s*", re.IGNORECASE | re.DOTALL
)


class WrongSigns(ValidationError):
    """The values are such, but not what stands before them."""


class Term(NamedTuple):
    """One value as it stands in a query, `all:!absent:cd73`; each part but the value may be blank."""

    join: str
    excluded: bool
    state: str
    value: str

    @property
    def signs(self) -> str:
        """What stands before the value."""
        return f"{self.join}:" * bool(self.join) + "!" * self.excluded + f"{self.state}:" * bool(self.state)

    @property
    def stated(self) -> str:
        """The value with the state in which it is asked for: `absent:cd73`."""
        return stated(self.state, self.value)


def read_term(text: str) -> Term:
    parts = SIGNS.fullmatch(text)
    assert parts  # each part may be missing
    join, excluded, state, value = parts.groups(default="")
    return Term(join.lower(), bool(excluded), state.lower(), value)


def read_terms(values: Iterable[str]) -> list[Term]:
    """The terms in repeated or comma-separated parameters, without blanks."""
    return [read_term(part) for value in values for part in value.split(",") if part.strip()]


def stated(state: str, value: str) -> str:
    return f"{state}:{value}" if state else value


def in_states(values: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """(state, values asked for in it) of values such as `absent:cd73`; a value alone is in the blank state."""
    found: dict[str, list[str]] = {}
    for value in values:
        term = read_term(value)
        found.setdefault(term.state, []).append(term.value)
    yield from found.items()


class Terms(NamedTuple):
    """The values of one filter: a row must have some of `wanted` and none of `excluded`, each in its state.

    `join` says whether a row must have `all` of those wanted or `any`; where blank, that is as the filter has it.
    """

    wanted: list[str]
    excluded: list[str]
    join: str = ""

    def __bool__(self) -> bool:
        return bool(self.wanted or self.excluded)

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Terms":
        """WrongSigns where they say both `all:` and `any:`, or a sign stands before nothing."""
        for term in terms:
            if not term.value and (term.join or term.state):
                raise WrongSigns(f"'{term.signs}' stands before no value.")
        joins = {term.join for term in terms} - {""}
        if len(joins) > 1:
            raise WrongSigns(f"Several values are joined by '{ALL}:' or by '{ANY}:', not by both.")
        given = [term for term in terms if term.value]
        return cls(
            [t.stated for t in given if not t.excluded],
            [t.stated for t in given if t.excluded],
            "".join(joins),
        )


NO_TERMS = Terms([], [])
