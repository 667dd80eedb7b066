"""Fields and YAML say the same; the numbers of a rule can be found and turned."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gongjian.policies.rule_files import editor_fields
from gongjian.policies.rule_files.checks import read_rule
from gongjian.policies.rule_files.queries import LONGEST, read_header, read_yaml
from gongjian.policies.rule_files.services import LIBRARY
from gongjian.policies.what_if.thresholds import find_thresholds, with_thresholds

LIBRARY_FILES = sorted(LIBRARY.glob("*.yaml"))
TEXT = """code: AC-1
name: 满负荷
level: CITY
delivery: FAST
define:
  用电: QUARTER(用电量, 0)
clauses:
- key: a
  name: 用电
  condition: MEAN_MONTH(用电量, QUARTER, -1) >= 80% * MAX_MONTH(用电量, YEAR, -1) AND 行业代码 = '3411'
- key: b
  name: 成立满一年
  condition: 成立日期 + INTERVAL 1 YEAR <= DATE '2026-03-31'
benefit:
  parts:
  - name: 奖励
    when: GROWTH(营业收入, QUARTER) >= 10%
    amount: LEAST(5% * YEAR(营业收入, -1), 20.5万元)
  unit: 元
"""


def through(text):
    """A rule through the fields of the editor and back."""
    rows = editor_fields.fields_from_yaml(text)
    return editor_fields.yaml_from_fields(
        text,
        head=rows["head"],
        clauses=rows["clauses"],
        benefit=rows["benefit"],
        parts=rows["parts"],
        cases=yaml.safe_load(rows["cases"]) if rows["cases"] else [],
    )


@pytest.mark.parametrize("path", LIBRARY_FILES, ids=lambda path: path.stem)
def test_a_rule_of_the_library_goes_through_the_fields_unchanged(path: Path):
    text = path.read_text(encoding="utf-8")
    before, after = read_rule(text), read_rule(through(text))
    assert before is not None
    assert (before.clauses, before.benefit) == (after.clauses, after.benefit)
    assert [case.expect for case in before.cases] == [case.expect for case in after.cases]


def test_what_has_no_field_is_kept():
    data = read_yaml(through(TEXT))
    assert data["define"] == {"用电": "QUARTER(用电量, 0)"}
    assert data["benefit"]["unit"] == "元"
    assert list(data)[:3] == ["code", "name", "level"]


def test_empty_rows_are_no_rows_and_new_ones_get_a_key():
    row = {"key": "", "name": "新条件", "reference": "", "condition": "用电量 >= 1"}
    text = editor_fields.yaml_from_fields(
        TEXT,
        head={"code": "AC-1", "last_day": "2026-12-31", "in_force_from": "不是日期"},
        clauses=[{"key": "x", "name": " ", "reference": "", "condition": ""}, row],
        benefit={"combine": "MAX", "cap": "1,000.5", "pays_from": "一百"},
        parts=[dict.fromkeys(editor_fields.PART, "")],
        cases=None,
    )
    data = read_yaml(text)
    assert data["clauses"] == [{"key": "c2", "name": "新条件", "condition": "用电量 >= 1"}]
    assert data["benefit"] == {
        "parts": [],
        "combine": "MAX",
        "cap": 1000.5,
        "pays_from": "一百",
        "unit": "元",
    }
    assert data["last_day"].isoformat() == "2026-12-31"
    assert data["in_force_from"] == "不是日期"


@pytest.mark.parametrize("text", ["", "- 一", "a: [", "x" * (LONGEST + 1), "a: &a [*a]"])
def test_what_is_no_rule_reads_as_a_blank_one(text):
    rows = editor_fields.fields_from_yaml(text)
    assert len(rows["clauses"]) == 1
    assert read_header(text).level == "CITY"


def test_thresholds_are_found_offsets_dates_and_codes_are_not():
    thresholds = {threshold.key: (threshold.value, threshold.unit) for threshold in find_thresholds(TEXT)}
    assert thresholds == {
        "c0.0": (Decimal(80), "%"),
        "w0.0": (Decimal(10), "%"),
        "a0.0": (Decimal(5), "%"),
        "a0.1": (Decimal("20.5"), "万元"),
    }


@pytest.mark.parametrize("threshold", find_thresholds(TEXT), ids=lambda threshold: threshold.key)
def test_the_number_itself_lies_on_its_slider(threshold):
    assert threshold.low <= threshold.value <= threshold.high
    assert (threshold.value - threshold.low) % threshold.step == 0


def test_a_turned_number_changes_nothing_else():
    data = read_yaml(
        with_thresholds(TEXT, {"c0.0": Decimal(75), "a0.1": Decimal("30.0"), "none": Decimal(1)})
    )
    assert data["clauses"][0]["condition"].startswith("MEAN_MONTH(用电量, QUARTER, -1) >= 75% * MAX")
    assert data["benefit"]["parts"][0]["amount"] == "LEAST(5% * YEAR(营业收入, -1), 30万元)"
    assert read_yaml(with_thresholds(TEXT, {})) == read_yaml(TEXT)
