"""Filters that say standings in words."""

from collections.abc import Sequence
from datetime import date

from django import template

from gongjian.web.standings import sentences

register = template.Library()
register.filter("place_words", sentences.place_in_words)
register.filter("change_words", sentences.change_in_words)
register.filter("stability_words", sentences.stability_in_words)
register.filter("mark_words", sentences.mark_in_words)
register.filter("note_words", sentences.note_in_words)
register.filter("value_words", sentences.value_in_words)
register.filter("lens_words", sentences.lens_in_words)
register.filter("effort_words", sentences.effort_in_words)
register.filter("move_words", sentences.move_in_words)
register.filter("upward", sentences.upward)


@register.filter
def of(names: dict[str, object], key: str) -> object:
    """The entry of a key: the indicator an item names."""
    return names.get(key, "")


@register.filter
def beside(months: Sequence[date], values: Sequence[object]) -> list[tuple[date, object]]:
    """Each month with the value that stands under it."""
    return list(zip(months, values, strict=False))
