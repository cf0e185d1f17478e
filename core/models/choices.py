"""A column of choices that the database checks, too."""

from typing import Any

from django.db import models
from django.db.models import Q


class ChoiceField(models.CharField):
    """A `CharField` with choices and a check constraint `<model>_<column>_known` made from them.

    Nothing is a value, too, where the column may be `blank`. Migrations see a `CharField`.
    """

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        meta = cls._meta
        if not meta.abstract and not meta.proxy:
            values = [value for value, _ in self.flatchoices if value] + ([""] if self.blank else [])
            constraint = models.CheckConstraint(
                condition=Q(**{f"{name}__in": values}), name=f"{meta.model_name}_{name}_known"
            )
            meta.constraints = [*meta.constraints, constraint]
            meta.original_attrs["constraints"] = meta.constraints  # so that migrations see it
