"""Who may import which ledger. What a row writes is asked again by the service that writes it."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.imports.states import MAY, ImportKind
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_import(account: Account, kind: ImportKind | str) -> None:
    """Refuse unless the account's role may import this kind of ledger and it has an area to import into."""
    if account.role not in MAY[ImportKind(kind)]:
        raise Refused(
            _("您的账号不能导入%(kind)s。可以导入的角色：%(roles)s。")
            % {
                "kind": ImportKind(kind).label,
                "roles": "、".join(sorted(str(role.label) for role in MAY[ImportKind(kind)])),
            },
            field="kind",
        )
    if area_of(account) is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))


can_import = passes(check_import)


def area_of(account: Account) -> Area | None:
    """The area an account imports into: where it writes; for the administrator, what it reads."""
    return account.writes_area or (account.reads_area if account.role == Role.ADMINISTRATOR else None)


def importers(kind: ImportKind, *, username: str = "") -> list[tuple[Account, Area]]:
    """The accounts that may import a kind of ledger, each with the area it imports into, the widest first."""
    named = {"username": username} if username else {}
    rows = Account.objects.filter(is_active=True, role__in=MAY[kind], **named)
    found = [
        (account, area)
        for account in rows.select_related("writes_area", "reads_area").order_by("pk")
        if (area := area_of(account)) is not None
    ]
    return sorted(found, key=lambda entry: (entry[1].depth, entry[0].role == Role.ADMINISTRATOR))


def check_keep_import(account: Account, *, kind: str, area: Area) -> None:
    """Refuse unless the account may go on with an import of this kind and area."""
    check_import(account, kind)
    if account.role != Role.ADMINISTRATOR and not writes(account, area):
        raise Refused(_("这份台账属于%(area)s，您的账号不能处理。") % {"area": area})


can_keep_import = passes(check_keep_import)
