"""The fields of each kind of ledger: what they are called, how a cell is read, and the headings offices give them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.heads import HeadWords
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.imports.states import ImportKind
from gongjian.visits.states import NINE, NoteHeading


@dataclass(frozen=True)
class Field:
    """One field: how its cells are read (text, number, day, yes, choice, amount), the longest text, and whether a row needs it.

    `required`: a row without it is refused. `optional`: a cell that cannot be read is left out and the row goes in without it. What is
    neither may be blank, but what is written counts: it says which record the row is about, or how a matter or its money stands.
    """

    name: str
    label: "str | Promise"
    reads: str = "text"
    longest: int = 200
    required: bool = False
    optional: bool = False
    meaning: DayMeaning = DayMeaning.DONE
    width: int = 14


NOTES = tuple(
    (heading.value.lower(), heading.label) for heading in (*NINE, NoteHeading.STATEMENT, NoteHeading.OTHER)
)
NOTE = Field("note", _("备注"), width=20, optional=True)
FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.AREAS: (
        Field("name", _("名称"), longest=60, required=True, width=18),
        Field("code", _("统计用区划代码"), "number", longest=12, width=16),
        Field("short_name", _("简称"), longest=20, optional=True),
        Field("level", _("层级"), "choice"),
        Field("parent", _("上级地区"), longest=120),
        Field("functional", _("功能区"), "yes", width=10, optional=True),
        Field("order", _("官方排序"), "whole", longest=6, width=10, optional=True),
        NOTE,
    ),
    ImportKind.UNITS: (
        Field("name", _("单位名称"), longest=80, required=True, width=28),
        Field("short_name", _("简称"), longest=40, optional=True),
        Field("area", _("地区"), longest=120),
        Field("kind", _("性质"), "choice", optional=True),
        Field("superior", _("上级单位"), longest=160, width=22, optional=True),
        Field("duties", _("主要职责"), longest=5000, width=50, optional=True),
        Field("order", _("官方排序"), "whole", longest=6, width=10, optional=True),
    ),
    ImportKind.PERSONS: (
        Field("number", _("人员编号"), "number", longest=20, width=10),
        Field("name", _("姓名"), longest=40, required=True, width=12),
        Field("unit", _("单位"), longest=80, width=28),
        Field("title", _("职务"), longest=60, width=22),
        Field("phone", _("电话"), "number", longest=30, optional=True),
        Field("is_principal", _("一把手"), "yes", width=10, optional=True),
        Field("since", _("任职日期"), "day", meaning=DayMeaning.TERM, optional=True),
        Field("area", _("地区"), longest=120),
        NOTE,
    ),
    ImportKind.FIRMS: (
        Field("name", _("企业名称"), longest=100, required=True, width=30),
        Field("code", _("统一社会信用代码"), "number", longest=30, width=22),
        Field("short_name", _("简称"), longest=40, optional=True),
        Field("county", _("县（市、区）"), longest=60),
        Field("township", _("乡镇（街道）"), longest=60, optional=True),
        Field("address", _("地址"), width=30, optional=True),
        Field("industry", _("所属行业"), longest=60, optional=True),
        Field("industry_code", _("行业代码"), "number", longest=4, width=10, optional=True),
        Field("chain", _("产业链"), longest=40, optional=True),
        Field("size", _("规模"), "choice", width=10, optional=True),
        Field("founded_on", _("成立日期"), "day", meaning=DayMeaning.FOUNDED, optional=True),
        Field("status", _("经营状态"), "choice", optional=True),
        Field("makes", _("主要产品"), width=24, optional=True),
        Field("buys", _("主要采购"), width=24, optional=True),
        Field("contact", _("联系人"), longest=80, optional=True),
        Field("contact_title", _("联系人职务"), longest=40, optional=True),
        Field("contact_phone", _("联系电话"), "number", longest=60, width=16, optional=True),
        Field("leader", _("包联领导"), longest=80, optional=True),
        Field("officer", _("首席服务官"), longest=80, optional=True),
        Field("paired_since", _("包联日期"), "day", meaning=DayMeaning.TERM, optional=True),
    ),
    ImportKind.PROBLEMS: (
        Field("number", _("问题编号"), "number", longest=40, width=16, optional=True),
        Field("county", _("县（市、区）"), longest=60),
        Field("township", _("乡镇（街道）"), longest=60, optional=True),
        Field("firm", _("企业名称"), longest=100, required=True, width=26),
        Field("code", _("统一社会信用代码"), "number", longest=30, width=22),
        Field("contact", _("企业联系人"), longest=60, optional=True),
        Field("category", _("问题类别"), "choice", width=10),
        Field("text", _("问题描述"), longest=5000, required=True, width=40),
        Field("collected_on", _("收集时间"), "day"),
        Field("channel", _("收集渠道"), "choice", width=10, optional=True),
        Field("origin", _("问题层级"), "choice", width=10, optional=True),
        Field("lead_unit", _("牵头单位"), longest=200, width=22),
        Field("supporting_units", _("协办单位"), longest=400, width=22, optional=True),
        Field("responsible_leader", _("责任领导"), longest=60, optional=True),
        Field("responsible_person", _("责任人"), longest=60, width=12),
        Field("person_phone", _("责任人电话"), "number", longest=40, optional=True),
        Field("handed_on", _("交办时间"), "day"),
        Field("due", _("办理时限"), "day", meaning=DayMeaning.DUE),
        Field("task", _("任务"), longest=5000, width=30, optional=True),
        Field("progress", _("进展情况"), longest=5000, width=30, optional=True),
        Field("outcome", _("是否解决"), "choice", width=12),
        Field("resolved_on", _("解决时间"), "day"),
        Field("satisfaction", _("企业是否满意"), "choice", width=12),
        Field("word_on", _("回访时间"), "day"),
        Field("method", _("评价方式"), "choice", width=12, optional=True),
        Field("closed", _("是否销号"), "yes", width=10),
        Field("closed_on", _("销号时间"), "day"),
    ),
    ImportKind.ACCOUNTS: (
        Field("name", _("姓名"), longest=40, required=True, width=14),
        Field("role", _("角色"), "choice", required=True, width=18),
        Field("unit", _("所在单位"), longest=160, width=28),
        Field("username", _("登录名"), "number", longest=40, width=16),
        Field("area", _("可查看地区"), longest=120),
        Field("writes_area", _("可录入地区"), longest=120),
        Field("phone", _("电话"), "number", longest=30, optional=True),
        Field("firm", _("企业名称"), longest=100, width=26),
    ),
    ImportKind.VISITS: (
        Field("starts_on", _("日期"), "day", required=True, meaning=DayMeaning.PLANNED),
        Field("ends_on", _("结束日期"), "day", meaning=DayMeaning.PLANNED),
        Field("part", _("时段"), "choice", width=8, optional=True),
        Field("kind", _("类型"), "choice", width=12),
        Field("title", _("名称"), longest=120, width=30),
        Field("county", _("县（市、区）"), longest=60),
        Field("township", _("乡镇（街道）"), longest=60, optional=True),
        Field("place", _("地点"), longest=100, optional=True),
        Field("lead", _("带队领导"), longest=60, width=12),
        Field("participants", _("参加人员"), longest=600, width=24, optional=True),
        Field("firm", _("企业名称"), longest=400, width=26),
        Field("code", _("统一社会信用代码"), "number", longest=30, width=22),
        Field("received_by", _("企业接待人"), longest=60, width=12, optional=True),
        Field("result", _("走访结果"), "choice", width=14),
        *(  # a blank column of difficulties says that there were none
            Field(name, label, longest=5000, width=26, optional=name != "difficulty") for name, label in NOTES
        ),
        Field("state", _("状态"), "choice", width=10),
    ),
    ImportKind.PAYOUTS: (
        Field("firm", _("企业名称"), longest=100, required=True, width=30),
        Field("code", _("统一社会信用代码"), "number", longest=30, width=22),
        Field("area", _("地区"), longest=120),
        Field("policy", _("政策"), longest=160, required=True, width=34),
        Field("period", _("所属期"), longest=12, width=12),
        Field("applied_amount", _("申报金额（元）"), "amount", width=16),
        Field("approved_amount", _("核准金额（元）"), "amount", width=16),
        Field("applied_on", _("申报日期"), "day"),
        Field("approved_on", _("核准日期"), "day"),
        Field("paid_on", _("拨付日期"), "day"),
        Field("returned_on", _("退回日期"), "day"),
        Field("reasons", _("符合理由"), longest=2000, width=30, optional=True),
        Field("note", _("说明"), longest=200, width=24, optional=True),
        Field("state", _("状态"), "choice", width=10),
    ),
}


def field_of(kind: ImportKind | str, name: str) -> Field:
    """The field of this name."""
    return _fields_by_name()[ImportKind(kind)][name]


@cache
def _fields_by_name() -> dict[ImportKind, dict[str, Field]]:
    return {kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()}


@cache
def _aliases() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parent / "aliases.toml").read_text(encoding="utf-8"))


def head_words(kind: ImportKind | str, chosen: Mapping[str, str]) -> HeadWords:
    """What the headings of a kind are called; `chosen` are those somebody has decided or taught."""
    kind = ImportKind(kind)
    aliases = dict(_aliases()[kind.value])
    beside = aliases.pop("beside", {})
    names: dict[str, str] = {}
    for field in FIELDS[kind]:
        for label in _in_both_languages([_source(field.label)]):
            names[folded(label)] = names[bare(label)] = field.name
    for field, headings in aliases.items():
        for heading in _in_both_languages(headings):
            if heading in headings or not is_for_people(heading, kind):
                names.setdefault(folded(heading), field)
                names.setdefault(bare(heading), field)
    names.pop("", None)
    alone = {heading: names.pop(folded(heading), "") for heading in beside}
    return HeadWords(
        names,
        anchors=[field.name for field in FIELDS[kind] if field.required],
        beside={folded(h): {**table, "": alone[h]} for h, table in beside.items()},
        chosen=chosen,
    )


@cache
def every_heading() -> frozenset[str]:
    """What headings of any kind of ledger are called."""
    ignored = {bare(word) for word in _aliases()["ignored"]}
    return frozenset(ignored.union(*(head_words(kind, {}).names for kind in ImportKind)))


def _source(label: "str | Promise") -> str:
    """A label as it stands in the code."""
    with translation.override("zh-hans"):
        return str(label)


def _in_both_languages(words: Iterable[str]) -> list[str]:
    """Chinese words, and their English: what is exported on an English page is read on any."""
    listed = list(words)
    with translation.override("en"):
        return [*listed, *(translation.gettext(word) for word in listed)]


def is_for_people(heading: str, kind: ImportKind | str = "") -> bool:
    """Whether a column is there for people, and is never read: 序号, 填表人; with a kind, also what its register knows better."""
    words = [*_aliases()["ignored"], *(_aliases()["known_better"].get(str(kind), []))]
    return bare(heading.partition("#")[0]) in {bare(word) for word in _in_both_languages(words)}


@cache
def choice_words(kind: ImportKind, field: str) -> dict[str, str]:
    """The words of a field of choices, folded, and what they stand for."""
    table = tomllib.loads((Path(__file__).resolve().parent / "choices.toml").read_text(encoding="utf-8"))
    listed: dict[str, list[str]] = table[kind.value][field]
    words = {choice: _in_both_languages(said) for choice, said in listed.items()}
    known = {folded(word): choice for choice, said in words.items() for word in (choice, *said)}
    return known | {folded(word): choice for choice, said in listed.items() for word in (choice, *said)}
