"""Events of the people room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class PeopleEvent(EventName):
    """What can happen to areas, units, persons and accounts."""

    AREA_ADDED = "area.added", _("新增地区%(name)s")
    AREA_CHANGED = "area.changed", _("修改地区%(name)s：%(changed)s")
    AREA_ENDED = "area.ended", _("撤并地区%(name)s，自%(on)s起")
    AREA_REVIVED = "area.revived", _("恢复地区%(name)s")
    AREA_MOVED = "area.moved", _("地区%(name)s划归%(into)s")
    UNIT_ADDED = "unit.added", _("新增单位%(name)s")
    UNIT_CHANGED = "unit.changed", _("修改单位%(name)s：%(changed)s")
    UNIT_DISABLED = "unit.disabled", _("停用单位%(name)s，自%(on)s起")
    UNIT_MERGED = "unit.merged", _("单位%(name)s自%(on)s起并入%(into)s")
    PERSON_ADDED = "person.added", _("新增人员%(name)s")
    PERSON_CHANGED = "person.changed", _("修改人员%(name)s：%(changed)s")
    APPOINTED = "person.appointed", _("%(name)s任%(unit)s%(title)s")
    PERSON_TAKEN_BACK = "person.taken_back", _("收回登记的人员%(name)s。%(reason)s")
    APPOINTMENT_TAKEN_BACK = (
        "person.appointment_taken_back",
        _("收回登记的任职：%(unit)s%(title)s。%(reason)s"),
    )
    TENURE_ENDED = "person.tenure_ended", _("%(name)s不再任%(title)s，自%(until)s起")
    TAKEN_BACK = "people.taken_back", _("撤销登记：%(what)s%(name)s")
    ACCOUNT_ADDED = "account.added", _("建立账号%(username)s（%(role)s）")
    PASSWORD_RESET = "account.password_reset", _("重置账号%(username)s的密码")
    PASSWORD_ISSUED = "account.password_issued", _("给账号%(username)s发一次性密码")
    PASSWORD_CHANGED = "account.password_changed", _("账号%(username)s修改了密码")
    ACCOUNT_OPENED = "account.opened", _("启用账号%(username)s")
    ACCOUNT_SHUT = "account.shut", _("停用账号%(username)s")
    ACCOUNT_UNLOCKED = "account.unlocked", _("解除账号%(username)s的登录锁定")
    SESSIONS_ENDED = "account.sessions_ended", _("账号%(username)s结束了其他%(count)s处登录")
    FACTOR_ON = "account.factor_on", _("账号%(username)s开启了两步验证")
    FACTOR_OFF = "account.factor_off", _("账号%(username)s关闭了两步验证")
    FACTOR_RESET = "account.factor_reset", _("重置账号%(username)s的两步验证")
    RECOVERY_CODE_USED = "account.recovery_code_used", _("账号%(username)s用掉一个恢复码，还剩%(left)s个")
    RECOVERY_CODES_RENEWED = "account.recovery_codes_renewed", _("账号%(username)s换了新的恢复码")
    FILTER_SAVED = "filter.saved", _("存为常用筛选：%(name)s")
    FILTER_DELETED = "filter.deleted", _("删除常用筛选：%(name)s")
    SYSTEM_OPENED = (
        "system.opened",
        _("登记外部系统%(name)s（%(area)s），令牌末四位%(tail)s，有效期至%(until)s"),
    )
    SYSTEM_CHANGED = "system.changed", _("修改外部系统%(name)s：%(changed)s")
    TOKEN_RENEWED = "system.token_renewed", _("换发外部系统%(name)s的令牌，末四位%(tail)s，有效期至%(until)s")
    SYSTEM_REVOKED = "system.revoked", _("吊销外部系统%(name)s的令牌")
