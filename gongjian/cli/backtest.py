"""`gongjian backtest`: how good the suggestion of who should handle a problem is, on this ledger."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongjian.problems.suggested_units.backtest import BackTestResult, BackTestScore

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("回测“谁来办”的建议：用前期台账学习，在后期台账上检验")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("--share", type=float, default=0.8, help=_("按时间先后，用来学习的份额，缺省 0.8"))
    parser.add_argument(
        "--held-out", metavar=_("名称"), help=_("改用虚构城市从未用来学习和调整的说法检验，如 first")
    )
    parser.add_argument(
        "--cases", type=int, default=15000, help=_("留出检验时，先按虚构城市的口径学习多少件，缺省 15000")
    )
    parser.add_argument("--json", action="store_true", help=_("输出 JSON"))


def run(args: argparse.Namespace) -> int:
    """Print the figures of the backtest; nothing is stored."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from gongjian.problems.suggested_units import backtest

    if args.held_out:
        from gongjian.invented_city import history_on_paper
        from gongjian.problems.suggested_units.lines_of_work import read_lines

        reports = history_on_paper.held_out_cases(args.held_out)
        result = backtest.evaluate_held_out(
            history_on_paper.past_hand_overs(max(1, args.cases)), reports, read_lines()
        )
    else:
        result = backtest.run(share=min(0.95, max(0.1, args.share)))
    if args.json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return 0
    _print(result)
    return 0


def _score(name: str, score: "BackTestScore") -> None:
    shares = f"首选单位正确 {score.top1:.1%}，前三有正确单位 {score.top3:.1%}，条线正确 {score.line1:.1%}"
    print(f"{name}：{score.cases} 件，{shares}")


def _print(result: "BackTestResult") -> None:

    print(f"学习 {result.learnt} 件，检验 {result.score.cases} 件")
    _score("建议", result.score)
    if result.wordings:
        print(f"检验的说法 {result.wordings} 种，按说法计，前三正确的 95% 区间 ±{result.top3_margin:.1%}")
    for name, score in result.parts.items():
        _score(f"  {name}", score)
    _score("其中与学过的说法都不相像的", result.unlike)
    _score("只凭职责清单（尚无历史）", result.duties_only)
    print(f"对照：总是选办件最多的单位，正确 {result.baseline:.1%}")
    print(f"首次派单未改派的份额 {result.stayed:.1%}")
    print(f"校准误差（ECE）{result.calibration_error:.3f}，Brier 分数 {result.brier:.3f}")
    print("概率区间\t件数\t平均概率\t实际正确")
    for band in result.bins:
        print(f"{band.low:.1f}–{band.high:.1f}\t{band.cases}\t{band.said:.1%}\t{band.right:.1%}")
