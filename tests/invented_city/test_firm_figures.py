"""The invented firms' figures: known, unknown, near a threshold, told differently by two sources."""

from dataclasses import replace

import pytest

from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.facts_for_rules.queries import facts_table
from gongjian.enterprises.models import Enterprise, Fact, FactBatch
from gongjian.enterprises.source_conflicts.queries import undecided_places
from gongjian.invented_city import firm_figures, firms, places, world

pytestmark = pytest.mark.django_db


def test_the_register_is_alive(at, monkeypatch):
    monkeypatch.setitem(world.SIZES, "few", replace(world.SIZES["demo"], firms=40))
    city = world.new_world(size="few", at=at)
    for part in (places, firms, firm_figures):
        part.build(city)
    assert set(Fact.objects.values_list("key", flat=True)) <= set(catalogue())
    names = ("营业收入@2025", "主要能源", "环保安全达标", "季末从业人数@2025Q4", "资产总额@2025")
    columns = facts_table(Enterprise.objects.all(), names, today=at.date()).columns
    for name in names:
        known = [value for value in columns[name] if value is not None]
        assert 0 < len(known) <= 40, name
    assert any(None in columns[name] for name in names)
    assert undecided_places(Enterprise.objects.all())
    firm_figures.import_workbook(city)
    [batch] = FactBatch.objects.all()
    assert (batch.state, batch.new_count) == ("WRITTEN", 29 * 4 + 3)
