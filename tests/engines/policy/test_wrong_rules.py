"""Every wrong rule is refused with its line, its column and what to do."""

from pathlib import Path

import pytest

from gongjian.engines.policy import BadRule, Catalogue, read_policy
from gongjian.engines.policy.language.errors import ADVICE_MESSAGES, FAULT_MESSAGES
from tests.engines.policy.wrong_rules import RIGHT, WRONG

FACTS = Path(__file__).resolve().parents[3] / "gongjian" / "enterprises" / "facts" / "facts.toml"


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load(FACTS)


def test_the_right_rule_is_right(catalogue):
    assert read_policy(RIGHT, catalogue=catalogue, name="right.yaml").code == "T-1"


def test_there_are_sixty_and_each_sentence_has_its_advice():
    assert len(WRONG) >= 60
    assert set(FAULT_MESSAGES) == set(ADVICE_MESSAGES)


@pytest.mark.parametrize(("change", "code", "advice"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_rule_is_refused_with_its_place_and_what_to_do(catalogue, change, code, advice):
    old, new = change
    assert RIGHT.count(old) == 1
    marked = RIGHT.replace(old, new)
    text = marked.replace("^", "")
    with pytest.raises(BadRule) as refused:
        read_policy(text, catalogue=catalogue, name="wrong.yaml")
    fault = next((f for f in refused.value.faults if f.code == code), refused.value.faults[0])
    assert fault.code == code, str(refused.value)
    if "^" in marked:
        before = marked[: marked.index("^")]
        assert (fault.line, fault.column) == (
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        ), str(fault)
    assert advice in fault.advice, str(fault)
    assert f"第{fault.line}行第{fault.column}列" in str(fault)
