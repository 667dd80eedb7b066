"""A filter as a sentence, for print and export: a list of some rows never says it is all of them."""

from django import forms
from django.utils.translation import gettext as _

from gongjian.web.editing.forms import in_words as value_in_words


def in_words(form: forms.BaseForm, *, but: tuple[str, ...] = ("sort",)) -> str:
    """What a valid filter form has chosen, label by label; empty where nothing is."""
    if not form.is_valid():
        return ""
    parts = []
    for name, value in form.cleaned_data.items():
        field = form.fields[name]
        if value and name not in but:
            shown = value_in_words(field, value)
            parts.append(_("%(label)s：%(value)s") % {"label": field.label or name, "value": shown})
    return _("；").join(parts)
