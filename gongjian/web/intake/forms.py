"""Forms of the tray of reports: taking in a report, correcting a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.intake.models import Draft, DraftKind
from gongjian.intake.queries import events_of_article
from gongjian.people.models import Unit
from gongjian.people.queries import find_units
from gongjian.web.forms import DateField, Form, Pick, TextArea
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason

TYPES = [
    ("mobilisation", _("动员会")),
    ("cadre_meeting", _("三级干部会")),
    ("economic_meeting", _("经济工作会")),
    ("seminar", _("座谈会")),
    ("inquiry", _("行业会")),
    ("visit", _("走访调研")),
    ("coordination", _("调度会")),
    ("commendation", _("表彰会")),
    ("signing", _("签约仪式")),
    ("groundbreaking", _("开工仪式")),
    ("other", _("其他活动")),
]
LABELS = {
    "type": _("类型"),
    "title": _("名称"),
    "date_start": _("开始日期"),
    "date_end": _("结束日期"),
    "part": _("时段"),
    "unit": _("地区"),
    "place": _("地点"),
    "lead": _("带队领导"),
    "people": _("参加人员"),
    "enterprises": _("企业"),
    "firm_count": _("企业数"),
    "sectors": _("行业"),
    "projects": _("项目"),
    "name": _("姓名"),
    "posts": _("职务"),
    "speaker": _("讲话人"),
    "text": _("内容"),
    "about": _("所属活动"),
    "by": _("提出人"),
    "to": _("责任方"),
    "mode": _("方式"),
    "deadline_text": _("时限原文"),
    "deadline": _("时限（工作日）"),
    "recipient": _("受表彰者"),
    "honour": _("表彰内容"),
    "count": _("项数"),
    "conflict": _("注意"),
}
EVENT = (
    "type",
    "title",
    "date_start",
    "date_end",
    "part",
    "unit",
    "place",
    "lead",
    "people",
    "enterprises",
    "firm_count",
)
EDITABLE = {
    DraftKind.MEETING: EVENT,
    DraftKind.VISIT: EVENT,
    DraftKind.PERSON: ("name", "posts"),
    DraftKind.STATEMENT: ("speaker", "text", "about"),
    DraftKind.COMMITMENT: ("text", "by", "to"),
    DraftKind.HONOUR: ("recipient", "honour", "about"),
}
LONG = {"text", "honour"}


class ReportForm(Form):
    """A report to paste or upload."""

    text = TextArea(
        label=_("报道正文"), rows=12, required=False, help_text=_("粘贴全文，或者在下面选择文件。")
    )
    file = forms.FileField(
        label=_("或上传文件"), required=False, help_text=_(".txt（UTF-8 或 GBK）或 .docx，不超过 10 MB。")
    )
    published_on = DateField(
        label=_("刊发日期"), required=False, help_text=_("报道只写月日时，用它推算年份。")
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填则取正文第一行。")
    )


def in_words(name: str, value: str) -> str:
    """A value in words: kinds of activity are stored by key."""
    return str(dict(TYPES).get(value, value)) if name == "type" else value


class DraftForm(Form):
    """The values of one draft, all of them editable, the empty ones too."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", f"d{draft.pk}")
        kwargs.setdefault("initial", {name: cell.get("value") for name, cell in draft.fields.items()})
        super().__init__(*args, **kwargs)
        for name in EDITABLE[DraftKind(draft.kind)]:
            self.fields[name] = _field(name, draft)

    def typed(self) -> dict[str, str]:
        """The values the clerk has left in the form."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


def _field(name: str, draft: Draft) -> forms.Field:
    label = LABELS[name]
    if name == "type":
        return forms.ChoiceField(
            label=label, choices=TYPES, widget=forms.Select(attrs={"class": "form-select"})
        )
    if name == "about":
        events = [
            (
                str(e.order),
                e.fields.get("title", {}).get("value")
                or e.fields.get("lead", {}).get("value")
                or gettext("第 %(n)s 项活动") % {"n": e.order + 1},
            )
            for e in events_of_article(draft.article)
        ]
        return forms.ChoiceField(
            label=label,
            choices=[("", "—"), *events],
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
        )
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": 2, "class": "form-control"})
        if name in LONG
        else forms.TextInput(attrs={"class": "form-control"})
    )
    return forms.CharField(label=label, required=False, widget=widget)


class CommitmentForm(Form):
    """The details that turn a promise into an assignment."""

    lead_unit = Pick(label=_("责任单位"), source="unit-find")
    responsible_person = Pick(label=_("责任人"), source="person-find")
    person_reason = person_reason()
    due = DateField(label=_("办理时限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["lead_unit"].queryset = Unit.objects.filter(disabled_on__isnull=True)
        fields["lead_unit"].find = find_units
        limit_person_to_unit(self)
