"""The steps of an import, and ledgers as offices keep them."""

from django.utils import timezone

from gongjian.imports import services as imports
from gongjian.imports.comparing import compare
from samples.office.problems import HEADS
from tests.books import book


def take_in(kind, file, *, by, at, name="名册.xlsx"):
    return imports.take_in(kind=kind, file_name=name, file=file, by=by, at=at)


def seen(batch, by, at):
    return compare(batch, by=by, today=timezone.localdate(at))


def written(kind, file, *, by, at):
    batch = take_in(kind, file, by=by, at=at)
    return imports.write(batch, by=by, at=at)


FIRMS = book(
    ["安川市重点企业名录", *[None] * 8],
    [
        "序号",
        "企业名称",
        "统一社会信用代码",
        "所属县区",
        "是否规上",
        "企业联系人",
        None,
        "包联领导",
        "注册时间",
    ],
    [None, None, None, None, None, "姓名", "电话", None, None],
    ["一、临河区"],
    [
        1,
        "安川宏达机械有限公司",
        None,
        "临河区",
        "是",
        "赵六",
        "13903720003",
        "马云山（副市长）",
        "2015年3月9日",
    ],
    [2, "安川永固建材有限公司", None, None, "否", "周七、吴八", "13903720004、13903720005", "马云山", None],
    merged=(
        (1, 0, 2, 0),
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 2, 3),
        (1, 4, 2, 4),
        (1, 5, 1, 6),
        (1, 7, 2, 7),
        (1, 8, 2, 8),
    ),
)


def row(**said):
    """A row in the usual columns; keys are the beginnings of headings."""
    usual = {
        "县": "临河区",
        "企业名称": "恒岳机械",
        "企业联系人": "赵六",
        "问题类别": "融资",
        "问题描述": "流动资金贷款到期，续贷手续慢",
        "收集时间": "2025.3.3",
        "收集渠道": "走访",
        "牵头": "市金融局",
        "责任人": "陆川平",
        "交办时间": "2025年3月4日",
        "办理时限": "2025-3-14",
        "办理措施": "协调银行续贷",
        "进展情况": "已续贷300万元",
        "是否解决": "已解决",
        "解决时间": 45727,
        "企业是否满意": "满意",
        "回访时间": "20250312",
        "是否销号": "是",
        "销号时间": "2025/3/13",
    } | said
    found = []
    for head in HEADS:
        key = next((k for k in usual if head.startswith(k) and (k != "责任人" or head == "责任人")), None)
        found.append(usual[key] if key else None)
    return found


OPEN = {
    "是否解决": "正在解决",
    "解决时间": None,
    "企业是否满意": None,
    "回访时间": None,
    "是否销号": "否",
    "销号时间": None,
    "办理时限": "2026-12-20",
}
