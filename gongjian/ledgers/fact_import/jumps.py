"""Cells whose figure jumps from what is known of the firm become questions (数据跳变)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gongjian.enterprises.fact_batches.services import NewFact
from gongjian.enterprises.facts.catalogue import NUMBER, catalogue
from gongjian.enterprises.facts.queries import Series, known_values
from gongjian.enterprises.facts.rules import JumpQuestion, KnownValue, find_jump, nearest_values
from gongjian.enterprises.facts.wording import jump_in_words
from gongjian.enterprises.models import FactBatch
from gongjian.ledgers.fact_import.checks import (
    CellOutcome,
    CheckedCell,
    CheckedWorkbook,
    compare_with_register,
)
from gongjian.ledgers.fact_import.workbook_reader import SheetReading
from gongjian.people.models import Account

Place = tuple[int, str, str, date]


def check_workbook(reading: SheetReading, *, batch: FactBatch, by: Account, today: date) -> CheckedWorkbook:
    """Every cell of the workbook of a batch with its outcome; what the batch itself wrote is no value before."""
    checked, facts = compare_with_register(reading, source=batch.source, by=by, today=today)
    numbers = [fact for fact in facts if catalogue()[fact.key].kind == NUMBER]
    questions = _questions(numbers, source=batch.source, batch=batch)
    checked.cells = [_asked(line, questions) for line in checked.cells]
    return checked


def _questions(facts: Sequence[NewFact], *, source: str, batch: FactBatch) -> dict[Place, JumpQuestion]:
    """The questions by place; earlier figures of the same workbook count, unless they are questions themselves."""
    known: dict[Series, list[KnownValue]] = {}
    for kind in {fact.period_kind for fact in facts}:
        known |= _known_of_kind([fact for fact in facts if fact.period_kind == kind], kind, batch)
    questions: dict[Place, JumpQuestion] = {}
    once = {_place(fact): fact for fact in reversed(facts)}  # of a cell that is repeated, the first
    for fact in sorted(once.values(), key=lambda fact: fact.period):
        if fact.value is None:
            continue
        series = known.setdefault((fact.firm, fact.key, fact.period_kind), [])
        nearest = nearest_values(series, period=fact.period, source=source)
        question = find_jump(
            fact.value,
            nearest,
            key=fact.key,
            unit=catalogue()[fact.key].unit,
            period_kind=fact.period_kind,
        )
        if question is None:
            series.append(KnownValue(fact.period, fact.value, source))
        else:
            questions[_place(fact)] = question
    return questions


def _known_of_kind(facts: Sequence[NewFact], kind: str, batch: FactBatch) -> dict[Series, list[KnownValue]]:
    periods = [fact.period for fact in facts]
    return known_values(
        {fact.firm for fact in facts},
        keys={fact.key for fact in facts},
        period_kind=kind,
        first=min(periods),
        last=max(periods),
        but=batch,
    )


def _place(fact: NewFact) -> Place:
    return fact.firm, fact.key, fact.period_kind, fact.period


def _asked(line: CheckedCell, questions: dict[Place, JumpQuestion]) -> CheckedCell:
    fact = line.fact
    question = questions.get(_place(fact)) if fact else None
    if fact is None or question is None:
        return line
    sentence = jump_in_words(question, key=fact.key, period=fact.period, period_kind=fact.period_kind)
    return replace(line, outcome=CellOutcome.ASKS, sentence=sentence)
