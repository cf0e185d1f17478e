"""What templates need to show statements, links and numbers."""

from django import template
from django.utils.formats import date_format

from core.models.documents import part_address

register = template.Library()
register.simple_tag(part_address)


@register.filter
def get_item(mapping, key):
    return mapping.get(key, "")


@register.filter
def as_sentence(text):
    return text[:1].upper() + text[1:] if text else ""


@register.inclusion_tag("partials/sort_header.html", takes_context=True)
def sort_header(context, name, label, css=""):
    """A column head that orders the list by `name`, and back."""
    asked = context["request"].GET.get("ordering", "")
    state = {name: "ascending", f"-{name}": "descending"}.get(asked, "none")
    return {
        "request": context["request"],
        "label": label,
        "css": css,
        "state": state,
        "arrow": {"ascending": "▲", "descending": "▼"}.get(state, ""),
        "next": f"-{name}" if state == "ascending" else name,
    }


@register.simple_tag(takes_context=True)
def export_link(context, suffix, more=""):
    """The whole filtered list in another format, with `more` parameters (bom=1)."""
    address, _, query = context["api_url"].partition("?")
    parts = [part for part in query.split("&") if part and not part.startswith(("page=", "page_size="))]
    parts += [more] if more else []
    return f"{address.rstrip('/')}.{suffix}" + ("?" + "&".join(parts) if parts else "")


@register.simple_tag(takes_context=True)
def absolute(context, path):
    return context["request"].build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def curl_call(context, path: str) -> str:
    """The shell command that asks the API for an address."""
    return f"curl -s '{absolute(context, path)}'"


@register.simple_tag(takes_context=True)
def page_citation(context) -> str:
    """How to cite the page: release and date, title, address."""
    request, release = context["request"], context["release"]
    title, address = context.get("title") or "Front page", absolute(context, request.get_full_path())
    return f"MSCbase, release {release.version} ({date_format(release.date, 'j F Y')}). {title}. {address}"


CURIE_SITES = {
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_{}", "CL": "http://purl.obolibrary.org/obo/CL_{}",
    "GO": "http://purl.obolibrary.org/obo/GO_{}", "MONDO": "http://purl.obolibrary.org/obo/MONDO_{}",
    "CHEBI": "http://purl.obolibrary.org/obo/CHEBI_{}", "HP": "http://purl.obolibrary.org/obo/HP_{}",
    "DOID": "http://purl.obolibrary.org/obo/DOID_{}", "CLO": "http://purl.obolibrary.org/obo/CLO_{}",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_{}", "EFO": "http://www.ebi.ac.uk/efo/EFO_{}",
    "NCBITaxon": "http://purl.obolibrary.org/obo/NCBITaxon_{}",
}  # fmt: skip


@register.filter
def curie_url(curie):
    """Where a CURIE is explained: the ontology's own address, or identifiers.org."""
    prefix, _, identifier = curie.partition(":")
    if site := CURIE_SITES.get(prefix):
        return site.format(identifier)
    return f"https://identifiers.org/{curie}"


@register.filter
def verbose_plural(model):
    return model._meta.verbose_name_plural
