"""A filter as a sentence, for print and export: a list of some rows never says it is all of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def in_words(form: forms.BaseForm, *, but: tuple[str, ...] = ("sort",)) -> str:
    """What a valid filter form has chosen, label by label; empty where nothing is."""
    if not form.is_valid():
        return ""
    parts = []
    for name, value in form.cleaned_data.items():
        field = form.fields[name]
        if value and name not in but:
            shown = _shown(field, value)
            parts.append(_("%(label)s：%(value)s") % {"label": field.label or name, "value": shown})
    return ";".join(parts)


def _shown(field: forms.Field, value: Any) -> Any:
    choices = dict(getattr(field, "choices", [])) if isinstance(value, list | str) else {}
    if isinstance(value, list):
        return "、".join(str(choices.get(one, one)) for one in value)
    return choices.get(value, value)
