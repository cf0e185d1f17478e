"""Shares of cells: "98.2 ± 1.1 %", "≥95%", "less than 2 percent", "90–95 %"."""

import re
from dataclasses import dataclass
from functools import cache

from identify.panel.words import NEGATIVE, POSITIVE, VARIABLE, listed

LEAST_POSITIVE, MOST_NEGATIVE = 95, 2  # per cent of cells: the limits of the ISCT


@dataclass(frozen=True)
class Share:
    """A share of cells as printed, with the percentages that it lies between."""

    written: str
    low: float
    high: float

    @property
    def sign(self) -> str:
        """What the limits of the ISCT make of it: 95 % and more positive, 2 % and less negative, else variable."""
        if self.low >= LEAST_POSITIVE:
            return POSITIVE
        return NEGATIVE if self.high <= MOST_NEGATIVE else VARIABLE

    @property
    def is_bound(self) -> bool:
        return self.low != self.high

    @property
    def is_most(self) -> bool:
        return self.low > 50


def share_at(text: str, place: int) -> tuple[Share, int] | None:
    """The share that is printed at a place of a normalised text, and where it ends."""
    match = pattern().match(text, place)
    if not match:
        return None
    low = number(match["low"])
    high = number(match["high"]) if match["high"] and match["to"] != "±" else low
    bounds = {(match[name] or "").strip().lower() for name in ("before", "after")}
    if bounds & set(listed("AT_LEAST")):
        high = 100.0
    elif bounds & set(listed("AT_MOST")):
        low = 0.0
    return Share(" ".join(match[0].split()), low, high), match.end()


def number(written: str) -> float:
    return float(written.replace(",", "."))


@cache
def pattern() -> re.Pattern[str]:
    bounds = sorted((*listed("AT_LEAST"), *listed("AT_MOST"), *listed("ABOUT")), key=len, reverse=True)
    bound = "|".join(map(re.escape, bounds))
    figure = r"\d{1,6}(?:[.,]\d{1,6})?"
    return re.compile(
        rf"(?:(?P<before>{bound}) ?)?(?P<low>{figure}) ?%?(?: ?(?P<to>±|-|to) ?(?P<high>{figure}))?"
        r" ?\)? ?(?:%|percent\b)"
        rf"(?: (?P<after>{bound})(?![^\W_]))?",
        re.IGNORECASE,
    )
