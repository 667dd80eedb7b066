"""The frame: navigation by role, city, account, language."""

import re

import pytest
from django.urls import resolve, reverse

from gongjian.people.states import Role
from gongjian.web import navigation
from gongjian.web.rights import SIGNED_IN, matrix
from tests import scenes
from tests.factories import AT, AccountFactory, AreaFactory
from tests.web.test_pages import accounts, signed_in


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
def test_the_navigation_is_by_kind_of_work_and_what_is_not_at_hand_is_folded():
    account = AccountFactory(role=Role.CLERK)

    def shown(path, role=Role.CLERK):
        return navigation.groups(navigation.links(account, path), role)

    everyday = shown(reverse("problem-ledger"))
    assert [link.entry.route for group in everyday for link in group.links if link.current] == [
        "problem-ledger"
    ]
    assert len({str(group.label) for group in everyday}) == len(everyday) > 3
    assert {group.label for group in everyday if group.open} == {navigation.HOME, navigation.PROBLEMS}
    assert {group.label for group in shown(reverse("regimes")) if group.open} == {
        navigation.HOME,
        navigation.SYSTEM,
    }
    for_administrators = {group.label for group in shown("/", Role.ADMINISTRATOR) if group.open}
    assert for_administrators == {navigation.HOME, navigation.REGISTER, navigation.SYSTEM}
    few = navigation.links(AccountFactory(role=Role.ENTERPRISE), "/")
    assert all(group.open for group in navigation.groups(few, Role.ENTERPRISE))


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_every_role_starts_on_a_page_of_its_own_and_today_leads_there(client, role, monkeypatch):
    monkeypatch.setattr(
        navigation, "is_setting_up", lambda _account: False
    )  # a new office begins in test_setup.py
    account = AccountFactory(role=role, must_change_password=False)
    client.force_login(account, backend="gongjian.web.session.Backend")
    home = navigation.landing(account)
    assert home == reverse(navigation.HOMES.get(role, "today"))
    answer = client.get(reverse("today"))
    assert (answer.status_code, answer.headers.get("Location", home)) == (
        200 if home == reverse("today") else 302,
        home,
    )
    assert client.get(home).status_code == 200
    bar = navigation.bar(navigation.links(account, home), role)
    assert bar[0].url == home
    assert [link.entry.route for link in bar] == list(navigation.PHONE[role])


def links_of(page):
    """The addresses a page offers in its body: links and forms."""
    main = page.split('<main id="main"')[1].split("</main>")[0]
    return set(re.findall(r"""(?:href|action|data-act)=["'](/[^"'#?]*)""", main))


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_nobody_is_offered_what_answers_403(role):
    world = scenes.ledger(AT)
    client = signed_in(accounts(world)[role])
    home = client.get(navigation.landing(accounts(world)[role])).content.decode()
    for address in links_of(home):
        roles = matrix()[resolve(address).url_name or ""]
        assert role in roles or not roles, address
        assert client.get(address).status_code in {200, 302, 405}, address
