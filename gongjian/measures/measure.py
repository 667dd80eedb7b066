"""What a measure is, and the scope it is counted for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.measures.states import Counts, Days
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight_key, since, until


@dataclass(frozen=True)
class Scope:
    """For whom, where and when is counted; None leaves a bound open.

    Without `account` all records count (a paper of an area), with it those the account sees. `unit` and `firm` are keys:
    of the unit that leads, of one firm.
    """

    today: date
    first: date | None = None
    last: date | None = None
    account: Account | None = None
    area: Area | None = None
    unit: int | None = None
    firm: int | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Everything a query of this scope depends on: the same key, the same SQL with the same values."""
        who, where = self.account, self.area
        return (
            (self.today, self.first, self.last, self.unit, self.firm),
            where and (where.pk, where.path),
            who and sight_key(who),
        )

    def moments(self, field: str) -> Q:
        """Condition: the moment in `field` lies in the period."""
        begun = since(self.first, field) if self.first else Q()
        return begun & until(self.last, field) if self.last else begun

    def days(self, field: str) -> Q:
        """Condition: the day in `field` lies in the period."""
        begun = Q(**{f"{field}__gte": self.first}) if self.first else Q()
        return begun & Q(**{f"{field}__lte": self.last}) if self.last else begun


@dataclass(frozen=True)
class Measure:
    """One line of the table: a word, the one sentence it stands for, what is counted, of which days, and the rows.

    `label` and `definition` are the Chinese source; `name` and `meaning` are in the language of the page. Without a
    `condition` another engine decides, and only its own list shows the rows.
    """

    key: str
    label: str
    definition: str
    counts: Counts
    days: Days
    condition: Callable[[Scope], Q] | None

    @property
    def name(self) -> str:
        """The word in the language of the page."""
        return _(self.label)

    @property
    def meaning(self) -> str:
        """The definition in the language of the page."""
        return _(self.definition)
