"""Addresses of static files."""

from django.conf import settings
from django.urls import get_script_prefix
from whitenoise.storage import CompressedManifestStaticFilesStorage


class UnderScriptName:
    """Addresses below the path that the server mounts the site at (`SCRIPT_NAME`), for each request.

    Django computes `STATIC_URL` once for a process, before any request has told the path.
    """

    @property
    def base_url(self) -> str:
        return get_script_prefix() + settings.WHITENOISE_STATIC_PREFIX


class StaticFilesStorage(UnderScriptName, CompressedManifestStaticFilesStorage):
    """Compressed files, named by their content."""
