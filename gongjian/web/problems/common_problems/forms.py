"""Forms of common problems."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.problems.models import Problem
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import Form, TextArea
from gongjian.web.record_keys import TickedRecords


class TitleForm(EditForm):
    """The title of a common problem."""

    title = forms.CharField(label=_("标题"), max_length=80)


class _TickedForm(Form):
    """Something about ticked problems."""

    rows = TickedRecords(
        queryset=Problem.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("请至少勾选两个问题。")},
    )

    def __init__(self, *args: Any, rows: QuerySet[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Pass on the ticked problems under the name the services use."""
        data = super().clean() or {}
        if "rows" in data:
            data["problems"] = list(data.pop("rows"))
        return data


class ConfirmForm(_TickedForm):
    """Confirms that the ticked problems are one common problem."""

    title = forms.CharField(
        label=_("标题"), max_length=80, help_text=_("一句话说清是什么事，例如“货车限行影响进出厂”。")
    )


class DismissForm(_TickedForm):
    """Dismisses a proposed group. It is folded into the confirming form, so only the service requires it."""

    use_required_attribute = False
    reason = forms.CharField(label=_("为什么不是共性问题"), max_length=200)


class LandForm(Form):
    """What was done for all member firms."""

    result = TextArea(
        label=_("措施与结果"), help_text=_("写明出台了什么、企业怎样享受，会发给每家成员企业。")
    )
