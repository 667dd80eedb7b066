"""Comparing two firms side by side before one is merged into the other."""

from typing import Any

from django.utils.translation import gettext as _

from gongjian.enterprises.models import Enterprise

SHOWN = (
    "name",
    "short_name",
    "credit_code",
    "area",
    "address",
    "industry",
    "above_designated_size",
    "status",
    "founded_on",
    "makes",
)


def side_by_side(keep: Enterprise, duplicate: Enterprise) -> list[tuple[str, Any, Any]]:
    """Each field's name, with its value in both firms."""
    return [
        (
            str(Enterprise._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _shown(keep, name),
            _shown(duplicate, name),
        )
        for name in SHOWN
    ]


def _shown(firm: Enterprise, name: str) -> Any:
    if name == "above_designated_size":
        return {True: _("规上"), False: _("规下"), None: None}[firm.above_designated_size]
    return firm.get_status_display() if name == "status" else getattr(firm, name)


def records_to_move(duplicate: Enterprise) -> list[tuple[str, int]]:
    """The records a merge would move, by kind."""
    relations = [
        (
            str(relation.related_model._meta.verbose_name),
            relation.related_model._default_manager.filter(**{relation.field.name: duplicate}).count(),
        )
        for relation in Enterprise._meta.related_objects
    ]
    return [(name, number) for name, number in relations if number]


def comparison(keep: Enterprise, duplicate: Enterprise | None) -> dict[str, Any]:
    """The comparison of the two firms for the page; empty until a second firm is picked."""
    if duplicate is None:
        return {}
    return {
        "beside": side_by_side(keep, duplicate),
        "moving": records_to_move(duplicate),
        "two_codes": bool(keep.credit_code and duplicate.credit_code),
    }
