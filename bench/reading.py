"""How well reports are read: precision, recall and F1 of every field on the held-out reports; no text is shown."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import django

from bench.tables import Table
from gongjian.engines.reports.registers import Registers
from samples.reports.held_out import FRESH, HELD_OUT, read_all, registers_of_most, reports
from samples.reports.scoring import CORE, SOFT, Score, Tally, score

if TYPE_CHECKING:
    from samples.reports.sureness import Measured

CALIBRATION = Path(__file__).parent.parent / "gongjian" / "intake" / "calibration" / "held_out.toml"


def _shares(tally: Tally) -> tuple[str, str, str]:
    precision = tally.right / max(1, tally.right + tally.wrong)
    recall = tally.right / max(1, tally.right + tally.missed)
    return f"{precision:.3f}", f"{recall:.3f}", f"{tally.f1:.3f}"


def _row(name: str, without: Tally, known: Tally) -> tuple[str, ...]:
    counts = f"{without.right}/{without.wrong}/{without.missed}"
    return (name, *_shares(without), counts, f"{known.f1:.3f}")


def _rows(without: Score, known: Score) -> list[tuple[str, ...]]:
    rows = [_row("core", without.total(), known.total())]
    rows += [_row("all", without.total((*CORE, *SOFT)), known.total((*CORE, *SOFT)))]
    return rows + [_row(name, without.fields[name], known.fields[name]) for name in (*CORE, *SOFT)]


def _sure(part: str = HELD_OUT) -> "tuple[Measured, Measured]":
    """Drafts and values that count as sure in intake, which needs the product set up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    django.setup()
    from samples.reports.sureness import measured

    return measured(part)


def _in_words(part: str) -> str:
    drafts, values = _sure(part)
    return f"{drafts.right} of {drafts.sure} drafts and {values.right} of {values.sure} values"


def calibration(today: date) -> str:
    """The text of the calibration that the product shows."""
    drafts, values = _sure()
    lines = [
        "# Written by `python -m bench reading`; a test measures it again and lets it claim no more than is so.",
        f"measured_on = {today.isoformat()}",
        f"reports = {len(reports())}",
        f"drafts = {{ sure = {drafts.sure}, right = {drafts.right} }}",
        f"values = {{ sure = {values.sure}, right = {values.right} }}",
    ]
    return "\n".join(lines) + "\n"


def measure() -> Table:
    """The score without registers and with four names in five on record; writes the calibration the product shows."""
    CALIBRATION.write_text(calibration(datetime.now(UTC).date()), encoding="utf-8")
    began = perf_counter()
    without = score(read_all(Registers()))
    spent = perf_counter() - began
    known = score(read_all(registers_of_most()))
    styles = len({report.style for report in reports()})
    return Table(
        title=f"Reading {len(reports())} held-out reports of {styles} styles",
        head=("field", "precision", "recall", "F1", "right/wrong/missed", "F1 with registers"),
        rows=_rows(without, known),
        note=f"{spent / len(reports()) * 1000:.0f} ms a report without registers. Of what counts as sure in intake, with registers,"
        f" {_in_words(HELD_OUT)} are right; on {len(reports(FRESH))} reports written afterwards {_in_words(FRESH)}.",
    )
