"""The register of firms as a ledger is compared with it: every firm, its contacts and pairings, read once."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises.models import Contact, Enterprise, Pairing
from gongjian.imports.vocabulary import AREA_ENDINGS, FIRM_ENDINGS
from gongjian.people.models import Area


@dataclass(frozen=True)
class FirmEntry:
    """A firm as it is looked for."""

    pk: int
    name: str
    short_name: str
    code: str
    area: int
    area_name: str

    @property
    def shown(self) -> str:
        """The name with the area that tells the firm apart."""
        return f"{self.name}（{self.area_name}）"


class FirmRegister:
    """Firms by code, by name, and by name without its place and its form of law."""

    @cached_property
    def firms(self) -> list[FirmEntry]:
        """Every firm that is not merged into another."""
        rows = Enterprise.objects.filter(merged_into__isnull=True).order_by("pk")
        columns = ("pk", "name", "short_name", "credit_code", "area_id", "area__name")
        return [FirmEntry(a, b, c, d or "", e, f) for a, b, c, d, e, f in rows.values_list(*columns)]

    @cached_property
    def by_code(self) -> dict[str, FirmEntry]:
        """Firms by their code."""
        return {firm.code: firm for firm in self.firms if firm.code}

    @cached_property
    def by_name(self) -> dict[str, list[FirmEntry]]:
        """Firms by name and short name, folded."""
        table: dict[str, list[FirmEntry]] = defaultdict(list)
        for firm in self.firms:
            for name in {fold_name(firm.name), fold_name(firm.short_name)} - {""}:
                table[name].append(firm)
        return dict(table)

    @cached_property
    def by_core(self) -> dict[str, list[FirmEntry]]:
        """Firms by what tells their name apart."""
        table: dict[str, list[FirmEntry]] = defaultdict(list)
        for firm in self.firms:
            table[self.core(firm.name)].append(firm)
        return dict(table)

    @cached_property
    def _places(self) -> list[str]:
        names = {name for pair in Area.objects.values_list("name", "short_name") for name in pair}
        names |= {bare for name in names if len(bare := AREA_ENDINGS.sub("", name)) > 1}
        return sorted((fold_name(name) for name in names), key=len, reverse=True)

    def core(self, name: str) -> str:
        """A name without the place it begins with and without its form of law."""
        text = fold_name(name)
        for place in self._places:
            text = text.removeprefix(place) if len(text) > len(place) + 1 else text
        return FIRM_ENDINGS.sub("", text) or text

    def is_called(self, firm: FirmEntry, name: str) -> bool:
        """Whether a name can mean this firm: its name, its short name, a part of it, or no name at all."""
        text = fold_name(name)
        known = {fold_name(firm.name), fold_name(firm.short_name)} - {""}
        return (
            not text
            or any(text in one or one in text for one in {*known, self.core(firm.name)})
            or self.core(name) in {self.core(one) for one in known}
        )

    @cached_property
    def contacts(self) -> dict[int, list[Contact]]:
        """The contacts of each firm."""
        table: dict[int, list[Contact]] = defaultdict(list)
        for contact in Contact.objects.all():
            table[contact.enterprise_id].append(contact)
        return dict(table)

    @cached_property
    def pairings(self) -> set[tuple[int, int, str]]:
        """Firm, person and kind of every pairing that runs."""
        rows = Pairing.objects.filter(until__isnull=True)
        return set(rows.values_list("enterprise", "person", "kind"))

    @cached_property
    def records(self) -> dict[int, Enterprise]:
        """The firms themselves, by key."""
        return Enterprise.objects.select_related("area").in_bulk([firm.pk for firm in self.firms])
