"""Headings under which an office's file has its months and its figures, and how a month is written."""

import re

MONTH_HEADS = ("month", "月份", "月", "时间", "日期", "统计时间", "date")
VALUE_HEADS = ("value", "数值", "值", "金额", "数据", "当月值", "本月", "累计值", "本年累计")
UNKNOWN = ("", "-", "--", "—", "…", "...", "na", "n/a", "nan", "null", "none", "无", "缺")
SIGNS = str.maketrans({"，": ",", "－": "-", "−": "-", "　": " "})
MONTH_WORDS = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})|(?P<joined>\d{2}))\s*月?(?:[-/.]?0?1日?(?:[ T]0?0:00(?::00)?)?)?$"
)
