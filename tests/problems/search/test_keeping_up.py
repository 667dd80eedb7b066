"""The search finds every word a row shows, through every rename and merge; a comparison finds and mends the rest."""

import itertools

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.assignments import services as assignments
from gongjian.enterprises.merging.services import merge_firms
from gongjian.enterprises.register.services import update_firm
from gongjian.people import services as people
from gongjian.people.models import Person, Unit
from gongjian.problems import services as problems
from gongjian.problems.bulk.services import categorise_many
from gongjian.problems.models import Problem
from gongjian.problems.queries import search
from gongjian.problems.search.queries import differences, records_shown
from gongjian.problems.search.services import mend
from gongjian.problems.states import Category
from tests import scenes
from tests.factories import AT, EnterpriseFactory, PersonFactory, ProblemFactory
from tests.problems.doing import hand_over


def found(text):
    return set(search(Problem.objects.all(), text))


def rename_unit(c, unit, name, short_name=""):
    facts = {"kind": unit.kind, "superior": None, "duties": ""}
    people.update_unit(unit, name=name, short_name=short_name, **facts, by=c.clerk, at=AT)


def rename_area(c, area, name, short_name):
    facts = {"stat_code": "", "functional": False, "note": "", "order": 0}
    people.update_area(area, name=name, short_name=short_name, **facts, by=c.clerk, at=AT)


def test_what_the_row_and_the_slip_show_is_found(c, owed, problem):
    for word in (
        "市金融局",
        "安川市金融工作局",
        "陆川平",
        "恒岳机械",
        "临河区",
        "高总",
        problem.number,
        owed.number,
        owed.number.lower(),
        str(problem.get_category_display()),
        "待签收",
        "12-04",
        "2026-12-04",
        "恒岳机械 陆川平",
    ):
        assert found(word) == {problem}, word


@pytest.mark.parametrize("letters", ["lcp", "hyjx", "sjrj", "SJRJ", "acshy", "lc"])
def test_pinyin_initials_find_the_firm_the_unit_and_the_person(c, owed, problem, letters):
    people.update_person(c.director, name="陆川平", phone="", note="", by=c.clerk, at=AT)
    update_firm(c.firm, short_name="恒岳机械股份", by=c.clerk, at=AT)
    rename_unit(c, c.bureau, c.bureau.name, "市金融局")
    assert found(letters) == {problem}
    assert found("x" + letters) == set()


@pytest.mark.parametrize(
    "typed", ["阿卜杜热合曼", "阿卜杜·热合曼", "阿卜杜•热合曼", "阿卜杜・热合曼", "阿卜杜．热合曼", "杜 热合"]
)
def test_a_name_is_found_however_its_dots_are_written(c, owed, problem, typed):
    people.update_person(c.director, name="阿卜杜·热合曼", phone="", note="", by=c.clerk, at=AT)
    assert found(typed) == {problem}


@pytest.mark.parametrize("typed", ["华星（集团）", "华星(集团)", "华星【集团】", "华星 （集团）"])
def test_a_firm_is_found_however_its_brackets_are_written(c, owed, problem, typed):
    update_firm(c.firm, name="安川华星（集团）有限公司", short_name="", by=c.clerk, at=AT)
    assert found(typed) == {problem}


def test_initials_are_found_from_their_beginning_only(c, owed, problem):
    people.update_person(c.director, name="陆川平", phone="", note="", by=c.clerk, at=AT)
    assert found("cp") == set()


def test_choices_are_found_in_the_language_of_the_page(c, owed, problem):
    with translation.override("en"):
        assert found(str(problem.get_category_display())) == {problem}


@pytest.mark.parametrize("category", ["UNFILED", "LEGACY", "UTILITIES", "LABOUR"])
def test_a_choice_of_several_words_is_found_as_a_whole(c, owed, problem, category):
    categorise_many([problem], category="LAND", by=c.clerk, at=AT)
    Problem.objects.filter(pk=problem.pk).update(category=category)
    with translation.override("en"):
        assert found(str(Category(category).label)) == {problem}
    assert found(str(Category(category).label)) == {problem}


def test_a_unit_with_a_new_name(c, owed, problem):
    rename_unit(c, c.bureau, "安川市地方金融管理局", "市地金局")
    assert found("地方金融管理局") == found("市地金局") == found("sdjj") == {problem}
    assert found("金融工作局") == found("市金融局") == set()


def test_a_person_a_firm_and_an_area_with_new_names(c, owed, problem):
    people.update_person(c.director, name="陆传平", phone="", note="", by=c.clerk, at=AT)
    update_firm(c.firm, name="安川市恒岳重工有限公司", short_name="恒岳重工", by=c.clerk, at=AT)
    rename_area(c, c.county, "临江区", "临江")
    assert found("陆传平") == found("恒岳重工") == found("临江") == {problem}
    assert found("陆川平") == found("恒岳机械") == found("临河") == set()


def test_a_merged_firm_and_another_unit(c, owed, problem):
    keep = EnterpriseFactory(name="安川市远岫机械有限公司", short_name="远岫机械", area=c.county)
    merge_firms(keep, duplicate=c.firm, by=c.clerk, at=AT)
    facts = {"lead_unit": c.other_bureau, "responsible_person": c.other_director, "reason": "职责"}
    assignments.reassign(owed, **facts, by=c.clerk, at=AT)
    assert found("远岫") == found("市人社局") == found("温以宁") == {problem}
    assert found("恒岳") == found("市金融局") == found("陆川平") == set()


def test_a_category_changed_in_bulk(c, problem):
    categorise_many([problem], category="LAND", by=c.clerk, at=AT)
    assert found("用地") == {problem}


NAMES = st.text("安川市金融工作局人社发展委员会中心陆温贺远平宁Aa1（）() ", min_size=2, max_size=12).filter(
    str.strip
)


def write_and_correct(c, text):
    fresh = problems.record(enterprise=c.firm, text=text, by=c.clerk, at=AT)
    problems.update(fresh, text=text + "了", by=c.clerk, at=AT)


def pass_on(c, task, units):
    units.reverse()
    facts = {"lead_unit": units[0][0], "responsible_person": units[0][1], "reason": "职责"}
    assignments.reassign(task, **facts, by=c.clerk, at=AT)


def join(c, problem, task):
    if Problem.objects.get(pk=problem.pk).assignment_id is None:
        problems.join(problem, task, by=c.clerk, at=AT)


NUMBERS = itertools.count(1)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["unit", "person", "firm", "area", "text", "reassign", "join"]), NAMES),
        max_size=8,
    )
)
def test_after_any_renames_nothing_differs(c, acts):
    mend()
    one = problems.record(enterprise=c.firm, text="缺人", by=c.clerk, at=AT)
    other = problems.record(enterprise=c.firm, text="缺电", by=c.clerk, at=AT)
    task = hand_over(c, one)
    units = [(c.bureau, c.director), (c.other_bureau, c.other_director)]
    doing = {
        "unit": lambda name: rename_unit(c, Unit.objects.get(pk=units[0][0].pk), name, name[:3]),
        "person": lambda name: people.update_person(
            Person.objects.get(pk=units[0][1].pk), name=name, phone="", note="", by=c.clerk, at=AT
        ),
        "firm": lambda name: update_firm(c.firm, name=name, short_name=name[1:], by=c.clerk, at=AT),
        "area": lambda name: rename_area(c, c.county, name, name[:2]),
        "text": lambda name: write_and_correct(c, name),
        "reassign": lambda _name: pass_on(c, task, units),
        "join": lambda _name: join(c, other, task),
    }
    for verb, name in acts:
        doing[verb](f"{name}{next(NUMBERS)}")  # no unit is called like another
    left = differences()
    assert (left.rows, left.names) == (0, ())


def test_in_the_transaction_of_the_rename(c, owed, problem):
    """What was undone with the rename is undone in the search as well."""
    mark = transaction.savepoint()
    rename_unit(c, c.bureau, "安川市地方金融管理局")
    assert found("地方金融管理局") == {problem}
    transaction.savepoint_rollback(mark)
    assert found("地方金融管理局") == set()
    assert found("金融工作局") == {problem}


def test_every_record_that_a_row_shows_is_followed():
    assert records_shown() == {
        "problems.problem": "pk",
        "enterprises.enterprise": "enterprise",
        "people.area": "area",
        "people.unit": "assignment__lead_unit",
        "people.person": "assignment__responsible_person",
        "assignments.assignment": "assignment",
    }


def test_the_scene_of_everything_has_nothing_left_to_mend(db):
    scenes.ledger(AT)
    mend()
    assert differences().rows == 0


def test_a_comparison_finds_and_mends_what_was_written_past_the_services(c, owed, problem):
    assert differences().rows == 0
    Unit.objects.filter(pk=c.bureau.pk).update(name="改了名的局")
    lost = ProblemFactory(enterprise=c.firm, area=c.county)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO problem_search (rowid, content) VALUES (999999, 'x')")
    wrong = PersonFactory(name="莫问之", initials="abc")
    Person.objects.filter(pk=c.other_director.pk).update(folded="别的")
    left = differences()
    assert (left.stale, left.missing, left.left_over) == ((problem.pk,), (lost.pk,), (999999,))
    assert {wrong, c.other_director} <= set(left.names)
    assert mend().rows == 3
    assert (differences().rows, differences().names) == (0, ())
    assert found("改了名的局") == {problem}
    assert Person.objects.get(pk=wrong.pk).initials == "mwz"
