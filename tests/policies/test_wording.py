"""Rules in the reader's language: every text of the library has its English, conditions keep their sense, reasons are kept once."""

import pytest
import yaml
from django.utils import translation

from gongjian.engines.policy.language.grammar import parse
from gongjian.policies.names_in_library import POLICY_MESSAGES
from gongjian.policies.rule_files.checks import check_text
from gongjian.policies.rule_files.services import LIBRARY
from gongjian.policies.verdicts.wording import case_in_words
from gongjian.policies.wording import condition_in_words, policy_text, reason_in_words

CHINESE = {chr(n) for n in range(0x4E00, 0x9FFF)} | set("，。；：（）、？")
HEADER = ("name", "document", "issuer", "explain", "confirm_note", "source")


def texts():
    """The texts of the library that pages show, and its conditions."""
    said, conditions = set(), set()
    for path in sorted(LIBRARY.glob("*.yaml")):
        rule = yaml.safe_load(path.read_text(encoding="utf-8"))
        benefit = rule.get("benefit") or {}
        parts = [*rule["clauses"], *benefit.get("parts", ())]
        said |= {rule[key] for key in HEADER if key in rule}
        said |= {part[key] for part in parts for key in ("name", "reference") if key in part}
        conditions |= {
            str(part[key]) for part in parts for key in ("condition", "when", "amount") if key in part
        }
        conditions |= {str(text) for text in (rule.get("define") or {}).values()}
    return said, conditions


def test_the_catalogue_knows_the_name_of_every_policy_of_the_library():
    names = {yaml.safe_load(path.read_text(encoding="utf-8"))["name"] for path in LIBRARY.glob("*.yaml")}
    assert set(POLICY_MESSAGES) == names


def test_the_library_is_read_in_english():
    said, conditions = texts()
    with translation.override("en"):
        assert [text for text in said if CHINESE & set(policy_text(text))] == []
        assert [text for text in conditions if CHINESE & set(condition_in_words(text))] == []
    assert all(policy_text(text) == text and condition_in_words(text) == text for text in said | conditions)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("YEAR(营业收入, -1) >= 2000万元", "YEAR(Revenue, -1) >= 20,000,000 yuan"),
        ("YEAR(期末从业人员, 0) >= 20人", "YEAR(Staff, 0) >= 20 people"),
        ("主要能源 = '电'", "Main energy = 'Electricity'"),
        ("行业大类 BETWEEN 6 AND 46", "Industry division BETWEEN 6 AND 46"),
        ("80% * MAX_MONTH(用电量, YEAR, -1)", "80% * MAX_MONTH(Electricity, YEAR, -1)"),
        ("办公室自定的名称 > 0.5万元", "办公室自定的名称 > 5,000 yuan"),
    ],
)
def test_a_condition_names_facts_and_amounts_in_english(written, said):
    parse(written)
    with translation.override("en"):
        assert condition_in_words(written) == said


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("所在地区", "Area"),
        (
            "年营业收入500万元及以上（753.5万元，要求500万元）",
            "Revenue of 5 million yuan or more a year (7,535,000 yuan, required 5,000,000 yuan)",
        ),
        (
            "注册成立一年以上（2024-03-01，要求2025-12-02）",
            "Registered for a year or more (1 Mar 2024, required 2 Dec 2025)",
        ),
        ("Power used（12万千瓦时，要求10万千瓦时）", "Power used (120,000 kWh, required 100,000 kWh)"),
        ("本市自定的条款", "本市自定的条款"),
    ],
)
def test_a_reason_kept_with_a_payout_is_said_in_english(kept, said):
    with translation.override("en"):
        assert reason_in_words(kept) == said
    assert reason_in_words(kept) == kept


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_case_of_the_library_is_said_in_english(path):
    cases = check_text(path.read_text(encoding="utf-8")).cases
    with translation.override("en"):
        assert [said for case in cases if CHINESE & set(said := case_in_words(case.name, case.case))] == []
    assert [case_in_words(case.name, case.case) for case in cases] == [case.name for case in cases]


def test_a_case_is_said_by_its_figures_first():
    text = (LIBRARY / "four-up-industry.yaml").read_text(encoding="utf-8")
    with translation.override("en"):
        said = [case_in_words(case.name, case.case) for case in check_text(text).cases]
    assert said[0].startswith("Qualifies: 2025 Revenue from main business 20,000,000 yuan, ")
    assert said[4].endswith("15 in all")
