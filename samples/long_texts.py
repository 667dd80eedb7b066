"""Long texts of many shapes, as large as asked for: what takes twice as long must not take more than about twice the time."""

from collections.abc import Callable
from itertools import count

SURNAMES = "陆许陶秦乔柳沈闻谭宛周吴郑王冯陈褚卫蒋韩杨朱何吕施张孔曹严华"
SIGNS = "承怀知望木成若笛水白明远行舒森荫谷清平安国庆建华文武志强海江山川"
PLACES = "云石青临河安北岭东西南长永和"


def _name(n: int) -> str:
    given, more = divmod(n // len(SURNAMES), len(SIGNS))
    return SURNAMES[n % len(SURNAMES)] + SIGNS[more] + SIGNS[given % len(SIGNS)]


def _report(n: int) -> str:
    """A report of its own people, day and place."""
    place = f"{PLACES[n % 14]}{PLACES[n // 14 % 14]}县"
    month, day = n % 12 + 1, n % 28 + 1
    lead, second, third = _name(3 * n), _name(3 * n + 1), _name(3 * n + 2)
    return (
        f"{place}召开经济运行调度会\n本报讯 {month}月{day}日上午，{place}经济运行调度会在县会议中心召开。县委书记{lead}出席会议并讲话，"
        f"县长{second}主持会议。{lead}强调，各级各部门要“把企业的事当成自己的事”，县供电公司要在{month}月{day}日前解决海拓机械用电问题。"
        f"副县长{third}、县发改局局长{second}以及有关部门负责人参加。\n{month}月{day}日下午，{lead}先后来到安川海拓机械有限公司、"
        f"{place}恒远集团等3家企业走访调研，详细了解企业生产经营情况。“我们最缺的是熟练工人，订单排到了明年。”企业负责人说。"
        f"会上表彰了{third}等10名先进个人。\n"
    )


def _one_paragraph(n: int) -> str:
    return _report(n).replace("\n", "")


def _names_in_a_list(n: int) -> str:
    return f"{_name(n)}、"


def _no_stops(n: int) -> str:
    return _report(n).translate({ord(sign): "" for sign in "，。、“”\n"})


def _open_quotes(n: int) -> str:
    return f"“{_report(n)}"


def _numbers(n: int) -> str:
    return f"{n % 9 + 1}月{n % 28 + 1}日{n}家，"


SHAPES: dict[str, Callable[[int], str]] = {
    "reports": _report,
    "one paragraph": _one_paragraph,
    "names in a list": _names_in_a_list,
    "no stops": _no_stops,
    "open quotes": _open_quotes,
    "numbers": _numbers,
    "blank lines": lambda n: f"{_report(n)}\n\n   \n",
    "table rows": lambda n: f"姓名：{_name(n)}，职务：县委副书记，单位：海拓机械有限公司，金额：{n}万元。\n",
}


def long_text(shape: str, characters: int) -> str:
    """A text of one shape with that many characters."""
    parts, size = [], 0
    for n in count():
        if size >= characters:
            break
        parts.append(SHAPES[shape](n))
        size += len(parts[-1])
    return "".join(parts)[:characters]
