"""`gongjian backtest`: how good the suggestion of who should handle a problem is, on this ledger."""

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongjian.problems.suggesting.backtest import Result, Score

HELP = "回测“谁来办”的建议：用前期台账学习，在后期台账上检验"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("--share", type=float, default=0.8, help="按时间先后，用来学习的份额，缺省 0.8")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print the figures; nothing is written."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from gongjian.problems.suggesting import backtest

    result = backtest.run(share=min(0.95, max(0.1, args.share)))
    if args.json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return 0
    _print(result)
    return 0


def _score(name: str, score: "Score") -> None:
    shares = f"首选单位正确 {score.top1:.1%}，前三有正确单位 {score.top3:.1%}，条线正确 {score.line1:.1%}"
    print(f"{name}：{score.cases} 件，{shares}")


def _print(result: "Result") -> None:

    print(f"学习 {result.learnt} 件（较早），检验 {result.score.cases} 件（较晚）")
    _score("建议", result.score)
    _score("其中与学过的说法都不相像的", result.unlike)
    _score("只凭职责清单（尚无历史）", result.duties_only)
    print(f"对照：总是选办件最多的单位，正确 {result.baseline:.1%}")
    print(f"首次派单未改派的份额 {result.stayed:.1%}")
    print(f"校准误差（ECE）{result.calibration_error:.3f}")
    print("概率区间\t件数\t平均概率\t实际正确")
    for one in result.bins:
        print(f"{one.low:.1f}–{one.high:.1f}\t{one.cases}\t{one.said:.1%}\t{one.right:.1%}")
