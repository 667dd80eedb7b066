"""How headings of figures are written: months, columns, signs of an unknown value, heads of columns of labels."""

import re

MONTH = re.compile(r"(?:(?P<year>\d{4})[年./-])?(?P<month>1[0-2]|0?[1-9])月?(?:份)?")
JOINED = re.compile(r"(?:(?P<year>\d{4})[年./-])?0?1[-—–~至]0?2月(?:份)?")
MONTH_WORD = "月"
UNIT_WORD = "单位:"
COLUMNS = {
    "调度数": "REPORTED",
    "调度": "REPORTED",
    "上报数": "REPORTED",
    "统计数": "OFFICIAL",
    "统计": "OFFICIAL",
    "认定数": "OFFICIAL",
    "reported": "REPORTED",
    "official": "OFFICIAL",
}
VALUES = frozenset({"数值", "数据", "完成数", "本月", "本月数", "当月", "value"})
ROW_COUNTS = frozenset({"合计", "总计", "小计", "total"})
LABELS = frozenset(
    {
        "地区",
        "县区",
        "县市区",
        "县(市、区)",
        "单位",
        "指标",
        "指标名称",
        "月份",
        "时间",
        "口径",
        "序号",
        "计量单位",
        "area",
        "indicator",
        "month",
        "column",
        "unit",
    }
)
UNITS = {
    "亿元",
    "万元",
    "千元",
    "元",
    "%",
    "万千瓦时",
    "千瓦时",
    "亿千瓦时",
    "家",
    "户",
    "人",
    "万人",
    "吨",
    "万吨",
}
# How many of the unit one of another makes: units of money and of electricity are converted, no others.
FACTORS = {
    "元": ("money", "1"),
    "千元": ("money", "1000"),
    "万元": ("money", "10000"),
    "亿元": ("money", "100000000"),
    "千瓦时": ("power", "1"),
    "万千瓦时": ("power", "10000"),
    "亿千瓦时": ("power", "100000000"),
    "人": ("people", "1"),
    "万人": ("people", "10000"),
    "吨": ("weight", "1"),
    "万吨": ("weight", "10000"),
}
