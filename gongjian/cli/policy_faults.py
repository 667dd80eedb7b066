"""Faults of rules and of tables of firms, in the language of the command line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongjian.cli.language import current_language
from gongjian.cli.language import gettext as _

if TYPE_CHECKING:
    from gongjian.engines.policy.cases.runner import Difference
    from gongjian.engines.policy.language.errors import BadRule, Fault
    from gongjian.engines.policy.rules.remarks import Remark
    from gongjian.engines.policy.tables.bad_cells import BadCell, BadTable


def message_and_advice(fault: "Fault") -> tuple[str, str]:
    """What is wrong, and what to do."""
    from gongjian.engines.policy.language.errors import ADVICE_MESSAGES, FAULT_MESSAGES

    return _(FAULT_MESSAGES[fault.code]) % fault.facts, _(ADVICE_MESSAGES[fault.code]) % fault.facts


def placed(name: str, line: int, column: int, *sentences: str) -> str:
    """Sentences on a place of a file."""
    sentence = (" " if current_language() == "en" else "").join(sentences)
    told = _("第%(line)s行第%(column)s列：%(sentence)s") % {
        "line": line,
        "column": column,
        "sentence": sentence,
    }
    return f"{name} {told}".strip()


def lines_of(bad: "BadRule") -> Iterator[str]:
    """A line for each fault of a rule, with its file, line and column."""
    for fault in bad.faults:
        yield placed(bad.name, fault.line, fault.column, *message_and_advice(fault))


def sentence_of_difference(difference: "Difference") -> str:
    """What a case wants, and what was found."""
    words = {
        "verdict": _("结论"),
        "certain": _("确定金额"),
        "possible": _("可能金额"),
        "missing": _("缺的数据"),
        "near": _("差一点"),
    }
    return _("%(what)s应为 %(wanted)s，算出来是 %(found)s") % {
        "what": words.get(difference.what, difference.what),
        "wanted": difference.wanted,
        "found": difference.found,
    }


def sentence_of_remark(remark: "Remark") -> str:
    """What is worth a look."""
    from gongjian.engines.policy.rules.remarks import REMARK_MESSAGES, VERDICT_MESSAGES

    facts = {k: _(v) if v in VERDICT_MESSAGES.values() else v for k, v in remark.facts.items()}
    return _(REMARK_MESSAGES[remark.code]) % facts


def sentence_of_table(bad: "BadTable") -> str:
    """Why a table cannot be read and what to do."""
    from gongjian.engines.policy.tables.bad_cells import TABLE_MESSAGES

    return _(TABLE_MESSAGES[bad.code]) % bad.facts


def sentence_of_cell(bad: "BadCell") -> str:
    """What is wrong with a cell or a row, and what was done with it."""
    from gongjian.engines.policy.tables.bad_cells import TABLE_MESSAGES

    return _(TABLE_MESSAGES[bad.code]) % {**bad.facts, "form": _(bad.form) if bad.form else ""}
