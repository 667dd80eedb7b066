"""Areas, units, persons and firms come in from ledgers as offices keep them; the same file twice changes nothing; one import is taken back."""

import io

import openpyxl
import pytest

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.enterprises.models import Enterprise
from gongjian.imports import services as imports
from gongjian.imports.error_workbook import error_workbook
from gongjian.imports.models import ImportBatch, LearntHeading
from gongjian.imports.states import RowOutcome
from gongjian.people.models import Area, Person, Tenure, Unit
from tests import scenes
from tests.books import book
from tests.factories import AT, AccountFactory, AreaFactory, PersonFactory, TenureFactory, UnitFactory
from tests.imports.steps import FIRMS, seen, take_in, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


def parent_of(area):
    return Area.objects.get(path=area.path[: -Area.steplen])


AREAS = book(
    ["安川市行政区划名录（2026年）", None, None, None],
    ["序号", "区划名称", "区划代码", "隶属"],
    [1, "白川镇", "410599101", "白川县"],
    [2, "白川县", "410599000000", None],
    [3, "安川高新技术产业开发区", None, None],
    ["合计", "3", None, None],
)


def test_areas_come_in_whatever_their_order(city, at):
    batch = written("AREAS", AREAS, by=city.administrator, at=at)
    county = Area.objects.get(name="白川县")
    assert batch.counts == {"CREATED": 3}
    assert (county.level, parent_of(county)) == ("COUNTY", city.city)
    assert parent_of(Area.objects.get(name="白川镇")) == county
    assert Area.objects.get(name="安川高新技术产业开发区").functional
    again = take_in("AREAS", AREAS, by=city.administrator, at=at)
    assert {plan.outcome for plan in seen(again, city.administrator, at).plans} == {RowOutcome.UNCHANGED}


UNITS = book(
    ["单位名称", "简称", "主要职责", "上级单位"],
    ["安川市住建局白川分局", None, "白川县房屋建设", "安川市住房和城乡建设局"],
    ["安川市住房和城乡建设局", "市住建局", "房屋建设、\n市政工程", None],
)


def test_units_come_in_with_their_duties_and_superiors(city, at):
    batch = written("UNITS", UNITS, by=city.clerk, at=at)
    branch = Unit.objects.get(name="安川市住建局白川分局")
    assert batch.counts == {"CREATED": 2}
    assert branch.superior.name == "安川市住房和城乡建设局"
    assert branch.superior.duties == "房屋建设、\n市政工程"
    assert branch.superior.initials.startswith("szjj")
    assert Event.objects.filter(name="unit.added", by_id=city.clerk.pk).count() == 2


@pytest.mark.parametrize("kind", ["AREAS", "UNITS", "PERSONS", "FIRMS"])
def test_the_same_file_twice_changes_nothing(city, at, kind):
    file = {"AREAS": AREAS, "UNITS": UNITS, "PERSONS": PERSONS, "FIRMS": FIRMS}[kind]
    by = city.administrator if kind == "AREAS" else city.clerk
    UnitFactory(area=city.city, name="安川市统计局", short_name="市统计局")
    first = take_in(kind, file, by=by, at=at)
    imports.decide_all_names(first, do="CREATE", by=by, at=at)
    imports.write(first, by=by, at=at)
    before = Event.objects.count()
    again = take_in(kind, file, by=by, at=at)
    assert {plan.outcome for plan in seen(again, by, at).plans} == {RowOutcome.UNCHANGED}
    with pytest.raises(Refused, match="没有可以写入的行"):
        imports.write(again, by=by, at=at)
    assert Event.objects.count() == before + 1  # the upload itself
    assert verify() is None


PERSONS = book(
    ["姓名", "单位", "职务", "手机", "是否一把手", "任职时间"],
    ["孙 海", "市统计局", "局长", 13903720001, "是", "2023.1.28"],
    ["钱江（副局长）", "市统计局", None, "１３９０３７２０００２", None, 44954],
    ["同上", "同上", "机关党委书记", "同上", None, None],
)


def test_persons_come_in_with_their_posts(city, at):
    UnitFactory(area=city.city, name="安川市统计局", short_name="市统计局")
    batch = written("PERSONS", PERSONS, by=city.clerk, at=at)
    sun, qian = Person.objects.get(name="孙海"), Person.objects.get(name="钱江")
    assert batch.counts == {"CREATED": 2, "CHANGED": 1}
    assert (sun.phone, qian.phone) == ("13903720001", "13903720002")
    assert sorted(t.post.title for t in qian.tenures.all()) == ["副局长", "机关党委书记"]
    assert sun.tenures.get().post.is_principal
    assert f"{qian.tenures.get(post__title='副局长').since}" == "2023-01-28"


def test_nothing_is_taken_back_once_somebody_has_gone_on(city, at):
    batch = written("UNITS", UNITS, by=city.clerk, at=at)
    TenureFactory(post__unit=Unit.objects.get(name="安川市住建局白川分局"))
    with pytest.raises(Refused, match="已经有人用了"):
        imports.undo(batch, by=city.clerk, at=at)
    assert Unit.objects.filter(name="安川市住房和城乡建设局").exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == "WRITTEN"


def test_a_long_register_is_taken_back_as_one_batch(city, at, django_assert_max_num_queries):
    names = [f"安川市第{n}调研处" for n in range(60)]
    rows = [
        [name, names[n - 1] if n % 3 else None] for n, name in enumerate(names)
    ]  # each under the one before
    units = written("UNITS", book(["单位名称", "上级单位"], *rows), by=city.clerk, at=at)
    posts = [[f"某{chr(0x4E00 + n)}某", name, "处长"] for n, name in enumerate(names)]
    persons = written("PERSONS", book(["姓名", "单位", "职务"], *posts), by=city.clerk, at=at)
    before = Unit.objects.count() - 60, Person.objects.count() - 60
    with django_assert_max_num_queries(200):
        imports.undo(persons, by=city.clerk, at=at)
    with django_assert_max_num_queries(200):
        imports.undo(units, by=city.clerk, at=at)
    assert (Unit.objects.count(), Person.objects.count()) == before
    assert not Tenure.objects.filter(post__unit__name__in=names).exists()
    told = Event.objects.filter(name="people.taken_back")
    assert told.count() == 60 + 60 * 3
    assert verify() is None


def test_an_office_of_a_county_takes_its_own_persons_back(city, at):
    UnitFactory(area=city.county, name="临河区统计局")
    clerk = AccountFactory(role="CLERK", reads_area=city.county, writes_area=city.county)
    batch = written(
        "PERSONS", book(["姓名", "单位", "职务"], ["某甲", "临河区统计局", "科员"]), by=clerk, at=at
    )
    imports.undo(batch, by=clerk, at=at)
    assert not Person.objects.filter(name="某甲").exists()


def test_one_person_in_use_keeps_the_whole_batch(city, at):
    UnitFactory(area=city.city, name="安川市统计局")
    rows = [[f"某{who}", "安川市统计局", "科员"] for who in "甲乙丙"]
    batch = written("PERSONS", book(["姓名", "单位", "职务"], *rows), by=city.clerk, at=at)
    TenureFactory(person=Person.objects.get(name="某乙"))
    with pytest.raises(Refused, match="“某乙”已经有人用了（任期 1）"):
        imports.undo(batch, by=city.clerk, at=at)
    assert Person.objects.filter(name__in=["某甲", "某乙", "某丙"]).count() == 3


def test_what_an_import_changed_gets_its_old_value_back(city, at):
    unit = UnitFactory(area=city.city, name="安川市粮食局", duties="粮食")
    batch = written("UNITS", book(["单位", "职责"], ["安川市粮食局", "粮食和物资储备"]), by=city.clerk, at=at)
    unit.refresh_from_db()
    assert (batch.counts, unit.duties) == ({"CHANGED": 1}, "粮食和物资储备")
    imports.undo(batch, by=city.clerk, at=at)
    unit.refresh_from_db()
    assert unit.duties == "粮食"


def test_a_value_changed_since_is_not_overwritten_by_taking_back(city, at):
    unit = UnitFactory(area=city.city, name="安川市粮食局", duties="粮食")
    batch = written("UNITS", book(["单位", "职责"], ["安川市粮食局", "粮食和物资储备"]), by=city.clerk, at=at)
    Unit.objects.filter(pk=unit.pk).update(duties="又改过")
    with pytest.raises(Refused, match="后来又改过"):
        imports.undo(batch, by=city.clerk, at=at)


def test_a_heading_somebody_chose_is_known_next_time(city, at):
    file = book(["条线", "管什么"], ["安川市外办", "外事"])
    batch = take_in("UNITS", file, by=city.clerk, at=at)
    with pytest.raises(Refused, match="没有找到“单位名称”"):
        seen(batch, city.clerk, at)
    imports.choose_headings(batch, headings={"条线": "name", "管什么": "duties"}, by=city.clerk, at=at)
    imports.write(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert LearntHeading.objects.count() == 2
    next_one = take_in("UNITS", book(["条线", "管什么"], ["安川市侨办", "侨务"]), by=city.clerk, at=at)
    assert seen(next_one, city.clerk, at).plans[0].outcome == RowOutcome.CREATED


def test_a_namesake_is_asked_about_and_never_guessed(city, at):
    one = TenureFactory(person__name="李明", post__unit=city.bureau, post__title="科长").person
    file = book(["姓名", "单位", "职务"], ["李明", city.other_bureau.name, "副局长"])
    batch = take_in("PERSONS", file, by=city.clerk, at=at)
    (name,) = seen(batch, city.clerk, at).unknown
    assert name.near == [(one.pk, f"李明（{city.bureau.name}科长）")]
    imports.decide_names(batch, decisions={name.key: {"do": "MATCH", "pk": one.pk}}, by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    assert Person.objects.filter(name="李明").count() == 1
    assert one.tenures.count() == 2


def test_a_namesake_may_be_somebody_else(city, at):
    TenureFactory(person__name="李明", post__unit=city.bureau, post__title="科长")
    file = book(["姓名", "单位", "职务"], ["李明", city.other_bureau.name, "副局长"])
    batch = take_in("PERSONS", file, by=city.clerk, at=at)
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    assert Person.objects.filter(name="李明").count() == 2


def test_unknown_units_are_matched_or_skipped(city, at):
    file = book(
        ["姓名", "单位", "职务"],
        ["甲一", "没有的局", "局长"],
        ["乙二", "没有的局", "副局长"],
        ["丙三", "没有的所", "所长"],
    )
    batch = take_in("PERSONS", file, by=city.clerk, at=at)
    bureau, station = seen(batch, city.clerk, at).unknown
    decisions = {bureau.key: {"do": "MATCH", "pk": city.bureau.pk}, station.key: {"do": "SKIP"}}
    imports.decide_names(batch, decisions=decisions, by=city.clerk, at=at)
    done = imports.write(batch, by=city.clerk, at=at)
    assert done.counts == {"CREATED": 2, "SKIPPED": 1}
    assert Tenure.objects.filter(post__unit=city.bureau, person__name__in=["甲一", "乙二"]).count() == 2


def test_right_rows_go_in_and_wrong_ones_come_back_marked(city, at):
    file = book(["单位", "地区"], ["安川市外办", None], ["安川市侨办", "没有的县"], [None, "临河区"])
    batch = take_in("UNITS", file, by=city.clerk, at=at)
    done = imports.write(batch, by=city.clerk, at=at)
    assert done.counts == {"CREATED": 1, "REFUSED": 2}
    marked = openpyxl.load_workbook(
        io.BytesIO(error_workbook(done, seen(done, city.clerk, at), done.refusals))
    ).active
    assert marked["C1"].value == "错误说明"
    assert "没有登记地区“没有的县”" in marked["C3"].value
    assert "没有写单位名称" in marked["C4"].value
    assert marked["C2"].value is None
    assert marked["B3"].fill.start_color.rgb.endswith("F8CBAD")


def test_hidden_sheets_are_named_and_read_only_when_chosen(city, at):
    wanted = openpyxl.load_workbook(io.BytesIO(book(["单位"], ["安川市外办"])))
    hidden = wanted.create_sheet("旧名册")
    hidden.append(["单位"])
    hidden.append(["安川市侨办"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    wanted.save(out)
    batch = take_in("UNITS", out.getvalue(), by=city.clerk, at=at)
    preview = seen(batch, city.clerk, at)
    assert (preview.ledger.hidden, len(preview.plans)) == (["旧名册"], 1)
    imports.choose_sheets(batch, sheets=["旧名册"], by=city.clerk, at=at)
    batch.refresh_from_db()
    assert [plan.title for plan in seen(batch, city.clerk, at).plans] == ["安川市侨办"]


def test_rows_outside_ones_area_are_refused(city, at):
    file = book(["单位", "地区"], ["外县发改委", city.other_county.name])
    batch = take_in("UNITS", file, by=city.county_clerk, at=at)
    done = seen(batch, city.county_clerk, at)
    assert [plan.outcome for plan in done.plans] == [RowOutcome.REFUSED]


def test_the_register_of_areas_finds_short_forms(city, at):
    AreaFactory(parent=city.city, name="白川县")
    file = book(["单位", "县"], ["白川县文旅局", "白川"], ["白川县残联", "安川市白川县"])
    done = written("UNITS", file, by=city.clerk, at=at)
    assert done.counts == {"CREATED": 2}
    assert {unit.area.name for unit in Unit.objects.filter(name__startswith="白川")} == {"白川县"}


def test_who_may_not_import_is_told(city, at):
    with pytest.raises(Refused, match="您的账号不能导入"):
        take_in("UNITS", UNITS, by=city.handler, at=at)
    PersonFactory()


BAD = {
    "成立日期": "2015年13月9日",
    "行业代码": "33010",
    "规模": "很大",
    "联系电话": 1.3903720003e17,
    "包联日期": "#REF!",
}


@pytest.mark.parametrize("head", list(BAD))
def test_a_firm_goes_in_without_the_one_cell_that_cannot_be_read(city, at, head):
    heads = ["企业名称", "县（市、区）", "简称", "联系人", *BAD]
    cells = [BAD[name] if name == head else None for name in BAD]
    batch = written(
        "FIRMS", book(heads, ["安川青云有限公司", "临河区", "青云", "赵六", *cells]), by=city.clerk, at=at
    )
    firm = Enterprise.objects.get(name="安川青云有限公司")
    assert (batch.counts, firm.short_name, firm.contacts.get().name) == ({"CREATED": 1}, "青云", "赵六")
    (left,) = batch.refusals
    (cell,) = left["cells"]
    assert (left["row"], cell[0], cell[2]) == (1, heads.index(head), "ABCDEFGHI"[heads.index(head)])
    assert head in cell[1]


@pytest.mark.parametrize(
    ("kind", "row", "out"),
    [
        ("AREAS", {"名称": "青石镇", "统计用区划代码": "41059", "上级地区": "临河区"}, "code"),
        ("UNITS", {"单位名称": "安川市青石局", "地区": "没有的县"}, "area"),
        ("PERSONS", {"姓名": "钱七", "单位": "安川市金融工作局"}, "unit"),
        (
            "FIRMS",
            {"企业名称": "安川青石有限公司", "统一社会信用代码": "123", "县（市、区）": "临河区"},
            "code",
        ),
    ],
)
def test_what_says_which_record_it_is_keeps_its_row_out(city, kind, row, out):
    batch = take_in(kind, book(list(row), list(row.values())), by=city.clerk, at=AT)
    (plan,) = seen(batch, city.clerk, AT).plans
    assert plan.outcome == RowOutcome.REFUSED
    assert plan.row.troubles[0].column == plan.row.columns[out]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("AREAS", {"名称": "青石镇", "上级地区": "临河区", "官方排序": "第一"}),
        ("UNITS", {"单位名称": "安川市青石局", "性质": "不知道"}),
        ("PERSONS", {"姓名": "钱七", "任职日期": "去年", "一把手": "大概"}),
    ],
)
def test_every_register_takes_a_row_without_what_it_can_do_without(city, at, kind, row):
    batch = written(kind, book(list(row), list(row.values())), by=city.clerk, at=at)
    assert batch.counts == {"CREATED": 1}
    assert len(batch.refusals[0]["cells"]) == len(row) - (3 if kind == "AREAS" else 1) + (kind == "AREAS")


def test_an_import_of_units_keeps_their_paper_heads(city, at):
    Unit.objects.filter(pk=city.bureau.pk).update(paper_head="安川市金融工作局文件")
    row = ["安川市金融工作局", "银企对接"]
    batch = written("UNITS", book(["单位名称", "主要职责"], row), by=city.clerk, at=at)
    assert Unit.objects.get(pk=city.bureau.pk).paper_head == "安川市金融工作局文件"
    imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert Unit.objects.get(pk=city.bureau.pk).paper_head == "安川市金融工作局文件"
