"""Accounts on screen."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongjian.audit.models import Event
from gongjian.people.accounts.services import set_active
from gongjian.people.models import Account
from tests.factories import AT, AccountFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


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
