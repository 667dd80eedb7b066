"""The frame: navigation by role, city, account, language."""

import pytest
from django.urls import reverse

from gongjian.people.states import Role
from gongjian.web import navigation
from gongjian.web.rights import SIGNED_IN, matrix
from tests.factories import AccountFactory, AreaFactory


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_the_navigation_shows_only_what_the_role_may_take(role):
    account = AccountFactory(role=role)
    shown = {link.entry.route for link in navigation.links(account, "/")}
    assert all(role in matrix()[route] for route in shown)


@pytest.mark.django_db
def test_the_frame_shows_city_account_and_a_way_out(client):
    AreaFactory(name="安川市", level="CITY")
    account = AccountFactory(name="周敏")
    client.force_login(account, backend="gongjian.web.session.Backend")
    html = client.get(reverse("components")).content.decode()
    assert "安川市" in html
    assert "周敏" in html
    assert reverse("sign-out") in html
    assert "投诉建议" in html
    assert html.count("<h1>") == 1
    assert "<h1>组件</h1>" in html


@pytest.mark.django_db
def test_the_language_switches_and_stays_on_the_page(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": reverse("manual")})
    assert answer.url == reverse("manual")
    assert 'lang="en"' in client.get(reverse("manual")).content.decode()


@pytest.mark.django_db
def test_the_demo_says_that_it_is_one(client, settings):
    settings.DEMO = True
    assert "均为虚构" in client.get(reverse("sign-in")).content.decode()


@pytest.mark.django_db
def test_the_navigation_is_grouped_and_seldom_groups_are_folded_until_used():
    account = AccountFactory(role=Role.CLERK)

    def shown(path, role=Role.CLERK):
        return navigation.groups(navigation.links(account, path), role)

    everyday = shown(reverse("problem-ledger"))
    assert [link.entry.route for group in everyday for link in group.links if link.current] == [
        "problem-ledger"
    ]
    assert len({str(group.label) for group in everyday}) == len(everyday) > 3
    folded = {group.label for group in everyday if not group.open}
    assert folded == set(navigation.SELDOM)
    assert {group.label for group in shown(reverse("regimes")) if not group.open} == {navigation.REGISTER}
    assert all(group.open for group in shown("/", Role.ADMINISTRATOR))
