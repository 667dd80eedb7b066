"""Forms for signing in and for changing the password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.people.models import Account
from gongjian.web.forms import Form


class SignInForm(Form):
    """The name and the password."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(Form):
    """The old password once, the new one twice."""

    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        help_text=gettext_lazy("第一次登录时，填管理员给的一次性密码。"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        help_text=gettext_lazy("至少10个字符，不能全是数字，不能与登录名或姓名相近，不能是常见密码。"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_old(self) -> str:
        """Require the right old password."""
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError(_("现在的密码不对，请重新输入；忘记了请找系统管理员重置。"))
        return old

    def clean_new(self) -> str:
        """Require a new password that passes every rule and differs from the old one."""
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.account)
        if new == self.cleaned_data.get("old"):
            raise ValidationError(_("新密码与现在的密码相同，请换一个。"))
        return new

    def clean_again(self) -> str:
        """Require both entries of the new password to be equal."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError(_("两次输入的新密码不一致，请重新输入。"))
        return again
