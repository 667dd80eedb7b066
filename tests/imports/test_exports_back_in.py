"""Visits and payouts exported, taken back, imported from the exported workbook and exported again: equal cell by cell."""

import io

import openpyxl
import pytest

from gongjian.imports import services as imports
from gongjian.imports.states import RowOutcome
from gongjian.ledgers.payouts.workbook import payout_workbook
from gongjian.ledgers.visits.workbook import visit_workbook
from gongjian.policies.models import Payout
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import PolicyFactory, PolicyVersionFactory
from tests.imports.steps import seen, take_in, written
from tests.imports.test_payouts_in import APPLIED, PAID
from tests.imports.test_payouts_in import ledger as payouts
from tests.imports.test_visits_in import MEETINGS
from tests.imports.test_visits_in import ledger as visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    made = scenes.city()
    PolicyVersionFactory(policy=PolicyFactory(name="满负荷生产奖励"))
    return made


def cells(file):
    """Every cell below the title, whose time of the data differs."""
    return [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(min_row=3)
    ]


def exported(kind, at):
    if kind == "VISITS":
        return visit_workbook(Visit.objects.all(), words="", as_of=at)
    rows = Payout.objects.select_related("enterprise__area", "version__policy").order_by("-period")
    return payout_workbook(rows, words="", as_of=at)


FILES = {
    "VISITS": visits(
        ["2025-4-1", "动员会", "春季攻势动员会", "市民中心", None, "已完成"],
        ["2025-4-2", "走访", "装备制造调研", None, "恒岳机械", "已完成"],
        ["2025-4-3", "座谈", "建材座谈会", None, None, "取消"],
        heads=[*MEETINGS[:4], "企业", MEETINGS[5]],
    ),
    "PAYOUTS": payouts(PAID, APPLIED),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_export_import_export_is_equal_cell_by_cell(city, at, kind):
    first = written(kind, FILES[kind], by=city.clerk, at=at)
    before = exported(kind, at)
    imports.undo(first, by=city.clerk, at=at)
    assert not Visit.objects.exists()
    assert not Payout.objects.exists()
    again = written(kind, before, by=city.clerk, at=at)
    assert set(again.counts) == {"CREATED"}
    assert cells(exported(kind, at)) == cells(before)


@pytest.mark.parametrize("kind", list(FILES))
def test_what_was_exported_changes_nothing_where_it_stands(city, at, kind):
    written(kind, FILES[kind], by=city.clerk, at=at)
    batch = take_in(kind, exported(kind, at), by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(batch, city.clerk, at).plans} == {RowOutcome.UNCHANGED}
