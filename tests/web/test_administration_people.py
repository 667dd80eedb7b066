"""Areas, units, persons and accounts on screen."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongjian.audit.models import Event
from gongjian.people import services as people
from gongjian.people.accounts.services import set_active
from gongjian.people.models import Account, Area, Person, Tenure, Unit
from gongjian.people.states import Role
from gongjian.web.rights import matrix
from tests.factories import AT, AccountFactory, AreaFactory, PersonFactory, TenureFactory, UnitFactory
from tests.scenes import city

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
KEEPING = {Role.CLERK, Role.ADMINISTRATOR}
INSIDE = set(Role) - {Role.ENTERPRISE, Role.SYSTEM}


@pytest.fixture
def scene():
    return city()


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()


PAGES = {
    "areas": INSIDE,
    "area-new": KEEPING,
    "area-edit": KEEPING,
    "units": INSIDE,
    "unit-new": KEEPING,
    "unit": INSIDE,
    "unit-edit": KEEPING,
    "persons": INSIDE,
    "person-new": KEEPING,
    "person": INSIDE,
    "person-edit": KEEPING,
    "accounts": {Role.ADMINISTRATOR},
    "account-new": {Role.ADMINISTRATOR},
    "account": {Role.ADMINISTRATOR},
}


def address(scene, route):
    subjects = {
        "area-edit": scene.county,
        "unit": scene.bureau,
        "unit-edit": scene.bureau,
        "person": scene.director,
        "person-edit": scene.director,
        "account": scene.handler,
    }
    return reverse(route, args=[subjects[route].pk] if route in subjects else [])


@pytest.mark.parametrize("route", PAGES)
def test_a_page_opens_for_its_roles_and_for_nobody_else(scene, route):
    assert matrix()[route] == PAGES[route]
    for role in Role:
        one = AccountFactory(role=role, reads_area=scene.city, writes_area=scene.city)
        answer = as_(one).get(address(scene, route))
        assert answer.status_code == (200 if role in PAGES[route] else 403), role


@pytest.mark.parametrize("route", PAGES)
def test_a_page_asks_the_database_little_however_much_there_is(scene, route, django_assert_max_num_queries):
    for n in range(15):
        tenure = TenureFactory(post__unit__area=scene.county, post__is_principal=True)
        AccountFactory(role=Role.HANDLER, unit=tenure.post.unit, person=tenure.person)
        people.update_person(
            scene.director, name="陆川平", phone=str(n), note="", by=scene.administrator, at=AT
        )
    client = as_(scene.administrator)
    client.get(address(scene, route))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address(scene, route))


@pytest.mark.parametrize("route", ["units", "persons", "accounts"])
def test_a_list_is_paged_and_comes_alone_when_htmx_asks(scene, route):
    for _n in range(60):
        tenure = TenureFactory(post__unit__area=scene.county)
        AccountFactory(role=Role.HANDLER, unit=tenure.post.unit)
    client = as_(scene.administrator)
    first = client.get(reverse(route))
    second = client.get(reverse(route), {"page": "2"})
    assert "<html" in text(first)
    assert len(first.context["page"].object_list) == 50
    assert second.context["page"].number == 2
    assert not {one.pk for one in first.context["page"]} & {one.pk for one in second.context["page"]}
    alone = client.get(reverse(route), headers={"HX-Request": "true"})
    assert "<html" not in text(alone)
    assert client.get(reverse(route), {"page": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("route", "sentence"),
    [("units", "没有符合条件的单位"), ("persons", "没有符合条件的人员"), ("accounts", "没有符合条件的账号")],
)
def test_an_empty_list_says_what_to_do(scene, route, sentence):
    page = text(as_(scene.administrator).get(reverse(route), {"q": "没有这个"}))
    assert sentence in page
    assert "empty-hint" in page


# --- areas


def test_the_tree_shows_who_governs_and_where_statistics_count(scene):
    AreaFactory(
        name="安川经开区", level="ZONE", functional=True, parent=scene.city, stat_code="990102", order=9
    )
    AreaFactory(name="柳林镇", level="TOWNSHIP", parent=scene.county)
    answer = as_(scene.leader).get(reverse("areas"))
    shown = [(row["area"].name, row["parent"] and row["parent"].name) for row in answer.context["rows"]]
    assert shown == [
        ("安川市", None),
        ("临河区", "安川市"),
        ("柳林镇", "临河区"),
        ("北岭区", "安川市"),
        ("安川经开区", "安川市"),
    ]
    assert "功能区" in text(answer)
    assert "990102" in text(answer)
    assert reverse("area-edit", args=[scene.county.pk]) not in text(answer)


def area_facts(under, **more):
    facts = {"parent": under.pk, "name": "安川经开区", "short_name": "经开区", "level": "ZONE"}
    return facts | {"functional": "on", "stat_code": "990102", "order": "3", "note": ""} | more


def test_an_area_is_added_below_the_one_that_governs_it(scene):
    answer = as_(scene.clerk).post(reverse("area-new"), area_facts(scene.city), follow=True)
    made = Area.objects.get(name="安川经开区")
    assert "已新增经开区" in text(answer) or "已新增安川经开区" in text(answer)
    assert made.path[: -made.steplen] == scene.city.path
    assert (made.functional, made.stat_code, made.order) == (True, "990102", 3)
    assert Event.objects.latest("seq").name == "area.added"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "请填写“名称”。"),
        ({"stat_code": "12"}, "统计用区划代码是 6、9 或 12 位数字。"),
        ({"parent": ""}, "请选择“由谁管”。"),
    ],
)
def test_an_area_that_is_not_whole_is_refused_and_nothing_typed_is_lost(scene, more, sentence):
    answer = as_(scene.clerk).post(reverse("area-new"), area_facts(scene.city, note="记着", **more))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="记着"' in text(answer)
    assert Area.objects.count() == 3


def test_a_clerk_adds_areas_only_below_his_own(scene):
    client = as_(scene.county_clerk)
    offered = client.get(reverse("area-new")).context["form"].fields["parent"].queryset
    assert list(offered) == [scene.county]
    assert client.post(reverse("area-new"), area_facts(scene.other_county)).status_code == 422
    facts = {"name": "改名", "short_name": "", "order": "0", "stat_code": "", "note": ""}
    answer = client.post(reverse("area-edit", args=[scene.other_county.pk]), facts)
    assert answer.status_code == 422
    assert "只有本地区攻坚办或系统管理员" in text(answer)
    assert client.post(reverse("area-edit", args=[scene.county.pk]), facts).status_code == 302
    scene.county.refresh_from_db()
    assert scene.county.name == "改名"


# --- units


def unit_facts(area, **more):
    facts = {"area": area.pk, "name": "安川市工业和信息化局", "short_name": "市工信局", "kind": "DEPARTMENT"}
    return facts | {"superior_text": "", "duties": "工业运行"} | more


def test_a_unit_is_added_and_found_by_initials(scene):
    client = as_(scene.clerk)
    answer = client.post(reverse("unit-new"), unit_facts(scene.city, superior_text="攻坚办"))
    made = Unit.objects.get(name="安川市工业和信息化局")
    assert answer.headers["Location"] == reverse("unit", args=[made.pk])
    assert made.superior == scene.office
    found = client.get(reverse("units"), {"q": "sgxj"}).context["page"].object_list
    assert list(found) == [made]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": "安川市金融工作局"}, "已有单位“安川市金融工作局”"),
        ({"superior_text": "没有这个局"}, "没有找到“没有这个局”。"),
        ({"name": " "}, "请填写“名称”。"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_and_nothing_typed_is_lost(scene, more, sentence):
    answer = as_(scene.clerk).post(reverse("unit-new"), unit_facts(scene.city, **more))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "工业运行" in text(answer)


def test_a_unit_page_shows_posts_holders_and_accounts(scene):
    page = text(as_(scene.leader).get(reverse("unit", args=[scene.bureau.pk])))
    assert "陆川平" in page
    assert scene.handler.name in page
    assert reverse("account", args=[scene.handler.pk]) not in page
    assert "停用这个单位" not in page
    assert "空缺" not in page


def test_a_post_nobody_holds_is_shown_as_vacant(scene):
    tenure = Tenure.objects.get(person=scene.director)
    people.end_tenure(tenure, until=AT.date().replace(year=2025), by=scene.clerk, at=AT)
    page = text(as_(scene.clerk).get(reverse("unit", args=[scene.bureau.pk])))
    assert "空缺" in page


def test_units_are_narrowed_by_area_kind_and_use(scene):
    theirs = UnitFactory(area=scene.county, name="临河区发改局", kind="GOVERNMENT")
    client = as_(scene.clerk)

    def listed(**asked):
        return list(client.get(reverse("units"), asked).context["page"].object_list)

    assert listed(area=scene.county.pk) == [theirs]
    assert listed(kind="OFFICE") == [scene.office]
    assert listed(use="disabled") == []
    people.disable_unit(theirs, on=AT.date().replace(year=2025), by=scene.clerk, at=AT)
    assert listed(use="disabled") == [theirs]
    assert theirs not in listed()
    assert theirs in listed(use="all")
    assert listed(kind="NOTHING", area="x")


def test_a_unit_is_corrected(scene):
    client = as_(scene.clerk)
    url = reverse("unit-edit", args=[scene.bureau.pk])
    facts = {"name": "安川市地方金融局", "short_name": "市金融局", "kind": "DEPARTMENT"}
    assert client.post(url, facts).status_code == 302
    again = client.post(url, facts | {"superior": scene.bureau.pk, "superior_text": "市金融局"})
    assert again.status_code == 422
    assert "上级单位不能是它自己" in text(again)
    assert "修改单位安川市地方金融局：名称" in text(client.get(reverse("unit", args=[scene.bureau.pk])))


def test_a_unit_is_disabled_from_a_day_on(scene):
    client, url = as_(scene.clerk), reverse("unit-disable", args=[scene.bureau.pk])
    wrong = client.post(url, {"on": "某天"})
    assert wrong.status_code == 422
    assert "请填写有效的日期" in text(wrong)
    assert 'value="某天"' in text(wrong)
    done = client.post(url, {"on": "2025-01-01"}, follow=True)
    assert "已停用安川市金融工作局" in text(done)
    assert "停用这个单位" not in text(done)


# --- persons


def test_persons_are_found_by_initials_unit_and_title(scene):
    people.update_person(scene.director, name="陆川平", phone="", note="", by=scene.clerk, at=AT)
    client = as_(scene.handler)

    def listed(**asked):
        return list(client.get(reverse("persons"), asked).context["page"].object_list)

    assert listed(q="lcp") == [scene.director]
    assert listed(q="川平") == [scene.director]
    assert listed(post="市金融局") == [scene.director]
    assert set(listed(post="局长")) == {scene.director, scene.other_director}
    page = text(client.get(reverse("persons"), {"q": "lcp"}))
    assert "市金融局局长" in page
    assert "新增人员" not in page


def test_a_namesake_is_pointed_out_once(scene):
    client, facts = as_(scene.clerk), {"name": "陆川平", "phone": "13800000000", "note": "另一位"}
    assert "another" not in client.get(reverse("person-new")).context["form"].fields
    answer = client.post(reverse("person-new"), facts)
    assert answer.status_code == 422
    assert "已有同名人员“陆川平”（市金融局局长）" in text(answer)
    assert 'value="13800000000"' in text(answer)
    assert client.post(reverse("person-new"), facts | {"another": "on"}).status_code == 302
    assert Person.objects.filter(name="陆川平").count() == 2


def test_a_namesake_without_a_post_is_told_by_the_note(scene):
    PersonFactory(name="周敏", note="已退休")
    PersonFactory(name="赵强")
    client = as_(scene.clerk)
    assert "（已退休）" in text(client.post(reverse("person-new"), {"name": "周敏"}))
    assert "（没有职务）" in text(client.post(reverse("person-new"), {"name": "赵强"}))


def test_a_person_is_corrected_without_being_a_namesake_of_himself(scene):
    url = reverse("person-edit", args=[scene.director.pk])
    assert as_(scene.clerk).post(url, {"name": "陆川平", "phone": "1", "note": ""}).status_code == 302
    assert as_(scene.clerk).post(url, {"name": "", "phone": "2"}).status_code == 422


def test_a_second_principal_waits_until_the_first_has_left(scene):
    client, person = as_(scene.clerk), PersonFactory(name="周敏")
    url = reverse("person-appoint", args=[person.pk])
    facts = {"unit_text": "市金融局", "title": "局长", "is_principal": "on", "since": "2026-11-20"}
    answer = client.post(url, facts)
    assert answer.status_code == 422
    assert "一把手现在是陆川平" in text(answer)
    assert 'value="2026-11-20"' in text(answer)
    tenure = Tenure.objects.get(person=scene.director)
    end = reverse("tenure-end", args=[tenure.pk])
    wrong = client.post(end, {f"end{tenure.pk}-until": ""})
    assert wrong.status_code == 422
    assert "请选择“免职日期”。" in text(wrong)
    assert client.post(end, {f"end{tenure.pk}-until": "2026-11-19"}).status_code == 302
    assert client.post(end, {f"end{tenure.pk}-until": "2026-11-19"}).status_code == 404
    done = client.post(url, facts, follow=True)
    assert "周敏任局长。" in text(done)
    assert "在任" in text(done)


def test_a_clerk_of_one_county_appoints_nobody_elsewhere(scene):
    client, person = as_(scene.county_clerk), PersonFactory()
    answer = client.post(
        reverse("person-appoint", args=[person.pk]), {"unit_text": "市金融局", "title": "副局长"}
    )
    assert answer.status_code == 422
    assert "只有本地区攻坚办" in text(answer)
    page = text(client.get(reverse("person", args=[scene.director.pk])))
    assert "记录免职" not in page


# --- accounts


def facts(scene, **more):
    return {
        "username": "wang.min",
        "name": "王敏",
        "role": "CLERK",
        "reads_area": scene.city.pk,
        "writes_area": scene.county.pk,
    } | more


def password_on(answer):
    return re.search(r"data-password>([a-z0-9-]+)<", text(answer)).group(1)


def sign_in(username, password):
    client = Client()
    return client, client.post(reverse("sign-in"), {"username": username, "password": password})


def test_a_one_time_password_is_shown_once_and_works(scene):
    client = as_(scene.administrator)
    answer = client.post(reverse("account-new"), facts(scene))
    password = password_on(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    made = Account.objects.get(username="wang.min")
    for page in (reverse("account", args=[made.pk]), reverse("accounts"), reverse("audit")):
        assert password not in text(client.get(page))
    assert not any(password in str(event.data) for event in Event.objects.all())
    own, answer = sign_in("wang.min", password)
    assert answer.status_code == 302
    assert own.get(reverse("units")).headers["Location"].startswith(reverse("password"))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"username": "王敏"}, "登录名只用字母、数字、点、横线"),
        ({"username": ""}, "请填写“登录名”。"),
        ({"role": "HANDLER"}, "承办单位经办人要选所在单位。"),
        ({"role": "ENTERPRISE"}, "企业账号要选企业。"),
        ({"reads_area": ""}, "这个角色要选可查看地区"),
        ({"writes_area": ""}, "这个角色要选可录入地区"),
        ({"enterprise_text": "恒岳机械"}, "只有企业账号才选企业。"),
        ({"enterprise_text": "没有这家", "role": "ENTERPRISE"}, "没有找到“没有这家”。"),
        ({"unit_text": "没有这个局"}, "没有找到“没有这个局”。"),
    ],
)
def test_an_account_that_could_not_work_is_refused_in_a_sentence(scene, more, sentence):
    before = Account.objects.count()
    answer = as_(scene.administrator).post(reverse("account-new"), facts(scene, **more))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "王敏" in text(answer)
    assert Account.objects.count() == before


def test_what_an_account_may_write_lies_in_what_it_may_read(scene):
    more = {"reads_area": scene.county.pk, "writes_area": scene.city.pk}
    answer = as_(scene.administrator).post(reverse("account-new"), facts(scene, **more))
    assert "可录入地区要在可查看地区以内" in text(answer)


def test_a_name_in_use_is_refused_whatever_its_case(scene):
    AccountFactory(username="Wang.Min")
    answer = as_(scene.administrator).post(reverse("account-new"), facts(scene))
    assert "已有人使用" in text(answer)


def test_an_account_of_a_firm_is_linked_to_it(scene):
    more = {"role": "ENTERPRISE", "reads_area": "", "writes_area": "", "enterprise_text": "恒岳机械"}
    answer = as_(scene.administrator).post(reverse("account-new"), facts(scene, **more))
    made = Account.objects.get(username="wang.min")
    assert made.speaks_for.enterprise == scene.firm
    own, _answer = sign_in("wang.min", password_on(answer))
    assert own.get(reverse("firm")).status_code == 302  # the first password comes first
    page = text(as_(scene.administrator).get(reverse("account", args=[made.pk])))
    assert "恒岳机械" in page


def test_a_reset_gives_a_new_password_and_lifts_the_lock(scene):
    cache.clear()
    scene.handler.set_password("old-password-1")
    scene.handler.save()
    for _n in range(5):
        sign_in(scene.handler.username, "wrong")
    assert sign_in(scene.handler.username, "old-password-1")[1].status_code == 429
    answer = as_(scene.administrator).post(reverse("account-reset", args=[scene.handler.pk]))
    assert sign_in(scene.handler.username, "old-password-1")[1].status_code == 422
    assert sign_in(scene.handler.username, password_on(answer))[1].status_code == 302


def test_a_shut_account_is_out_at_once_and_can_be_opened_again(scene):
    theirs, admin = as_(scene.handler), as_(scene.administrator)
    switch = reverse("account-switch", args=[scene.handler.pk])
    assert "已停用" in text(admin.post(switch, {"active": "no"}, follow=True))
    assert theirs.get(reverse("units")).status_code == 302
    assert "已启用" in text(admin.post(switch, {"active": "yes"}, follow=True))
    assert theirs.get(reverse("units")).status_code == 200


def test_nobody_shuts_himself_out(scene):
    client = as_(scene.administrator)
    own = reverse("account", args=[scene.administrator.pk])
    assert 'value="no"' not in text(client.get(own))
    assert 'value="no"' in text(client.get(reverse("account", args=[scene.clerk.pk])))
    answer = client.post(reverse("account-switch", args=[scene.administrator.pk]), {"active": "no"})
    assert answer.status_code == 409
    assert "不能停用自己的账号" in text(answer)


def test_accounts_are_narrowed_by_text_role_and_use(scene):
    client = as_(scene.administrator)
    set_active(scene.officer, active=False, by=scene.administrator, at=AT)

    def listed(**asked):
        return list(client.get(reverse("accounts"), asked).context["page"].object_list)

    assert listed(use="shut") == [scene.officer]
    assert listed(role="LEADER", use="active") == [scene.leader]
    assert listed(q="金融") == [scene.handler]
    assert len(listed(role="NOBODY")) == Account.objects.count()


def test_no_page_tells_who_was_active_when(scene):
    """No statistics of what persons do on the screen: an account's last sign-in is not shown."""
    client = as_(scene.administrator)
    sign_ins = Account.objects.exclude(last_login=None)
    assert sign_ins
    for page in (reverse("accounts"), reverse("account", args=[scene.administrator.pk])):
        assert "登录时间" not in text(client.get(page))
        assert "上次登录" not in text(client.get(page))
