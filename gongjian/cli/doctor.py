"""`gongjian doctor`: is this instance fit for use?"""

import argparse
import shutil
from pathlib import Path

HELP = "检查实例是否完好"
FREE_BYTES = 2_000_000_000
FEW = 3  # units named in one line


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--options", action="store_true", help="列出全部设置项")


def run(args: argparse.Namespace) -> int:
    """One line a check; 0 when all hold."""
    from django.conf import settings

    if args.options:
        for name, (value, told) in settings.OPTION_TABLE.items():
            print(f"GONGJIAN_{name}={value}\n    {told}")
        return 0
    results = _checks()
    for good, line in results:
        print(("✓ " if good else "✗ ") + line)
    return 0 if all(good for good, _line in results) else 1


def _checks() -> list[tuple[bool, str]]:
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from gongjian.audit.queries import verify

    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    vendor = Path(__file__).resolve().parent.parent / "web" / "static" / "vendor" / "htmx.min.js"
    checks = [
        (
            not behind,
            "数据库结构是最新的"
            if not behind
            else f"数据库缺 {len(behind)} 步升级，请先运行 gongjian serve 或 init",
        ),
        (vendor.exists(), "页面资源齐全" if vendor.exists() else "缺页面资源，请运行 make demo 或重新安装"),
        (
            shutil.disk_usage(settings.HOME).free > FREE_BYTES,
            f"磁盘剩余 {shutil.disk_usage(settings.HOME).free / 1e9:.1f} GB",
        ),
    ]
    if not behind:
        broken = verify()
        checks.append(_ladder())
        checks.append((broken is None, "留痕链完整" if broken is None else broken.why))
    return checks


def _ladder() -> tuple[bool, str]:
    """A unit with running matters and nobody to tell is a fault of the configuration."""
    from gongjian.assignments.escalation.queries import faulty

    found = faulty()
    if not found:
        return True, "督办阶梯完整"
    names = "、".join(one.unit.name for one in found[:FEW])
    more = f"等 {len(found)} 个单位" if len(found) > FEW else ""
    return False, f"督办阶梯不完整：{names}{more}。请在“督办阶梯”页面指定督办、约谈领导"
