"""The market on the page: list, one firm, adding, introducing, the ledger and its workbook."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongjian.markets.models import Introduction, Product
from gongjian.markets.states import Side
from tests import scenes
from tests.factories import (
    AT,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    NoteFactory,
    ProductFactory,
    StopFactory,
    VisitFactory,
)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def pair(c):
    need = ProductFactory(enterprise=c.firm, side=Side.BUYS, name="铸件毛坯", outside=True)
    return need, ProductFactory(
        enterprise=EnterpriseFactory(short_name="近邻铸造", area=c.county), name="铸锻件"
    )


@pytest.fixture
def desk(client, c, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    client.force_login(c.clerk)
    return client


def given(c):
    return {
        "task": "对接",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "limit": "",
        "due": "2026-12-30",
    }


def test_the_market_shows_needs_with_the_nearest_maker(desk, pair, django_assert_max_num_queries):
    desk.get(reverse("market"))
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("market")).content.decode()
    assert "近邻铸造" in page
    assert "同属铸件" in page
    for query, shown in (
        ("outside=yes", True),
        ("outside=no", False),
        ("outside=unknown", False),
        ("q=毛坯", True),
    ):
        assert ("近邻铸造" in desk.get(f"{reverse('market')}?{query}").content.decode()) is shown


def test_a_firms_page_adds_reads_and_ends_entries(desk, c, pair):
    url = reverse("market-firm", args=[c.firm.pk])
    assert reverse("market-introduce", args=[pair[0].pk, pair[1].pk]) in desk.get(url).content.decode()
    refused = desk.post(
        reverse("market-add", args=[c.firm.pk]), {"side": "BUYS", "names": "", "found": "PAGE"}
    )
    assert refused.status_code == 422
    facts = {"side": "BUYS", "names": "轴承、纸箱", "found": "PAGE", "outside": "no", "yearly": "20万元"}
    assert desk.post(reverse("market-add", args=[c.firm.pk]), facts)["Location"] == url
    assert desk.post(reverse("market-add", args=[c.firm.pk]), facts)["Location"] == url
    kept = Product.objects.get(name="轴承")
    assert (kept.outside, kept.yearly) == (False, "20万元")
    c.firm.makes = "减速机"
    c.firm.save()
    assert desk.post(reverse("market-read", args=[c.firm.pk]))["Location"] == url
    assert desk.post(reverse("market-end", args=[kept.pk]))["Location"] == url
    assert "轴承" not in desk.get(url).content.decode()


def test_a_firm_sees_and_keeps_its_own_page_only(client, c, pair):
    client.force_login(EnterpriseAccountFactory(enterprise=c.firm).account)
    page = client.get(reverse("market-firm", args=[c.firm.pk]))
    assert "近邻铸造" not in page.content.decode()  # another firm: its name is not a firm's to read
    assert "临河区的一家企业" in page.content.decode()
    assert reverse("market-introduce", args=[pair[0].pk, pair[1].pk]) not in page.content.decode()
    assert client.get(reverse("market-firm", args=[pair[1].enterprise_id])).status_code == 404


def test_introducing_telling_the_result_and_the_ledger(desk, c, pair, django_assert_max_num_queries):
    url = reverse("market-introduce", args=[pair[0].pk, pair[1].pk])
    assert "恒岳机械有限公司（需铸件毛坯）" in desk.get(url).content.decode()
    assert desk.post(url, given(c) | {"task": ""}).status_code == 422
    made_at = desk.post(url, given(c))["Location"]
    made = Introduction.objects.get()
    assert made_at == reverse("introduction", args=[made.pk])
    again = desk.post(url, given(c))
    assert (again.status_code, "已经引荐过" in again.content.decode()) == (422, True)
    refused = desk.post(made_at, {"result": "ORDERED", "amount": "", "note": "月供"})
    assert (refused.status_code, "月供" in refused.content.decode()) == (422, True)
    assert desk.post(made_at, {"result": "ORDERED", "amount": "86.5", "note": ""}).status_code == 302
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("introductions")).content.decode()
    assert "成交 86.5万元" in page
    assert "近邻铸造" not in desk.get(reverse("introductions") + "?result=NOTHING").content.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(desk.get(reverse("introduction-export")).content))
    line = book.get_sheet_by_index(0).to_python()[3]
    assert line[5:8:2] == ["铸件毛坯", "铸锻件"]
    assert line[14] == 86.5


def test_a_handler_opens_only_what_the_unit_has(client, c, pair, desk):
    desk.post(reverse("market-introduce", args=[pair[0].pk, pair[1].pk]), given(c))
    url = reverse("introduction", args=[Introduction.objects.get().pk])
    for account, status in ((c.handler, 200), (c.other_handler, 404)):
        client.force_login(account)
        assert client.get(url).status_code == status


def test_goods_in_a_visit_note_are_confirmed_by_a_tap(desk, c):
    visit = VisitFactory(area=c.county)
    stop = StopFactory(visit=visit, enterprise=c.firm)
    NoteFactory(visit=visit, stop=stop, text="所用纸箱从外省采购。")
    page = desk.get(reverse("visit", args=[visit.pk])).content.decode()
    assert 'value="BUYS:纸箱"' in page
    assert "所用<mark>纸箱</mark>从外省采购" in page
    assert not Product.objects.exists()
    answer = desk.post(reverse("market-take", args=[stop.pk]), {"take": "BUYS:纸箱"})
    assert answer["Location"] == f"{reverse('visit', args=[visit.pk])}#stop-{stop.pk}"
    assert Product.objects.get().name == "纸箱"
    assert 'value="BUYS:纸箱"' not in desk.get(reverse("visit", args=[visit.pk])).content.decode()
    assert desk.post(reverse("market-take", args=[0]), {"take": "x"}).status_code == 404
