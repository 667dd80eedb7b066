"""Faults of rules and of tables of firms, in the language of the command line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongjian.cli.language import current_language
from gongjian.cli.language import gettext as _

if TYPE_CHECKING:
    from gongjian.engines.policy.language.errors import BadRule, Fault
    from gongjian.engines.policy.tables.bad_cells import BadCell, BadTable


def sentence_of(fault: "Fault") -> str:
    """What is wrong and what to do."""
    from gongjian.engines.policy.language.errors import ADVICE_MESSAGES, FAULT_MESSAGES

    message, advice = (
        _(messages[fault.code]) % fault.facts for messages in (FAULT_MESSAGES, ADVICE_MESSAGES)
    )
    return f"{message} {advice}" if current_language() == "en" else f"{message}{advice}"


def lines_of(bad: "BadRule") -> Iterator[str]:
    """A line for each fault of a rule, with its file, line and column."""
    for fault in bad.faults:
        place = {"line": fault.line, "column": fault.column, "sentence": sentence_of(fault)}
        placed = _("第%(line)s行第%(column)s列：%(sentence)s") % place
        yield f"{bad.name} {placed}".strip()


def sentence_of_table(bad: "BadTable") -> str:
    """Why a table cannot be read and what to do."""
    from gongjian.engines.policy.tables.bad_cells import TABLE_MESSAGES

    return _(TABLE_MESSAGES[bad.code]) % bad.facts


def sentence_of_cell(bad: "BadCell") -> str:
    """What is wrong with a cell or a row, and what was done with it."""
    from gongjian.engines.policy.tables.bad_cells import TABLE_MESSAGES

    return _(TABLE_MESSAGES[bad.code]) % {**bad.facts, "form": _(bad.form) if bad.form else ""}
