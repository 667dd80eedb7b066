"""Choices of the imports room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gongjian.people.states import Role


class ImportKind(TextChoices):
    """What a ledger lists (台账种类)."""

    AREAS = "AREAS", _("行政区划")
    UNITS = "UNITS", _("单位与职责")
    PERSONS = "PERSONS", _("人员与职务")
    FIRMS = "FIRMS", _("企业与联系人、包联")
    PROBLEMS = "PROBLEMS", _("问题台账")
    ACCOUNTS = "ACCOUNTS", _("账号")
    VISITS = "VISITS", _("走访台账")
    PAYOUTS = "PAYOUTS", _("兑现台账")


class ImportState(TextChoices):
    """The state of an imported ledger (导入状态)."""

    PREVIEW = "PREVIEW", _("待确认")
    WRITING = "WRITING", _("正在写入")
    WRITTEN = "WRITTEN", _("已写入")
    UNDONE = "UNDONE", _("已撤销")


class RowOutcome(TextChoices):
    """What happens to one row of a ledger (行的结果)."""

    DOUBT = "DOUBT", _("要您定")
    REFUSED = "REFUSED", _("有错，不写入")
    CREATED = "CREATED", _("新增")
    CHANGED = "CHANGED", _("有改动")
    SKIPPED = "SKIPPED", _("按您的选择跳过")
    UNCHANGED = "UNCHANGED", _("已有，相同")


class NameKind(TextChoices):
    """What an unknown name stands for (名称所指)."""

    UNIT = "UNIT", _("单位")
    PERSON = "PERSON", _("人员")
    FIRM = "FIRM", _("企业")


class NameDecision(TextChoices):
    """What is done about an unknown name (名称的处理)."""

    CREATE = "CREATE", _("新建")
    MATCH = "MATCH", _("是已有的")
    SKIP = "SKIP", _("跳过这些行")


# Who may import which ledger. What a row writes is asked again by the service that writes it.
REGISTERS = frozenset({Role.CLERK, Role.ADMINISTRATOR})
MAY = {
    ImportKind.AREAS: REGISTERS,
    ImportKind.UNITS: REGISTERS,
    ImportKind.PERSONS: REGISTERS,
    ImportKind.FIRMS: frozenset({Role.CLERK}),
    ImportKind.PROBLEMS: frozenset({Role.CLERK}),
    ImportKind.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    ImportKind.VISITS: frozenset({Role.CLERK}),
    ImportKind.PAYOUTS: frozenset({Role.CLERK}),
}
IMPORTERS = frozenset().union(*MAY.values())
