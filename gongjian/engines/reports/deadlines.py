"""Terms of a task (时限) as printed: 5月20日前, 三个工作日内, 月底前."""

import re

from gongjian.engines.reports.counts import read_number

DEADLINE = re.compile(
    r"(?P<n>(?<![\d.])\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?P<u>工作日|日|天|周|星期|小时|月)(?:之|以)?内"
    r"|(?:明年|今年|次年)?\d{1,2}月(?:\d{1,2}日|底|末|份?上旬|份?中旬|份?下旬|份)?(?:之|以)?前"
    r"|(?:本周|本月|下周|下月|月|年|本季度|季度|周|明年|今年|上半年|下半年)(?:[一二三四五六日])?(?:底|末|初|内)?(?:之|以)?(?:前|内)"
    r"|(?:本周|本月|本年度|季度|年)(?:底|末)"
    r"|(?:春节|国庆节?|五一|元旦|端午节?|中秋节?|汛期|入冬|开学|高考|收假)(?:之|以)?前"
    r"|(?:本周|这周|下周|周)[一二三四五六日](?:下班)?(?:之|以)?(?:前|内)?|(?<![一每])本周(?:末|内)?|下周(?:初|末)?|明天|明日|次日|本月(?:\d{1,2}[日号])?(?:之|以)?(?:前|内)?"
    r"|(?<!\d)\d{1,2}[日号](?:之|以)?前|(?:上|下)半年|[一二三四]季度末?前"
    r"|今年内|年内|当天|当日内|即日起|限时|限期|明确解决时限"
)
WORKING_DAYS = {"工作日": 1, "日": 1, "天": 1, "周": 5, "星期": 5}


def bare_term() -> str:
    """The pattern of a term without its named groups, to stand within another pattern."""
    return DEADLINE.pattern.replace("?P<n>", "").replace("?P<u>", "")


def working_days(due: re.Match[str]) -> int | None:
    """The length of a deadline in working days; None for a calendar date or 限时."""
    if not due["n"] or due["u"] not in WORKING_DAYS or due["n"] == "半":
        return None
    value = read_number(due["n"])
    return int(value) * WORKING_DAYS[due["u"]] if value is not None else None
