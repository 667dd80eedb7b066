"""Forms of the inbox and the channels."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.notices.models import Channel, Notice, Sending
from gongjian.notices.queries import UNREAD
from gongjian.notices.states import ChannelKind, NoticeKind, SendingState
from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units, whole_city
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, SecretField

ANY = [("", _("全部"))]
READ = [("unread", _("未读")), ("read", _("已读")), ("all", _("全部"))]


class InboxFilter(Form):
    """Filters of the inbox: read or unread, kind, text."""

    read = forms.ChoiceField(label=_("阅读"), choices=READ, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=[*ANY, *NoticeKind.choices], required=False)
    q = forms.CharField(
        label=_("内容"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def rows(self, rows: QuerySet[Notice]) -> QuerySet[Notice]:
        """The notices that the filter selects; only unread ones by default."""
        chosen = self.cleaned_data if self.is_valid() else {}
        wanted = chosen.get("read") or "unread"
        if wanted != "all":
            rows = rows.filter(UNREAD) if wanted == "unread" else rows.exclude(UNREAD)
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        if word := chosen.get("q"):
            rows = rows.filter(words__icontains=word)
        return rows.select_related("unit", "read_by")


class SheetForm(Form):
    """The day and unit of the printed list."""

    day = DateField(label=_("日期"))
    unit = Pick(label=_("单位"), source="unit-find", required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset, unit.find = Unit.objects.filter(whole_city(account.reads_area)), find_units


class ChannelForm(EditForm):
    """The settings of a channel."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如“市金融局工作群”。"))
    kind = forms.ChoiceField(label=_("种类"), choices=ChannelKind.choices)
    address = SecretField(
        label=_("地址"),
        max_length=500,
        help_text=_(
            "邮件写 mailtos://用户名:口令@服务器?to=收件人；企业微信 wecombot://密钥；钉钉 dingtalk://密钥；飞书 feishu://密钥；短信写网关地址，在内容处写 {text}，如 https://网关/send?to=手机号&text={text}，要 POST 的在地址后空一格写报文。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    account = forms.ModelChoiceField(
        label=_("给账号"), queryset=Account.objects.filter(is_active=True), required=False
    )
    unit = Pick(label=_("给单位"), source="unit-find", required=False, help_text=_("账号和单位只填一项。"))

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset, unit.find = Unit.objects.filter(disabled_on__isnull=True), find_units
        if channel is not None:
            for name in ("kind", "account", "unit"):
                del self.fields[name]
            self.fields["address"].required = False
            self.fields["address"].help_text = _("留空则不改。原地址不再显示。")


class HoursForm(EditForm):
    """The quiet hours, and the hour the digest is sent."""

    starts = forms.TimeField(
        label=_("静默开始"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("静默结束"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    digest_at = forms.TimeField(
        label=_("每日摘要"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("每个通道每天只发一次，把当天未读的通知合成一条。"),
    )
    working_days_only = forms.BooleanField(label=_("只在工作日发送"), required=False)


class SendingFilter(Form):
    """Filters of the notices sent, by state."""

    state = forms.ChoiceField(label=_("状态"), choices=[*ANY, *SendingState.choices], required=False)

    def rows(self) -> QuerySet[Sending]:
        """The sendings that the filter selects, newest first."""
        rows = Sending.objects.select_related("channel__account", "channel__unit")
        state = self.cleaned_data.get("state") if self.is_valid() else ""
        return rows.filter(state=state) if state else rows
