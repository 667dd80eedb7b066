"""The steps of an import, and ledgers as offices keep them."""

from django.utils import timezone

from gongjian.imports import services as imports
from gongjian.imports.comparing import compare
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
