"""Firms come in with their contacts and pairings; what is not certain is asked."""

import pytest
from stdnum.cn import uscc

from gongjian.audit.queries import verify
from gongjian.enterprises.models import Contact, Enterprise, Pairing
from gongjian.imports import services as imports
from gongjian.imports.models import ImportBatch
from gongjian.imports.names.registers import persons_in
from gongjian.imports.states import RowOutcome
from gongjian.people.models import Person, Tenure, Unit
from tests import scenes
from tests.books import book
from tests.imports.steps import FIRMS, seen, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


def test_firms_come_in_with_contacts_and_pairings(city, at):
    batch = take_in("FIRMS", FIRMS, by=city.clerk, at=at)
    preview = seen(batch, city.clerk, at)
    assert [(name.name, name.rows) for name in preview.unknown] == [("马云山", [4, 5])]
    assert {plan.outcome for plan in preview.plans} == {RowOutcome.DOUBT}
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    firm = Enterprise.objects.get(name="安川永固建材有限公司")
    assert firm.area.name == "临河区"
    assert firm.above_designated_size is False
    assert [(c.name, c.phone, c.is_main) for c in firm.contacts.all()] == [
        ("周七", "13903720004", True),
        ("吴八", "13903720005", False),
    ]
    assert Person.objects.filter(name="马云山").count() == 1
    assert Pairing.objects.filter(person__name="马云山", kind="LEADER").count() == 2


def test_an_import_is_taken_back_as_a_whole(city, at):
    before = [model.objects.count() for model in (Enterprise, Contact, Pairing, Person, Unit, Tenure)]
    batch = take_in("FIRMS", FIRMS, by=city.clerk, at=at)
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    done = imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert done.state == "UNDONE"
    assert [model.objects.count() for model in (Enterprise, Contact, Pairing, Person, Unit, Tenure)] == before
    assert verify() is None


def test_a_firm_of_another_name_is_a_question_with_its_code(city, at):
    code = "91410500MA44WBQY1D"
    code = code[:17] + uscc.calc_check_digit(code[:17])
    Enterprise.objects.filter(pk=city.firm.pk).update(credit_code=code)
    file = book(["企业名称", "信用代码", "县区"], ["安川更名后有限公司", code, city.firm.area.name])
    batch = take_in("FIRMS", file, by=city.clerk, at=at)
    (plan,) = seen(batch, city.clerk, at).plans
    assert plan.outcome == RowOutcome.DOUBT
    assert "更名" in plan.sentence
    imports.confirm_rows(batch, rows=[plan.place], by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    city.firm.refresh_from_db()
    assert city.firm.name == "安川更名后有限公司"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (914105000000000000, "只保留 15 位"),
        ("9.14105E+17", "只保留 15 位"),
        ("91410500MA44WBQY1", "应为 18 位"),
        ("91410500MA44WBQY1A", "校验位不对"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(city, at, cell, said):
    file = book(["企业名称", "信用代码", "县区"], ["安川甲有限公司", cell, city.county.name])
    batch = take_in("FIRMS", file, by=city.clerk, at=at)
    (plan,) = seen(batch, city.clerk, at).plans
    assert plan.outcome == RowOutcome.REFUSED
    assert said in plan.sentence
    assert plan.row.troubles[0].column == 1


def test_two_firms_with_one_code_in_a_ledger_are_not_made_one(city, at):
    code = "91410500MA44WBQY1"
    code += uscc.calc_check_digit(code)
    file = book(
        ["企业名称", "信用代码", "县区"],
        ["安川甲有限公司", code, city.county.name],
        ["安川乙有限公司", code, city.county.name],
        ["安川 甲有限公司", code, city.county.name],
    )
    first, second, third = seen(take_in("FIRMS", file, by=city.clerk, at=at), city.clerk, at).plans
    assert (first.outcome, second.outcome) == (RowOutcome.CREATED, RowOutcome.REFUSED)
    assert "与第 2 行的“安川甲有限公司”相同，名称却不同" in second.sentence
    assert third.outcome != RowOutcome.REFUSED


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("戚 勇 安", "戚勇安", ""),
        ("许　东　艳", "许东艳", ""),
        ("欧 阳 修 文", "欧阳修文", ""),
        ("王 五", "王五", ""),
        ("王五 副市长", "王五", ""),
        ("戚 勇 安 局长", "戚勇安", ""),
        ("戚 勇 安（局长）", "戚勇安", "局长"),
        ("王五 13903720003", "王五", ""),
    ],
)
def test_a_name_with_blanks_inside_is_the_whole_name(text, name, title):
    (who,) = persons_in(text)
    assert (who.name, who.title) == (name, title)
