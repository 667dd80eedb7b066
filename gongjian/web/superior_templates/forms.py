"""Forms of superiors' templates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.superior_templates.fields import field_labels
from gongjian.superior_templates.queries import MatchedHeading
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import Form


class TemplateForm(Form):
    """The blank workbook."""

    file = forms.FileField(
        label=_("上级的空表"),
        help_text=_(
            "上级发的 .xlsx 原样上传：可以有多张表、表上的说明、合并的表头、合计行和签字栏，填好后都还在。"
        ),
    )


class HeadingsForm(EditForm):
    """What each heading of a form stands for."""

    def __init__(self, *args: Any, ledger: str, headings: Sequence[MatchedHeading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {f"heading{number}": one for number, one in enumerate(headings)}
        choices = [("", _("留空，不填")), *field_labels(ledger).items()]
        for name, one in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=one.heading, choices=choices, initial=one.field, required=False
            )

    def open_rows(self) -> list[forms.BoundField]:
        """The headings nobody has spoken about."""
        return [self[name] for name, one in self.headings.items() if one.asked]

    def known_rows(self) -> list[forms.BoundField]:
        """The headings that are matched, or left blank on purpose."""
        return [self[name] for name, one in self.headings.items() if not one.asked]

    def decided(self) -> dict[str, str]:
        """Heading -> field, for all of the form."""
        return {one.heading: self.cleaned_data[name] for name, one in self.headings.items()}
