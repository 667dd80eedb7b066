"""The words of `sectors.toml` that pages show, marked to be translated. A test holds the two together."""

from django.utils.translation import gettext_noop as _

NAMES = (
    _("钢铁"),
    _("焦化"),
    _("水泥"),
    _("煤炭"),
    _("化工"),
    _("装备制造"),
    _("食品"),
    _("纺织服装"),
    _("医药"),
)
