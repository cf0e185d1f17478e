"""Admin of this app: a view into the search index."""

from core.admin_site import register_all

register_all("search")
