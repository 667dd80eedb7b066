"""`gongjian match FIRMS POLICIES --out OUT`: every policy for every firm of a file, without a database.

OUT has a line for each firm and policy that is met (MEETS) or cannot be decided (UNKNOWN), with the certain and the
possible amount in 元 (empty: no bound can be given) and the missing facts; with --all the failed ones (FAILS) as well.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused

if TYPE_CHECKING:
    from gongjian.engines.policy.facts.catalogue import Catalogue
    from gongjian.engines.policy.rules.policy import Policy
    from gongjian.engines.policy.tables.matching import MatchRun, MatchStats
    from gongjian.engines.policy.tables.table_file import BadCell

HELP = "用一份企业数据表匹配一个文件夹的政策规则（不用数据库）"
FACTS = Path(__file__).resolve().parent.parent / "enterprises" / "facts" / "facts.toml"
OUTS = (".parquet", ".csv")
TOLD = 10
PATIENCE = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument(
        "firms", type=Path, metavar="企业表", help=".parquet、.csv 或 .xlsx，表头用数据目录里的名称"
    )
    parser.add_argument("policies", type=Path, metavar="规则文件夹", help="其中的 .yaml 文件")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="文件", help=".parquet 或 .csv：符合的和缺数据的"
    )
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="按哪一天判定，默认今天")
    parser.add_argument("--stats", type=Path, metavar="文件", help="把用时、速度、内存写成 JSON")
    parser.add_argument("--all", action="store_true", help="不符合的也写出来")
    parser.add_argument("--facts", type=Path, default=FACTS, metavar="文件", help="另一份数据目录（TOML）")


def run(args: argparse.Namespace) -> int:
    """Match and say what came out."""
    from gongjian.engines.policy.tables.matching import MatchStats

    if args.out.suffix.lower() not in OUTS:
        raise Refused(f"{args.out.name} 不是 .parquet 或 .csv 文件。请换一个结尾。")
    as_of = args.as_of or date.today()  # noqa: DTZ011 - the clerk's own day
    stats = MatchStats(as_of.isoformat())
    began = perf_counter()
    policies = _policies(args.policies, args.facts, as_of)
    work = _prepared(args, policies, as_of, stats)
    stats.add_seconds("rules", began)
    _write(args.out, work)
    _tell(args, work)
    return 0


def _catalogue(path: Path) -> "Catalogue":
    import tomllib

    from gongjian.engines.policy.facts.catalogue import Catalogue

    try:
        return Catalogue.load(path)
    except (ValueError, KeyError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"数据目录 {path.name} 读不了：{error}。请改正后再试。") from error


def _policies(folder: Path, facts: Path, as_of: date) -> "list[Policy]":
    from gongjian.engines.policy.rules.library import BadLibrary, read_library
    from gongjian.engines.policy.rules.policy import in_force

    if not folder.is_dir():
        raise Refused(f"没有文件夹 {folder}。请写规则文件所在的文件夹。")
    try:
        policies = read_library(folder, catalogue=_catalogue(facts))
    except BadLibrary as bad:
        lines = "\n".join(str(rule) for rule in bad.bad)
        raise Refused(f"{lines}\n共 {len(bad.bad)} 个规则文件有错。请改正后再试。") from bad
    current = in_force(policies, as_of)
    if not current:
        raise Refused(f"{folder} 里没有 {as_of} 施行的政策。请核对文件夹和 --as-of。")
    if len(current) < len(policies):
        print(f"{len(policies) - len(current)} 项政策在 {as_of} 不施行，未匹配。", file=sys.stderr)
    return current


def _prepared(
    args: argparse.Namespace, policies: "Sequence[Policy]", as_of: date, stats: "MatchStats"
) -> "MatchRun":
    from gongjian.engines.policy.language.errors import BadRule
    from gongjian.engines.policy.plan import compile_policies
    from gongjian.engines.policy.rules.library import read_library
    from gongjian.engines.policy.rules.policy import Verdict
    from gongjian.engines.policy.tables.matching import MatchRun
    from gongjian.engines.policy.tables.table_file import BadTable, TableFile

    catalogue = _catalogue(args.facts)
    try:
        plan = compile_policies(
            policies, as_of=as_of, others=read_library(args.policies, catalogue=catalogue)
        )
        file = TableFile(args.firms, catalogue, frozenset(plan.columns))
    except (BadRule, BadTable) as error:
        raise Refused(str(error)) from error
    if not file.facts:
        raise Refused(
            f"{args.firms.name} 里没有一列是所选政策要看的数据。请核对表头，如：{'、'.join(plan.columns[:6])}。"
        )
    work = MatchRun.of(plan, file, stats=stats)
    if args.all:
        work.verdicts = tuple(Verdict)
    work.progress = _progress(perf_counter())
    return work


def _progress(began: float) -> "Callable[[int], None]":
    def progress(done: int) -> None:
        if perf_counter() - began > PATIENCE:
            print(f"已匹配 {done} 户", file=sys.stderr, flush=True)

    return progress


def _write(out: Path, work: "MatchRun") -> None:
    from gongjian.engines.policy.tables.matching import ResultWriter

    ResultWriter(out).write(work.frames())


def _tell(args: argparse.Namespace, work: "MatchRun") -> None:
    figures = work.stats.as_json()
    if args.stats:
        args.stats.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _bad_cells(work.file.bad)
    print(
        f"{figures['firms']} 户 × {figures['policies']} 项政策：符合 {figures['meets']}，缺数据 {figures['unknown']}，"
        f"确定金额 {figures['certain_amount']} 元；{figures['pairs_written']} 行已写入 {args.out}"
    )


def _bad_cells(bad: "Sequence[BadCell]") -> None:
    for each in bad[:TOLD]:
        print(each, file=sys.stderr)
    if len(bad) > TOLD:
        print(f"……共 {len(bad)} 处，其余行照常匹配。", file=sys.stderr)
