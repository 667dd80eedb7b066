"""Two firms of one name: they come in from one file where county or credit code tells them apart; else one question is asked."""

import pytest
from stdnum.cn import uscc

from gongjian.enterprises.models import Enterprise
from gongjian.imports import services as imports
from gongjian.imports.states import RowOutcome
from gongjian.problems.models import Problem
from samples.office.problems import HEADS as PROBLEM_HEADS
from tests import scenes
from tests.books import book
from tests.factories import AT
from tests.imports.steps import row as problem
from tests.imports.steps import seen, take_in, written

pytestmark = pytest.mark.django_db
HEADS = ["企业名称", "统一社会信用代码", "县区", "企业联系人", "企业地址"]
NAME = "安川兴达商贸有限公司"


def code(n):
    start = f"91419900MA{n:07d}"
    return start + uscc.calc_check_digit(start)


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def at():
    return AT


def stand():
    return sorted(
        (firm.area.name, firm.credit_code or "", firm.address)
        for firm in Enterprise.objects.filter(name=NAME)
    )


@pytest.mark.parametrize(
    ("rows", "firms"),
    [
        pytest.param(
            [[NAME, None, "临河区", None, "东街"], [NAME, None, "北岭区", None, "西街"]],
            [("临河区", "", "东街"), ("北岭区", "", "西街")],
            id="by county",
        ),
        pytest.param(
            [[NAME, code(1), "临河区", None, "东街"], [NAME, code(2), "临河区", None, "西街"]],
            [("临河区", code(1), "东街"), ("临河区", code(2), "西街")],
            id="by code",
        ),
        pytest.param(
            [[NAME, code(1), "北岭区", None, "东街"], [NAME, None, "临河区", None, "西街"]],
            [("临河区", "", "西街"), ("北岭区", code(1), "东街")],
            id="by county, one of them with a code",
        ),
        pytest.param(
            [[NAME, code(1), "北岭区", "甲某", "东街"], [NAME, code(1), None, "乙某", None]],
            [("北岭区", code(1), "东街")],
            id="one firm with two contacts",
        ),
        pytest.param(
            [[NAME, None, "北岭区", "甲某", "东街"], [NAME, None, None, "乙某", None]],
            [("北岭区", "", "东街")],
            id="a second row that says no county",
        ),
    ],
)
def test_they_come_in_from_one_file(city, at, rows, firms):
    batch = written("FIRMS", book(HEADS, *rows), by=city.clerk, at=at)
    assert stand() == sorted(firms)
    assert not batch.refusals
    again = take_in("FIRMS", book(HEADS, *rows), by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(again, city.clerk, at).plans} == {RowOutcome.UNCHANGED}


@pytest.mark.parametrize(
    ("rows", "question"),
    [
        ([[NAME, None, "临河区"], [NAME, code(1), "临河区"]], "那一行没有信用代码"),
        ([[NAME, None, "临河区"], [NAME, None, "北岭区"], [NAME, None, None, "丙某"]], "有 2 家叫这个名字"),
    ],
)
def test_where_nothing_tells_them_apart_one_question_is_asked(city, at, rows, question):
    file = book(HEADS, *(row + [None] * (5 - len(row)) for row in rows))
    batch = take_in("FIRMS", file, by=city.clerk, at=at)
    plans = seen(batch, city.clerk, at).plans
    assert [plan.outcome for plan in plans[:-1]] == [RowOutcome.CREATED] * (len(plans) - 1)
    assert (plans[-1].outcome, len(plans[-1].questions)) == (RowOutcome.DOUBT, 1)
    assert question in plans[-1].questions[0]
    imports.confirm_rows(batch, rows=[plans[-1].place], by=city.clerk, at=at)
    assert not imports.write(batch, by=city.clerk, at=at).refusals
    assert len(stand()) == 2


def test_a_second_one_beside_the_registered_one(city, at):
    written("FIRMS", book(HEADS, [NAME, None, "临河区", None, "东街"]), by=city.clerk, at=at)
    both = book(HEADS, [NAME, None, "北岭区", None, "西街"], [NAME, None, "临河区", None, "东街"])
    written("FIRMS", both, by=city.clerk, at=at)
    assert stand() == [("临河区", "", "东街"), ("北岭区", "", "西街")]


def test_problems_of_unknown_firms_of_one_name_in_two_counties(city, at):
    rows = [problem(企业名称=NAME, 县=county, 问题描述=f"{county}的事") for county in ("临河区", "北岭区")]
    rows.append(problem(企业名称="只在北岭的公司", 县="北岭区", 问题描述="一"))
    rows.append(problem(企业名称="只在北岭的公司", 县=None, 问题描述="二"))
    batch = take_in("PROBLEMS", book(PROBLEM_HEADS, *rows), by=city.clerk, at=at)
    unknown = seen(batch, city.clerk, at).unknown
    assert sorted((name.name, name.where) for name in unknown) == [
        ("只在北岭的公司", "北岭区"),
        (NAME, "临河区"),
        (NAME, "北岭区"),
    ]
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    assert not imports.write(batch, by=city.clerk, at=at).refusals
    assert sorted(
        Problem.objects.filter(text__endswith="的事").values_list("enterprise__area__name", "text")
    ) == [
        ("临河区", "临河区的事"),
        ("北岭区", "北岭区的事"),
    ]
    assert Enterprise.objects.get(name="只在北岭的公司").problems.count() == 2
