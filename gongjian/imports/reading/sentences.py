"""Sentences for files and cells that are not read: what is wrong, and what to do."""

from django.utils.translation import gettext as _

from gongjian.engines.tables.opening import USUAL, Unopened
from gongjian.engines.tables.values import BadCell, Unclear


def why_unopened(why: Unopened) -> str:
    """Why a file was not opened."""
    return {
        Unopened.EMPTY: _("文件是空的。请打开看看，另存后再上传。"),
        Unopened.TOO_LARGE: _("文件超过 %(size)s MB。请分成几个文件上传。") % {"size": USUAL.file >> 20},
        Unopened.TOO_LARGE_UNPACKED: _("文件解开后太大，没有读。请把要导入的表复制到新工作簿再上传。"),
        Unopened.TOO_WIDE: _(
            "表里超过 %(columns)s 列，没有读。请删去右边的空列，或把表复制到新工作簿再上传。"
        )
        % {"columns": USUAL.columns},
        Unopened.TOO_LONG: _("表里超过 %(rows)s 行，没有读。请删去下面的空行，或分成几个文件上传。")
        % {"rows": USUAL.rows},
        Unopened.LOCKED: _("文件加了密码，打不开。请在 Excel 或 WPS 里去掉密码，另存后再上传。"),
        Unopened.OUTSIDE: _("文件里有引用外部内容的声明，没有读。请把表复制到新工作簿，另存后再上传。"),
        Unopened.BROKEN: _("文件不完整或已损坏，打不开。请重新下载或另存为 .xlsx 后再上传。"),
        Unopened.TOO_HARD: _(
            "这个文件没有读完：可能已损坏，或太费内存和时间。请把要导入的表复制到新工作簿，另存为 .xlsx 后再上传。"
        ),
        Unopened.NO_TABLE: _("读不出表格。请另存为 .xlsx 后再上传。"),
    }[why]


def why_unread(bad: BadCell) -> str:
    """Why a cell is not read; without its place."""
    shown = {"shown": bad.shown[:40]}
    return {
        Unclear.FORMULA: _("是公式，文件里没有存下结果。请用 Excel 或 WPS 打开，重算并保存，或粘贴为数值"),
        Unclear.ERROR: _("公式出错（%(shown)s）。请改正，未知请留空") % shown,
        Unclear.CUT: _(
            "%(shown)s 存成了数字，Excel 只保留 15 位，后几位变成了 0。请把这一列设为“文本”重新填写"
        )
        % shown,
        Unclear.NO_DAY: _("“%(shown)s”不是日期。请写成 2026-1-28") % shown,
        Unclear.NO_YEAR: _("“%(shown)s”没有年份，标题里也没有。请写成 2026-1-28") % shown,
        Unclear.NO_DAY_OF_MONTH: _("“%(shown)s”只写到月。请写明哪一天") % shown,
        Unclear.NO_SUCH_DAY: _("没有“%(shown)s”这一天。请核对") % shown,
        Unclear.SPAN: _("“%(shown)s”是一段时间。请写明一天") % shown,
        Unclear.NO_NUMBER: _("“%(shown)s”不是数字") % shown,
        Unclear.NO_YES: _("“%(shown)s”看不出是或否。请写“是”或“否”") % shown,
        Unclear.NO_CHOICE: _("“%(shown)s”不在可填的内容里") % shown,
        Unclear.TOO_LONG: _("太长，最多 %(shown)s 个字") % shown,
    }[bad.why]


def not_below(field: str) -> str:
    """A cell that says 同上 in the first row."""
    return _("“%(field)s”写的是“同上”，上面却没有可以照抄的内容") % {"field": field}
