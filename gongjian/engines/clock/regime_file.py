"""Reads, checks and writes regimes as TOML. Pure."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gongjian.engines.clock.states import MetBy, Span
from gongjian.engines.writing.clean_toml import read_toml
from gongjian.engines.writing.signs import clean_line

FOLDER = Path(__file__).resolve().parent / "regimes"
UNCOUNTED = (Span.SAME_DAY, Span.DATE)
BY_DAY_OF = (Span.MONTH_DAY, Span.YEAR_DAY)
MOST = {
    Span.HOURS: 400,
    Span.CLOCK_HOURS: 720,
    Span.WORKING_DAYS: 250,
    Span.CALENDAR_DAYS: 366,
    Span.MONTHS: 24,
    Span.MONTH_DAY: 31,
    Span.YEAR_DAY: 1231,
}
FACTS = (
    "code",
    "name",
    "document",
    "confirmed",
    "counting",
    "notes",
    "objection_working_days",
    "support_working_days",
    "recheck_working_days",
    "proxy_allowed",
    "in_force_from",
    "in_force_until",
)
LONGEST = {"name": 60, "document": 200, "counting": 200}
CHECKPOINT_NAME = 40
TOP = 10  # grades a regime, checkpoints a grade

MESSAGES: dict[str, str] = {
    "syntax": "时限制度的写法不对：%(detail)s。请对照示例检查引号、括号和逗号。",
    "missing": "没有写“%(field)s”。请补上。",
    "too_long": "“%(field)s”太长，最多 %(limit)s 个字。请缩短。",
    "dates": "废止日期 %(until)s 早于施行日期 %(since)s。请核对两个日期。",
    "not_a_date": "“%(field)s”要写成 2027-01-01 这样的日期，不加引号。",
    "objection": "异议期限要写 0 到 10 之间的工作日数。",
    "limit": "“%(field)s”要写 1 到 %(limit)s 之间的工作日数，或者不写。",
    "yes_or_no": "“%(field)s”要写 true 或 false，不加引号。",
    "no_grades": "一个档次也没有。每个制度至少要有一个档次，如“一般事项”。",
    "too_many": "档次或节点超过 %(limit)s 个。请合并或分成两个制度。",
    "grade": "第 %(number)s 个档次缺少 key 或 name。请补上。",
    "grade_twice": "档次代号 %(key)s 用了两次。请改一个。",
    "no_checkpoints": "档次“%(grade)s”没有节点。至少要有办结的节点。",
    "checkpoint": "档次“%(grade)s”第 %(number)s 个节点缺少 key、name、span 或 met_by。请补上。",
    "key_twice": "档次“%(grade)s”的节点代号 %(key)s 用了两次。请改一个。",
    "span": "“%(name)s”的计时单位 %(value)s 不认识。可用：%(known)s。",
    "met_by": "“%(name)s”的完成标志 %(value)s 不认识。可用：accept（签收）、report（反馈）、resolve（办结）。",
    "amount": "“%(name)s”的数量不对。请写 1 到 %(limit)s 的整数。",
    "month_day": "“%(name)s”的日期不对。每月某日写 1 到 31，每年某日写 331 这样的月日。",
    "anchor": "“%(name)s”的起算日 anchor 不能晚于它自己的日期。请核对。",
    "date_not_last": "“%(name)s”是指定日期的节点，只能放在最后。请调整顺序。",
    "last": "最后一个节点“%(name)s”要以办结（resolve）为完成标志，或者是重复的反馈节点。请更正。",
    "resolve_early": "“%(name)s”以办结为完成标志，只能放在最后。请调整顺序。",
    "repeat": "“%(name)s”是重复节点，只能以反馈（report）为完成标志，并且要有间隔。请更正。",
    "repeat_twice": "档次“%(grade)s”有两个重复节点。最多一个，请合并。",
}


class BadRegime(ValueError):
    """A regime that cannot be used: the `code` of its sentence in MESSAGES and the values that fill it."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.template, self.values = code, MESSAGES[code], values
        super().__init__(self.template % values)


def parse_regime(text: str) -> dict[str, Any]:
    """A checked regime from TOML: the facts of `FACTS` and `grades`. Raises BadRegime saying what to do."""
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRegime("syntax", detail=error) from error
    facts: dict[str, Any] = {
        "code": _text(data, "code"),
        "name": _text(data, "name"),
        "document": _text(data, "document"),
        "confirmed": data.get("confirmed") is True,
        "counting": _text(data, "counting"),
        "notes": str(data.get("notes", "")).strip(),
        "objection_working_days": _objection(data.get("objection_working_days", 1)),
        "support_working_days": _limit(data, "support_working_days", 3),
        "recheck_working_days": _limit(data, "recheck_working_days", None),
        "proxy_allowed": _yes_or_no(data, "proxy_allowed"),
        "in_force_from": _day(data, "in_force_from"),
        "in_force_until": _day(data, "in_force_until"),
    }
    since, until = facts["in_force_from"], facts["in_force_until"]
    if since and until and until < since:
        raise BadRegime("dates", since=since, until=until)
    return facts | {"grades": check_grades(data.get("grades"))}


def _text(data: Mapping[str, Any], field: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadRegime("missing", field=field)
    if len(value.strip()) > LONGEST.get(field, CHECKPOINT_NAME):
        raise BadRegime("too_long", field=field, limit=LONGEST.get(field, CHECKPOINT_NAME))
    return clean_line(value)


def _day(data: Mapping[str, Any], field: str) -> date | None:
    value = data.get(field)
    if value is not None and type(value) is not date:
        raise BadRegime("not_a_date", field=field)
    return value


def _number(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _objection(value: Any) -> int:
    if not _number(value, 0, TOP):
        raise BadRegime("objection")
    return int(value)


def _limit(data: Mapping[str, Any], field: str, default: int | None) -> int | None:
    value: int | None = data.get(field, default)
    if value is not None and not _number(value, 1, TOP):
        raise BadRegime("limit", field=field, limit=TOP)
    return value


def _yes_or_no(data: Mapping[str, Any], field: str) -> bool:
    value = data.get(field, False)
    if type(value) is not bool:
        raise BadRegime("yes_or_no", field=field)
    return value


def check_grades(grades: Any) -> list[dict[str, Any]]:
    """The checked grades in the form in which they are stored. Raises BadRegime."""
    if not isinstance(grades, list) or not grades:
        raise BadRegime("no_grades")
    if len(grades) > TOP:
        raise BadRegime("too_many", limit=TOP)
    checked: list[dict[str, Any]] = []
    for number, grade in enumerate(grades, 1):
        if not _has(grade, "key", "name"):
            raise BadRegime("grade", number=number)
        if grade["key"] in {earlier["key"] for earlier in checked}:
            raise BadRegime("grade_twice", key=grade["key"])
        facts = {"key": clean_line(grade["key"]), "name": clean_line(grade["name"])}
        checked.append({**facts, "checkpoints": _checkpoints(grade)})
    return checked


def _has(entry: Any, *fields: str) -> bool:
    return isinstance(entry, dict) and all(
        isinstance(entry.get(field), str) and 0 < len(entry[field].strip()) <= CHECKPOINT_NAME
        for field in fields
    )


def _checkpoints(grade: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = grade.get("checkpoints")
    if not isinstance(listed, list) or not listed:
        raise BadRegime("no_checkpoints", grade=grade["name"])
    if len(listed) > TOP:
        raise BadRegime("too_many", limit=TOP)
    checked: list[dict[str, Any]] = []
    for number, entry in enumerate(listed, 1):
        if not _has(entry, "key", "name", "span", "met_by"):
            raise BadRegime("checkpoint", grade=grade["name"], number=number)
        if entry["key"] in {earlier["key"] for earlier in checked}:
            raise BadRegime("key_twice", grade=grade["name"], key=entry["key"])
        checked.append(_checkpoint(entry, last=number == len(listed)))
    if sum(checkpoint.get("repeat", False) for checkpoint in checked) > 1:
        raise BadRegime("repeat_twice", grade=grade["name"])
    return checked


def _checkpoint(entry: Mapping[str, Any], *, last: bool) -> dict[str, Any]:
    name, span, met_by = clean_line(entry["name"]), entry["span"], entry["met_by"]
    if span not in tuple(Span):
        raise BadRegime("span", name=name, value=span, known="、".join(Span))
    if met_by not in tuple(MetBy):
        raise BadRegime("met_by", name=name, value=met_by)
    _check_amount(name, span, entry.get("amount", 0))
    _check_place(name, span, met_by, repeat=entry.get("repeat") is True, last=last)
    checkpoint = {
        "key": clean_line(entry["key"]),
        "name": name,
        "amount": entry.get("amount", 0),
        "span": span,
        "met_by": met_by,
    }
    if entry.get("repeat") is True:
        checkpoint["repeat"] = True
    if anchor := entry.get("anchor", 0):
        if span not in BY_DAY_OF or not _number(anchor, 1, entry["amount"]):
            raise BadRegime("anchor", name=name)
        checkpoint["anchor"] = anchor
    return checkpoint


def _check_amount(name: str, span: str, amount: Any) -> None:
    if span in UNCOUNTED:
        return
    if not _number(amount, 1, MOST[Span(span)]):
        raise BadRegime("month_day" if span in BY_DAY_OF else "amount", name=name, limit=MOST[Span(span)])
    if span == Span.YEAR_DAY:
        try:
            date(2023, *divmod(amount, 100))
        except ValueError as error:
            raise BadRegime("month_day", name=name) from error


def _check_place(name: str, span: str, met_by: str, *, repeat: bool, last: bool) -> None:
    if repeat and (met_by != MetBy.REPORT or span in UNCOUNTED):
        raise BadRegime("repeat", name=name)
    if span == Span.DATE and not last:
        raise BadRegime("date_not_last", name=name)
    if last and met_by != MetBy.RESOLVE and not repeat:
        raise BadRegime("last", name=name)
    if met_by == MetBy.RESOLVE and not last:
        raise BadRegime("resolve_early", name=name)


def dump_regime(facts: Mapping[str, Any]) -> str:
    """The regime as TOML that `parse_regime` reads back."""
    lines = [f"{field} = {_toml(facts[field])}" for field in FACTS if facts.get(field) not in (None, "")]
    for grade in facts["grades"]:
        lines += [
            "",
            "[[grades]]",
            f"key = {_toml(grade['key'])}",
            f"name = {_toml(grade['name'])}",
            "checkpoints = [",
        ]
        lines += [f"  {{{_inline(checkpoint)}}}," for checkpoint in grade["checkpoints"]]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _inline(entry: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} = {_toml(value)}" for key, value in entry.items())


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def package_regimes() -> Sequence[dict[str, Any]]:
    """The presets that come with the product, each with its `order`."""
    presets = []
    for path in sorted(FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        presets.append(parse_regime(text) | {"order": read_toml(text)["order"]})
    return presets
