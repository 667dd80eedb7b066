"""Which records an account may open, by the rule of each record's own page, and by which names a text may speak of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet

from gongjian.assignments import queries as assignments
from gongjian.assignments.models import Assignment, Escalation
from gongjian.audit.models import Event
from gongjian.bulletins import queries as bulletins
from gongjian.complaints import queries as complaints
from gongjian.complaints.models import Complaint
from gongjian.enterprises import queries as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.intake import queries as intake
from gongjian.markets import queries as markets
from gongjian.notices.queries import inbox
from gongjian.people.models import Account
from gongjian.policies.payouts.queries import payouts_visible_to
from gongjian.problems import queries as problems
from gongjian.problems.common_problems.queries import common_problems
from gongjian.problems.models import Problem
from gongjian.projects import queries as projects
from gongjian.projects.models import Project
from gongjian.visits import queries as visits
from gongjian.visits.models import Visit

NUMBER = re.compile(r"\b(WT|JB|DB)\d{4}-(\d{6,})")
KINDS = {"WT": "problem", "JB": "assignment", "DB": "escalation"}
SHORTEST_TEXT = 12  # characters of a problem's or a complaint's text that speak of it alone

# The kind of record a route with a key opens.
ROUTES = {
    "problem": "problem",
    "firm-problem": "problem",
    "problem-edit": "problem",
    "slip": "problem",
    "slip-word": "problem",
    "assignment": "assignment",
    "escalation": "escalation",
    "visit": "visit",
    "enterprise": "enterprise",
    "firm-policies": "enterprise",
    "firm-card": "enterprise",
    "market-firm": "enterprise",
    "complaint": "complaint",
    "project": "project",
    "project-edit": "project",
    "payout": "payout",
    "introduction": "introduction",
    "common": "common",
    "article": "article",
    "bulletin": "bulletin",
    "notice-open": "notice",
}
RULES: dict[str, Callable[[Account], QuerySet]] = {
    "problem": problems.visible_to,
    "assignment": assignments.visible_to,
    "escalation": lambda account: assignments.escalations(account, standing="ever"),
    "visit": visits.visible_to,
    "enterprise": enterprises.visible_to,
    "complaint": complaints.visible_to,
    "payout": payouts_visible_to,
    "project": projects.visible_to,
    "introduction": markets.introductions_visible_to,
    "common": common_problems,
    "article": intake.visible_to,
    "bulletin": bulletins.visible_to,
    "notice": inbox,
}


@dataclass(frozen=True)
class Named:
    """A record that a page names: its kind, its key, and how."""

    kind: str
    pk: int
    how: str


@dataclass
class Registry:
    """The names of all records of an instance: whose they are, and a pattern that finds them."""

    names: dict[str, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of_instance(cls) -> "Registry":
        """Firms by both names, visits by title, projects by name, problems and complaints by their text."""
        made = cls()
        for firm in Enterprise.objects.all():
            made.add("enterprise", firm.merged_into_id or firm.pk, firm.name, firm.short_name)
        for visit in Visit.objects.all():
            made.add("visit", visit.pk, visit.title)
        for problem in Problem.objects.all():
            made.add("problem", problem.pk, problem.text[: SHORTEST_TEXT + 8])
        for complaint in Complaint.objects.all():
            made.add("complaint", complaint.pk, complaint.text[: SHORTEST_TEXT + 8])
        for project in Project.objects.all():
            made.add("project", project.pk, project.name)
        return made

    def add(self, kind: str, pk: int, *names: str) -> None:
        """Note these names of a record; a text too short to be its own is left out."""
        least = {"enterprise": 3, "visit": 6, "project": 8}.get(kind, SHORTEST_TEXT)
        for name in names:
            if len(name.strip()) >= least:
                self.names[" ".join(name.split())].add((kind, pk))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of the names, longer ones first."""
        return re.compile(
            "|".join(re.escape(n) for n in sorted(self.names, key=len, reverse=True)) or r"(?!)"
        )

    def named_in(self, text: str) -> Iterable[tuple[str, set[tuple[str, int]]]]:
        """Every name in a text with the records that bear it; a number bears one."""
        for found in NUMBER.finditer(text):
            yield found.group(), {(KINDS[found.group(1)], int(found.group(2)))}
        for name in set(self.pattern.findall(text)):
            yield name, self.names[name]


class Sight:
    """What one account may open."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._keys: dict[str, set[int]] = {}

    def keys(self, kind: str) -> set[int]:
        """The keys of all records of a kind that the account may open."""
        if kind not in self._keys:
            self._keys[kind] = set(RULES[kind](self.account).order_by().values_list("pk", flat=True))
        return self._keys[kind]

    def numbers(self, kind: str, pk: int) -> bool:
        """Whether the account may read this record's number: what it opens, and tasks its own unit once led.

        A notice that a task was taken away, and the book of what the unit was asked, name it by number alone.
        """
        return self.opens(kind, pk) or (kind == "assignment" and pk in self._once_led)

    def opens(self, kind: str, pk: int) -> bool:
        """Whether the account may open this record; what stands under a problem is shown on the problem's page."""
        return pk in self.keys(kind) or (kind == "assignment" and pk in self._under_problems)

    @cached_property
    def _under_problems(self) -> set[int]:
        return set(problems.visible_to(self.account).values_list("assignment", flat=True))

    @cached_property
    def _once_led(self) -> set[int]:
        given = Event.objects.filter(
            subject_kind="assignments.assignment", data__unit_id=self.account.unit_id or 0
        )
        return set(given.values_list("subject_id", flat=True))


def unseen(account: Account, limit: int) -> list[tuple[str, int, str]]:
    """A few records out of the account's sight: kind, key, and a piece of a name to search it by."""
    sight, found = Sight(account), []
    firms = Enterprise.objects.exclude(pk__in=sight.keys("enterprise")).order_by("pk")[:limit]
    found += [("enterprise", firm.pk, firm.name[3:8]) for firm in firms]
    for problem in Problem.objects.exclude(pk__in=sight.keys("problem")).order_by("pk")[:limit]:
        found += [("problem", problem.pk, problem.number[-6:]), ("problem", problem.pk, problem.text[:6])]
    tasks = Assignment.objects.exclude(pk__in=sight.keys("assignment")).order_by("pk")[:limit]
    found += [("assignment", task.pk, task.number[-6:]) for task in tasks]
    steps = Escalation.objects.exclude(pk__in=sight.keys("escalation")).order_by("pk")[:limit]
    found += [("escalation", step.pk, step.number[-6:]) for step in steps]
    return found
