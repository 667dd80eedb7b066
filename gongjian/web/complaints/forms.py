"""Forms of complaints."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.complaints.models import Complaint
from gongjian.complaints.queries import mentioning, with_status
from gongjian.complaints.states import ComplaintKind, ComplaintOutcome, ComplaintStatus
from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units
from gongjian.people.states import Role
from gongjian.web.forms import Form, Pick, TextArea

ANY = [("", _("全部"))]


class ComplaintForm(Form):
    """The complaint: what is wrong."""

    kind = forms.ChoiceField(label=_("投诉类型"), choices=ComplaintKind.choices, widget=forms.RadioSelect)
    text = TextArea(
        label=_("内容"), rows=5, max_length=4000, help_text=_("哪张表、谁要的、多久要一次，越具体越好改。")
    )
    about_unit = Pick(
        label=_("涉及单位"), source="unit-find", required=False, help_text=_("被投诉单位不参与答复。")
    )
    nameless = forms.BooleanField(
        label=_("匿名"), required=False, help_text=_("匿名时不存账号、单位和时刻，给您一个查询码看答复。")
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account.role == Role.ENTERPRISE:  # a firm does not see the list of units
            del self.fields["about_unit"]
            return
        field = self.fields["about_unit"]
        field.queryset = Unit.objects.filter(disabled_on__isnull=True)  # type: ignore[attr-defined]
        field.find = lambda text: find_units(text, near=account.reads_area)  # type: ignore[attr-defined]


class ReceiptForm(Form):
    """The receipt code of an anonymous complaint."""

    code = forms.CharField(label=_("查询码"), max_length=20, help_text=_("匿名提交后显示的十位查询码。"))


class ComplaintAnswerForm(Form):
    """The answer: what is done about the complaint."""

    outcome = forms.ChoiceField(
        label=_("答复结论"), choices=ComplaintOutcome.choices, widget=forms.RadioSelect
    )
    text = TextArea(label=_("答复"), rows=4, max_length=4000, help_text=_("写明怎么处理、什么时候改好。"))


class ReopenForm(Form):
    """Why the answer is not accepted."""

    reason = TextArea(label=_("重开理由"), rows=3, max_length=2000, help_text=_("写明答复哪里没有解决问题。"))


class ReopenByCodeForm(ReopenForm):
    """Why the answer is not accepted, from the holder of a receipt code."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=20)


class ComplaintFilter(Form):
    """Which complaints are listed."""

    standing = forms.ChoiceField(label=_("状态"), choices=ANY + ComplaintStatus.choices, required=False)
    kind = forms.ChoiceField(label=_("投诉类型"), choices=ANY + ComplaintKind.choices, required=False)
    q = forms.CharField(label=_("内容"), required=False)

    def rows(self, rows: QuerySet[Complaint], **facts: Any) -> QuerySet[Complaint]:
        """The complaints that the filter selects."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        if chosen.get("q"):
            rows = rows.filter(mentioning(chosen["q"]))
        return with_status(rows, chosen["standing"], **facts) if chosen.get("standing") else rows
