"""Forms of the tray of reports: taking in a report, correcting a draft, saying whom its names mean."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.queries import search_firms, visible_to
from gongjian.intake.models import Draft, DraftKind
from gongjian.intake.registers.queries import PrintedName, draft_value
from gongjian.intake.registers.services import Picks
from gongjian.people.models import Account, Person, Unit
from gongjian.people.queries import find_persons, find_units
from gongjian.problems.states import FILED, Category
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
    "enterprise": _("反映企业"),
    "raised_by": _("反映人"),
    "category": _("问题类别"),
    "left": _("只作文字的名称"),
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
    DraftKind.PROBLEM: ("text", "enterprise", "raised_by", "category", "about"),
}
LONG = {"text", "honour"}


class ReportForm(Form):
    """A report to paste or upload."""

    text = TextArea(
        label=_("报道正文"), rows=12, required=False, help_text=_("粘贴全文，或者在下面选择文件。")
    )
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        help_text=_("Word、网页、带文字的 PDF、RTF 或纯文本，不超过 10 MB。"),
    )
    published_on = DateField(
        label=_("刊发日期"), required=False, help_text=_("报道只写月日时，用它推算年份。")
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("不填则取正文第一行。")
    )


def in_words(name: str, value: str) -> str:
    """A value in words: kinds of activity and categories are stored by key."""
    words = {"type": dict(TYPES), "category": dict(Category.choices)}
    return str(words.get(name, {}).get(value, value))


def event_choices(events: Sequence[Draft]) -> list[tuple[str, str]]:
    """The meetings and visits of a report to which a passage may belong."""
    return [
        (
            str(event.order),
            draft_value(event, "title")
            or draft_value(event, "lead")
            or gettext("第 %(n)s 项活动") % {"n": event.order + 1},
        )
        for event in events
    ]


class DraftForm(Form):
    """The values of one draft, all of them editable, the empty ones too."""

    def __init__(self, *args: Any, draft: Draft, events: Sequence[Draft], **kwargs: Any) -> None:
        kwargs.setdefault("prefix", f"d{draft.pk}")
        kwargs.setdefault("initial", {name: cell.get("value") for name, cell in draft.fields.items()})
        super().__init__(*args, **kwargs)
        for name in EDITABLE[DraftKind(draft.kind)]:
            self.fields[name] = _field(name, events)

    def typed(self) -> dict[str, str]:
        """The values the clerk has left in the form."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


def _field(name: str, events: Sequence[Draft]) -> forms.Field:
    label = LABELS[name]
    select = forms.Select(attrs={"class": "form-select"})
    if name == "type":
        return forms.ChoiceField(label=label, choices=TYPES, widget=select)
    if name in {"about", "category"}:
        choices = event_choices(events) if name == "about" else FILED
        return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False, widget=select)
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": 2, "class": "form-control"})
        if name in LONG
        else forms.TextInput(attrs={"class": "form-control"})
    )
    return forms.CharField(label=label, required=False, widget=widget)


class NamesForm(Form):
    """For each printed name that means no one record: which record it means. Left empty, it stays a name.

    `posts` are printed posts the register does not know of the person: at which unit each is to be entered.
    """

    def __init__(
        self,
        *args: Any,
        draft: Draft,
        unmatched: Sequence[PrintedName],
        posts: Sequence[str],
        account: Account,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=f"n{draft.pk}", **kwargs)
        self.unmatched, self.posts = unmatched, posts
        for n, printed in enumerate(unmatched):
            self.fields[f"name{n}"] = (_firm_pick if printed.is_firm else _person_pick)(printed.name, account)
        for n, post in enumerate(posts):
            unit = Pick(label=_("%(post)s，所在单位") % {"post": post}, source="unit-find", required=False)
            unit.queryset = Unit.objects.filter(disabled_on__isnull=True)
            unit.find = partial(find_units, near=account.reads_area)
            self.fields[f"post{n}"] = unit

    def picks(self) -> Picks:
        """The record chosen for each name, where one was chosen."""
        chosen = {
            (printed.field, printed.name): self.cleaned_data.get(f"name{n}")
            for n, printed in enumerate(self.unmatched)
        }
        return {key: record for key, record in chosen.items() if record is not None}

    def unit_of(self, post: str) -> Unit | None:
        """The unit chosen for a post."""
        found: Unit | None = (
            self.cleaned_data.get(f"post{self.posts.index(post)}") if post in self.posts else None
        )
        return found

    def name_rows(self) -> list[tuple[PrintedName, forms.BoundField]]:
        """Each open name with its field."""
        return [(printed, self[f"name{n}"]) for n, printed in enumerate(self.unmatched)]

    def post_rows(self) -> list[tuple[str, forms.BoundField]]:
        """Each open post with its field."""
        return [(post, self[f"post{n}"]) for n, post in enumerate(self.posts)]


def _person_pick(name: str, _account: Account) -> Pick:
    label = _("“%(name)s”是名册里的") % {"name": name}
    field = Pick(label=label, source="person-find", required=False, offers_new=False)
    field.queryset, field.find = Person.objects.all(), find_persons
    return field


def _firm_pick(name: str, account: Account) -> Pick:
    label = _("“%(name)s”是名册里的") % {"name": name}
    field = Pick(label=label, source="enterprise-find", required=False, offers_new=False)
    field.queryset, field.find = visible_to(account), partial(search_firms, account=account)
    return field


class CommitmentForm(Form):
    """The details that turn a promise into an assignment."""

    lead_unit = Pick(label=_("责任单位"), source="unit-find")
    responsible_person = Pick(label=_("责任人"), source="person-find")
    person_reason = person_reason()
    due = DateField(meaning=DayMeaning.DUE, label=_("办理时限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["lead_unit"].queryset = Unit.objects.filter(disabled_on__isnull=True)
        fields["lead_unit"].find = find_units
        limit_person_to_unit(self)
