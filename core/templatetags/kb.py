"""What templates need to show statements, links and numbers."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.models.documents import part_address

register = template.Library()
register.simple_tag(part_address)


@register.filter
def get_item(mapping, key):
    return mapping.get(key, "")


@register.filter
def as_sentence(text):
    return text[:1].upper() + text[1:] if text else ""


@register.simple_tag(takes_context=True)
def sort_header(context, name, label, css=""):
    """A column head that orders the list by `name`, and back."""
    query, asked = context["query"], context["query"].data.get("ordering", "")
    state = "ascending" if asked == name else "descending" if asked == f"-{name}" else "none"
    link = query.with_values(ordering=f"-{name}" if state == "ascending" else name)
    arrow = {"ascending": "▲", "descending": "▼", "none": ""}[state]
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="{}">{}<span aria-hidden="true"> {}</span></a></th>',
        state, format_html(' class="{}"', css) if css else "", link, label, mark_safe(arrow),  # noqa: S308 a constant
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def page_link(context, number):
    data = context["query"].data.copy()
    data["page"] = number
    return "?" + data.urlencode()


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
