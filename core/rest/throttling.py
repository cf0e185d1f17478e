"""How often one client may ask the API."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PerClient(SimpleRateThrottle):
    """By address; `API_RATE` sets the rate. The answer beyond it is a 429 with Retry-After."""

    scope = "client"

    def get_cache_key(self, request: Request, view: object) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
