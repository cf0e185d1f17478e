"""What can be set against each other: a value on a scale, and how two values on one scale stand."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, Self


class Value(Protocol):
    def agrees(self, other: Self) -> bool | None:
        """True: the same is reported. False: both cannot be. None: neither can be told."""


Points = dict[Hashable, Value]  # what one statement says, by scale: only values on one scale are compared


@dataclass(frozen=True)
class Code:
    """One of several values that exclude each other, such as positive and negative."""

    code: str

    def agrees(self, other: "Code") -> bool | None:
        return self == other


@dataclass(frozen=True)
class Relation:
    """How a source stands to the one that the scale names.

    "Different" does not say how: two sources that differ from a third may be alike or not, and one that is higher is
    different, too. Only "similar" is against it.
    """

    word: str

    def agrees(self, other: "Relation") -> bool | None:
        words = {self.word, other.word}
        if "different" in words:
            return False if "similar" in words else None
        return len(words) == 1


@dataclass(frozen=True)
class Figure:
    """A number as given (=), or as a bound (> or <). Bounds that leave room for both are no difference."""

    sign: str
    number: Decimal

    def agrees(self, other: "Figure") -> bool | None:
        if self == other:
            return True
        return None if self.leaves_room(other) and other.leaves_room(self) else False

    def leaves_room(self, other: "Figure") -> bool:
        """May a number that `other` allows be one that this figure allows, too, as far as this one's sign goes?"""
        if self.sign == ">":
            return other.sign == ">" or other.number > self.number
        if self.sign == "<":
            return other.sign == "<" or other.number < self.number
        return other.sign != "=" or other.number == self.number


def at_odds(values: "list[Value]") -> bool:
    """Do any two of these exclude each other?"""
    return any(one.agrees(other) is False for i, one in enumerate(values) for other in values[:i])
