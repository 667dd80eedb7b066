"""Regimes on screen: written, simulated, adopted, copied, shut."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.assignments import services
from gongjian.assignments.models import Regime, RegimeChange
from gongjian.assignments.regimes.services import switch_regime
from gongjian.audit import Refused
from gongjian.problems.hand_over_slip import slip_of
from tests import scenes
from tests.assignments.doing import handed_over, moment
from tests.factories import ProblemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def regime(c):
    return scenes.adopted("quanzhou", at=moment("2026-11-01"), name="安川泉州受理制")


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
    assert 'code = "own-1-2"' in sheet
    answer = client.post(reverse("regime-new"), {"text": sheet}, follow=True)
    assert "安川泉州受理制（副本）" in text(answer)
    client.post(reverse("regime-adopt", args=[RegimeChange.objects.get().pk]))
    assert Regime.objects.filter(code="own-1-2").exists()
    assert client.get(reverse("regime-new"), {"from": "x"}).status_code == 200


def test_a_regime_is_shut_and_opened_again(c, regime):
    client, url = as_(c.clerk), reverse("regime-switch", args=[regime.pk])
    assert "已停用安川泉州受理制" in text(client.post(url, follow=True))
    assert "已恢复使用安川泉州受理制" in text(client.post(url, {"active": "yes"}, follow=True))


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


# --- the library


def test_only_what_the_office_has_taken_up_is_offered_at_hand_over(c, regime):
    problem = ProblemFactory(enterprise=c.firm, area=c.county)
    page = text(as_(c.clerk).get(reverse("problem", args=[problem.pk])))
    assert "安川泉州受理制" in page
    for source in Regime.objects.filter(in_library=True):
        assert source.name not in page.replace(regime.name, ""), source.name


def test_a_regime_of_the_library_is_taken_up_under_the_office_s_own_name(c, regime):
    source = Regime.objects.get(code="xinyang")
    client, url = as_(c.clerk), reverse("regime-take-up", args=[source.pk])
    assert url in text(client.get(reverse("regimes")))
    assert client.get(url).context["form"].initial["name"] == "安川市企业问题办理时限"
    again = client.post(url, {"name": regime.name})
    assert again.status_code == 422
    assert "请换一个名称" in text(again)
    answer = client.post(url, {"name": "安川办理时限", "document": "安攻坚办〔2026〕3号"}, follow=True)
    assert "已采用为安川办理时限" in text(answer)
    own = Regime.objects.get(name="安川办理时限")
    assert (own.taken_from, own.document, own.grades) == (source, "安攻坚办〔2026〕3号", source.grades)
    assert own.confirmed
    assert not own.in_library
    assert "顺延" in own.counting


def test_the_slip_cites_the_office_s_own_regime(c, regime):
    problem = ProblemFactory(enterprise=c.firm, area=c.county)
    facts = {"lead_unit": c.bureau.pk, "responsible_person": c.director.pk, "task": "协调"}
    limit = f"{regime.pk}:{regime.grades[0]['key']}"
    as_(c.clerk).post(reverse("hand-over", args=[problem.pk]), {**facts, "limit": limit})
    problem.refresh_from_db()
    assert slip_of(problem, today=moment("2026-12-01").date()).basis == "安川泉州受理制"


def test_the_library_itself_is_neither_edited_nor_handed_over_under(c, regime):
    source = Regime.objects.get(code="quanzhou")
    client = as_(c.clerk)
    assert reverse("regime-edit", args=[source.pk]) not in text(
        client.get(reverse("regime", args=[source.pk]))
    )
    with pytest.raises(Refused, match="本办没有采用"):
        handed_over(c, regime=source, grade="lead")
    with pytest.raises(Refused, match="请先采用"):
        switch_regime(source, disabled_on=None, by=c.clerk, at=moment("2026-12-01"))
    with pytest.raises(Refused, match="不用再采用"):
        services.take_up_regime(regime, name="又一个", by=c.clerk, at=moment("2026-12-01"))
    with pytest.raises(Refused, match="只有市攻坚办"):
        services.take_up_regime(source, name="县里的", by=c.county_clerk, at=moment("2026-12-01"))


def test_without_a_regime_the_page_says_how_to_get_one(c):
    services.load_regimes(by=None, at=moment("2026-11-01"))
    assert "请在下面的制度库里选一种" in text(as_(c.clerk).get(reverse("regimes")))
    assert "由市攻坚办或系统管理员" in text(as_(c.handler).get(reverse("regimes")))
