"""Forms for a code, alone or with the password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.web.forms import Form

OF_THE_PHONE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class FirstCodeForm(Form):
    """The first code, which shows that the app has the secret."""

    code = forms.CharField(
        label=_("手机上显示的验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={**OF_THE_PHONE, "inputmode": "numeric"}),
    )


class CodeForm(Form):
    """A code of the phone, or a recovery code."""

    code = forms.CharField(
        label=_("验证码或恢复码"),
        max_length=20,
        widget=forms.TextInput(attrs=OF_THE_PHONE),
    )


class SecondStepForm(CodeForm):
    """The same as the only box of its page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True


class OffForm(CodeForm):
    """The password besides."""

    password = forms.CharField(
        label=_("现在的密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
