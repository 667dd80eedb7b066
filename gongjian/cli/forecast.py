"""`gongjian forecast FILE.csv --as-of YYYY-MM --horizon q1|half|year`: where a monthly figure will end, without a database."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongjian.audit.refused import Refused

if TYPE_CHECKING:
    from gongjian.engines.forecast.figures_file import FiguresFile
    from gongjian.engines.forecast.months import Month
    from gongjian.engines.forecast.outlook import Forecast, Horizon

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("从月度数据预测一季度、上半年或全年，附区间和回测（不用数据库）")
HORIZONS = {"q1": gettext_noop("一季度"), "half": gettext_noop("上半年"), "year": gettext_noop("全年")}
WHOLE = 1000  # figures from here on are shown without decimals
METHODS = {
    "combined": gettext_noop("三种方法按过去的准确程度合成"),
    "three_year_share": gettext_noop("三年同期占比（历史较短，用简单方法）"),
    "short_share": gettext_noop("同期占比（历史不足三年，只作参考）"),
    "known": gettext_noop("已有全部数据，无须预测"),
}
UNREAD = {
    "no_month": gettext_noop("第 %(row)s 行第 %(column)s 列“%(text)s”不是月份，已跳过。请写成 2024-01。"),
    "no_number": gettext_noop("第 %(row)s 行第 %(column)s 列“%(text)s”不是数，已跳过。"),
    "twice": gettext_noop("第 %(row)s 行第 %(column)s 列“%(text)s”这个月前面已有，已跳过。"),
}
REASONS = {
    "outside": gettext_noop("%(as_of)s 不在数据的月份里（%(first)s 至 %(last)s）。请改 --as-of。"),
    "gap": gettext_noop("%(as_of)s 以前当年的数据有缺，又没有上年同月可以推算。请补齐后再试。"),
    "short": gettext_noop("%(as_of)s 以前没有一个完整的年份，无法预测。请至少给出一个完整年份的数据。"),
    "nothing": gettext_noop("%(as_of)s 以前的数据多为零或正负相抵，推不出结果。请核对数据。"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "file", type=Path, metavar=_("文件"), help=_(".csv，两列：month（月份）、value（数值）")
    )
    parser.add_argument("--as-of", required=True, metavar=_("月份"), help=_("站在哪个月的月末，如 2024-02"))
    parser.add_argument(
        "--horizon", choices=tuple(HORIZONS), default="year", help=_("q1 一季度，half 上半年，year 全年")
    )
    parser.add_argument(
        "--kind",
        choices=("flow", "index", "stock"),
        default="flow",
        help=_("flow 可相加，index 取平均，stock 取期末，缺省 flow"),
    )
    parser.add_argument("--cumulative", action="store_true", help=_("数值是本年累计，不是当月"))
    parser.add_argument(
        "--target", type=float, metavar=_("数"), help=_("目标，给出达到的可能和每个工作日还需多少")
    )
    parser.add_argument("--json", action="store_true", help=_("输出 JSON"))


def run(args: argparse.Namespace) -> int:
    """Print the forecast; unreadable cells are named on the error stream."""
    from gongjian.engines.forecast.outlook import Horizon, Unforeseeable, forecast
    from gongjian.engines.forecast.series import Kind, apart, gives_january_and_february_as_one

    figures, as_of = _read(args.file), _month(args.as_of)
    values = apart(figures.values) if args.cumulative else figures.values
    kind, horizon = Kind(args.kind), Horizon(args.horizon)
    joined = kind is Kind.FLOW and gives_january_and_february_as_one(values)
    try:
        found = forecast(values, as_of=as_of, horizon=horizon, kind=kind, joined=joined)
    except Unforeseeable as error:
        raise Refused(_(REASONS[error.code]) % error.values) from error
    for cell in figures.unread:
        print(_(UNREAD[cell.code]) % asdict(cell), file=sys.stderr)
    told = _told(found, as_of=as_of, horizon=horizon, args=args)
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else told["sentence"])
    return 0


def _read(path: Path) -> "FiguresFile":
    from gongjian.engines.file_text.unreadable import Unreadable
    from gongjian.engines.forecast.figures_file import read_figures

    try:
        figures = read_figures(path.read_bytes())
    except Unreadable as error:
        raise Refused(_("%(file)s 不是文本文件。请另存为 .csv。") % {"file": path.name}) from error
    if not figures.values:
        raise Refused(_("%(file)s 里没有读到月份和数值。请核对两列 month、value。") % {"file": path.name})
    return figures


def _month(text: str) -> "Month":
    from gongjian.engines.forecast.months import read_month

    try:
        return read_month(text)
    except ValueError as error:
        raise Refused(_("“%(text)s”不是月份。请把 --as-of 写成 2024-02。") % {"text": text}) from error


def _told(
    found: "Forecast", *, as_of: "Month", horizon: "Horizon", args: argparse.Namespace
) -> dict[str, Any]:
    from gongjian.engines.forecast.outlook import needed_per_working_day

    checks = [asdict(check) for check in found.backtest]
    told: dict[str, Any] = {
        "forecast": found.forecast,
        "low": found.low,
        "high": found.high,
        "method": _(METHODS[found.method.value]),
        "backtest": {
            "mean_absolute_error": _mean_error(checks, "forecast"),
            **_beside(checks),
            "origins": checks,
        },
        "done": found.done,
        "usual_share": found.usual_share,
        "filled": [str(month) for month in found.filled],
        "kind": args.kind,
    }
    sentence = _("预计%(horizon)s %(forecast)s，八成把握在 %(low)s 至 %(high)s 之间。方法：%(method)s。")
    figures = {key: _shown(told[key]) for key in ("forecast", "low", "high")}
    text = sentence % {**told, **figures, "horizon": _(HORIZONS[horizon.value])}
    if args.target is not None:
        told["probability"] = found.chance_of(args.target)
        text += _("达到目标的可能约 %(chance).0f%%。") % {"chance": 100 * told["probability"]}
    if args.target is not None and args.kind == "flow":
        needed, days = needed_per_working_day(args.target, found.done, as_of=as_of, horizon=horizon)
        told |= {"needed_per_working_day": needed, "working_days": days}
        text += _("还有 %(days)s 个工作日，每个工作日需完成 %(needed)s。") % {
            "days": days,
            "needed": needed,
        }
    if told["backtest"]["mean_absolute_error"] is not None:
        text += _("按同样办法回测 %(years)s 年，平均误差 %(error).1f%%。") % {
            "years": len(checks),
            "error": told["backtest"]["mean_absolute_error"],
        }
    return told | {"sentence": text}


def _shown(figure: float) -> str:
    """A figure as people read it: whole above a thousand, else with four digits."""
    return f"{figure:,.0f}" if abs(figure) >= WHOLE else f"{figure:.4g}"


def _beside(checks: list[dict[str, Any]]) -> dict[str, float | None]:
    inside = [check["low"] <= check["actual"] <= check["high"] for check in checks]
    return {
        "three_year_share_error": _mean_error(checks, "three_year_share"),
        "inside_interval": 100 * sum(inside) / len(inside) if inside else None,
    }


def _mean_error(checks: list[dict[str, Any]], key: str) -> float | None:
    """Mean absolute error in per cent of the actual figures; None where there are none to hold it against."""
    from math import isfinite

    misses = [abs(check[key] / check["actual"] - 1) for check in checks if check["actual"]]
    misses = [miss for miss in misses if isfinite(miss)]
    return 100 * sum(misses) / len(misses) if misses else None
