"""Form fields that read the values of filters: lists of terms, flags, quantities and years."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.rest.terms import Terms, WrongSigns, read_term, read_terms

Check = Callable[[list[str]], None]  # raises ValidationError where one of the values is none


def names_in(values: Iterable[str]) -> list[str]:
    """The names in repeated or comma-separated parameters."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


class AllValues(forms.TextInput):
    """Reads every value of a parameter, not only the last."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []


class TermsField(forms.Field):
    """Reads values that are repeated or separated by commas, with the signs before them (`core.rest.terms`).

    It knows no choices: a field of choices copies them for each request, and one of rows asks the database for
    each filter.
    """

    widget = AllValues

    def __init__(self, *, check: Callable[[Terms], None], **kwargs: Any) -> None:
        self.check = check
        super().__init__(**kwargs)

    def to_python(self, value: Iterable[str] | None) -> Terms | None:
        return Terms.of(read_terms(value or [])) or None

    def validate(self, value: Terms | None) -> None:
        if value:
            self.check(value)

    def clean(self, value: list[str]) -> Terms | None:
        """Terms; or nothing, where they make sense only if commas are part of a name: 2,3-dioxygenase."""
        try:
            return super().clean(value)
        except WrongSigns:
            raise
        except ValidationError as refused:
            try:
                self.check(Terms.of([read_term(whole) for whole in value]))
            except ValidationError:
                raise refused from None
            return None


class FlagField(forms.CharField):
    """true or false. A field for booleans takes anything else for neither, without a word."""

    def __init__(self, *, check: Check, **kwargs: Any) -> None:
        self.check = check
        super().__init__(**kwargs)

    def clean(self, value: str | None) -> bool | None:
        value = super().clean(value)
        if value:
            self.check([value])
        return value == "true" if value else None


class QuantityField(forms.DecimalField):
    """A number, written as people write cell numbers: 1000000, 1e6, 4.57e7."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("-1e18"), max_value=Decimal("1e18"), **kwargs)

    def clean(self, value: str | None) -> Decimal | None:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(f"'{value}' is not a number such as 1000000 or 1e6.") from None


class YearField(forms.IntegerField):
    FIRST, LAST = 1900, 2100

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=self.FIRST, max_value=self.LAST, **kwargs)

    def clean(self, value: str | None) -> int | None:
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(f"'{value}' is not a year from {self.FIRST} to {self.LAST}.") from None
