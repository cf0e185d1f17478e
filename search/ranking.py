"""The order of results, and why each is one. The same on every database: nothing here asks one."""

import re
from collections.abc import Iterable
from enum import IntEnum

from core.models.names import Name
from core.text import fold
from search.models import SearchDocument
from search.queries import Query, Wanted
from search.scoring import Weights, score
from search.tokens import barred, spellings

SNIPPET = 240
Span = list[int]  # start and end of something in a text
Forms = tuple[str, ...]  # the spellings of a name


class Tier(IntEnum):
    """How a row matches, best first. It decides between rows that weigh the same."""

    NAME = 0
    OTHER_NAME = 1
    NAME_OPENING = 2
    NAMES = 3
    TEXT = 4
    LINKS = 5


def name_tier(query: Query, document: SearchDocument) -> Tier | None:
    """How the names of a row match, or None where they do not."""
    for forms, found in ((document.name_words, Tier.NAME), (document.other_words, Tier.OTHER_NAME)):
        if any(f"| {form} |" in forms for form in query.whole):
            return found
    if any(f"| {form}" in document.name_forms for form in query.whole[:2]):
        return Tier.NAME_OPENING
    return Tier.NAMES if query.all_in(document.name_forms) else None


def tier(query: Query, document: SearchDocument) -> Tier:
    if (found := name_tier(query, document)) is not None:
        return found
    return Tier.TEXT if query.all_in(document.own_forms) else Tier.LINKS


def opens_name(query: Query, document: SearchDocument) -> bool:
    return any(f"| {form}" in document.name_words for form in query.whole[:2])


def name_rank(query: Query, document: SearchDocument) -> tuple[int | str | None, ...]:
    """A sort key for rows that match by their names, the shortest names first."""
    opens, length = opens_name(query, document), len(document.name_words.partition(" |")[0])
    return name_tier(query, document), not opens, document.place, length, document.ident


def rank(query: Query, weights: Weights, document: SearchDocument) -> tuple[float | str, ...]:
    """A sort key: by the words of the row and how rare they are; where that ties, by how they stand."""
    found = tier(query, document)
    phrase = any(f" {form} " in document.all_forms for form in query.whole)
    length = len((document.name_words if found <= Tier.NAMES else document.text_words).partition(" |")[0])
    return (
        -round(score(query, weights, document), 6),
        found, not opens_name(query, document), not phrase, document.place, length, document.ident,
    )  # fmt: skip


def reason(query: Query, document: SearchDocument) -> str:
    """Why a row is a result: "name", "synonym: endoglin", "identifier: UBERON:0002371", "text", "condition: Stroke"."""
    for fits in (is_called, has_form, opens_with):
        if name := next(
            (said(source, value) for source, value in document.names if fits(query, spellings(value))), ""
        ):
            return name
    columns = [[source, value, barred(spellings(value))] for source, value in document.names]
    names = " ".join(forms for _, _, forms in columns)
    if query.all_in(names):
        return next((said(source, value) for source, value, forms in columns if query.all_in(forms)), "name")
    own = names + document.text_words
    missing = [wanted for wanted in query.parts if not wanted.found_in(own)]
    linked = [text for wanted in missing if (text := linked_by(wanted, document))]
    reasons = (["text"] if len(missing) < len(query.parts) else []) + list(dict.fromkeys(linked))
    if not reasons and any(wanted.found_in(document.note_words) for wanted in missing):
        return "curator’s note"
    return ", ".join(reasons[:3]) or "text"


def is_called(query: Query, forms: Forms) -> bool:
    return forms[:1] == query.whole[:1]


def has_form(query: Query, forms: Forms) -> bool:
    return any(form in forms for form in query.whole)


def opens_with(query: Query, forms: Forms) -> bool:
    return any(form.startswith(opening) for form in forms for opening in query.whole[:2])


def said(source: str, value: str) -> str:
    if source == Name.Source.NAME:
        return "name"
    label = "identifier" if source in (Name.Source.IDENTIFIER, Name.Source.XREF) else source
    return f"{label}: {value}"


def linked_by(wanted: Wanted, document: SearchDocument) -> str:
    """ "mediators: HGF (hepatocyte growth factor)" for the link whose name, or other name, is wanted."""
    for role, name, others in document.links:
        if wanted.found_in(barred(spellings(name))):
            return f"{role}: {name}"
        for other in others:
            if wanted.found_in(barred(spellings(other))):
                return f"{role}: {name} ({other})"
    return ""


def marks(query: Query, text: str, also: Iterable[str] = ()) -> list[Span]:
    """Where a text has what was looked for, and the names in `also`."""
    found: list[Span] = []
    for name in sorted(set(also), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            add_span(found, match.span())
    for chunk in re.finditer(r"[^\s;,]+", text):
        words = [match.span() for match in re.finditer(r"[^\W_]+", chunk.group())]
        for start, end in marked(query, chunk.group(), words):
            add_span(found, (chunk.start() + start, chunk.start() + end))
    return sorted(found)


def add_span(found: list[Span], span: tuple[int, int]) -> None:
    """Add a span unless it overlaps one that is there."""
    if not any(span[0] < end and start < span[1] for start, end in found):
        found.append(list(span))


def marked(query: Query, chunk: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of a chunk that match: whole where it does as a whole, else its single words."""
    if not words:
        return []
    start, end = words[0][0], words[-1][1]
    if len(words) > 1 or not chunk.isascii():
        whole = barred(spellings(chunk[start:end]))
        exact = [form for wanted in query.parts for form in (*wanted.exact, *wanted.loose)]
        if any(f"| {' '.join(form)} |" in whole for form in exact):
            return [(start, end)]
    return [span for span in words if word_matches(query, chunk[slice(*span)])]


def names_meant(query: Query, document: SearchDocument) -> list[str]:
    """The names of linked rows whose other names are what was looked for: HGF for hepatocyte growth factor."""
    return [
        name
        for _, name, others in document.links
        if any(is_meant(query, barred(spellings(other))) for other in others)
    ]


def is_meant(query: Query, forms: str) -> bool:
    """Is a name one of the things wanted, or does it hold them all?"""
    return query.all_in(forms) or any(
        f"| {' '.join(form)} |" in forms for wanted in query.parts for form in wanted.exact
    )


def word_matches(query: Query, word: str) -> bool:
    forms = barred(spellings(word)) if fold(word) else ""
    for wanted in query.parts:
        parts = {part for form in (*wanted.exact, *wanted.loose) for part in form} | set(wanted.apart)
        if any(f" {part} " in forms for part in parts):
            return True
        if wanted.prefix and any(forms.startswith(f"| {form[-1]}") for form in wanted.exact):
            return True
    return False


def name_marks(query: Query, document: SearchDocument) -> list[Span]:
    return marks(query, document.title, names_meant(query, document))


def snippet(query: Query, document: SearchDocument) -> tuple[str, list[Span]]:
    """A part of what a row is about that shows what was looked for, and the spans in it."""
    text = document.about
    spans = marks(query, text, names_meant(query, document))
    if len(text) <= SNIPPET:
        return text, spans
    first = spans[0][0] if spans else 0
    start = 0 if first < SNIPPET // 2 else text.rfind(" ", 0, first - SNIPPET // 4) + 1
    end = start + SNIPPET
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:
        end = space
    before, after = "… " * (start > 0), " …" * (end < len(text))
    kept = [[a - start + len(before), b - start + len(before)] for a, b in spans if a >= start and b <= end]
    return before + text[start:end] + after, kept
