"""Form fields that read the values of filters: lists of terms, quantities, years and flags."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError


class Terms(NamedTuple):
    """The values of one filter: a row must have one of `wanted` and none of `excluded`."""

    wanted: list
    excluded: list

    def __bool__(self):
        return bool(self.wanted or self.excluded)


NO_TERMS = Terms([], [])


class AllValues(forms.TextInput):
    """Reads every value of a parameter, not only the last."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []


class TermsField(forms.Field):
    widget = AllValues

    def __init__(self, *args, check=None, **kwargs):
        self.check = check
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        terms = Terms([], [])
        for part in (part.strip() for values in value or [] for part in values.split(",")):
            if part.lstrip("!"):
                (terms.excluded if part.startswith("!") else terms.wanted).append(part.lstrip("!"))
        return terms or None

    def validate(self, value):
        if value and self.check:
            self.check([*value.wanted, *value.excluded])


class QuantityField(forms.Field):
    """A number, written as people write cell numbers: 1000000, 1e6, 4.57e7."""

    def to_python(self, value):
        if value in (None, ""):
            return None
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or abs(number) > Decimal("1e18"):
            raise ValidationError(f"'{value}' is not a number such as 1000000 or 1e6.")
        return number


class YearField(forms.IntegerField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=1900, max_value=2100, **kwargs)


class FlagField(forms.Field):
    def to_python(self, value):
        if value in (None, ""):
            return None
        if str(value).lower() not in ("true", "false"):
            raise ValidationError(f"'{value}' is neither true nor false.")
        return str(value).lower() == "true"
