"""Which firms a round asks, and the groups each belongs to: all, its sector, the area it lies in below the one that asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.states import EnterpriseStatus
from gongjian.indicators.states import GroupKind
from gongjian.people.models import Area
from gongjian.people.queries import children, within

NO_SECTOR = gettext_noop("未填行业")


@dataclass(frozen=True)
class Group:
    """Some of the firms that are asked; all of them have no name."""

    kind: str
    name: str = ""


ALL = Group(GroupKind.ALL)


def firms_asked(area: Area) -> QuerySet[Enterprise]:
    """The firms of an area that are in business."""
    in_business = Enterprise.objects.filter(merged_into=None, status=EnterpriseStatus.ACTIVE)
    return in_business.filter(within(area)).order_by()


class Groups:
    """Tells the groups of firms; reads the areas once."""

    def __init__(self, area: Area) -> None:
        self._own, self._length = area.name, len(area.path) + Area.steplen
        self._below = {one.path: one.name for one in children(area)}

    def of(self, industry: str, path: str) -> tuple[Group, Group, Group]:
        """The groups of a firm of this sector in the area of this path."""
        area = self._below.get(path[: self._length], self._own)
        return ALL, Group(GroupKind.SECTOR, industry.strip() or NO_SECTOR), Group(GroupKind.AREA, area)

    def asked(self, firms: Iterable[tuple[str, str]]) -> Counter[Group]:
        """How many firms each group has, of firms given by sector and path."""
        return Counter(group for firm in firms for group in self.of(*firm))


def groups_of(area: Area) -> tuple[Groups, Counter[Group]]:
    """The groups below an area, and how many firms are asked in each."""
    groups = Groups(area)
    rows = firms_asked(area).values_list("industry", "area__path")
    return groups, groups.asked(rows)
