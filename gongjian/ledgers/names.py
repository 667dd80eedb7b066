"""Names in workbooks that an import finds again: with what tells them apart where another record has the same."""

from collections import Counter

from gongjian.people.models import Area, Unit


class TellingNames:
    """Names of areas and of units in use, from two queries."""

    def __init__(self) -> None:
        self._areas = dict(Area.objects.values_list("path", "name"))
        self._area_names = Counter(self._areas.values())
        used = Unit.objects.filter(disabled_on__isnull=True)
        self._unit_names = Counter(used.values_list("name", flat=True))

    def area(self, area: Area | None) -> str:
        """The name; after that of the area above where another area has the same: 临河区城关镇."""
        return self.area_at(area.path) if area else ""

    def area_at(self, path: str) -> str:
        """The name of the area at a path of the tree; empty above the top."""
        name = self._areas.get(path, "")
        above = self._areas.get(path[: -Area.steplen], "")
        return f"{above}{name}" if self._area_names[name] > 1 else name

    def unit(self, unit: Unit | None) -> str:
        """The name; with its area in brackets where another unit has the same: 财政局（临河区）."""
        if unit is None:
            return ""
        return f"{unit.name}（{self.area(unit.area)}）" if self._unit_names[unit.name] > 1 else unit.name
