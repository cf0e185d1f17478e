"""Identifiers of publications, which people paste with prefixes and as addresses."""

import re

NCBI = r"https?://(?:www\.)?ncbi\.nlm\.nih\.gov"
DOI = r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+?)[.,;]?"
PMID = rf"(?:pmid:?\s*|{NCBI}/pubmed/|https?://pubmed\.ncbi\.nlm\.nih\.gov/)(\d+)/?"
PMCID = rf"(?:pmcid:?\s*|{NCBI}/pmc/articles/|https?://pmc\.ncbi\.nlm\.nih\.gov/articles/)?pmc(\d+)/?"
NUMBER = r"(\d{6,9})"  # a PubMed id alone; references are numbered, too, but not as high
FORMS = [
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in ((DOI, "doi:{}"), (PMID, "PMID:{}"), (NUMBER, "PMID:{}"), (PMCID, "PMC{}"))
]


def plain(text: str) -> str:
    """A DOI, PubMed or PubMed Central id in the one form in which it is a name here; any other text as it is.

    >>> plain("https://doi.org/10.1000/abc"), plain("PMID 31965214"), plain("pmc7223321"), plain("HGF")
    ('doi:10.1000/abc', 'PMID:31965214', 'PMC7223321', 'HGF')
    """
    for pattern, form in FORMS:
        if match := pattern.fullmatch(text.strip()):
            return form.format(match[1])
    return text


def of_publication(doi: str = "", pmid: str = "", pmcid: str = "") -> list[str]:
    """The identifiers that a publication has, in these forms."""
    given = (doi and f"doi:{doi}", pmid and f"PMID:{pmid}", pmcid)
    return [plain(identifier) for identifier in given if identifier]
