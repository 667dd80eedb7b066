"""Pages of areas, units, persons and accounts: roles, queries, paging."""

import pytest
from django.urls import reverse

from gongjian.people import services as people
from gongjian.people.states import Role
from gongjian.web.paging import PAGE
from gongjian.web.rights import matrix
from tests.factories import AT, AccountFactory, TenureFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


MOST_QUERIES = 12
KEEPING = {Role.CLERK, Role.ADMINISTRATOR}
INSIDE = set(Role) - {Role.ENTERPRISE, Role.SYSTEM}
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
    assert len(first.context["page"].object_list) == PAGE
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
