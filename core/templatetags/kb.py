"""What templates need to show statements, links and numbers."""

from collections.abc import Mapping

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.formats import date_format

from core.models.documents import part_address
from core.rest.renderers import flat_formats

register = template.Library()
register.simple_tag(part_address)
register.simple_tag(flat_formats)


@register.filter
def get_item(mapping: Mapping, key: object) -> object:
    return mapping.get(key, "")


@register.inclusion_tag("partials/sort_header.html", takes_context=True)
def sort_header(context: Context, name: str, label: str, css: str = "") -> dict[str, object]:
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
def export_link(context: Context, suffix: str, more: str = "") -> str:
    """The whole filtered list in another format, with `more` parameters (bom=1)."""
    address, _, query = context["api_url"].partition("?")
    parts = [part for part in query.split("&") if part and not part.startswith(("page=", "page_size="))]
    parts += [more] if more else []
    return f"{address.rstrip('/')}.{suffix}" + ("?" + "&".join(parts) if parts else "")


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    return context["request"].build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def curl_call(context: Context, path: str) -> str:
    """The shell command that asks the API for an address."""
    return f"curl -s '{absolute(context, path)}'"


@register.simple_tag(takes_context=True)
def page_citation(context: Context) -> str:
    """How to cite the page: release and date, title, address."""
    request, release = context["request"], context["release"]
    title, address = context.get("title") or "Front page", absolute(context, request.get_full_path())
    return f"MSCbase, release {release.version} ({date_format(release.date, 'j F Y')}). {title}. {address}"


# Ontologies that have an address for each term; identifiers.org leads to all others.
OBO = ("UBERON", "CL", "GO", "MONDO", "CHEBI", "HP", "DOID", "CLO", "NCIT", "NCBITaxon")


@register.filter
def curie_url(curie: str) -> str:
    """Where a CURIE is explained: the ontology's own address, or identifiers.org."""
    prefix, _, identifier = curie.partition(":")
    if prefix in OBO:
        return f"http://purl.obolibrary.org/obo/{prefix}_{identifier}"
    if prefix == "EFO":
        return f"http://www.ebi.ac.uk/efo/EFO_{identifier}"
    return f"https://identifiers.org/{curie}"


@register.filter
def verbose_plural(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
