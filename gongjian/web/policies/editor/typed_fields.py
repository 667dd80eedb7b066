"""The input of the editor, as fields or YAML; rows are added and dropped without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.engines.writing.clean_yaml import read_yaml
from gongjian.policies.rule_files.editor_fields import (
    BENEFIT,
    CLAUSE,
    ORDER,
    PART,
    fields_from_yaml,
    yaml_from_fields,
)
from gongjian.web.record_keys import record_key

MOST_ROWS = 60
PLAIN = tuple(key for key in ORDER[:15] if key != "confirmed")


@dataclass(frozen=True)
class TypedFields:
    """The rule as YAML, the rows to draw, and the errors that keep it from being saved."""

    text: str
    raw: bool = False
    trouble: str = ""
    cases: str | None = None
    more_clauses: int = 0
    more_parts: int = 0

    @cached_property
    def rows(self) -> dict[str, Any]:
        """Head, clauses, benefit, parts and cases for the form; the empty rows asked for come last."""
        rows = fields_from_yaml(self.text)
        rows["clauses"] += [dict.fromkeys(CLAUSE, "") for _n in range(self.more_clauses)]
        rows["parts"] += [dict.fromkeys(PART, "") for _n in range(self.more_parts)]
        if self.cases is not None:
            rows["cases"] = self.cases
        return rows


def in_fields(text: str) -> str:
    """The same rule as the fields of the editor would write it, so that two texts differ only where their fields do."""
    rows = fields_from_yaml(text)
    cases, _trouble = _cases(rows["cases"])
    head = {key: rows["head"].get(key, "") for key in PLAIN if key != "group"}
    head = {key: value if hasattr(value, "isoformat") else str(value or "") for key, value in head.items()}
    return yaml_from_fields(
        text,
        head=head | {"confirmed": rows["head"].get("confirmed") is True},
        clauses=rows["clauses"],
        benefit=rows["benefit"],
        parts=rows["parts"],
        cases=cases,
    )


def _listed(data: QueryDict, mark: str, keys: tuple[str, ...]) -> list[dict[str, str]]:
    columns = {key: data.getlist(f"{mark}-{key}")[:MOST_ROWS] for key in keys}
    count = max((len(values) for values in columns.values()), default=0)
    return [
        {key: values[n] if n < len(values) else "" for key, values in columns.items()} for n in range(count)
    ]


def typed_fields(data: QueryDict, base: str) -> TypedFields:
    """Read the rule from the posted fields; `do` may drop a row, add one, or add a condition to a clause."""
    if data.get("mode") == "yaml":
        return TypedFields(data.get("text", "").replace("\r\n", "\n"), raw=data.get("do") != "fields")
    clauses, parts = _listed(data, "clause", CLAUSE), _listed(data, "part", PART)
    act, _sep, place = data.get("do", "").partition(":")
    _change(act, place, clauses=clauses, parts=parts, data=data)
    cases, trouble = _cases(data.get("cases", ""))
    head: dict[str, Any] = {key: data.get(f"head-{key}", "").strip() for key in PLAIN if key != "group"}
    head["confirmed"] = data.get("head-confirmed") == "on"
    text = yaml_from_fields(
        data.get("base", base),
        head=head,
        clauses=clauses,
        benefit={key: data.get(f"benefit-{key}", "") for key in BENEFIT},
        parts=parts,
        cases=cases,
    )
    return TypedFields(
        text,
        raw=act == "yaml",
        trouble=trouble,
        cases=data.get("cases", ""),
        more_clauses=int(act == "add-clause"),
        more_parts=int(act == "add-part"),
    )


def _change(
    act: str,
    place: str,
    *,
    clauses: list[dict[str, str]],
    parts: list[dict[str, str]],
    data: Mapping[str, str],
) -> None:
    """Drop a row, or put a comparison picked from the catalogue behind a condition."""
    n = record_key(place) or (0 if place == "0" else -1)
    rows = {"drop-clause": clauses, "drop-part": parts, "join": clauses}.get(act, [])
    if not 0 <= n < len(rows):
        return
    if act == "join":
        fact, number = data.get(f"join-fact-{n}", ""), data.get(f"join-value-{n}", "").strip()
        if fact and number:
            more = f"{fact} {data.get(f'join-op-{n}', '>=')} {number}"
            before = rows[n]["condition"].strip()
            rows[n]["condition"] = f"{before} AND {more}" if before else more
        return
    del rows[n]


def _cases(text: str) -> tuple[Any, str]:
    """The cases as data; what cannot be read is left out and said."""
    try:
        cases = read_yaml(text) if text.strip() else []
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        return [], _("算例第%(line)s行不是有效的 YAML。请检查缩进和冒号。") % {"line": line}
    except (yaml.YAMLError, ValueError, RecursionError):
        return [], _("算例不是有效的 YAML。请检查缩进和冒号。")
    if not isinstance(cases, list):
        return [], _("算例要写成列表，每个以“- name:”开头。")
    return cases, ""
