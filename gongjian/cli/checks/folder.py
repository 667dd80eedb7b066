"""Checks of the instance's folder and its machine: permissions, disk space, installed files, back-ups."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongjian.cli import backup, instance
from gongjian.cli.checks.finding import Finding, fault, ok, warning
from gongjian.cli.language import LOCALE
from gongjian.cli.language import gettext as _

LITTLE, HARDLY = 2_000_000_000, 500_000_000  # bytes left: little is a warning, hardly any a fault
OTHERS = 0o077  # rights of group and everybody
STALE, LOST = timedelta(days=7), timedelta(days=30)  # age of the last back-up: warning, fault
BEHIND = timedelta(days=3)  # age of the last head put in the second place
VENDOR = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor" / "htmx.min.js"


def modes() -> Finding:
    """Check that only the service's own user can read the folder, the key and the database."""
    open_to_others = [
        place
        for place in (
            settings.HOME,
            settings.HOME / instance.KEY,
            settings.HOME / instance.DATABASE,
        )
        if place.exists() and place.stat().st_mode & OTHERS
    ]
    if not open_to_others:
        return ok("modes", _("实例文件夹只有本用户能读"))
    command = f"chmod -R go= '{settings.HOME}'"
    says = _("别的用户可以读：%(files)s") % {"files": ", ".join(map(str, open_to_others))}
    if settings.HOME in open_to_others:
        return fault("modes", says, _("请运行 %(command)s") % {"command": command})
    return warning("modes", says, _("请运行 %(command)s") % {"command": command})


def disk() -> Finding:
    """Check that enough space is left on the disk of the instance."""
    free = shutil.disk_usage(settings.HOME).free
    says = _("磁盘剩余 %(free)s GB") % {"free": f"{free / 1e9:.1f}"}
    do = _("请清理或扩大 %(folder)s 所在的磁盘；旧的升级备份在 backups 里") % {"folder": settings.HOME}
    if free < HARDLY:
        return fault("disk", says, do)
    return warning("disk", says, do) if free < LITTLE else ok("disk", says)


def assets() -> Finding:
    """Check that the files fetched or compiled during installation exist."""
    missing = [
        name
        for name, place in (
            (_("页面资源"), VENDOR),
            (_("英文词条"), LOCALE / "en" / "LC_MESSAGES" / "django.mo"),
        )
        if not place.exists()
    ]
    if not missing:
        return ok("assets", _("页面资源和英文词条齐全"))
    return fault(
        "assets", _("缺%(what)s") % {"what": _("、").join(missing)}, _("请重新安装，或运行 make demo")
    )


def anchored(now: datetime) -> Finding:
    """Check that heads of the chain reach the second place, where one is named."""
    from gongjian.audit.tampering.anchors import anchors

    if not settings.ANCHOR:
        return ok("anchor", _("没有设另存链头的地方（GONGJIAN_ANCHOR），只靠打印的日链头"))
    try:
        days = [anchor.day for anchor in anchors(Path(settings.ANCHOR))]
    except OSError as error:
        says = _("到不了另存链头的 %(folder)s：%(why)s") % {"folder": settings.ANCHOR, "why": error.strerror}
        return fault("anchor", says, _("请接通它，并让本服务的用户能写"))
    if not days or timezone.localdate(now) - max(days) > BEHIND:
        says = _("最近另存的链头：%(day)s") % {"day": max(days, default="—")}
        return warning(
            "anchor",
            says,
            _("请看例行任务是否在运行，以及 %(folder)s 能不能写") % {"folder": settings.ANCHOR},
        )
    return ok("anchor", _("最近另存的链头：%(day)s") % {"day": max(days)})


def last_backup(now: datetime) -> Finding:
    """Check the age of the last back-up, and whether it is on the instance's own disk."""
    record = settings.HOME / backup.RECORD
    if not record.exists():
        return warning("backup", _("还没有用 gongjian backup 备份过"), _("请现在备份，并安排每天备份"))
    noted = json.loads(record.read_text(encoding="utf-8"))
    file, age = Path(noted["file"]), now - datetime.fromisoformat(noted["at"])
    says = _("最近一次备份在 %(days)s 天前：%(file)s") % {"days": max(0, age.days), "file": file}
    if age > STALE:
        do = _("请现在备份，并检查每天的备份为什么没有做")
        return fault("backup", says, do) if age > LOST else warning("backup", says, do)
    if file.exists() and file.stat().st_dev == settings.HOME.stat().st_dev:
        return ok("backup", says + _("（和实例在同一个磁盘，请另存一份到别处）"))
    return ok("backup", says)
