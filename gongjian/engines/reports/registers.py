"""What an installation already knows: its officials, its units and its firms (登记册).

JSON format, every key optional::

    {"persons":     [{"name": "沈若谷", "posts": ["市委副书记", "市长"]}],
     "units":       [{"name": "云溪区", "aliases": ["云溪", "高新区"]}],
     "enterprises": [{"name": "安川海拓新材料有限公司", "short_names": ["海拓新材"]}]}
"""

import json
from dataclasses import dataclass, field
from typing import Any

from gongjian.engines.writing.signs import clean_values

MIN_NAME = 2


class RegisterProblem(ValueError):
    """A register cannot be read; the message is a Chinese sentence that says where and what to do."""


@dataclass(frozen=True)
class KnownPerson:
    """An official on the register."""

    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownUnit:
    """A unit or area and its other names."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownEnterprise:
    """A firm and the short names the papers use."""

    name: str
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registers:
    """The three registers that an extraction consults."""

    persons: tuple[KnownPerson, ...] = ()
    units: tuple[KnownUnit, ...] = ()
    enterprises: tuple[KnownEnterprise, ...] = field(default=())

    @classmethod
    def from_json(cls, text: str) -> "Registers":
        """Read the JSON documented above; raises RegisterProblem."""
        try:
            data = clean_values(json.loads(text))
        except (json.JSONDecodeError, RecursionError) as error:
            where = (
                f"第{error.lineno}行第{error.colno}个字符附近"
                if isinstance(error, json.JSONDecodeError)
                else "层次过深处"
            )
            raise RegisterProblem(
                f"登记册不是有效的 JSON（{where}），请检查括号、引号和逗号后重新导入。"
            ) from error
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: Any) -> "Registers":
        """Build registers from parsed JSON; raises RegisterProblem."""
        if not isinstance(data, dict):
            raise RegisterProblem(
                "登记册最外层应为对象（{…}），请按 persons、units、enterprises 三个键填写。"
            )
        unknown = sorted(set(map(str, data)) - {"persons", "units", "enterprises"})
        if unknown:
            raise RegisterProblem(
                f"登记册中有不认识的键“{unknown[0]}”，请改为 persons、units 或 enterprises。"
            )
        return cls(
            tuple(KnownPerson(n, o) for n, o in _rows(data, "persons", "posts")),
            tuple(KnownUnit(n, o) for n, o in _rows(data, "units", "aliases")),
            tuple(KnownEnterprise(n, o) for n, o in _rows(data, "enterprises", "short_names")),
        )


EMPTY = Registers()


def _rows(data: dict[str, Any], key: str, extra: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise RegisterProblem(f"“{key}”应为列表（[…]），请用方括号列出各条。")
    return [_row(row, f"“{key}”第{number}条", extra) for number, row in enumerate(rows, 1)]


def _row(row: Any, where: str, extra: str) -> tuple[str, tuple[str, ...]]:
    if not isinstance(row, dict):
        raise RegisterProblem(f'{where}应为对象({{…}}),请写成 {{"name": "…"}}。')
    name = row.get("name")
    if not isinstance(name, str) or len(name.strip()) < MIN_NAME:
        raise RegisterProblem(f"{where}缺少名称或名称不足两个字，请填写 name。")
    more = row.get(extra, [])
    if not isinstance(more, list) or not all(
        isinstance(item, str) and len(item.strip()) >= MIN_NAME for item in more
    ):
        raise RegisterProblem(f"{where}的 {extra} 应为文字列表，每项至少两个字，请改正。")
    return name.strip(), tuple(item.strip() for item in more)
