"""What can be wrong with a rule file (规则错误): each with its place, what is wrong, and what to do.

The sentences are plain tables, so that pages can show them in another language:
`gettext(FAULT_MESSAGES[fault.code]) % fault.facts`, the same for ADVICE_MESSAGES.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongjian.engines.policy.vocabulary import PLACED_FAULT

FAULT_MESSAGES: dict[str, str] = {
    "yaml": "这里读不下去：%(found)s。",
    "not_utf8": "文件不是 UTF-8 文字，从这一行起读不出来。",
    "not_a_rule": "文件里没有一条政策：最外层应是“名称: 内容”的形式。",
    "unknown_field": "没有“%(name)s”这一栏。",
    "twice": "“%(name)s”写了两次。",
    "missing_field": "缺少“%(name)s”。",
    "empty_field": "“%(name)s”是空的。",
    "wants_text": "“%(name)s”应是文字。",
    "wants_list": "“%(name)s”应是列表，每项以“- ”开头。",
    "wants_mapping": "“%(name)s”应是“名称: 内容”的形式。",
    "wants_yes_no": "“%(name)s”只能写 true 或 false，现在是“%(found)s”。",
    "wants_number": "“%(name)s”应是数字，现在是“%(found)s”。",
    "not_a_choice": "“%(name)s”不能是“%(found)s”。",
    "not_a_date": "“%(found)s”不是日期。",
    "not_a_period": "“%(found)s”不是期别。",
    "dates_reversed": "%(later)s早于%(earlier)s。",
    "code_taken": "编号“%(name)s”已被同时施行的另一条政策使用。",
    "key_taken": "编号“%(name)s”在本政策里用了两次。",
    "group_differs": "同一组“%(name)s”的规则或上限与政策“%(other)s”写的不同。",
    "no_clauses": "政策没有任何条件。",
    "no_note": "标为待核对，却没有写明为什么。",
    "no_area_fact": "政策限定了地区，但数据目录里没有地区代码（area_code）。",
    "empty_expression": "条件是空的。",
    "syntax": "条件在“%(found)s”附近写错了。",
    "unclosed": "括号没有配对：“%(found)s”。",
    "unclosed_text": "引号没有配对。",
    "unknown_fact": "数据目录里没有“%(name)s”。",
    "unknown_function": "没有“%(name)s”这种写法。",
    "unknown_policy": "没有编号为“%(name)s”的政策。",
    "unknown_unit": "不认识计量单位“%(name)s”。",
    "bare_power": "“%(name)s”没有写明是什么的%(name)s。",
    "unknown_title": "“%(fact)s”里没有“%(name)s”。",
    "title_separator": "资质名称“%(name)s”里有分号，表格里用它隔开几个名称。",
    "empty_text": "这里的文字是空的。",
    "not_an_area": "“%(found)s”不是地区代码。",
    "unknown_choice": "“%(fact)s”的取值里没有“%(name)s”。",
    "unit_mismatch": "单位不一致：左边是“%(left)s”，右边是“%(right)s”。",
    "amount_unit": "金额的单位应是元或万元，现在是“%(found)s”。",
    "percent": "“%(found)s”与比率相比，应是小于 1 的小数或百分数。",
    "not_a_number": "“%(found)s”不是数值，不能参加计算或比较大小。",
    "not_a_condition": "“%(found)s”不是判断，不能作条件。",
    "not_a_flag": "“%(name)s”不是“是/否”类数据，不能单独作条件。",
    "flag_compared": "“%(name)s”是“是/否”类数据，只能写 = TRUE、= FALSE 或单独写出。",
    "text_order": "“%(name)s”是文字，不能比较先后。",
    "text_against_number": "“%(name)s”是文字，应与加引号的文字比较。",
    "text_literal": "这里应是加引号的文字，现在是“%(found)s”。",
    "set_compared": "“%(name)s”是一组名称，不能直接比较。",
    "not_a_set": "“%(name)s”不是资质一类的数据。",
    "date_compared": "“%(name)s”是日期，应与日期比较。",
    "date_function": "“%(name)s”一类日期函数在不同数据库里算法不同，不能使用。",
    "interval": "时间间隔写错了：“%(found)s”。",
    "interval_place": "时间间隔只能加减在一个日期上，再与固定日期比较。",
    "null": "不能拿 NULL 来比较：缺数据时结果自动是“缺数据”。",
    "is_null": "不能用 IS NULL：缺数据不是一个值。",
    "is_truth": "不能用 IS TRUE 或 IS FALSE。",
    "null_default": "不能用“%(name)s”给缺的数据补值。",
    "like": "LIKE 只能写开头，如 'C13%%'；现在是“%(found)s”。",
    "cut_text": "不能截取或改写文字（%(name)s）。",
    "aggregate": "一条规则只看一户企业，不能用 %(name)s 汇总。",
    "round": "条件里不能四舍五入（%(name)s）。",
    "cast": "不能转换类型。",
    "modulo": "不能求余数。",
    "query": "这里只能写一个条件，不能写查询或多条语句。",
    "comment": "条件里不能写注释。",
    "construct": "不能使用“%(found)s”。",
    "divide": "只能除以不为零的常数。",
    "empty_list": "IN 后面的列表是空的。",
    "list_value": "IN 的列表里只能写常数，现在是“%(found)s”。",
    "between_reversed": "BETWEEN 的下限大于上限：%(low)s 大于 %(high)s。",
    "case_else": "CASE 必须有 ELSE。",
    "case_form": "CASE 后面要直接写 WHEN。",
    "arguments": "“%(name)s”的参数不对。",
    "no_period_kind": "“%(fact)s”没有按“%(kind)s”记录的数据。",
    "no_periods": "“%(fact)s”没有期别，不能用“%(name)s”。",
    "period_kind": "“%(found)s”不是“%(name)s”要的期别。",
    "period_relative": "本政策的期别是“%(own)s”，其中没有“本%(kind)s”。",
    "period_default": "“%(fact)s”没有与本政策期别“%(own)s”相当的数据。",
    "period_bare": "“%(fact)s”按期记录，本政策却没有固定的期别，这里没有写明是哪一期。",
    "period_far": "“%(found)s”离本政策的期别太远。",
    "growth_place": "GROWTH 只能直接与一个固定比率比较。",
    "constant": "这里没有用到企业的任何数据，结果永远不变。",
    "too_large": "数字太大或位数太多：“%(found)s”。",
    "exponent": "“%(found)s”用了科学记数法。",
    "too_long": "表达式太长，超过 %(found)s 个字。",
    "too_deep": "括号、NOT、CASE 或引用套得太深。",
    "too_many_parts": "“%(found)s”连同它引用的内容太多。",
    "cycle": "循环引用：%(path)s。",
    "defined_twice": "“%(name)s”既是定义的名称，又是数据目录里的名称。",
    "unknown_clause": "没有编号为“%(name)s”的条件。",
    "case_fact": "事实“%(name)s”写错了。",
    "case_value": "“%(name)s”的值“%(found)s”写错了。",
    "negative_amount": "金额不能是负数：“%(found)s”。",
    "cap_below_floor": "最高额低于最低额。",
}

ADVICE_MESSAGES: dict[str, str] = {
    "not_utf8": "请在编辑器里另存为 UTF-8。",
    "yaml": "请检查这一行的缩进、冒号后的空格和引号。",
    "not_a_rule": "请参照手册里的例子，从 code、name 写起。",
    "unknown_field": "请删去，或改为%(suggestion)s。",
    "twice": "请删去一处。",
    "missing_field": "请补上这一栏。",
    "empty_field": "请写上内容，或删去这一栏。",
    "wants_text": "请写成一行文字；像数字的文字请加引号。",
    "wants_list": "请每项一行，以“- ”开头。",
    "wants_mapping": "请每行写一个“名称: 内容”。",
    "wants_yes_no": "请改为 true 或 false。",
    "wants_number": "请写数字，可带单位，如 10万元。",
    "not_a_choice": "请在这些里选一个：%(choices)s。",
    "not_a_date": "请写成 2026-03-31 的形式。",
    "not_a_period": "请写成 2026、2026Q1、2026-03 或 current。",
    "dates_reversed": "请核对两个日期。",
    "code_taken": "请换一个编号；是新旧两版的，请写明 in_force_until，使两版不在同一天施行。",
    "key_taken": "请换一个编号。",
    "group_differs": "请把同一组的 rule 和 cap 写成一样，或换一个组名。",
    "no_clauses": "请在 clauses 下至少写一条。",
    "no_note": "请在 confirm_note 写明待核对的内容。",
    "no_area_fact": "请在数据目录里加上 area_code，或删去 area。",
    "empty_expression": "请写上条件，如 YEAR(营业收入, -1) >= 2000万元。",
    "syntax": "请检查这里的运算符、逗号和括号是否写全。",
    "unclosed": "请补上或删去一个括号。",
    "unclosed_text": "请在文字后面补上引号。",
    "unknown_fact": "请改为数据目录里的名称%(suggestion)s；确需新数据，先在数据目录里登记。",
    "unknown_function": "请改用手册列出的写法%(suggestion)s。",
    "unknown_policy": "请改为库里已有的编号%(suggestion)s。",
    "unknown_unit": "请改用已有的单位%(suggestion)s。",
    "bare_power": "请把单位写全，如 2000%(name)s元、2000%(name)s千瓦时。",
    "unknown_title": "请改为已登记的名称%(suggestion)s。",
    "title_separator": "请去掉分号；是两个名称的，请写成 ALL_OF('甲', '乙')。",
    "empty_text": "请写上文字；空的开头对谁都成立，空的名称对谁都不成立。",
    "not_an_area": "请写 2 位（省）、4 位（市）、6 位（县）、9 位（乡镇）或 12 位（村）数字，如 4105 或 410500。",
    "unknown_choice": "请改为已登记的取值%(suggestion)s。",
    "unit_mismatch": "请换成同一类数据，或在常数后写明单位。",
    "amount_unit": "请把系数的单位写全，如 0.1元/千瓦时、1000元/人。",
    "percent": "百分之%(found)s请写成 %(found)s%% 或 %(decimal)s。",
    "not_a_number": "请改用数值类数据。",
    "not_a_condition": "请写成比较，如 %(found)s >= 1。",
    "not_a_flag": "请写成比较，如 %(name)s >= 1。",
    "flag_compared": "请改为 %(name)s 或 NOT %(name)s。",
    "text_order": "请用 IN ('…', '…') 或 STARTS(%(name)s, '…')。",
    "text_against_number": "请给值加上单引号。",
    "text_literal": "请加上单引号。",
    "set_compared": "请用 HAS('名称')、ANY_OF('甲', '乙') 或 ALL_OF('甲', '乙')。",
    "not_a_set": "请用 = 或 IN 比较。",
    "date_compared": "请写成 DATE '2026-03-31' 或 AS_OF。",
    "date_function": "请写成 %(name)s 以外的形式：日期 + INTERVAL 1 YEAR <= AS_OF。",
    "interval": "请写成 INTERVAL 3 YEAR、INTERVAL 6 MONTH 或 INTERVAL 30 DAY。",
    "interval_place": "请写成 日期 + INTERVAL 1 YEAR <= DATE '2026-03-31'。",
    "null": "请删去这一项；要问有没有数据，用 KNOWN(名称)。",
    "is_null": "要问有没有数据，用 KNOWN(名称) 或 NOT KNOWN(名称)。",
    "is_truth": "请直接写出条件，或在前面加 NOT。",
    "null_default": "请删去；缺数据时结果会显示缺哪一项。",
    "like": "请把百分号只写在最后，或用 STARTS(名称, '开头')。",
    "cut_text": "请用 STARTS(名称, '开头') 或 IN。",
    "aggregate": "各月汇总用 SUM_MONTH、MAX_MONTH、MIN_MONTH、MEAN_MONTH，几个数取大小用 GREATEST、LEAST，资质用 HAS、ANY_OF、ALL_OF。",
    "round": "请直接比较原数；金额按分四舍五入由系统统一办理。",
    "cast": "请在数据目录里登记正确的类型。",
    "modulo": "百分数请把 %% 紧跟在数字后面，如 5%%。",
    "query": "请只写一个条件。",
    "comment": "说明请写在 reference 或 explain 里。",
    "construct": "请只用比较、AND、OR、NOT、IN、BETWEEN、加减乘和手册列出的函数。",
    "divide": "请把比率写成乘法，如 研发费用 >= 3%% * 营业收入。",
    "empty_list": "请至少写一个值。",
    "list_value": "请改为数字或加引号的文字。",
    "between_reversed": "请把小的写在前面。",
    "case_else": "请补上 ELSE 和其余情况的数额。",
    "case_form": "请写成 CASE WHEN 条件 THEN 数额 ELSE 数额 END。",
    "arguments": "请写成 %(form)s。",
    "no_period_kind": "请改用已有的期别：%(kinds)s。",
    "no_periods": "请直接写 %(fact)s。",
    "period_kind": "请写成 %(form)s。",
    "period_relative": "请写明期别，如 %(form)s。",
    "period_default": "请写明期别，如 YEAR(%(fact)s, -1)。",
    "period_bare": "请写明期别，如 %(form)s；或把 period 写成固定的一期。",
    "period_far": "请核对这个数：前后最多一百年。",
    "growth_place": "请写成 GROWTH(营业收入, QUARTER) >= 10%%。",
    "constant": "请写上要看的数据。",
    "too_large": "请核对数字，或换用较大的单位。",
    "exponent": "请写成普通数字，如 100000000 或 1亿元。",
    "too_long": "请拆成几个定义（define）或几条条件。",
    "too_deep": "请拆成几个定义（define），或改用 AND、OR 并列。",
    "too_many_parts": "请改写，使同一个定义不被成倍地重复引用。",
    "cycle": "请改写其中一处，使引用不再绕回来。",
    "defined_twice": "请给定义换一个名称。",
    "unknown_clause": "请改为本政策条件的编号%(suggestion)s。",
    "case_fact": "请写成 名称 或 名称@2026-03。",
    "case_value": "请写成%(form)s。",
    "negative_amount": "请写零或正数。",
    "cap_below_floor": "请核对 cap 和 floor。",
}


@dataclass(frozen=True)
class Fault:
    """One fault of a rule file. Line and column count from 1; `code` selects its sentences, `facts` fills them."""

    line: int
    column: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return FAULT_MESSAGES[self.code] % self.facts

    @property
    def advice(self) -> str:
        """What to do, in Chinese."""
        return ADVICE_MESSAGES[self.code] % self.facts

    def __str__(self) -> str:
        sentence = f"{self.message}{self.advice}"
        return PLACED_FAULT.format(line=self.line, column=self.column, sentence=sentence)


class BadRule(ValueError):
    """A rule that is refused. `faults`: at least one, in the order of the text; `name`: the file."""

    def __init__(self, faults: Sequence[Fault], *, name: str = "") -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.line, f.column)))
        self.name = name
        super().__init__("\n".join(f"{name} {fault}".strip() for fault in self.faults))


class BadExpression(Exception):
    """A fault inside an expression. `offset`: the place of its first character in the text."""

    def __init__(self, offset: int, code: str, **facts: str) -> None:
        super().__init__(code)
        self.offset = offset
        self.code = code
        self.facts = facts


def suggested(word: str) -> str:
    """A suggested word in quotation marks, for a sentence; "" if there is none."""
    return f"“{word}”" if word else ""
