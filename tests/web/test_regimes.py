"""Regimes on screen: written, simulated, adopted, copied, shut."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.assignments import services
from gongjian.assignments.models import Regime, RegimeChange
from tests import scenes
from tests.assignments.doing import handed_over, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def regime(c):
    services.load_regimes(by=None, at=moment("2026-11-01"))
    return Regime.objects.get(code="quanzhou")


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()


def test_a_regime_is_edited_looked_at_and_adopted(c, regime):
    a = handed_over(c, regime=regime, grade="lead", at=moment("2026-11-24"))
    services.accept(a, by=c.handler, at=moment("2026-11-24"))
    client = as_(c.clerk)
    url = reverse("regime-edit", args=[regime.pk])
    sheet = client.get(url).context["form"].initial["text"]
    wrong = client.post(url, {"text": sheet.replace("amount = 7", "amount = 0")})
    assert wrong.status_code == 422
    assert "数量不对" in text(wrong)
    assert "amount = 0" in text(wrong)
    answer = client.post(url, {"text": sheet.replace("amount = 7", "amount = 2")})
    change = RegimeChange.objects.get()
    assert answer.headers["Location"] == reverse("regime-change", args=[change.pk])
    page = client.get(answer.headers["Location"])
    assert page.context["run"].open == 1
    assert "在办 1 项，时限会变的 1 项" in text(page)
    assert a.number in text(page)
    assert "2026-12-03 → 2026-11-26" in text(page)
    done = client.post(reverse("regime-adopt", args=[change.pk]), follow=True)
    assert "第2版" in text(done)
    assert "已启用" in text(done)
    a.refresh_from_db()
    assert f"{a.due_on}" == "2026-12-03"
    assert client.get(answer.headers["Location"]).context.get("run") is None


def test_a_copy_starts_another_regime(c, regime):
    client = as_(c.administrator)
    page = client.get(reverse("regime-new"), {"from": regime.pk})
    sheet = page.context["form"].initial["text"]
    assert 'code = "quanzhou-2"' in sheet
    answer = client.post(reverse("regime-new"), {"text": sheet}, follow=True)
    assert "泉州受理制（副本）" in text(answer)
    client.post(reverse("regime-adopt", args=[RegimeChange.objects.get().pk]))
    assert Regime.objects.filter(code="quanzhou-2").exists()
    assert client.get(reverse("regime-new"), {"from": "x"}).status_code == 200


def test_a_regime_is_shut_and_opened_again(c, regime):
    client, url = as_(c.clerk), reverse("regime-switch", args=[regime.pk])
    assert "已停用泉州受理制" in text(client.post(url, follow=True))
    assert "已恢复使用泉州受理制" in text(client.post(url, {"active": "yes"}, follow=True))


def test_who_may_not_keep_regimes_sees_no_buttons_and_is_told_why(c, regime):
    page = text(as_(c.handler).get(reverse("regime", args=[regime.pk])))
    assert reverse("regime-edit", args=[regime.pk]) not in page
    answer = as_(c.county_clerk).get(reverse("regime-edit", args=[regime.pk]))
    assert answer.status_code == 409
    assert "只有市攻坚办" in text(answer)


def test_the_simulator_asks_little_however_long_the_ledger(c, regime, django_assert_max_num_queries):
    for _n in range(25):
        handed_over(c, regime=regime, grade="lead", at=moment("2026-11-24"))
    client = as_(c.clerk)
    client.post(
        reverse("regime-edit", args=[regime.pk]),
        {
            "text": client.get(reverse("regime-edit", args=[regime.pk]))
            .context["form"]
            .initial["text"]
            .replace("amount = 7", "amount = 2")
        },
    )
    with django_assert_max_num_queries(12):
        assert client.get(reverse("regime-change", args=[RegimeChange.objects.get().pk])).status_code == 200
