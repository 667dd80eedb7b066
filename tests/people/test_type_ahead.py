"""What type-ahead finds: initials at any place of short name and name; a unit's own persons first; folded to what is typed."""

import pytest
from django.urls import reverse

from gongjian.people.pinyin import unit_initials
from gongjian.people.queries import find_persons, find_units, persons_of
from tests.factories import AccountFactory, PersonFactory, TenureFactory, UnitFactory
from tests.factories.days import TODAY
from tests.web.test_pages import signed_in

BUREAUS = {
    "gaj": ("安川市公安局", "市公安局"),
    "jtj": ("安川市交通运输局", "市交通局"),
    "gxj": ("安川市工业和信息化局", "市工信局"),
    "zjj": ("安川市住房和城乡建设局", "市住建局"),
    "fgw": ("安川市发展和改革委员会", "市发改委"),
    "rsj": ("安川市人力资源和社会保障局", "市人社局"),
    "gyhxxhj": ("安川市工业和信息化局", "市工信局"),
    "xxh": ("安川市大数据管理局", "信息化中心"),
}


@pytest.fixture
def c(db):
    from tests import scenes

    city = scenes.city()
    for name, short in dict.fromkeys(BUREAUS.values()):
        UnitFactory(name=name, short_name=short, initials=unit_initials(name, short), area=city.city)
    return city


@pytest.mark.parametrize("letters", BUREAUS)
def test_units_are_found_by_initials_at_any_place(c, letters):
    names = [unit.name for unit in find_units(letters, near=c.city)]
    assert BUREAUS[letters][0] in names
    assert BUREAUS[letters][0] in [unit.name for unit in find_units(letters.upper())]


def test_the_city_comes_before_its_counties_and_a_beginning_before_both(c):
    UnitFactory(name="临河区公安局", short_name="区公安局", area=c.county, initials="qgaj lhqgaj")
    UnitFactory(name="港安局", short_name="", area=c.county, initials="gaj")
    assert [unit.name for unit in find_units("gaj")] == ["港安局", "安川市公安局", "临河区公安局"]


def test_one_letter_finds_what_begins_with_it(c):
    assert {unit.short_name for unit in find_units("x")} == {"信息化中心"}


def test_persons_are_found_by_the_letters_of_the_given_name(c):
    for person, letters in ((c.director, "lcp"), (c.other_director, "wyn")):
        person.initials = letters
        person.save()
    assert list(find_persons("cp")) == [c.director]  # 陆川平
    assert list(find_persons("yn")) == [c.other_director]  # 温以宁


def test_a_unit_proposes_its_own_principal_first_and_no_others(c):
    deputy = TenureFactory(
        post__unit=c.bureau, post__title="副局长", person=PersonFactory(name="邵闻笛")
    ).person
    gone = TenureFactory(post__unit=c.bureau, post__title="原副局长", until=TODAY.replace(year=2025)).person
    signs = PersonFactory(name="经办人")
    AccountFactory(role="HANDLER", unit=c.bureau, person=signs)
    assert persons_of(c.bureau, "", on=TODAY) == [c.director, deputy, signs]
    assert gone not in persons_of(c.bureau, "", on=TODAY)
    assert persons_of(c.bureau, "邵", on=TODAY) == [deputy]
    assert persons_of(c.bureau, "温以宁", on=TODAY) == []
    clerk = signed_in(c.clerk)
    limited = clerk.get(reverse("person-find"), {"q": "", "unit": c.bureau.pk}).content.decode()
    assert limited.index("陆川平") < limited.index("邵闻笛")
    assert "温以宁" not in limited
    assert "温以宁" in clerk.get(reverse("person-find"), {"q": "温"}).content.decode()
