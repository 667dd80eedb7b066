"""The filter of the tries to sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.web.forms import DateField, Form

OUTCOMES = {"taken": True, "failed": False}


class SignInFilter(Form):
    """By name, by address, by how it ended, from a day on."""

    username = forms.CharField(label=_("登录名"), max_length=40, required=False)
    address = forms.CharField(label=_("网络地址"), max_length=45, required=False)
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[("", _("全部")), ("taken", _("已登录")), ("failed", _("未通过"))],
        required=False,
    )
    since = DateField(label=_("起"), required=False)
