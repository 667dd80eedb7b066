"""Last year's problem ledger in its 33 columns: rows as they should be, and forty kinds of defect that offices make."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from samples.office.invented import Office, OfficeFirm

HEADS = [
    "序号",
    "问题编号",
    "县(市、区)",
    "企业名称",
    "统一社会信用代码",
    "所属行业/产业链",
    "规模(四上/非四上)",
    "企业联系人",
    "联系电话",
    "问题类别",
    "问题描述(具体诉求)",
    "收集时间",
    "收集渠道(走访/座谈/平台/12345/上级交办)",
    "收集人(首席服务官)",
    "包联领导",
    "问题层级(省/市/县/乡)",
    "牵头(主办)单位",
    "配合(协办)单位",
    "责任领导",
    "责任人",
    "责任人电话",
    "交办时间",
    "办理时限",
    "办理措施",
    "进展情况",
    "是否解决(已解决/正在解决/暂缓/解释说明)",
    "解决时间",
    "企业是否满意",
    "回访时间",
    "回访人",
    "是否销号",
    "销号时间",
    "备注",
]
FIELDS = [
    "n",
    "number",
    "county",
    "firm",
    "code",
    "trade",
    "size",
    "contact",
    "phone",
    "category",
    "text",
    "collected",
    "channel",
    "officer",
    "leader",
    "origin",
    "lead",
    "support",
    "chief",
    "person",
    "person_phone",
    "handed",
    "due",
    "task",
    "progress",
    "outcome",
    "resolved",
    "satisfied",
    "called",
    "caller",
    "closed",
    "closed_on",
    "note",
]
TEXTS = {
    "融资": ("流动资金贷款{n}月到期，续贷手续慢", "缺少抵押物，申请信用贷款{n}00万元"),
    "用工": ("缺普工{n}0人，招工困难", "技工流失，需培训{n}批"),
    "用地": ("二期用地{n}0亩指标未落实", "厂房不动产证第{n}号办理缓慢"),
    "审批": ("项目环评批复等待{n}周", "施工许可第{n}号补正多次"),
    "水电气": ("用电负荷不足，需增容{n}00千伏安", "天然气第{n}站压力不稳"),
    "物流": ("厂门口{n}号路限行影响运输", "重型车辆通行证第{n}批未办"),
    "政策": ("{n}季度奖补资金未到位", "惠企政策第{n}条不会申报"),
    "环保": ("管控停产{n}天，希望差异化管理", "第{n}号废气治理改造资金缺口"),
}
Row = dict[str, Any]


def clean_rows(made: Office, number: int, *, year: int = 2025) -> list[Row]:
    """This many rows without a defect, spread over the year, four in five of them finished."""
    return [_row(made, n, date(year, 1, 5) + timedelta(days=n * 330 // number)) for n in range(number)]


def _row(made: Office, n: int, collected: date) -> Row:
    firm = made.firms[n * 7 % len(made.firms)]
    categories = list(TEXTS)
    category = categories[n % len(categories)]
    unit = made.units[n % 30]
    person = made.persons[n % 30]
    handed = collected + timedelta(days=n % 3)
    resolved = handed + timedelta(days=3 + n % 20)
    row: Row = {
        **_firm_cells(firm),
        "n": n + 1,
        "number": f"AC{collected.year}-{n + 1:05d}",
        "category": category,
        "text": f"{TEXTS[category][n % 2].format(n=n % 9 + 1)}（第{n + 1}件）",
        "collected": collected,
        "channel": ("走访", "座谈", "平台", "12345", "上级交办")[n % 5],
        "origin": "市级" if n % 4 else "县级",
        "lead": unit.name,
        "support": made.units[(n + 1) % 30].name if n % 3 == 0 else None,
        "person": person.name,
        "person_phone": person.phone,
        "handed": handed,
        "due": handed + timedelta(days=15),
        "task": "限期研究办理，结果报攻坚办",
        "progress": "已协调有关单位办理",
        "outcome": "已解决",
        "resolved": resolved,
        "satisfied": ("满意", "满意", "基本满意", "不满意")[n % 4],
        "called": resolved + timedelta(days=1),
        "closed": "是",
        "closed_on": resolved + timedelta(days=2),
    }
    return row if n % 5 else row | _still_open(handed)


def _still_open(handed: date) -> Row:
    blank = dict.fromkeys(("resolved", "satisfied", "called", "closed_on"))
    return {**blank, "outcome": "正在解决", "closed": "否", "due": handed + timedelta(days=60)}


def _firm_cells(firm: OfficeFirm) -> Row:
    return {
        "county": firm.county,
        "firm": firm.name,
        "code": firm.code,
        "trade": firm.trade,
        "size": "四上" if firm.large else "非四上",
        "contact": firm.contact,
        "phone": firm.phone,
        "officer": firm.officer,
        "leader": firm.leader,
    }


def _said(**cells: Any) -> Callable[[Row], None]:
    return lambda row: row.update(cells)


def _day(name: str, form: str) -> Callable[[Row], None]:
    """A day as a text of another form."""
    return lambda row: row.update({name: row[name].strftime(form) if row[name] else None})


def _serial(row: Row) -> None:
    row["collected"] = (row["collected"] - date(1899, 12, 30)).days


def _swapped(row: Row) -> None:
    row["handed"], row["collected"] = row["collected"], row["handed"] + timedelta(days=9)


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


# What was done to a row -> how. Those of the first group are read all the same, those of the second are asked about or refused.
READ: dict[str, Callable[[Row], None]] = {
    "day with dots": _day("collected", "%Y.%m.%d"),
    "day with slashes": _day("handed", "%Y/%m/%d"),
    "day in Chinese": _day("collected", "%Y年%m月%d日"),
    "day of eight digits": _day("collected", "%Y%m%d"),
    "day as a serial number": _serial,
    "day without year": _day("collected", "%m月%d日"),
    "day with weekday and hour": _day("handed", "%Y-%m-%d 09:30"),
    "full-width code": lambda row: row.update(code=_wide(row["code"])),
    "code with blanks": lambda row: row.update(code=f" {row['code'][:8]} {row['code'][8:]} "),
    "code in small letters": lambda row: row.update(code=row["code"].lower()),
    "firm with blanks": lambda row: row.update(firm=f" {row['firm'][:2]} {row['firm'][2:]} "),
    "county without its ending": lambda row: row.update(county=row["county"][:2]),
    "city before the county": lambda row: row.update(county=f"安川市{row['county']}"),
    "category in other words": _said(category="资金问题"),
    "channel in other words": _said(channel="市长热线"),
    "tick instead of yes": lambda row: row.update(closed="√" if row["closed"] == "是" else "×"),
    "name with blanks inside": lambda row: row.update(person=" ".join(row["person"])),
    "person with title": lambda row: row.update(person=f"{row['person']}（局长）"),
    "two supporting units": lambda row: row.update(support="安川市财政局、安川市税务局"),
    "line breaks in the text": lambda row: row.update(text=row["text"].replace("，", "，\n")),
    "nothing but a dash": _said(note="/", chief="——"),
    "no category": _said(category=None),
}
REFUSED: dict[str, Callable[[Row], None]] = {
    "code cut by Excel": lambda row: row.update(code=914_199_000_001_234_560),
    "code with a wrong check digit": lambda row: row.update(
        code=row["code"][:-1] + ("0" if row["code"][-1] != "0" else "1")
    ),
    "code of seventeen digits": lambda row: row.update(code=row["code"][:-1]),
    "month without a day": _said(collected="2025年3月"),
    "day that does not exist": _said(collected="2025-02-30"),
    "a span of days": _said(collected="2025.3.1-2025.3.8"),
    "a word for a day": _said(handed="月底前"),
    "resolved before it was handed over": lambda row: row.update(
        resolved=date(2024, 12, 1), outcome="已解决"
    ),
    "handed over before it was collected": _swapped,
    "solved without a day": _said(
        outcome="已解决", resolved=None, closed="否", closed_on=None, satisfied=None
    ),
    "closed without a day": _said(
        closed="是", closed_on=None, resolved=None, called=None, outcome=None, satisfied=None
    ),
    "not solved, but with a day": lambda row: row.update(outcome="正在解决", resolved=row["handed"]),
    "open without a limit": lambda row: row.update(_still_open(row["handed"]) | {"due": None}),
    "no text": _said(text=None),
    "no firm": _said(firm=None),
    "unknown county": _said(county="没有的县"),
    "unknown choice": _said(satisfied="还行吧"),
    "unknown unit": _said(lead="安川市不存在局"),
    "unknown firm": _said(firm="临河不存在实业有限公司", code=None),
    "nobody responsible": _said(person=None, person_phone=None),
}


def messy_rows(made: Office, number: int) -> tuple[list[Row], dict[int, str]]:
    """This many rows, each defect some times among them; and which row (from 0) has which."""
    rows, marks = clean_rows(made, number), {}
    defects = {**READ, **REFUSED}
    step = max(1, number // (len(defects) * 2))
    for n, (name, spoil) in enumerate(list(defects.items()) * 2):
        at = n * step + 1
        if at < len(rows):
            spoil(rows[at])
            marks[at] = name
    return rows, marks


def as_cells(rows: list[Row]) -> list[list[Any]]:
    """The rows in the order of the columns."""
    return [[row.get(name) for name in FIELDS] for row in rows]
