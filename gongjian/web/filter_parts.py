"""Which fields of a filter stand open (筛选分前后): the search and two more; the rest is folded with the number in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AT_HAND = 2  # filters that stand open beside the search
SEARCH, SORT = "q", "sort"


@dataclass(frozen=True)
class FilterParts:
    """The bound fields of a filter, as they are drawn; `used` counts the folded ones that narrow the list."""

    hidden: Sequence[Any] = ()
    at_hand: Sequence[Any] = ()
    rest: Sequence[Any] = ()
    used: int = 0
    wrong: bool = False


def parts_of(form: Any, at_hand: Sequence[str] = ()) -> FilterParts:
    """Split the fields of a form: those named, or else the first two, stand open; a fold for one field is none."""
    if form is None:
        return FilterParts()
    shown = [field for field in form if not field.is_hidden]
    search = [field for field in shown if field.name == SEARCH]
    others = [field for field in shown if field.name != SEARCH]
    open_ones = [field for field in others if field.name in at_hand] if at_hand else others[:AT_HAND]
    rest = [field for field in others if field not in open_ones]
    if len(rest) < AT_HAND:
        open_ones, rest = others, []
    return FilterParts(
        hidden=[field for field in form if field.is_hidden],
        at_hand=[*search, *open_ones],
        rest=rest,
        used=sum(_narrows(form, field) for field in rest),
        wrong=any(field.errors for field in rest),
    )


def _narrows(form: Any, field: Any) -> bool:
    """Whether the address says something for this field; an order narrows nothing."""
    if not form.is_bound or field.name == SORT:
        return False
    names = [name for name in form.data if name == field.html_name or name.startswith(f"{field.html_name}_")]
    return any(form.data.get(name) for name in names)
