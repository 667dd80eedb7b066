"""Counts what counted as sure and what was right: measured on reports kept apart, and from the drafts an office decided."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.intake.models import Draft, DraftState, least_confidence
from gongjian.intake.queries import visible_to
from gongjian.intake.rules import SURE
from gongjian.people.models import Account

MEASURED = Path(__file__).parent / "held_out.toml"
LATEST = 2000  # decided drafts that are looked at, the latest first
BANDS = ((90, 100), (SURE, 89), (60, SURE - 1), (0, 59))


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def percent(self) -> str:
        """With one digit, rounded down; empty when there was nothing."""
        return f"{self.right * 1000 // self.of / 10:.1f}" if self.of else ""


@dataclass(frozen=True)
class HeldOut:
    """What was measured on reports annotated by hand and kept apart from the rules, where four names in five are on record."""

    reports: int
    measured_on: date
    drafts: Share
    values: Share


@dataclass(frozen=True)
class OfficeRecord:
    """What an office did with its drafts: sure ones confirmed unchanged, values by confidence, and drafts dropped."""

    sure: Share
    unsure: Share
    bands: tuple[tuple[int, int, Share], ...]
    dropped: int


@cache
def held_out() -> HeldOut:
    """The measurement that was made with this version; `python -m bench reading` writes it, a test repeats it."""
    facts = tomllib.loads(MEASURED.read_text(encoding="utf-8"))
    return HeldOut(
        reports=facts["reports"],
        measured_on=facts["measured_on"],
        drafts=Share(facts["drafts"]["right"], facts["drafts"]["sure"]),
        values=Share(facts["values"]["right"], facts["values"]["sure"]),
    )


def of_office(account: Account) -> OfficeRecord:
    """The record of the areas an account reads."""
    mine = Draft.objects.filter(article__in=visible_to(account)).order_by("-decided_at")
    confirmed = [_read(draft) for draft in mine.filter(state=DraftState.CONFIRMED)[:LATEST]]
    values = [cell for cells in confirmed for cell in cells.values()]
    return OfficeRecord(
        sure=_unchanged_drafts(confirmed, sure=True),
        unsure=_unchanged_drafts(confirmed, sure=False),
        bands=tuple(
            (low, high, _unchanged([v for v in values if low <= v["confidence"] <= high]))
            for low, high in BANDS
        ),
        dropped=mine.filter(state=DraftState.DROPPED).count(),
    )


def _read(draft: Draft) -> dict[str, dict[str, Any]]:
    """The values as they were read, each with whether it was changed; those only the clerk wrote are none."""
    found = {}
    for name, cell in draft.fields.items():
        read = cell.get("read") or ({} if cell.get("by") == "clerk" else cell)
        if read.get("value") and isinstance(read.get("confidence"), int):
            found[name] = {"confidence": read["confidence"], "unchanged": read["value"] == cell.get("value")}
    return found


def _unchanged(values: list[dict[str, Any]]) -> Share:
    return Share(sum(value["unchanged"] for value in values), len(values))


def _unchanged_drafts(drafts: list[dict[str, dict[str, Any]]], *, sure: bool) -> Share:
    """Drafts, of those that were sure or not, in which nothing was changed."""
    chosen = [cells for cells in drafts if cells and ((least_confidence(cells) or 0) >= SURE) == sure]
    return Share(sum(all(cell["unchanged"] for cell in cells.values()) for cells in chosen), len(chosen))
