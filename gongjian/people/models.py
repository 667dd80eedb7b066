"""Areas, units, posts, persons, tenures, accounts, saved filters."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from gongjian.engines.writing.excerpts import CHINESE
from gongjian.people.folded_names import FoldedNames
from gongjian.people.states import AreaLevel, Guard, Role, SystemKind, UnitKind


class Area(MP_Node):  # type: ignore[misc]  # treebeard ships no types
    """A governed area (地区).

    The tree says which area governs it; `stat_code` says where statistics count it.
    """

    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    level = models.CharField(_("层级"), max_length=10, choices=AreaLevel.choices)
    stat_code = models.CharField(_("统计用区划代码"), max_length=12, blank=True, db_index=True)
    functional = models.BooleanField(_("功能区（无行政区划）"), default=False)
    order = models.PositiveIntegerField(_("官方排序"), default=0)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    ended_on = models.DateField(_("撤并日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("地区")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit, which can be given assignments (单位)."""

    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=121, blank=True, db_index=True)
    folded = FoldedNames(of=("name", "short_name"))
    kind = models.CharField(_("性质"), max_length=12, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    area = models.ForeignKey(Area, verbose_name=_("所属地区"), on_delete=models.PROTECT, related_name="units")
    superior = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inferiors",
    )
    duties = models.TextField(_("主要职责"), blank=True)
    paper_head = models.CharField(_("文头"), max_length=60, blank=True)
    order = models.PositiveIntegerField(_("官方排序"), default=0)
    disabled_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="unit_name_once_per_area")]

    def __str__(self) -> str:
        return self.short_name or self.name


class Person(models.Model):
    """A natural person who holds or held posts (人员)."""

    name = models.CharField(_("姓名"), max_length=40, db_index=True)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True, db_index=True)
    folded = FoldedNames(of=("name",))
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in a unit (职务), whoever holds it."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("职务"), max_length=60)
    is_principal = models.BooleanField(_("一把手"), default=False)
    order = models.PositiveIntegerField(_("官方排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("职务")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="post_title_once_per_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def in_full(self) -> str:
        """The post with its unit, as each language joins them: 市供电公司总经理; Director, City Power Company."""
        unit = str(self.unit)
        return f"{unit}{self.title}" if CHINESE.search(unit + self.title) else f"{self.title}, {unit}"


class Tenure(models.Model):
    """Who holds which post since when (任期)."""

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="tenures"
    )
    post = models.ForeignKey(Post, verbose_name=_("职务"), on_delete=models.PROTECT, related_name="tenures")
    since = models.DateField(_("任职日期"), null=True, blank=True)
    until = models.DateField(_("免职日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("任期")
        ordering = ["post__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="tenure_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.post}"


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its sign-in name. Accounts are added by services only."""


class Account(AbstractBaseUser):
    """An account to sign in with (账号): one role, one area it may read and one it may write, with everything below."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    username = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("显示名"), max_length=40)
    role = models.CharField(_("角色"), max_length=14, choices=Role.choices)
    person = models.ForeignKey(
        Person,
        verbose_name=_("本人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("所在单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
    )
    reads_area = models.ForeignKey(
        Area,
        verbose_name=_("可查看地区"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readers",
    )
    writes_area = models.ForeignKey(
        Area,
        verbose_name=_("可录入地区"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="writers",
    )
    must_change_password = models.BooleanField(_("首次登录须改密码"), default=True)
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("建立时间"))

    objects = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = _("账号")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The display name."""
        return self.name

    def has_role(self, *roles: Role) -> bool:
        """Whether the account's role is one of these."""
        return self.role in roles


class SavedFilter(models.Model):
    """A filter saved under a name (常用筛选): the query string of a page."""

    account = models.ForeignKey(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, related_name="saved_filters"
    )
    page = models.CharField(_("页面"), max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = _("常用筛选")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """An account that has a record's page open for editing (正在编辑). A notice to the others, never a lock."""

    OUTLIVES_SUBJECT: ClassVar[bool] = True

    account = models.ForeignKey(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, related_name="present_at"
    )
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    since = models.DateTimeField(_("开始时间"))
    seen_at = models.DateTimeField(_("最近一次询问"), db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("正在编辑")
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "account"], name="present_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.subject_kind} {self.subject_id}"


class RecentChoice(models.Model):
    """A record that an account chose in a pick list (最近用过). It only orders lists."""

    OUTLIVES_SUBJECT: ClassVar[bool] = True

    account = models.ForeignKey(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, related_name="recent_choices"
    )
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    at = models.DateTimeField(_("选用时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("最近用过")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "subject_kind", "subject_id"], name="recent_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.subject_kind} {self.subject_id}"


class ApiSystem(models.Model):
    """An outside system and its token (外部系统).

    Only the token's digest is stored; its account is the actor in events.
    """

    account = models.OneToOneField(
        Account, verbose_name=_("账号"), on_delete=models.PROTECT, related_name="api_system"
    )
    kind = models.CharField(_("系统类型"), max_length=10, choices=SystemKind.choices)
    keeper = models.CharField(_("对方联系人"), max_length=60, blank=True)
    pushes = models.BooleanField(_("可推送问题"), default=False)
    digest = models.CharField(_("令牌摘要"), max_length=64, unique=True)
    tail = models.CharField(_("令牌末四位"), max_length=4)
    issued_at = models.DateTimeField(_("发放时间"))
    valid_until = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    per_minute = models.PositiveSmallIntegerField(_("每分钟次数上限"), default=120)
    last_used_at = models.DateTimeField(_("最近使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("外部系统")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.account.name


class Session(AbstractBaseSession):
    """A signed-in browser: whose, since when, from where (登录会话). Its key is left out of back-ups."""

    account = models.ForeignKey(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    started_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用时间"), db_index=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    device = models.CharField(_("浏览器"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登录会话")

    def __str__(self) -> str:
        return f"{self.account} {self.address}"


class SecondFactor(models.Model):
    """What an account signs in with besides its password (两步验证): the app's secret, digests of recovery codes not used yet."""

    account = models.OneToOneField(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, related_name="second_factor"
    )
    secret = models.CharField(_("密钥"), max_length=64)
    last_step = models.PositiveBigIntegerField(_("最近用过的时段"))
    recovery = models.JSONField(_("未用的恢复码摘要"))
    since = models.DateTimeField(_("开启时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("两步验证")

    def __str__(self) -> str:
        return str(self.account)


class AttemptCount(models.Model):
    """How often a key was tried, and since when (尝试次数). The key is a digest."""

    guard = models.CharField(_("限次对象"), max_length=16, choices=Guard.choices)
    key = models.CharField(_("对象摘要"), max_length=64)
    started_at = models.DateTimeField(_("起算时间"))
    count = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("尝试次数")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["guard", "key"], name="one_count_a_key")]

    def __str__(self) -> str:
        return f"{self.get_guard_display()} {self.count}"
