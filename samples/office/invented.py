"""What the invented office knows: its areas, units, persons and firms, without any defect."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from stdnum.cn import uscc

CITY = "安川市"
COUNTIES = ("临河区", "北岭区", "青石区", "南湖区", "白川县", "云台县", "清源县", "石桥县", "东平县")
TOWNSHIPS = ("城关镇", "柳河镇", "马集镇", "双井乡")
BUREAUS = [
    "发展和改革委员会",
    "工业和信息化局",
    "财政局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "应急管理局",
    "市场监督管理局",
    "金融工作局",
    "人力资源和社会保障局",
    "税务局",
    "科学技术局",
    "教育局",
    "公安局",
    "司法局",
    "统计局",
    "行政审批服务局",
    "城市管理局",
    "消防救援支队",
    "供电公司",
    "自来水公司",
    "燃气公司",
    "投资集团",
    "政府督查室",
]
COUNTY_UNITS = [
    "人民政府",
    "发展和改革委员会",
    "工业和信息化局",
    "自然资源局",
    "生态环境分局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "市场监督管理局",
    "金融服务中心",
    "供电所",
]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红春生海波云山林峰文斌雪梅晓东立新正宁安康"
BRANDS = [
    "宏达",
    "永固",
    "恒岳",
    "振兴",
    "华盛",
    "瑞丰",
    "金辉",
    "天成",
    "明远",
    "东升",
    "长盛",
    "凯旋",
    "卓越",
    "泰和",
    "顺达",
    "光明",
    "兴隆",
    "九州",
    "中原",
    "安泰",
    "博雅",
    "诚信",
    "德隆",
    "富康",
    "广源",
    "海润",
    "佳合",
    "科创",
    "蓝天",
    "美达",
    "南方",
    "鹏程",
    "启明",
    "荣昌",
    "盛世",
    "通达",
    "万通",
    "祥云",
    "亿丰",
    "众诚",
]
TRADES = [
    "机械",
    "建材",
    "纺织",
    "食品",
    "化工",
    "电子",
    "医药",
    "汽配",
    "包装",
    "冷链物流",
    "新能源",
    "铸造",
    "家具",
    "印务",
    "农业科技",
]
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PERSONS, FIRMS = 400, 600


@dataclass(frozen=True)
class OfficeUnit:
    """A unit: full name, short name, county or city, duties."""

    name: str
    short: str
    area: str
    duties: str


@dataclass(frozen=True)
class OfficePerson:
    """A person with one post."""

    name: str
    unit: OfficeUnit
    title: str
    phone: str


@dataclass(frozen=True)
class OfficeFirm:
    """A firm with its contact, leader and officer."""

    name: str
    code: str
    county: str
    township: str
    trade: str
    large: bool
    contact: str
    phone: str
    leader: str
    officer: str


@dataclass
class Office:
    """All of it, drawn with a seed."""

    dice: random.Random
    units: list[OfficeUnit] = field(default_factory=list)
    persons: list[OfficePerson] = field(default_factory=list)
    firms: list[OfficeFirm] = field(default_factory=list)

    def of(self, unit: OfficeUnit) -> list[OfficePerson]:
        """The persons of a unit, the head first."""
        return [person for person in self.persons if person.unit == unit]


def office(seed: int = 7) -> Office:
    """The invented office."""
    made = Office(random.Random(seed))
    for bureau in BUREAUS:
        made.units.append(
            OfficeUnit(f"{CITY}{bureau}", f"市{bureau[:3]}", CITY, f"负责全市{bureau[:4]}相关工作")
        )
    for county in COUNTIES:
        for named in COUNTY_UNITS:
            made.units.append(
                OfficeUnit(f"{county}{named}", "", county, f"负责本{county[-1]}{named[:4]}相关工作")
            )
    names = _names(made.dice)
    titles = ("局长", "副局长", "科长", "科员")
    for n in range(PERSONS):
        unit = made.units[n % len(made.units)]
        made.persons.append(OfficePerson(next(names), unit, titles[n // len(made.units)], _phone(n)))
    for n in range(FIRMS):
        made.firms.append(_firm(made, n, next(names)))
    return made


def _names(dice: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        name = dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
        if name not in seen:
            seen.add(name)
            yield name


def _phone(n: int) -> str:
    return f"139{37200000 + n * 37}"


def _firm(made: Office, n: int, contact: str) -> OfficeFirm:
    county = COUNTIES[n % len(COUNTIES)]
    brand, trade = BRANDS[n % len(BRANDS)], TRADES[(n // len(BRANDS)) % len(TRADES)]
    leader = made.persons[n % len(BUREAUS)]
    officer = made.persons[240 + n % 100]
    return OfficeFirm(
        name=f"{county[:2]}{brand}{trade}{FORMS[n % len(FORMS)]}",
        code=_code(made.dice, n),
        county=county,
        township=TOWNSHIPS[n % len(TOWNSHIPS)],
        trade=trade,
        large=n % 3 == 0,
        contact=contact,
        phone=_phone(20_000 + n),
        leader=leader.name,
        officer=officer.name,
    )


def _code(dice: random.Random, n: int) -> str:
    head = f"91419900{n:04d}" + "".join(dice.choice(ALPHABET) for _ in range(5))
    return next(head + last for last in ALPHABET if uscc.is_valid(head + last))
