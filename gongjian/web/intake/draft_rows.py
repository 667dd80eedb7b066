"""One draft as it is shown: its values, its doubts, the names to be matched, its forms while it waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongjian.intake.doubts.queries import Doubts, held
from gongjian.intake.models import Article, Draft, DraftKind, DraftState
from gongjian.intake.queries import drafts_of
from gongjian.intake.registers.queries import draft_value, draft_values
from gongjian.intake.registers.rules import is_firm_post
from gongjian.intake.rules import SURE
from gongjian.intake.undo.queries import undoable
from gongjian.people.models import Account, Unit
from gongjian.web.intake.forms import LABELS, CommitmentForm, DraftForm, NamesForm, in_words

EVENTS = (DraftKind.MEETING, DraftKind.VISIT)


@dataclass(frozen=True)
class Forms:
    """The forms of one waiting draft: its values, its names, and what makes a task of a requirement."""

    form: DraftForm
    names: NamesForm
    promise: CommitmentForm | None

    def valid(self, *, whole: bool) -> bool:
        """Whether all are valid; `whole` asks for the task too."""
        wanted = [self.form, self.names, *([self.promise] if self.promise and whole else [])]
        return not [
            form for form in wanted if not form.is_valid()
        ]  # every form is asked: each shows its errors


class Page:
    """What the drafts of one report need, fetched once for all of them."""

    def __init__(self, drafts: Sequence[Draft], account: Account, today: Any) -> None:
        self.drafts, self.account, self.today = drafts, account, today
        self.events = [draft for draft in drafts if draft.kind in EVENTS]
        waiting = [draft for draft in drafts if draft.state == DraftState.PENDING]
        self.doubts = Doubts(waiting, account, today=today)
        self.units = _units_named(waiting)

    def forms(self, draft: Draft, data: Any = None) -> Forms:
        """The forms of a draft, empty or as posted."""
        unit = self.units.get(draft_value(draft, "to"))
        promise = CommitmentForm(data, prefix=f"c{draft.pk}", initial={"lead_unit": unit and unit.pk})
        return Forms(
            form=DraftForm(data, draft=draft, events=self.events),
            names=NamesForm(
                data,
                draft=draft,
                unmatched=self.doubts.book.unmatched(draft),
                posts=self._open_posts(draft),
                account=self.account,
            ),
            promise=promise if draft.kind == DraftKind.COMMITMENT else None,
        )

    def _open_posts(self, draft: Draft) -> list[str]:
        """Posts of a person on record that the register does not know, without those held in a firm."""
        person = next(iter(self.doubts.book.persons(draft, "name")), None)
        if draft.kind != DraftKind.PERSON or person is None:
            return []
        return [p for p in draft_values(draft, "posts") if not held(person, p) and not is_firm_post(p)]

    def row(self, draft: Draft, refused: Forms | None) -> dict[str, Any]:
        """One draft for the template; what was refused keeps what was typed."""
        waiting = draft.state == DraftState.PENDING
        sentences = (cell["sentence"] for cell in draft.fields.values() if cell.get("sentence"))
        return {
            "draft": draft,
            "cells": [
                (LABELS[name], cell | {"value": in_words(name, cell["value"])})
                for name, cell in draft.fields.items()
                if name in LABELS and name not in {"about", "conflict"} and cell.get("value")
            ],
            "forms": (refused or self.forms(draft)) if waiting else None,
            "known": [name for name in self.doubts.book.names(draft) if name.record] if waiting else [],
            "doubts": self.doubts.about(draft) if waiting else [],
            "sentences": list(dict.fromkeys(sentences)),
            "confidence": draft.confidence,
            "sure": SURE,
            "undoable": draft.state == DraftState.CONFIRMED and undoable(draft.decided_at, self.today),
            "open": refused is not None,
        }


def page_of(article: Article, account: Account, today: Any) -> Page:
    """The page of one report."""
    return Page(list(drafts_of(article)), account, today)


def _units_named(drafts: Sequence[Draft]) -> Mapping[str, Unit]:
    """The one unit in use that each requirement names as printed."""
    printed = {draft_value(draft, "to") for draft in drafts} - {""}
    rows = Unit.objects.filter(Q(name__in=printed) | Q(short_name__in=printed), disabled_on__isnull=True)
    found: dict[str, list[Unit]] = {}
    for unit in rows if printed else ():
        for name in {unit.name, unit.short_name} & printed:
            found.setdefault(name, []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}
