"""`gongjian account list|unlock|reset|reset-factor|disable|enable [NAME]`: accounts from the machine itself, when nobody can sign in."""

import argparse

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("账号：列出、解除登录锁定、重置密码、重置两步验证、停用、启用")
ACTS = ("list", "unlock", "reset", "reset-factor", "disable", "enable")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "act",
        choices=ACTS,
        metavar=_("动作"),
        help=_(
            "list 列出；unlock 解除锁定；reset 重置密码；reset-factor 重置两步验证；disable 停用；enable 启用"
        ),
    )
    parser.add_argument(
        "username", nargs="?", default="", metavar=_("登录名"), help=_("list 以外的动作要写登录名")
    )


def run(args: argparse.Namespace) -> int:
    """List the accounts, or do one thing to one of them; the trail tells it was done by the system itself."""
    from gongjian.cli.instance import open_current_instance

    open_current_instance()
    if args.act == "list":
        return _list()
    return _act(args.act, args.username)


def _list() -> int:
    from gongjian.audit.wording import moment_in_words
    from gongjian.people.queries import who_sign_in

    for one in who_sign_in().order_by("username"):
        state = _("在用") if one.is_active else _("已停用")
        last = moment_in_words(one.last_login) if one.last_login else _("没有登录过")
        print(f"{one.username}\t{one.name}\t{one.get_role_display()}\t{state}\t{last}")
    return 0


def _act(act: str, username: str) -> int:
    from django.utils import timezone

    from gongjian.audit import Refused
    from gongjian.people.accounts.services import reset_password, set_active
    from gongjian.people.queries import who_sign_in
    from gongjian.people.second_factor.services import reset_factor
    from gongjian.people.sessions.services import unlock

    if not username:
        raise Refused(_("请写明登录名，例如 gongjian account unlock wanghong。"))
    account = who_sign_in().filter(username__iexact=username).first()
    if account is None:
        raise Refused(
            _("没有登录名为“%(name)s”的账号。gongjian account list 列出全部账号。") % {"name": username}
        )
    at, names = timezone.now(), {"name": account.username}
    if act == "unlock":
        unlock(account, by=None, at=at)
        print(_("已解除账号%(name)s的登录锁定。") % names)
    elif act == "reset":
        password = reset_password(account, by=None, at=at)
        print(_("账号%(name)s的一次性密码：%(password)s （只显示这一次）") % {**names, "password": password})
    elif act == "reset-factor":
        reset_factor(account, by=None, at=at)
        print(_("已重置账号%(name)s的两步验证。") % names)
    else:
        set_active(account, active=act == "enable", by=None, at=at)
        done = _("已启用账号%(name)s。") if act == "enable" else _("已停用账号%(name)s。")
        print(done % names)
    return 0
