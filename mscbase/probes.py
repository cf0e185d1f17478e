"""What load balancers and process managers ask: `/healthz` and `/readyz`."""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.models import Release


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Fit to serve: the database answers, migrations are applied, a release is loaded. 503 otherwise."""
    checks: dict[str, bool | str | None] = {"database": False, "migrations": False, "release": None}
    try:
        connection.ensure_connection()
        checks["database"] = True
        executor = MigrationExecutor(connection)
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if checks["migrations"]:
            release = Release.objects.order_by("-pk").first()
            checks["release"] = release.version if release else None
    except Exception as error:  # noqa: BLE001 whatever is wrong, the answer is "not ready", and what
        checks["error"] = type(error).__name__
    ready = checks["database"] and checks["migrations"] and bool(checks["release"])
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


PROBES = {"/healthz": healthz, "/readyz": readyz}


def answer_probes(get_response: Callable) -> Callable:
    """Answer the probes whatever the Host header says: a load balancer asks by address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, get_response)(request)

    return middleware
