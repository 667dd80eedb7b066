"""The one form by which an office enters who works where."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.people import perms
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import find_units, within
from gongjian.people.states import Role
from gongjian.web.forms import PickOrNew, TextArea
from gongjian.web.people.forms import PersonForm, as_tree, kept_areas

ROLES = (Role.HANDLER, Role.CLERK, Role.LEADER, Role.OFFICER, Role.AUDITOR)


class StaffForm(PersonForm):
    """Unit, person, post, account: nine inputs; fewer for who may open no accounts."""

    unit = PickOrNew(
        label=_("单位"), source="unit-find", help_text=_("没有登记过的，写全称，在列表里选“新建”。")
    )
    area = forms.ModelChoiceField(
        label=_("所属地区"),
        queryset=Area.objects.none(),
        required=False,
        help_text=_("新建单位时才看这一项。"),
    )
    duties = TextArea(
        label=_("主要职责"),
        rows=2,
        required=False,
        help_text=_("新建单位时写，写清管哪些事，交办时据此找牵头单位。"),
    )
    title = forms.CharField(label=_("职务"), max_length=60)
    is_principal = forms.BooleanField(label=_("一把手"), required=False)
    role = forms.ChoiceField(
        label=_("账号的角色"),
        choices=[("", _("不开账号")), *((role.value, role.label) for role in ROLES)],
        required=False,
    )
    username = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$",
        label=_("登录名"),
        required=False,
        help_text=_("不填用姓名的全拼，如 zhoumin。"),
        error_messages={"invalid": _("登录名只用字母、数字、点、横线，2 至 40 位。")},
    )
    field_order = ("unit", "area", "duties", "name", "phone", "title", "is_principal", "role", "username")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        fields: dict[str, Any] = self.fields
        areas = kept_areas(account)
        as_tree(fields["area"], areas)
        fields["area"].initial = areas.first()
        kept = Unit.objects.filter(disabled_on__isnull=True)
        if account.role != Role.ADMINISTRATOR:
            kept = kept.filter(within(account.writes_area))
        fields["unit"].queryset = kept
        fields["unit"].find = lambda text: [unit for unit in find_units(text) if unit in kept]
        if not perms.can_keep_accounts(account):
            del self.fields["role"], self.fields["username"]

    def clean(self) -> dict[str, Any]:
        """A new unit needs its area; a name to sign in with, a role."""
        facts = super().clean()
        if isinstance(facts.get("unit"), str) and not facts.get("area"):
            self.add_error("area", gettext("新建单位要选所属地区。"))
        if facts.get("username") and not facts.get("role"):
            self.add_error("role", gettext("写了登录名，请选账号的角色；不开账号请清空登录名。"))
        return facts
