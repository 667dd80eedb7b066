"""Converts a rule between YAML and the fields of the editor, in one fixed order."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from gongjian.policies.rule_files.queries import read_yaml

ORDER = (
    "code",
    "name",
    "document",
    "issuer",
    "level",
    "area",
    "delivery",
    "period",
    "in_force_from",
    "in_force_until",
    "last_day",
    "confirmed",
    "confirm_note",
    "source",
    "explain",
    "group",
    "define",
    "clauses",
    "benefit",
    "cases",
)
CLAUSE = ("key", "name", "reference", "condition")
PART = ("name", "when", "amount", "floor", "cap", "reference")
BENEFIT = ("combine", "cap", "pays_from")
NUMBERS = frozenset({"cap", "floor", "pays_from"})
DATES = frozenset({"in_force_from", "in_force_until", "last_day"})
MOST_DIGITS = 30  # before and behind the point; no sum of money has as many


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks and never uses anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the library passes it
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write_yaml(data: Mapping[str, Any]) -> str:
    """A rule file as YAML, keys in their order; keys without a field in the editor stay at the end."""
    known = {key: data[key] for key in ORDER if key in data and data[key] not in (None, "")}
    rest = {key: value for key, value in data.items() if key not in ORDER}
    return yaml.dump(known | rest, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def blank_fields() -> dict[str, Any]:
    """The data a new policy starts with."""
    return {
        "level": "CITY",
        "delivery": "APPLICATION",
        "confirmed": False,
        "clauses": [dict.fromkeys(CLAUSE, "")],
        "benefit": {"parts": [dict.fromkeys(PART, "")], "combine": "SUM"},
        "cases": [],
    }


def yaml_from_fields(
    base: str,
    *,
    head: Mapping[str, Any],
    clauses: Sequence[Mapping[str, str]],
    benefit: Mapping[str, str],
    parts: Sequence[Mapping[str, str]],
    cases: Any,
) -> str:
    """YAML from the fields of the editor; keys of `base` that have no field are kept."""
    data = read_yaml(base) | dict(head)
    for key in DATES & data.keys():
        data[key] = _day(data[key])
    data["clauses"] = [
        filled for n, row in enumerate(clauses, 1) if (filled := _row(row, CLAUSE, key=f"c{n}"))
    ]
    old = data.get("benefit")
    unknown_fields = (
        {k: v for k, v in old.items() if k not in (*BENEFIT, "parts")} if isinstance(old, dict) else {}
    )
    rows = [filled for row in parts if (filled := _row(row, PART))]
    data["benefit"] = {"parts": rows} | _row(benefit, BENEFIT) | unknown_fields
    data["cases"] = cases or []
    return write_yaml(data)


def _row(row: Mapping[str, str], keys: Sequence[str], *, key: str = "") -> dict[str, Any]:
    """The filled fields of one row; empty when nothing but its key is filled."""
    filled = {k: row[k].strip() for k in keys if row.get(k, "").strip()}
    if key and not filled.keys() - {"key"}:
        return {}
    if key:
        filled = {"key": filled.pop("key", key)} | filled
    return {k: _number(v) if k in NUMBERS else v for k, v in filled.items()}


def _number(text: str) -> Any:
    """A number as YAML writes it; any other text stays as it is and is reported by the check."""
    plain = text.replace(",", "").replace("\uff0c", "")
    try:
        value = Decimal(plain)
    except ArithmeticError:
        return text
    if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
        return text
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def fields_from_yaml(text: str) -> dict[str, Any]:
    """The fields of the editor from a YAML text: head, clauses, benefit, parts, and the cases as YAML."""
    data = read_yaml(text) or blank_fields()
    clauses, benefit, cases = data.get("clauses"), data.get("benefit"), data.get("cases")
    benefit = benefit if isinstance(benefit, dict) else {}
    parts = benefit.get("parts")
    return {
        "head": {key: data.get(key, "") for key in ORDER[:15]},
        "clauses": _rows(clauses, CLAUSE),
        "benefit": {key: _shown(benefit.get(key)) for key in BENEFIT},
        "parts": _rows(parts, PART),
        "cases": yaml.dump(cases, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
        if cases
        else "",
    }


def _rows(value: Any, keys: Sequence[str]) -> list[dict[str, str]]:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return [{key: _shown(row.get(key)) for key in keys} for row in rows] or [dict.fromkeys(keys, "")]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
