"""Values in another letter case, or under another name, lead to the address with the value that is meant."""

from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote_plus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.rest.terms import read_term, read_terms
from core.text import key


def going_by(name: str, named: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Which of (value, its names) go by this name: those that differ by letter case alone, else any so named."""
    named = [(value, [key(other) for other in names]) for value, names in named]
    same = [value for value, _ in named if value.casefold() == name.strip().casefold()]
    return same or [value for value, names in named if key(name) and key(name) in names]


class MeantOtherwise(Exception):
    """A query that is right but for values which go by other names: {parameter: {value given: value meant}}."""

    def __init__(self, meant: dict[str, dict[str, str]]) -> None:
        super().__init__(meant)
        self.meant = meant

    def address(self, request: HttpRequest) -> str:
        """The address asked for with the values that are meant. All else stays as it was written."""
        query = request.META["QUERY_STRING"].encode("latin-1").decode(errors="replace")
        return f"{request.path}?" + "&".join(map(self.corrected, query.split("&")))

    def corrected(self, pair: str) -> str:
        name, _, values = pair.partition("=")
        meant = self.meant.get(unquote_plus(name))
        if not meant:
            return pair
        whole = unquote_plus(values)
        terms = [read_term(whole)] if read_term(whole).value in meant else read_terms([whole])
        corrected = [term.signs + meant.get(term.value, term.value) for term in terms]
        return f"{name}={quote(','.join(corrected), safe='!,:/')}"


class LeadToValuesMeant:
    """302, as names may change, for whatever view asks a filter set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, MeantOtherwise):
            return HttpResponseRedirect(exception.address(request))
        return None
