"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Callable

from django.conf import settings
from django.core.wsgi import get_wsgi_application


def mounted_at(prefix: str, application: Callable) -> Callable:
    """The application below `prefix`, whether the proxy in front passes the prefix on or removes it.

    A prefix that the server has told in `SCRIPT_NAME` itself stays as it is.
    """

    def mounted(environ: dict, start_response: Callable) -> object:
        if not environ.get("SCRIPT_NAME"):
            environ["SCRIPT_NAME"] = prefix
            if f"{environ['PATH_INFO']}/".startswith(f"{prefix}/"):
                environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(prefix)
        return application(environ, start_response)

    return mounted


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mscbase.settings")
application = mounted_at(settings.SCRIPT_NAME, get_wsgi_application())
