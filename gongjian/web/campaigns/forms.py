"""Forms of the campaign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.indicators.queries import areas_shown
from gongjian.people.models import Account, Area
from gongjian.web.forms import Form


class BoardFilter(Form):
    """Whose targets the board shows."""

    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas_shown(account)
        field: Any = self.fields["area"]
        field.choices = [(str(one.pk), str(one)) for one in self.areas]

    def chosen(self) -> Area | None:
        """The chosen area, the widest one without a choice; None for an account that reads no area."""
        wanted = self.cleaned_data.get("area") if self.is_valid() else ""
        found = [one for one in self.areas if str(one.pk) == wanted]
        return next(iter(found or self.areas), None)
