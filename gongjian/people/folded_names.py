"""Names kept a second time in the writing they are compared by (比较写法): brackets, dots, blanks and width make no difference.

The column follows the names by itself whenever a row is saved; `engines/writing` folds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.folding import fold_name

if TYPE_CHECKING:
    _Column = models.CharField[str, str]
else:
    _Column = models.CharField  # it takes no types at run time


class FoldedNames(_Column):
    """The names of a row (`of`), folded, each between blanks: " 安川华星(集团)有限公司 华星 "."""

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        usual: dict[str, Any] = {"max_length": 300, "blank": True, "editable": False}
        super().__init__(**({"verbose_name": _("比较写法")} | usual | kwargs))
        self.of = of

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To a migration it is a plain column of text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001  the framework passes it
        """The folded names as they are now."""
        value = folded_names(*(getattr(model_instance, field) for field in self.of))
        setattr(model_instance, self.attname, value)
        return value


def folded_names(*names: str) -> str:
    """The value of the column for these names."""
    kept = dict.fromkeys(folded for name in names if (folded := fold_name(name)))
    return f" {' '.join(kept)} " if kept else ""


def called(name: str, path: str = "") -> Q:
    """Condition: a name of the record (at `path`, "" for the row itself) is this one, however it is written."""
    return _holding(f" {folded} " if (folded := fold_name(name)) else "", path)


def beginning(text: str, path: str = "") -> Q:
    """Condition: a name of the record begins so."""
    return _holding(f" {folded}" if (folded := fold_name(text)) else "", path)


def containing(text: str, path: str = "") -> Q:
    """Condition: a name of the record contains the text."""
    return _holding(fold_name(text), path)


def _holding(folded: str, path: str) -> Q:
    field = f"{path}__folded" if path else "folded"
    return Q(**{f"{field}__contains": folded}) if folded else Q(pk__in=[])
