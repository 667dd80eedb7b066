"""`gongjian doctor`: checks whether the instance is fit for use."""

import argparse
import json
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from gongjian.cli.checks.finding import Finding

HELP = gettext_noop("检查实例是否完好（退出码：0 正常，1 有提醒，2 有故障）")
SIGNS = ("✓", "!", "✗")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("--options", action="store_true", help=_("列出全部设置项"))
    parser.add_argument("--mend", action="store_true", help=_("先更正与台账不一致的搜索内容，再检查"))
    parser.add_argument("--json", action="store_true", help=_("输出 JSON，供监控系统读取"))


def run(args: argparse.Namespace) -> int:
    """Print one line for each check; returns 0 when all is well, 1 with warnings, 2 with faults."""
    from django.conf import settings

    if args.options:
        for name, (value, source) in settings.OPTION_TABLE.items():
            print(f"GONGJIAN_{name}={value}\n    {_(source)}")
        return 0
    import django

    django.setup()
    from django.utils import timezone

    now = timezone.now()
    findings = examine(now, mend=args.mend)
    worst = max(finding.level for finding in findings)
    if args.json:
        print(json.dumps(_as_json(findings, now), ensure_ascii=False, indent=1))
    else:
        _print(findings)
    return int(worst)


def examine(now: datetime, *, mend: bool) -> "list[Finding]":
    """The findings of all checks, in order; with `mend`, what a check can put right is put right first.

    Checks that read the records are left out when the database is not of this version.
    """
    from gongjian.cli import instance
    from gongjian.cli.checks import channels, finding, folder, options, records

    try:
        instance.open_instance()
    except Refused as refusal:
        return [finding.fault("instance", _("实例打不开"), refusal.sentence)]
    findings = [
        records.migrations(),
        folder.assets(),
        options.hosts(),
        options.https(),
        options.debug(),
        folder.modes(),
        folder.disk(),
        folder.last_backup(now),
        folder.anchored(now),
    ]
    if findings[0].level is finding.Severity.OK:
        findings += [records.clock(now), records.calendar(now), records.ladder(), records.chain()]
        findings.append(channels.channels())
        findings.append(records.mend_search() if mend else records.search())
    return findings


def _print(findings: "list[Finding]") -> None:
    for finding in findings:
        print(f"{SIGNS[finding.level]} {finding.says}")
        if finding.do:
            print(f"    → {finding.do}")


def _as_json(findings: "list[Finding]", now: datetime) -> dict[str, object]:
    from django.conf import settings

    return {
        "version": version("gongjian"),
        "home": str(settings.HOME),
        "at": now.isoformat(),
        "level": max(finding.level for finding in findings).name.lower(),
        "checks": [
            {"name": each.name, "level": each.level.name.lower(), "says": each.says, "do": each.do}
            for each in findings
        ],
    }
