"""Reads a marker panel as people write it: running text, runs of signed names, and tables.

What cannot be read is kept, with the reason: nothing is guessed, nothing dropped.
"""

from identify.panel.clauses import Reading
from identify.panel.reader import Panel, read_panel
from identify.panel.tokens import LONGEST, normal
from identify.panel.words import NEGATIVE, POSITIVE, VARIABLE

__all__ = ["LONGEST", "NEGATIVE", "POSITIVE", "VARIABLE", "Panel", "Reading", "normal", "read_panel"]
