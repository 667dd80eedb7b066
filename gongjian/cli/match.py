"""`gongjian match FIRMS POLICIES --out OUT`: every policy for every firm of a file, without a database.

OUT has a line for each firm and policy that is met (MEETS) or cannot be decided (UNKNOWN), with the certain and the
possible amount in 元 (empty: no bound can be given) and the missing facts; with --all the failed ones (FAILS) as well.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from gongjian.audit.refused import Refused

if TYPE_CHECKING:
    from gongjian.engines.policy.facts.catalogue import Catalogue
    from gongjian.engines.policy.rules.policy import Policy
    from gongjian.engines.policy.tables.bad_cells import BadCells
    from gongjian.engines.policy.tables.matching import MatchRun, MatchStats

from gongjian.cli.days import given_day
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop
from gongjian.cli.policy_faults import lines_of, sentence_of_cell, sentence_of_table

HELP = gettext_noop("用一份企业数据表匹配一个文件夹的政策规则（不用数据库）")
FACTS = Path(__file__).resolve().parent.parent / "enterprises" / "facts" / "facts.toml"
OUTS = (".parquet", ".csv")
TOLD = 10
PATIENCE = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "firms", type=Path, metavar=_("企业表"), help=_(".parquet、.csv 或 .xlsx，表头用数据目录里的名称")
    )
    parser.add_argument("policies", type=Path, metavar=_("规则文件夹"), help=_("其中的 .yaml 和 .yml 文件"))
    parser.add_argument(
        "--out", type=Path, required=True, metavar=_("文件"), help=_(".parquet 或 .csv：符合的和缺数据的")
    )
    parser.add_argument("--as-of", type=given_day, metavar=_("日期"), help=_("按哪一天判定，默认今天"))
    parser.add_argument("--stats", type=Path, metavar=_("文件"), help=_("把用时、速度、内存写成 JSON"))
    parser.add_argument("--all", action="store_true", help=_("不符合的也写出来"))
    parser.add_argument(
        "--facts", type=Path, default=FACTS, metavar=_("文件"), help=_("另一份数据目录（TOML）")
    )


def run(args: argparse.Namespace) -> int:
    """Match the firms with the policies, write the file and print a summary."""
    check_files(args)
    return carry_out(args, lambda *given: prepared(args, *given))


def carry_out(args: argparse.Namespace, prepare: "Callable[[RuleFolder, date, MatchStats], MatchRun]") -> int:
    """Match by the run that `prepare` makes of the policies in force."""
    from gongjian.engines.policy.tables.matching import MatchStats

    as_of = args.as_of or date.today()  # noqa: DTZ011 - the clerk's own day
    stats = MatchStats(as_of.isoformat())
    began = perf_counter()
    work = prepare(rules_of(args.policies, args.facts, as_of), as_of, stats)
    stats.add_seconds("rules", began)
    _write(args.out, work)
    _tell(args, work)
    return 0


def check_files(args: argparse.Namespace) -> None:
    """The answer can be written where it is to be."""
    if args.out.suffix.lower() not in OUTS:
        raise Refused(_("%(file)s 不是 .parquet 或 .csv 文件。请换一个结尾。") % {"file": args.out.name})
    _refuse_inputs(args)


def _refuse_inputs(args: argparse.Namespace) -> None:
    """No file that is read is written over, whatever name or link it is reached by."""
    from gongjian.engines.policy.rules.library import rule_files

    inputs = [args.firms, args.facts, *rule_files(args.policies)]
    for out in (args.out, args.stats):
        if out is not None and out.exists() and any(i.exists() and out.samefile(i) for i in inputs):
            raise Refused(_("%(file)s 是要读的文件，不能写在上面。请换一个文件名。") % {"file": out.name})


def catalogue_of(path: Path) -> "Catalogue":
    """The catalogue of facts of a file, or a refusal that says why not."""
    import tomllib

    from gongjian.engines.policy.facts.catalogue import Catalogue

    try:
        return Catalogue.load(path)
    except (ValueError, KeyError, tomllib.TOMLDecodeError) as error:
        raise Refused(
            _("数据目录 %(file)s 读不了：%(why)s。请改正后再试。") % {"file": path.name, "why": error}
        ) from error


@dataclass(frozen=True)
class RuleFolder:
    """The policies of a folder and the catalogue they are written in; `in_force`: those of the day that was asked for."""

    catalogue: "Catalogue"
    policies: "Sequence[Policy]"
    in_force: "Sequence[Policy]"


def rules_of(folder: Path, facts: Path, as_of: date) -> RuleFolder:
    """The policies of a folder, or a refusal that says what is wrong or that none is in force."""
    from gongjian.engines.policy.rules.library import BadLibrary, read_library
    from gongjian.engines.policy.rules.policy import in_force

    if not folder.is_dir():
        raise Refused(_("没有文件夹 %(folder)s。请写规则文件所在的文件夹。") % {"folder": folder})
    try:
        catalogue = catalogue_of(facts)
        policies = read_library(folder, catalogue=catalogue)
    except BadLibrary as bad:
        lines = "\n".join(line for rule in bad.bad for line in lines_of(rule))
        count = _("共 %(n)s 个规则文件有错。请改正后再试。") % {"n": len(bad.bad)}
        raise Refused(f"{lines}\n{count}") from bad
    current = in_force(policies, as_of)
    if not current:
        raise Refused(
            _("%(folder)s 里没有 %(day)s 施行的政策。请核对文件夹和 --as-of。")
            % {"folder": folder, "day": as_of}
        )
    if len(current) < len(policies):
        omitted = {"n": len(policies) - len(current), "day": as_of}
        print(_("%(n)s 项政策在 %(day)s 不施行，未匹配。") % omitted, file=sys.stderr)
    _warn_of_cases(current, policies)
    return RuleFolder(catalogue, policies, current)


def _warn_of_cases(current: "Sequence[Policy]", policies: "Sequence[Policy]") -> None:
    """What the rules say of themselves and what they answer may differ: then somebody should know before money is paid."""
    from gongjian.engines.policy.cases.runner import run_cases
    from gongjian.engines.policy.rules.library import asked_for

    failing = [
        {"file": policy.file, "line": result.case.line, "case": result.name}
        for policy in current
        for result in run_cases(policy, others=asked_for(policy, policies))
        if not result.passed
    ]
    for each in failing[:TOLD]:
        print(_("%(file)s 第 %(line)s 行的用例“%(case)s”不通过，结果仍照规则算。") % each, file=sys.stderr)
    if failing:
        hint = _("共 %(n)s 个用例不通过。请用 gongjian policies check 看差在哪里。")
        print(hint % {"n": len(failing)}, file=sys.stderr)


def prepared(args: argparse.Namespace, rules: RuleFolder, as_of: date, stats: "MatchStats") -> "MatchRun":
    """The run that the arguments ask for, or a refusal that says what is wrong."""
    from gongjian.engines.policy.language.errors import BadRule
    from gongjian.engines.policy.plan import compile_policies
    from gongjian.engines.policy.rules.facts_used import titles_asked
    from gongjian.engines.policy.rules.policy import Verdict
    from gongjian.engines.policy.tables.bad_cells import BadTable
    from gongjian.engines.policy.tables.matching import MatchRun
    from gongjian.engines.policy.tables.table_file import TableFile
    from gongjian.engines.policy.vocabulary import SEPARATORS

    try:
        plan = compile_policies(rules.in_force, as_of=as_of, others=rules.policies)
        whole = frozenset(title for title in titles_asked(rules.in_force) if set(title) & set(SEPARATORS))
        file = TableFile(args.firms, rules.catalogue, frozenset(plan.columns), whole=whole)
    except BadRule as error:
        raise Refused("\n".join(lines_of(error))) from error
    except BadTable as error:
        raise Refused(sentence_of_table(error)) from error
    if not file.facts:
        raise Refused(
            _("%(file)s 里没有一列是所选政策要看的数据。请核对表头，如：%(names)s。")
            % {"file": args.firms.name, "names": "、".join(plan.columns[:6])}
        )
    work = MatchRun.of(plan, file, stats=stats)
    if args.all:
        work.verdicts = tuple(Verdict)
    work.progress = _progress(perf_counter())
    return work


def _progress(began: float) -> "Callable[[int], None]":
    def progress(done: int) -> None:
        if perf_counter() - began > PATIENCE:
            print(_("已匹配 %(n)s 户") % {"n": done}, file=sys.stderr, flush=True)

    return progress


def _write(out: Path, work: "MatchRun") -> None:
    from gongjian.engines.policy.tables.bad_cells import BadTable
    from gongjian.engines.policy.tables.matching import ResultWriter

    beside = out.with_name(f".{out.stem}.{os.getpid()}{out.suffix}")
    try:
        ResultWriter(beside).write(work.frames())
        beside.replace(out)
    except BadTable as error:
        raise Refused(sentence_of_table(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def _tell(args: argparse.Namespace, work: "MatchRun") -> None:
    figures = work.stats.as_json()
    if args.stats:
        args.stats.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _bad_cells(work.file.remarks)
    _bad_cells(work.file.bad)
    for title in work.titles_unheld():
        print(
            _("规则要的资质“%(title)s”，表里没有一户有。请核对规则和表里的写法。") % {"title": title},
            file=sys.stderr,
        )
    message = _(
        "%(firms)s 户 × %(policies)s 项政策：符合 %(meets)s，缺数据 %(unknown)s，确定金额 %(certain_amount)s 元；%(pairs_written)s 行已写入 %(file)s"
    )
    print(message % {**figures, "file": args.out})


def _bad_cells(bad: "BadCells") -> None:
    for each in bad[:TOLD]:
        print(sentence_of_cell(each), file=sys.stderr)
    if bad.total > TOLD:
        print(_("……共 %(n)s 处，其余行照常匹配。") % {"n": bad.total}, file=sys.stderr)
