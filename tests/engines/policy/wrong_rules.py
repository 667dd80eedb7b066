"""Sixty and more rules that must be refused: what is changed in a right rule, the fault, and the words it points at.

`^` in a replacement marks where the fault begins; the mark itself is taken out before reading.
"""

RIGHT = """\
code: T-1
name: 试验政策
document: 试〔2026〕1号
issuer: 安川市工信局
level: CITY
area: "4105"
in_force_from: 2026-01-01
in_force_until: 2026-12-31
delivery: APPLICATION
period: 2026Q1
last_day: 2026-06-30
confirmed: true
source: 试验
explain: 试验。
define:
  上年收入: YEAR(营业收入, -1)
clauses:
  - key: size
    name: 规模
    condition: 规上企业 AND 上年收入 >= 2000万元
benefit:
  unit: 元
  parts:
    - name: 奖励
      amount: 10万元
cases:
  - name: 例
    facts:
      规上企业: true
      营业收入@2025: 3000
      地区代码: "410502"
    expect: {verdict: MEETS, certain: 100000}
"""
CONDITION = "规上企业 AND 上年收入 >= 2000万元"


def condition(text: str) -> tuple[str, str]:
    """The condition replaced."""
    return CONDITION, text


def amount(text: str) -> tuple[str, str]:
    """The amount replaced."""
    return "amount: 10万元", f"amount: {text}"


# (what it is, (old, new with ^ before the fault), code of the fault, words the advice must hold)
WRONG: list[tuple[str, tuple[str, str], str, str]] = [
    ("unknown fact", condition("^营业收人 >= 2000"), "unknown_fact", "营业收入"),
    ("unknown fact later in the line", condition("规上企业 AND ^研发费 >= 2000"), "unknown_fact", "研发费用"),
    ("unknown English name", condition("QUARTER(^revenu, 0) >= 1"), "unknown_fact", "revenue"),
    ("unit mismatch between facts", condition("^营业收入 >= 期末从业人员"), "unit_mismatch", "单位"),
    ("unit mismatch with a quantity", condition("^营业收入 >= 300人"), "unit_mismatch", "单位"),
    ("sum of different units", condition("^营业收入 + 用电量 >= 300"), "unit_mismatch", "单位"),
    ("unknown unit", condition("营业收入 >= 300^万圆"), "unknown_unit", "单位"),
    ("unclosed bracket", condition("^(规上企业 AND 上年收入 >= 2000"), "unclosed", "括号"),
    ("bracket too many", condition("规上企业 AND 上年收入 >= 2000^)"), "unclosed", "括号"),
    ("unclosed quote", condition("行业代码 = ^'C13"), "unclosed_text", "引号"),
    ("nothing after the operator", condition("上年收入 ^>="), "syntax", "运算符"),
    ("two operators", condition("规上企业 AND ^AND 上年收入 >= 1"), "syntax", "运算符"),
    ("operator missing", condition("上年收入 ^2000"), "syntax", "运算符"),
    ("percent as 5", condition("GROWTH(营业收入, QUARTER) >= ^5"), "percent", "0.05"),
    ("percent fact against 80", condition("产能利用率 >= ^80"), "percent", "80%"),
    (
        "growth between whole numbers",
        condition("GROWTH(营业收入, QUARTER) BETWEEN ^5 AND 10"),
        "percent",
        "5%",
    ),
    ("ratio in a sum", condition("产能利用率 + ^5 >= 80%"), "percent", "5%"),
    ("growth against a quantity", condition("GROWTH(营业收入, QUARTER) >= ^5万元"), "unit_mismatch", "单位"),
    (
        "growth inside arithmetic",
        condition("2 * ^GROWTH(营业收入, QUARTER) >= 10%"),
        "growth_place",
        "GROWTH",
    ),
    ("growth against a fact", condition("^GROWTH(营业收入, QUARTER) >= 产能利用率"), "growth_place", "10%"),
    ("flag compared by size", condition("规上企业 >= ^1"), "flag_compared", "NOT 规上企业"),
    ("number alone", condition("^营业收入 AND 规上企业"), "not_a_flag", ">= 1"),
    ("text by order", condition("^行业代码 >= '13'"), "text_order", "STARTS"),
    ("text against a number", condition("行业代码 = ^13"), "text_against_number", "引号"),
    ("text in arithmetic", condition("^行业代码 + 1 >= 营业收入"), "not_a_number", "数值"),
    ("value not in the list of choices", condition("主要能源 = ^'油'"), "unknown_choice", "气"),
    ("set compared", condition("^资质荣誉 = '高新技术企业'"), "set_compared", "HAS"),
    ("titles without quotes", condition("HAS(^资质)"), "unknown_fact", "资质荣誉"),
    ("title of a fact that is no set", condition("^HAS(行业代码, '高新')"), "not_a_set", "IN"),
    ("date against a text", condition("成立日期 <= ^'2025-01-01'"), "date_compared", "DATE"),
    ("no such day", condition("成立日期 <= DATE ^'2025-02-30'"), "not_a_date", "2026-03-31"),
    ("interval of weeks", condition("成立日期 + ^INTERVAL 3 WEEK <= AS_OF"), "interval", "YEAR"),
    ("interval beside a number", condition("^营业收入 + INTERVAL 1 YEAR <= 5"), "date_compared", "AS_OF"),
    ("date function", condition("^DATEDIFF('year', 成立日期, AS_OF) >= 1"), "date_function", "INTERVAL"),
    ("year of a date", condition("^YEAR(成立日期) <= 2020"), "date_function", "INTERVAL"),
    ("= NULL", condition("^营业收入 = NULL"), "null", "KNOWN"),
    ("IS NULL", condition("^营业收入 IS NULL"), "is_null", "KNOWN"),
    ("IS NOT TRUE", condition("^规上企业 IS NOT TRUE"), "is_truth", "NOT"),
    ("NULL in a list", condition("^行业代码 IN ('13', NULL)"), "null", "KNOWN"),
    ("COALESCE", condition("^COALESCE(营业收入, 0) >= 1"), "null_default", "缺"),
    ("LIKE in the middle", condition("行业代码 LIKE ^'%13%'"), "like", "STARTS"),
    ("SUBSTRING", condition("^SUBSTRING(行业代码, 1, 2) = '13'"), "cut_text", "STARTS"),
    ("ROUND", condition("^ROUND(营业收入, 1) >= 1"), "round", "分"),
    ("CAST", condition("^CAST(行业代码 AS INT) >= 1"), "cast", "目录"),
    ("remainder", condition("^营业收入 % 期末从业人员 = 0"), "modulo", "5%"),
    ("division by a fact", condition("研发费用 / ^营业收入 >= 3%"), "divide", "3%"),
    ("division by zero", condition("营业收入 / ^0 >= 3"), "divide", "乘法"),
    ("query", condition("营业收入 >= (SELECT ^1)"), "query", "一个条件"),
    ("two statements", condition("规上企业^; 规上企业"), "query", "一个条件"),
    ("comment", condition("规上企业 ^/* 全部 */"), "comment", "reference"),
    ("unknown function", condition("^HASS('高新技术企业')"), "unknown_function", "HAS"),
    ("system function", condition("^PG_SLEEP(10) = 1"), "unknown_function", "手册"),
    ("BETWEEN reversed", condition("^营业收入 BETWEEN 500 AND 100"), "between_reversed", "小的"),
    ("CASE without ELSE", amount("CASE WHEN ^规上企业 THEN 1 END"), "case_else", "ELSE"),
    ("constant condition", condition("^1 = 1"), "constant", "数据"),
    (
        "month of a quarter without saying which",
        condition("^MONTH(用电量, 0) >= 1"),
        "period_relative",
        "2023-03",
    ),
    ("period of another length", condition("YEAR(营业收入, ^'2025Q1') >= 1"), "period_kind", "YEAR"),
    ("fact without that period", condition("^MONTH(研发费用, '2025-01') >= 1"), "no_period_kind", "QUARTER"),
    ("standing fact with a period", condition("YEAR(^主要能源, -1) = '电'"), "not_a_number", "数值"),
    ("number far too large", condition("营业收入 >= ^99999999999999999999"), "too_large", "单位"),
    ("unknown policy form", condition("MEETS(^规上企业)"), "text_literal", "引号"),
    ("amount in another unit", amount("^0.1 * 用电量"), "amount_unit", "千瓦时"),
    ("negative amount", amount("-^5"), "negative_amount", "零"),
    ("amount is a condition", amount("^规上企业"), "not_a_number", "数值"),
    (
        "circle of definitions",
        ("上年收入: YEAR(营业收入, -1)", "上年收入: 2 * 甲\n  甲: 3 * ^上年收入"),
        "cycle",
        "绕回",
    ),
    (
        "definition named like a fact",
        ("上年收入: YEAR(营业收入, -1)", "营业收入: ^YEAR(税收, -1)"),
        "defined_twice",
        "名称",
    ),
    ("dates of force reversed", ("2026-12-31", "^2025-12-31"), "dates_reversed", "日期"),
    (
        "last day before it begins",
        ("last_day: 2026-06-30", "last_day: ^2025-06-30"),
        "dates_reversed",
        "日期",
    ),
    ("not a date", ("2026-12-31", "^2026年底"), "not_a_date", "2026-03-31"),
    ("not a period", ("period: 2026Q1", "period: ^2026Q5"), "not_a_period", "2026Q1"),
    ("unknown level", ("level: CITY", "level: ^TOWN"), "not_a_choice", "COUNTY"),
    ("unknown delivery", ("delivery: APPLICATION", "delivery: ^免申即享"), "not_a_choice", "AUTOMATIC"),
    ("unknown field", ("explain:", "^explian:"), "unknown_field", "explain"),
    ("field twice", ("source: 试验", "source: 试验\n^source: 再写"), "twice", "删去"),
    ("field missing", ("code: T-1\n", "^"), "missing_field", "补上"),
    ("yes or no", ("confirmed: true", "confirmed: ^是"), "wants_yes_no", "true"),
    ("to be confirmed without a note", ("confirmed: true", "confirmed: ^false"), "no_note", "confirm_note"),
    (
        "no clauses",
        (RIGHT[RIGHT.index("  - key: size") : RIGHT.index("benefit:")], "  ^[]\n"),
        "no_clauses",
        "clauses",
    ),
    ("broken indentation", ("    name: 规模", "   ^name: 规模"), "yaml", "缩进"),
    (
        "bad YAML bracket",
        ("expect: {verdict: MEETS, certain: 100000}", "expect: {verdict: MEETS"),
        "yaml",
        "引号",
    ),
    (
        "case with an unknown fact",
        ("      规上企业: true", "      ^规上企叶: true"),
        "unknown_fact",
        "规上企业",
    ),
    ("case with a word for a number", ("@2025: 3000", "@2025: ^三千"), "case_value", "数字"),
    ("case with a bad period", ("      营业收入@2025:", "      ^营业收入@25:"), "case_fact", "2026-03"),
    ("case with an unknown verdict", ("verdict: MEETS", "verdict: ^YES"), "not_a_choice", "MEETS"),
    (
        "cap below floor",
        ("amount: 10万元", "amount: 10万元\n      floor: 5万元\n      cap: ^1万元"),
        "cap_below_floor",
        "cap",
    ),
]
