"""What the member firms of a common measure say (成员企业表态), firm by firm, and whether that is enough to close.

Firms that were dissatisfied and go on by themselves stay in the count: they are no less members for having objected.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.enterprises.models import Enterprise
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.states import Consent, Satisfaction

WORST = (Consent.OBJECTING, Consent.APART, Consent.CONFIRMED, Consent.SILENT)
NAMED = 3  # firms named in a sentence


@dataclass(frozen=True)
class Member:
    """One firm: what it says, when it was told, its problems under the measure."""

    enterprise: Enterprise
    state: Consent
    told_on: date | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Standing:
    """All member firms of a measure, and the share that must confirm."""

    members: tuple[Member, ...]
    share: int
    problems: tuple[int, ...]

    def of(self, state: Consent) -> tuple[Member, ...]:
        """The firms that say so."""
        return tuple(one for one in self.members if one.state == state)

    @property
    def confirmed(self) -> tuple[Member, ...]:
        """Firms that confirm."""
        return self.of(Consent.CONFIRMED)

    @property
    def silent(self) -> tuple[Member, ...]:
        """Firms that have not spoken."""
        return self.of(Consent.SILENT)

    @property
    def apart(self) -> tuple[Member, ...]:
        """Firms that were dissatisfied and go on by themselves."""
        return self.of(Consent.APART)

    @property
    def untold(self) -> tuple[Member, ...]:
        """Firms nobody has told; who has spoken knows."""
        return tuple(one for one in self.silent if one.told_on is None)

    @property
    def needed(self) -> int:
        """So many firms must confirm."""
        return ceil(self.share * len(self.members) / 100)

    @property
    def why(self) -> str:
        """What still stands in the way of closing and what to do; empty when nothing does."""
        if objecting := self.of(Consent.OBJECTING):
            return _("%(firms)s不认可，不能销号。请先重新交办。") % {"firms": _names(objecting)}
        if self.untold:
            return _("成员企业都告知了才能销号，还有%(n)s家没有告知：%(firms)s。请在告知名单里登记。") % {
                "n": len(self.untold),
                "firms": _names(self.untold),
            }
        if len(self.confirmed) < self.needed:
            return _(
                "%(total)s家成员企业中%(confirmed)s家认可，要有%(needed)s家（%(share)s%%）才能销号。请补齐企业评价。"
            ) % {
                "total": len(self.members),
                "confirmed": len(self.confirmed),
                "needed": self.needed,
                "share": self.share,
            }
        return ""


def _names(members: Iterable[Member]) -> str:
    named = [str(one.enterprise) for one in members]
    more = _("等%(n)s家") % {"n": len(named)} if len(named) > NAMED else ""
    return "、".join(named[:NAMED]) + more


def consent_to(common: CommonProblem) -> Standing:
    """Every member firm of a measure: two queries."""
    own = Q(common=common, assignment=common.assignment_id) if common.assignment_id else Q(pk__in=())
    rows = (
        Problem.objects.filter(own | Q(split_from=common))
        .select_related("enterprise__area", "assignment")
        .prefetch_related("words")
    )
    by_firm: dict[int, list[Problem]] = {}
    for row in rows.order_by("enterprise__area__path", "enterprise", "pk"):
        by_firm.setdefault(row.enterprise_id, []).append(row)
    members = tuple(_member(found, common) for found in by_firm.values())
    under = tuple(one.pk for found in by_firm.values() for one in found if one.split_from_id != common.pk)
    return Standing(members, common.share, under)


def _member(problems: list[Problem], common: CommonProblem) -> Member:
    said = {_said(one, common) for one in problems}
    state = next(one for one in WORST if one in said)
    told = [one.told_on for one in problems if one.told_on is not None]
    return Member(problems[0].enterprise, state, max(told, default=None), tuple(problems))


def _said(problem: Problem, common: CommonProblem) -> Consent:
    """The last word of this round; who went on by itself confirms when its own matter was settled to its satisfaction."""
    number = problem.assignment.round if problem.assignment else 0
    word = next((one for one in reversed(problem.words.all()) if one.round == number), None)
    apart = problem.split_from_id == common.pk
    if word is None:
        return Consent.APART if apart else Consent.SILENT
    if word.satisfaction != Satisfaction.DISSATISFIED:
        return Consent.CONFIRMED
    return Consent.APART if apart else Consent.OBJECTING
