"""Pages of the import of ledgers: slips of accounts, the one door for monthly figures."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.enterprises.models import FactBatch
from gongjian.imports.comparing import compare
from gongjian.imports.models import ImportBatch
from gongjian.imports.writing.services import begin
from gongjian.people.models import Account, Unit
from gongjian.web.imports import background
from gongjian.web.imports.order import after, kinds_of
from tests import scenes
from tests.books import book

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture
def city():
    return scenes.city()


def upload(client, kind, file, name="台账.xlsx"):
    return client.post(reverse("imports"), {"kind": kind, "file": SimpleUploadedFile(name, file)})


def text_of(answer):
    return answer.content.decode()


def test_accounts_from_upload_to_slips(client, city, django_assert_max_num_queries):
    client.force_login(city.administrator)
    file = book(["姓名", "角色", "单位"], ["钱一", "经办人", city.bureau.name], ["孙二", "领导", None])
    page = text_of(client.get(upload(client, "ACCOUNTS", file)["Location"]))
    batch = ImportBatch.objects.get()
    assert "写入 2 行" in page
    page = text_of(client.post(reverse("import-write", args=[batch.pk]), follow=True))
    assert "2 个账号还没有密码" in page
    answer = client.post(reverse("import-slips", args=[batch.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="slips-{batch.pk}.docx"'
    assert "no-store" in answer["Cache-Control"]
    assert all(account.has_usable_password() for account in Account.objects.filter(name__in=["钱一", "孙二"]))
    with django_assert_max_num_queries(BUDGET):
        page = text_of(client.get(reverse("import", args=[batch.pk])))
    assert "2 个账号还没有登录" in page
    again = client.post(reverse("import-slips", args=[batch.pk]), {"again": "yes"})
    assert again["Content-Disposition"].endswith('.docx"')


def test_a_cell_that_is_left_out_is_said_before_and_after(client, city):
    client.force_login(city.clerk)
    heads = ["企业名称", "县（市、区）", "成立日期", "天气"]
    page = text_of(
        client.get(upload(client, "FIRMS", book(heads, ["青云", "临河区", "去年", "晴"]))["Location"])
    )
    assert "有 1 行个别格子读不懂" in page
    assert page.index("天气") < page.index("其余的列") < page.index("<b>企业名称</b>")
    batch = ImportBatch.objects.get()
    page = text_of(client.post(reverse("import-write", args=[batch.pk]), follow=True))
    assert "<b>C</b> 成立日期：“去年”不是日期" in page
    assert page.count("整批撤销") == 1


def test_a_second_press_is_told_why(client, city):
    client.force_login(city.administrator)
    upload(client, "ACCOUNTS", book(["姓名", "角色"], ["孙二", "领导"]))
    batch = ImportBatch.objects.get()
    client.post(reverse("import-write", args=[batch.pk]))
    client.post(reverse("import-slips", args=[batch.pk]))
    assert "每个只印一次" in text_of(client.post(reverse("import-slips", args=[batch.pk]), follow=True))


def test_a_clerk_gets_no_slips(client, city):
    client.force_login(city.administrator)
    upload(client, "ACCOUNTS", book(["姓名", "角色"], ["孙二", "领导"]))
    batch = ImportBatch.objects.get()
    client.post(reverse("import-write", args=[batch.pk]))
    client.force_login(city.clerk)
    assert client.post(reverse("import-slips", args=[batch.pk])).status_code == 403
    assert client.get(reverse("import", args=[batch.pk])).status_code == 404


def test_monthly_figures_are_taken_at_the_same_door(client, city):
    client.force_login(city.clerk)
    file = book(["企业名称", "用电量"], [city.firm.name, 12])
    answer = client.post(
        reverse("imports"),
        {
            "kind": "FACTS",
            "file": SimpleUploadedFile("月报.xlsx", file),
            "source": "供电公司",
            "period": "2026-10-03",
        },
    )
    batch = FactBatch.objects.get()
    assert answer["Location"] == reverse("batch", args=[batch.pk])
    assert (batch.source, f"{batch.period}", batch.period_kind) == ("供电公司", "2026-10-01", "MONTH")


def test_an_administrator_is_offered_no_figures(client, city):
    client.force_login(city.administrator)
    page = text_of(client.get(reverse("imports")))
    assert reverse("fact-imports") not in page
    assert "账号" in page


def test_figures_without_a_month_are_told_what_to_do(client, city):
    client.force_login(city.clerk)
    file = SimpleUploadedFile("月报.xlsx", book(["企业名称", "名次"], [city.firm.name, 12]))
    page = client.post(reverse("imports"), {"kind": "FACTS", "file": file})
    assert page.status_code == 422
    assert "没有读到任何数据" in text_of(page)


@pytest.fixture
def waiting(monkeypatch):
    """Ledgers of any size are long ones; what is done beside the requests waits until it is called."""
    calls: list[Callable[[], None]] = []
    monkeypatch.setattr(background, "AT_ONCE", 0)
    monkeypatch.setattr(background, "start", calls.append)
    monkeypatch.setattr("gongjian.web.imports.background.connection.close", lambda: None)
    background._jobs.clear()
    yield calls
    background._jobs.clear()


def test_a_long_ledger_shows_how_far_it_is_until_it_is_there(client, city, waiting):
    client.force_login(city.clerk)
    address = upload(client, "UNITS", book(["单位名称"], ["安川市外办"], ["安川市侨办"]))["Location"]
    answer = client.get(address)
    assert answer["Refresh"] == "2"
    assert "正在逐行核对" in text_of(answer)
    assert "正在逐行核对" in text_of(client.get(address))
    waiting.pop()()
    assert waiting == []
    assert "写入 2 行" in text_of(client.get(address))
    client.post(f"{address}write/")
    waiting.pop()()
    page = text_of(client.get(address))
    assert "整批撤销" in page
    assert Unit.objects.filter(name__in=["安川市外办", "安川市侨办"]).count() == 2


def test_a_second_press_while_it_is_written_starts_nothing(client, city, waiting):
    client.force_login(city.clerk)
    address = upload(client, "UNITS", book(["单位名称"], ["安川市外办"]))["Location"]
    client.get(address)
    waiting.pop()()
    client.post(f"{address}write/")
    client.post(f"{address}write/")
    assert len(waiting) == 1


def test_what_cannot_be_read_is_told_when_the_background_knows(client, city, waiting):
    client.force_login(city.clerk)
    address = upload(client, "UNITS", book(["条线"], ["安川市外办"]))["Location"]
    client.get(address)
    waiting.pop()()
    assert "没有找到“单位名称”这一列" in text_of(client.get(address, follow=True))


def test_a_writing_that_broke_off_goes_on_without_repeating(client, city, waiting):
    client.force_login(city.clerk)
    address = upload(client, "UNITS", book(["单位名称"], ["安川市外办"], ["安川市侨办"]))["Location"]
    batch, now = ImportBatch.objects.get(), timezone.now()
    compared = compare(batch, by=city.clerk, today=timezone.localdate())
    begin(batch, compared, by=city.clerk, at=now - timedelta(minutes=9))
    assert "接着写" in text_of(client.get(address))
    client.post(f"{address}write/")
    waiting.pop()()
    assert ImportBatch.objects.get().counts == {"CREATED": 2}


def test_the_ledgers_are_offered_in_the_order_in_which_a_later_one_knows_the_names_of_an_earlier(city):
    assert [kind for kind, _label in kinds_of(city.clerk)] == [
        "AREAS",
        "UNITS",
        "PERSONS",
        "FIRMS",
        "FACTS",
        "VISITS",
        "PROBLEMS",
        "PAYOUTS",
    ]
    assert [kind for kind, _label in kinds_of(city.administrator)] == [
        "AREAS",
        "UNITS",
        "PERSONS",
        "ACCOUNTS",
    ]


@pytest.mark.parametrize(
    ("kind", "who", "following"),
    [
        ("AREAS", "clerk", "UNITS"),
        ("PERSONS", "clerk", "FIRMS"),
        ("PERSONS", "administrator", "ACCOUNTS"),
        ("FACTS", "clerk", "VISITS"),
        ("PAYOUTS", "clerk", None),
        ("ACCOUNTS", "administrator", None),
        ("FIRMS", "administrator", None),
    ],
)
def test_what_is_written_names_the_ledger_that_follows(city, kind, who, following):
    found = after(kind, getattr(city, who))
    assert (found and found["address"]) == (following and f"{reverse('imports')}?kind={following}")
