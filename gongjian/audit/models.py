"""The event table and the head of the chain. No foreign keys: an event outlives the record it is about."""

from collections.abc import Callable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import sentence
from gongjian.audit.wording import words


class Event(models.Model):
    """One event (事件): written once, never changed, never deleted."""

    OUTLIVES_SUBJECT: ClassVar[bool] = True

    seq = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    by_id = models.PositiveBigIntegerField(_("操作账号"), null=True)
    by_name = models.CharField(_("操作人"), max_length=100)
    name = models.CharField(_("事件"), max_length=60, db_index=True)
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    data = models.JSONField(_("内容"), default=dict)
    previous = models.CharField(_("上一条摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64)
    algorithm = models.CharField(_("摘要算法"), max_length=10)

    class Meta:
        verbose_name = verbose_name_plural = _("事件")
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "seq"], name="event_subject")]

    def __str__(self) -> str:
        return sentence(self.name, self.data)

    @property
    def who(self) -> str:
        """Who acted, in the reader's language where it was the system itself."""
        return self.by_name if self.by_id else words(self.by_name)


class ChainHead(models.Model):
    """The single row that every writer locks: length and last digest of the chain (链头)."""

    length = models.PositiveBigIntegerField(_("事件数"), default=0)
    digest = models.CharField(_("最新摘要"), max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("链头")

    def __str__(self) -> str:
        return f"{self.length}:{self.digest[:12]}"


LONGEST_ADDRESS = 300


class UsedForm(models.Model):
    """The key of a form that has been carried out (办过的表单), so that a second submission does nothing.

    `content` is a digest of what was typed, `subject_*` the record of the first event, `answer` where the submission led to.
    """

    OUTLIVES_SUBJECT: ClassVar[bool] = True

    key = models.CharField(_("表单号"), max_length=40, primary_key=True)
    request = models.CharField(_("请求"), max_length=32)
    content = models.CharField(_("内容摘要"), max_length=64)
    by_id = models.PositiveBigIntegerField(_("操作账号"), null=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    answer = models.CharField(_("去处"), max_length=LONGEST_ADDRESS, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办过的表单")

    def __str__(self) -> str:
        return self.key


# Append-only at the database too: triggers that refuse to change or delete an event. They stop mistakes and programs; tampering by
# somebody who may drop a trigger shows in the chain. SQLite drops triggers when a table is rebuilt, so a migration that alters the
# event table runs `install_triggers` again.
WHY = "audit_event is append-only"
_SQLITE = {
    "audit_event_no_update": "BEFORE UPDATE ON audit_event",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event",
    # INSERT OR REPLACE deletes without firing the trigger above
    "audit_event_no_replace": (
        "BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq)"
    ),
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$"
)
_TRIGGER = (
    "CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()"
)


def install_triggers(vendor: str, execute: Callable[[str], object]) -> None:
    """Create the triggers; running it again changes nothing. `vendor` is Django's: sqlite or postgresql."""
    if vendor == "postgresql":
        execute(_FUNCTION)
        execute(_TRIGGER)
        return
    for name, when in _SQLITE.items():
        execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{WHY}'); END")


def remove_triggers(vendor: str, execute: Callable[[str], object]) -> None:
    """Drop the triggers (before the table itself is dropped)."""
    if vendor == "postgresql":
        execute("DROP TRIGGER IF EXISTS audit_event_append_only ON audit_event")
        execute("DROP FUNCTION IF EXISTS audit_event_append_only()")
        return
    for name in _SQLITE:
        execute(f"DROP TRIGGER IF EXISTS {name}")
