"""Thresholds of a rule that a what-if may change (试算旋钮): the plain numbers in its conditions and amounts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongjian.policies.rule_files.editor_fields import write_yaml
from gongjian.policies.rule_files.queries import read_yaml

_QUOTED = re.compile(r"'[^']*'")
_CALL = re.compile(
    r"\b(?!LEAST|GREATEST|AND|NOT|WHEN|THEN|ELSE)[A-Z_]{3,}\([^()]*\)"
)  # functions of periods hold offsets, not thresholds
_SPAN = re.compile(r"\bINTERVAL\s+\d+", re.IGNORECASE)  # a span of time between two days is no threshold
_NUMBER = re.compile(
    r"(?<![\w.@'])(\d+(?:\.\d+)?)\s?(%|[\u4e00-\u9fff]+(?:/[\u4e00-\u9fff]+)?)?(?![a-zA-Z0-9.])"
)
STEPS = 100  # of a slider from about zero to twice its number
AROUND = 60  # characters of the expression shown on either side of a number


@dataclass(frozen=True)
class Threshold:
    """One number of a rule: where it stands, its value now, and the range of its slider."""

    key: str
    name: str
    sentence: str
    value: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str = ""


def _threshold_matches(expression: str) -> list[re.Match[str]]:
    """The numbers that are thresholds or rates; quoted texts, functions of periods and intervals are blanked out first."""
    for hide in (_QUOTED, _CALL, _SPAN):
        expression = hide.sub(lambda m: " " * len(m.group()), expression)
    return list(_NUMBER.finditer(expression))


def _expressions(data: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    """Every expression of a rule: key, name, the mapping that holds it, and under which field."""
    expressions = []
    clauses = data.get("clauses")
    for n, row in enumerate(clauses if isinstance(clauses, list) else []):
        if isinstance(row, dict) and isinstance(row.get("condition"), str):
            expressions.append((f"c{n}", str(row.get("name") or row.get("key") or ""), row, "condition"))
    benefit = data.get("benefit")
    parts = benefit.get("parts") if isinstance(benefit, dict) else None
    for n, row in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(row, dict):
            expressions += [
                (f"{mark}{n}", str(row.get("name") or ""), row, word)
                for mark, word in (("w", "when"), ("a", "amount"))
                if row.get(word) is not None
            ]
    return expressions


def find_thresholds(text: str) -> list[Threshold]:
    """Every number of a rule that can be changed, in reading order."""
    thresholds = []
    for key, name, row, word in _expressions(read_yaml(text)):
        expression = str(row[word])
        for n, place in enumerate(_threshold_matches(expression)):
            value = Decimal(place.group(1))
            if value > 0:
                surroundings = _surroundings(expression, place)
                thresholds.append(
                    _threshold(f"{key}.{n}", name, surroundings, value=value, unit=place.group(2) or "")
                )
    return thresholds


def _surroundings(expression: str, place: re.Match[str]) -> str:
    """The number with a few characters of the expression on either side."""
    start, end = max(0, place.start() - AROUND), min(len(expression), place.end() + AROUND)
    while 0 < start < place.start() and _in_a_word(expression, start):
        start += 1
    while place.end() < end < len(expression) and _in_a_word(expression, end):
        end -= 1
    head = "…" if start > 0 else ""
    tail = "…" if end < len(expression) else ""
    return f"{head}{expression[start:end].strip()}{tail}"


def _in_a_word(expression: str, at: int) -> bool:
    return all(sign.isalnum() or sign == "_" for sign in expression[at - 1 : at + 1])


def _threshold(key: str, name: str, sentence: str, *, value: Decimal, unit: str) -> Threshold:
    """A threshold whose slider runs from about zero to twice the number, in round steps on one of which the number lies."""
    step = _one_digit(value * 2 / STEPS)
    low = value % step
    return Threshold(
        key=key,
        name=name,
        sentence=sentence,
        value=value,
        low=low,
        high=low + step * STEPS,
        step=step,
        unit=unit,
    )


def _one_digit(value: Decimal) -> Decimal:
    """The value with one significant digit, as a plain number."""
    return Decimal(f"{value:.0e}") if value else value


def with_thresholds(text: str, changes: Mapping[str, Decimal]) -> str:
    """The rule text with these numbers changed; keys it does not have are ignored."""
    data = read_yaml(text)
    for key, _name, row, word in _expressions(data):
        expression = str(row[word])
        for n, place in reversed(list(enumerate(_threshold_matches(expression)))):
            value = changes.get(f"{key}.{n}")
            if value is not None:
                expression = (
                    f"{expression[: place.start(1)]}{_number_text(value)}{expression[place.end(1) :]}"
                )
        if expression != str(row[word]):
            row[word] = expression
    return write_yaml(data)


def _number_text(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
