"""Signing in, the first password, the lock, the expired token."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.people.states import Role
from gongjian.web.navigation import landing
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
PASSWORD = "一次性 right-word-7"


@pytest.fixture
def account():
    clerk = AccountFactory(username="zhoumin", name="周敏", role=Role.CLERK)
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def sign_in(client, password=PASSWORD, **more):
    return client.post(reverse("sign-in"), {"username": "zhoumin", "password": password, **more})


def text(response):
    return response.content.decode()


def test_signs_in_and_lands_where_the_role_works(client, account):
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, landing(account))


def test_goes_back_to_the_page_that_was_asked_for(client, account):
    assert sign_in(client, next="/components/?page=2").url == "/components/?page=2"


@pytest.mark.parametrize("asked", ["/", "", "//elsewhere.example/", "https://elsewhere.example/"])
def test_who_asked_for_no_page_lands_where_the_role_works(client, account, asked):
    assert sign_in(client, next=asked).url == landing(account)


def test_the_first_administrator_of_a_new_office_lands_on_its_steps(client, account):
    account.role = Role.ADMINISTRATOR
    account.must_change_password = True
    account.save()
    asked = client.get("/").url
    assert sign_in(client, next="/").url == reverse("setup")
    assert asked.endswith("next=%2F")
    given = {"old": PASSWORD, "new": "Qingshan-7788-he", "again": "Qingshan-7788-he", "next": "/"}
    assert client.post(reverse("password"), given).url == reverse("setup")


def test_is_never_sent_to_another_site(client, account):
    assert sign_in(client, next="https://elsewhere.example/").url == landing(account)


def test_a_signed_in_account_skips_the_sign_in_page(client, account):
    sign_in(client)
    assert client.get(reverse("sign-in")).url == landing(account)


def test_a_wrong_password_is_answered_with_the_name_kept(client, account):
    answer = sign_in(client, "wrong-word")
    assert answer.status_code == 422
    assert "登录名或密码不对" in text(answer)
    assert 'value="zhoumin"' in text(answer)
    assert "wrong-word" not in text(answer)


def test_an_empty_form_names_both_fields(client):
    answer = client.post(reverse("sign-in"), {})
    assert "请填写“登录名”。" in text(answer)
    assert "请填写“密码”。" in text(answer)


def test_five_failures_lock_the_name_even_for_the_right_password(client, account):
    answers = [sign_in(client, "wrong") for _ in range(5)]
    assert [a.status_code for a in answers[:4]] == [422] * 4
    assert answers[4].status_code == 429
    other_browser = Client()
    locked = sign_in(other_browser)
    assert locked.status_code == 429
    assert re.search(r"请在 \d{4}-\d\d-\d\d \d\d:\d\d 以后再试", text(locked))
    assert "系统管理员" in text(locked)


def test_signing_out_takes_a_press(client, account):
    sign_in(client)
    assert client.get(reverse("sign-out"))["Location"] == reverse("today")
    assert client.get(reverse("components")).status_code == 200
    answer = client.post(reverse("sign-out"), follow=True)
    assert "已退出登录。" in text(answer)
    assert client.get(reverse("components")).status_code == 302


@pytest.fixture
def newcomer(client):
    new = AccountFactory(username="zhoumin", name="周敏", must_change_password=True)
    new.set_password(PASSWORD)
    new.save()
    sign_in(client)
    return new


def change(client, old=PASSWORD, new="攻坚到底-2026-heng", again=None):
    return client.post(reverse("password"), {"old": old, "new": new, "again": again or new})


def test_the_first_password_is_changed_and_the_session_stays(client, newcomer):
    assert change(client).status_code == 302
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert newcomer.check_password("攻坚到底-2026-heng")
    assert client.get(reverse("components")).status_code == 200


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"old": "not-this"}, "现在的密码不对"),
        ({"new": PASSWORD}, "新密码与现在的密码相同"),
        ({"again": "something-else"}, "两次输入的新密码不一致"),
        ({"new": "12345678901234"}, "数字"),
        ({"new": "短"}, "10"),
        ({"new": "zhoumin-123"}, "相似"),
    ],
)
def test_a_poor_new_password_is_refused_with_its_reason(client, newcomer, facts, sentence):
    answer = change(client, **facts)
    assert answer.status_code == 422
    assert sentence in text(answer)
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


@pytest.fixture
def strict(account):
    """A browser whose tokens are checked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account, backend="gongjian.web.session.Backend")
    return browser


TYPED = {"text": "第一行\n第二行", "kind": ["A", "B"], "csrfmiddlewaretoken": "old"}


def test_an_expired_token_keeps_the_data_and_sends_it_again_with_one_press(strict):
    answer = strict.post("/components/?x=1", TYPED, headers={"Origin": "http://testserver"})
    page = text(answer)
    assert answer.status_code == 403
    assert "再次提交" in page
    assert 'action="/components/?x=1"' in page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert ("text", "第一行\n第二行") in hidden
    assert [value for name, value in hidden if name == "kind"] == ["A", "B"]
    fresh = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)[0]
    again = strict.post("/components/?x=1", TYPED | {"csrfmiddlewaretoken": fresh})
    assert again.status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://elsewhere.example"}])
def test_a_form_from_elsewhere_is_only_listed_for_copying(strict, headers):
    page = text(strict.post("/components/", TYPED, headers=headers))
    assert "再次提交" not in page
    assert "第一行" in page


def test_an_expired_sign_in_page_says_to_open_it_again(account):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(reverse("sign-in"), {"username": "zhoumin", "password": PASSWORD})
    assert answer.status_code == 403
    assert "请重新打开后再登录" in text(answer)
    assert PASSWORD not in text(answer)


def test_an_expired_token_without_a_session_keeps_the_data_too(db):
    answer = Client(enforce_csrf_checks=True).post("/components/", TYPED)
    assert answer.status_code == 401
    assert "第一行" in text(answer)


def test_the_page_for_failures_inside_needs_no_database(rf, django_assert_num_queries):
    from gongjian.web.error_pages.views import broken

    with django_assert_num_queries(0):
        answer = broken(rf.get("/"))
    assert answer.status_code == 500
    assert "没有保存" in text(answer)


def test_a_failure_behind_htmx_is_a_notice_that_leaves_the_page_alone(rf):
    from gongjian.web.error_pages.views import broken

    answer = broken(rf.get("/", headers={"HX-Request": "true"}))
    assert answer.headers["HX-Retarget"] == "#toasts"
    assert "<html" not in text(answer)
