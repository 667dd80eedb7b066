"""What the member firms of a common measure say (成员企业表态), firm by firm, and whether that is enough to close.

A firm that was dissatisfied and whose problem is now handled on its own still counts as a member.
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

WORST_FIRST = (Consent.OBJECTING, Consent.APART, Consent.CONFIRMED, Consent.SILENT)
FIRMS_NAMED = 3  # firms named in a sentence


@dataclass(frozen=True)
class MemberFirm:
    """One firm: what it says, the day it was told of the measure, its problems under the measure."""

    enterprise: Enterprise
    consent: Consent
    told_on: date | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class MemberConsent:
    """All member firms of a measure, the percentage that must confirm, and the keys of the problems it still covers."""

    members: tuple[MemberFirm, ...]
    share: int
    problem_keys: tuple[int, ...]

    def with_consent(self, consent: Consent) -> tuple[MemberFirm, ...]:
        """The member firms that say this."""
        return tuple(firm for firm in self.members if firm.consent == consent)

    @property
    def confirmed(self) -> tuple[MemberFirm, ...]:
        """Firms that confirm."""
        return self.with_consent(Consent.CONFIRMED)

    @property
    def silent(self) -> tuple[MemberFirm, ...]:
        """Firms that have not said anything."""
        return self.with_consent(Consent.SILENT)

    @property
    def apart(self) -> tuple[MemberFirm, ...]:
        """Firms that were dissatisfied and whose problem is handled on its own."""
        return self.with_consent(Consent.APART)

    @property
    def not_told(self) -> tuple[MemberFirm, ...]:
        """Silent firms that nobody has told of the measure.

        A firm that has given its word evidently knows.
        """
        return tuple(firm for firm in self.silent if firm.told_on is None)

    @property
    def needed(self) -> int:
        """How many firms must confirm before the measure can be closed."""
        return ceil(self.share * len(self.members) / 100)

    @property
    def why(self) -> str:
        """Why the measure cannot be closed yet and what to do about it; empty when it can."""
        if objecting := self.with_consent(Consent.OBJECTING):
            return _("%(firms)s不认可，不能销号。请先重新交办。") % {"firms": _names(objecting)}
        if self.not_told:
            return _("成员企业都告知了才能销号，还有%(n)s家没有告知：%(firms)s。请在告知名单里登记。") % {
                "n": len(self.not_told),
                "firms": _names(self.not_told),
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


def _names(members: Iterable[MemberFirm]) -> str:
    names = [str(member.enterprise) for member in members]
    more = _("等%(n)s家") % {"n": len(names)} if len(names) > FIRMS_NAMED else ""
    return _("、").join(names[:FIRMS_NAMED]) + more


def member_consent(common: CommonProblem) -> MemberConsent:
    """Every member firm of a measure with what it says, by area. Two queries."""
    under_measure = (
        Q(common=common, assignment=common.assignment_id) if common.assignment_id else Q(pk__in=())
    )
    rows = (
        Problem.objects.filter(under_measure | Q(split_from=common))
        .select_related("enterprise__area", "assignment")
        .prefetch_related("words")
    )
    by_firm: dict[int, list[Problem]] = {}
    for row in rows.order_by("enterprise__area__path", "enterprise", "pk"):
        by_firm.setdefault(row.enterprise_id, []).append(row)
    members = tuple(_member_firm(problems, common) for problems in by_firm.values())
    covered = tuple(
        problem.pk
        for problems in by_firm.values()
        for problem in problems
        if problem.split_from_id != common.pk
    )
    return MemberConsent(members, common.share, covered)


def _member_firm(problems: list[Problem], common: CommonProblem) -> MemberFirm:
    """One firm, which says the worst that it says of any of its problems."""
    consents = {_consent(problem, common) for problem in problems}
    worst = next(consent for consent in WORST_FIRST if consent in consents)
    days_told = [problem.told_on for problem in problems if problem.told_on is not None]
    return MemberFirm(problems[0].enterprise, worst, max(days_told, default=None), tuple(problems))


def _consent(problem: Problem, common: CommonProblem) -> Consent:
    """What the firm's last word of this round comes to.

    A firm whose problem is handled on its own confirms once it is satisfied with that.
    """
    current_round = problem.assignment.round if problem.assignment else 0
    word = next((word for word in reversed(problem.words.all()) if word.round == current_round), None)
    apart = problem.split_from_id == common.pk
    if word is None:
        return Consent.APART if apart else Consent.SILENT
    if word.satisfaction != Satisfaction.DISSATISFIED:
        return Consent.CONFIRMED
    return Consent.APART if apart else Consent.OBJECTING
