"""Loads the outside scorer when the acceptance data is at hand, and reports with their annotations."""

import importlib.util
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract
from samples.reports.held_out import Report
from samples.reports.matching import fold

REPORTS = Path(__file__).parent / "texts"


def acceptance() -> Path:
    """The acceptance directory, or skip."""
    place = os.environ.get("GONGJIAN_ACCEPTANCE")
    if not place:
        pytest.skip("GONGJIAN_ACCEPTANCE is not set: the scorer and the acceptance report are kept outside")
    return Path(place)


def scorer() -> Any:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score", acceptance() / "extraction" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(name: str) -> dict[str, Any]:
    """Prediction for one of our own reports."""
    hint = gold(name)["input"]["published_hint"]
    return to_json(
        extract(
            (REPORTS / f"{name}.txt").read_text(encoding="utf-8"),
            hint=date.fromisoformat(hint) if hint else None,
        )
    )


def gold(name: str) -> dict[str, Any]:
    """Gold annotation of one of our own reports."""
    found: dict[str, Any] = json.loads((REPORTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def core_f1(prediction: dict[str, Any], annotated: dict[str, Any]) -> float:
    """Micro-F1 over the scorer's core fields."""
    score = scorer()
    tally = score.Tally()
    score.score_case(prediction, annotated, tally)
    totals = [sum(tally.d.get(key, [0, 0, 0])[i] for key in score.CORE) for i in range(3)]
    return float(score.prf(totals)[2])


def annotated_values(report: Report) -> list[str]:
    """The annotated values of which no alternative stands in the text of the report."""
    text = fold(report.text)
    return [v for v in _values(report) if not any(fold(one) in text for one in v.split("|"))]


def _values(report: Report) -> list[str]:
    """Every annotated value that must stand in the text, alternatives joined."""
    annotation = report.annotation
    values = [*annotation["meta"]["reporters"], *annotation["speakers"], *annotation["problems"]]
    for event in annotation["events"]:
        for name in ("people", "enterprises", "sectors", "projects"):
            values += event[name]
        values += [event[name] for name in ("unit", "place", "title", "lead") if event[name]]
    for person in annotation["people"]:
        values += [person["name"], *person["posts"]]
    for action in annotation["actions"]:
        values += [action["key"], *(action[name] for name in ("by", "to", "deadline_text") if action[name])]
    values += [part for honour in annotation["honours"] for part in (honour["recipient"], honour["honour"])]
    return values + [quote["start"] for quote in annotation["quotes"]]
