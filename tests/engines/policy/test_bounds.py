"""What would take the machine's whole time or memory to read is refused at once."""

import pytest

from gongjian.engines.file_text.reading import Unreadable, read_text
from gongjian.engines.policy import BadRule, Catalogue, read_policy
from tests.engines.policy.test_wrong_rules import FACTS
from tests.engines.policy.wrong_rules import RIGHT

SQUARES = "\n".join(f"  v{n + 1}: v{n} * v{n}" for n in range(40))
SUMS = "\n".join(f"  v{n + 1}: v{n} + v{n}" for n in range(40))
LISTS = "\n".join(f"x{n + 1}: &x{n + 1} [{', '.join([f'*x{n}'] * 9)}]" for n in range(9))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(FACTS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("define:\n  v0: 1e999999999\n", "exponent"),
        ("define:\n  v0: 1e-999999999\n", "exponent"),
        (f"define:\n  v0: {'9' * 3000}\n", "too_large"),
        (f"define:\n  v0: 100000000000000 * 100000000000000\n{SQUARES}\n", "too_large"),
        (f"define:\n  v0: YEAR(营业收入, -1) + 1亿元\n{SUMS}\n", "too_many_parts"),
        (f"x0: &x0 [a]\n{LISTS}\n", "yaml"),
    ],
    ids=["exponent", "small exponent", "digits", "squares", "sums", "aliases"],
)
def test_a_rule_that_grows_without_end_is_refused(catalogue, text, code):
    with pytest.raises(BadRule) as refused:
        read_policy(f"{text}{RIGHT}", catalogue=catalogue, name="bomb.yaml")
    assert code in {fault.code for fault in refused.value.faults}


def test_an_exponent_in_a_case_is_no_number(catalogue):
    with pytest.raises(BadRule) as refused:
        read_policy(
            RIGHT.replace("certain: 100000", "certain: 1e99999999"), catalogue=catalogue, name="case.yaml"
        )
    assert {fault.code for fault in refused.value.faults} == {"wants_number"}


def test_markdown_of_endless_brackets_is_read_as_it_is():
    assert read_text(b"[" * 300_000 + b"a", "a.md").startswith("[")


def test_a_number_beyond_every_machine_in_rtf_is_a_broken_file():
    with pytest.raises(Unreadable):
        read_text(b"{\\rtf1 \\u99999999999 x}", "a.rtf")
