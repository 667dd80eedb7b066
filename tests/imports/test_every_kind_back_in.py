"""Every kind of ledger: imported, exported, imported into an empty instance and exported again, equal cell by cell."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from gongjian.imports import services as imports
from gongjian.imports.reading.fields import FIELDS
from gongjian.imports.states import ImportKind, RowOutcome
from gongjian.ledgers.every_kind import export_workbook
from gongjian.ledgers.fact_import import services as fact_import
from gongjian.ledgers.fact_import.checks import CellOutcome
from gongjian.ledgers.sheet import Telephones
from samples.office.problems import HEADS as PROBLEM_HEADS
from tests import scenes
from tests.books import book
from tests.factories import FactFactory, PersonFactory, PolicyFactory, PolicyVersionFactory, TenureFactory
from tests.imports.steps import OPEN, seen, take_in
from tests.imports.steps import row as problem
from tests.slow_work import counted_from_here

pytestmark = pytest.mark.django_db
SMALL = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PHONE = st.sampled_from(["", "13903720003", "0391-6612345", "6612345转8001"])
NOTE = st.sampled_from(["", "分管工业", "值班电话13903720009", "一行\n又一行"])
DAY = st.dates(date(2020, 1, 1), date(2026, 10, 31))
MAYBE_DAY = st.one_of(st.none(), DAY)


def names(ending, *, most, least=1):
    """Different names of this ending."""
    begins = st.text("安川临北河岭白石青云", min_size=2, max_size=4)
    return st.lists(begins, min_size=least, max_size=most, unique=True).map(
        lambda all_: [f"{n}{ending}" for n in all_]
    )


@st.composite
def areas(draw):
    counties = draw(names("县", most=2))
    towns = draw(names("镇", most=2))
    rows = [
        {"name": c, "code": "", "level": "县", "note": draw(NOTE), "order": n} for n, c in enumerate(counties)
    ]
    rows += [
        {
            "name": town,
            "short_name": town[:2],
            "level": "乡镇",
            "parent": county,
            "functional": draw(st.sampled_from("是否")),
        }
        for county in counties
        for town in towns
    ]
    return rows


@st.composite
def units(draw):
    found = draw(names("局", most=3))
    rows = [
        {
            "name": name,
            "area": area,
            "short_name": name[:2],
            "duties": draw(NOTE),
            "order": draw(st.integers(0, 3)),
        }
        for name in found
        for area in ("临河区", "北岭区")
    ]
    return [
        *({"name": f"{found[0]}分局", "area": "北岭区", "superior": f"{found[0]}（临河区）"} for _ in "1"),
        *rows,
    ]


@st.composite
def persons(draw):
    posts = [("安川市金融工作局", "安川市"), ("安川市人力资源局", "安川市"), ("", "")]
    rows = []
    for n in range(draw(st.integers(1, 4))):
        who = {
            "number": n + 1,
            "name": draw(st.sampled_from(["张三", "李四"])),
            "phone": f"139037200{n:02d}",
            "note": draw(NOTE),
        }
        for unit, area in draw(st.lists(st.sampled_from(posts), min_size=1, max_size=2, unique=True)):
            held = {"title": f"科员{n}", "since": draw(MAYBE_DAY), "unit": unit, "area": area}
            rows.append(who | (held if unit else {}))
    return rows


@st.composite
def accounts(draw):
    roles = draw(
        st.lists(
            st.sampled_from(["攻坚办工作人员", "领导", "承办单位经办人", "审计监督"]), min_size=1, max_size=4
        )
    )
    unit = {"unit": "安川市金融工作局", "area": "安川市"}
    return [
        {"name": f"王{role[:2]}", "role": role, "username": f"neu{n}", **unit} for n, role in enumerate(roles)
    ]


@st.composite
def firms(draw):
    rows = []
    for n, name in enumerate(draw(names("实业有限公司", most=3))):
        code = f"91410500MA44W{n}QY1"
        own = {
            "name": name,
            "code": draw(st.sampled_from(["", code + uscc.calc_check_digit(code)])),
            "county": draw(st.sampled_from(["临河区", "北岭区"])),
            "size": draw(st.sampled_from(["规上", "规下", ""])),
            "founded_on": draw(MAYBE_DAY),
            "makes": draw(NOTE),
        }
        for part in range(draw(st.integers(1, 3))):
            contact = {
                "contact": f"赵{'六七八'[part]}",
                "contact_title": "厂长",
                "contact_phone": draw(PHONE),
            }
            paired = {
                "leader": draw(st.sampled_from(["", "马云山", "陆川平"])),
                "paired_since": draw(MAYBE_DAY),
            }
            rows.append((own if part == 0 else {"name": name, "code": own["code"]}) | contact | paired)
    return rows


@st.composite
def visits(draw):
    rows = []
    for n in range(draw(st.integers(1, 3))):
        firm = draw(st.sampled_from(["恒岳机械", ""]))
        rows.append(
            {
                "starts_on": draw(DAY),
                "title": f"第{n}次走访",
                "lead": draw(st.sampled_from(["", "陆川平"])),
                "firm": firm,
                "received_by": "赵六" if firm else "",
                "production": draw(NOTE) if firm else "",
                "place": draw(NOTE)[:8],
            }
        )
    return rows


@st.composite
def payouts(draw):
    rows = []
    for n in range(draw(st.integers(1, 3))):
        first = draw(DAY)
        rows.append(
            {
                "firm": "恒岳机械",
                "policy": "满负荷生产奖励",
                "period": f"202{n}Q1",
                "applied_amount": draw(st.decimals(1, 900_000, places=2)),
                "applied_on": first,
                "paid_on": draw(st.sampled_from([None, first + timedelta(days=9)])),
                "reasons": "用电量增长；满负荷生产",
            }
        )
    return rows


@st.composite
def problems(draw):
    rows = []
    for n in range(draw(st.integers(1, 3))):
        said = draw(
            st.sampled_from(
                [
                    {},
                    OPEN,
                    {"问题编号": f"AC2025-{n}"},
                    {"配合": "安川市人力资源局"},
                ]
            )
        )
        rows.append(problem(**{"问题描述": f"第{n}件：联系13903720009", **said}))
    return rows


MADE = {
    "AREAS": areas(),
    "UNITS": units(),
    "PERSONS": persons(),
    "ACCOUNTS": accounts(),
    "FIRMS": firms(),
    "VISITS": visits(),
    "PAYOUTS": payouts(),
    "PROBLEMS": problems(),
}


@pytest.fixture
def city():
    made = scenes.city()
    PolicyVersionFactory(policy=PolicyFactory(name="满负荷生产奖励"))
    for name in ("马云山", "王攻坚", "王承办"):
        TenureFactory(person=PersonFactory(name=name), post__unit=made.bureau, post__title=f"{name}之职")
    return made


def ledger(kind, rows):
    """A workbook with the headings of the kind."""
    if kind == "PROBLEMS":
        return book(PROBLEM_HEADS, *rows)
    heads = [field.name for field in FIELDS[ImportKind(kind)]]
    cells = [[_cell(row.get(name)) for name in heads] for row in rows]
    return book([str(field.label) for field in FIELDS[ImportKind(kind)]], *cells)


def _cell(value):
    return f"{value}" if isinstance(value, date | Decimal) else value if value != "" else None


def exported(kind, at):
    return export_workbook(kind.lower(), as_of=at, telephones=Telephones.WHOLE)


def cells(file):
    """Every cell below the title, whose time of the data differs."""
    page = openpyxl.load_workbook(io.BytesIO(file)).active
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]


def keeper(city, kind):
    return city.administrator if kind in ("AREAS", "UNITS", "PERSONS", "ACCOUNTS") else city.clerk


def outcomes(kind, file, *, by, at):
    plans = seen(take_in(kind, file, by=by, at=at), by, at).plans
    return {(plan.outcome, plan.sentence) for plan in plans if plan.outcome != RowOutcome.UNCHANGED}


def write(kind, file, *, by, at):
    done = imports.write(take_in(kind, file, by=by, at=at), by=by, at=at)
    assert set(done.counts) <= {"CREATED", "CHANGED", "UNCHANGED"}, done.refusals


@pytest.mark.parametrize("kind", list(MADE))
@SMALL
@given(data=st.data())
def test_imported_exported_and_imported_again_is_equal_cell_by_cell(city, at, kind, data):
    by, rows = keeper(city, kind), data.draw(MADE[kind])
    with transaction.atomic(), counted_from_here():
        write(kind, ledger(kind, rows), by=by, at=at)
        with translation.override(data.draw(st.sampled_from(["zh-hans", "en"]))):
            first = exported(kind, at)
        shown = export_workbook(kind.lower(), as_of=at, telephones=Telephones.HIDDEN)
        assert outcomes(kind, first, by=by, at=at) == set()
        assert outcomes(kind, shown, by=by, at=at) == set()
        transaction.set_rollback(True)
    with transaction.atomic(), counted_from_here():
        write(kind, first, by=by, at=at)
        with translation.override("en" if cells(first)[0][0] == "No." else "zh-hans"):
            assert cells(exported(kind, at)) == cells(first)
        transaction.set_rollback(True)


FIGURES = st.lists(
    st.tuples(
        st.sampled_from(["营业收入", "用电量", "税收"]),
        st.dates(date(2024, 1, 1), date(2026, 9, 1)).map(lambda day: day.replace(day=1)),
        st.decimals(1, 9_000, places=4),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda fact: fact[:2],
)


@SMALL
@given(figures=FIGURES)
def test_figures_of_a_source_come_back_as_they_were(city, at, figures):
    with transaction.atomic(), counted_from_here():
        for key, month, value in figures:
            FactFactory(
                enterprise=city.firm,
                key=key,
                period_kind="MONTH",
                period=month,
                value=value,
                source="企业月报",
            )
        first = exported("FACTS", at)
        assert {line.outcome for line in checked(first, city, at).cells} == {CellOutcome.SAME}
        transaction.set_rollback(True)
    with transaction.atomic(), counted_from_here():
        batch = taken(first, city, at)
        fact_import.write_all_as_they_are(batch, by=city.clerk, at=at)
        assert cells(exported("FACTS", at)) == cells(first)
        transaction.set_rollback(True)


def taken(file, city, at):
    return fact_import.add_workbook(
        file_name="月报.xlsx", file=file, source="企业月报", default=None, by=city.clerk, at=at
    )


def checked(file, city, at):
    return fact_import.preview_workbook(taken(file, city, at), by=city.clerk, today=at.date())
