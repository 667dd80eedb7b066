"""Accounts come in from a ledger; their one-time passwords stand on slips to be cut, once, and nowhere else."""

import io
import json

import pytest
from django.contrib.auth.hashers import check_password
from django.core import serializers
from docx import Document

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.enterprises.models import EnterpriseAccount
from gongjian.imports import services as imports
from gongjian.imports.models import ImportBatch
from gongjian.imports.slips import services as slips
from gongjian.imports.states import RowOutcome
from gongjian.people.models import Account
from tests import scenes
from tests.books import book
from tests.imports.steps import seen, take_in, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


def ledger(city, *more):
    return book(
        ["安川市攻坚平台账号申请表", None, None, None, None],
        ["序号", "姓名", "账号类型", "所在单位", "登录账号", "所属企业"],
        [1, city.director.name, "经办人", city.bureau.name, "sjrj01", None],
        [2, "韩督查（科长）", "审计", None, None, None],
        [3, "赵六", "企业", None, "hengyue", city.firm.name],
        *more,
    )


def texts(sheet):
    """What stands on each slip, line by line."""
    table = Document(io.BytesIO(sheet)).tables[0]
    cells = [cell for row in table.rows for cell in row.cells]
    return [[line.text for line in cell.paragraphs] for cell in cells if cell.text]


def passwords(sheet):
    return {slip[0]: next(line for line in slip if line.count("-") == 2) for slip in texts(sheet)}


def sheet_of(batch, city, at):
    return slips.print_slips(batch, address="http://gongjian.test/", by=city.administrator, at=at)


def test_accounts_come_in_and_nobody_can_sign_in_yet(city, at):
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    handler = Account.objects.get(username="sjrj01")
    assert batch.counts == {"CREATED": 3}
    assert (handler.role, handler.unit, handler.person) == ("HANDLER", city.bureau, city.director)
    assert (handler.reads_area, handler.writes_area) == (city.bureau.area, None)
    assert not handler.has_usable_password()
    assert Account.objects.get(role="AUDITOR", name="韩督查").reads_area == city.city
    assert EnterpriseAccount.objects.get(account__username="hengyue").enterprise == city.firm


def test_each_slip_opens_its_account_and_is_printed_once(city, at, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # the product's own
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    printed = passwords(sheet_of(batch, city, at))
    assert len(set(printed.values())) == 3
    for account in Account.objects.filter(name__in=printed):
        assert check_password(printed[account.name], account.password)
        assert account.must_change_password
    with pytest.raises(Refused, match="每个只印一次"):
        sheet_of(batch, city, at)


def test_the_passwords_are_kept_nowhere(city, at):
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    printed = passwords(sheet_of(batch, city, at))
    kept = json.dumps([*Event.objects.values_list("data", flat=True)], ensure_ascii=False)
    kept += serializers.serialize("json", Account.objects.all()) + str(batch.counts)
    assert not [password for password in printed.values() if password in kept]


def test_who_printed_them_stands_in_the_trail(city, at):
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    sheet_of(batch, city, at)
    event = Event.objects.get(name="import.slips")
    assert (event.by_id, str(event)) == (city.administrator.pk, "打印密码条：名册.xlsx的3个账号")
    assert Event.objects.filter(name="account.password_issued").count() == 3
    assert verify() is None


def test_lost_slips_are_printed_again_for_those_who_never_signed_in(city, at):
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    first = passwords(sheet_of(batch, city, at))
    Account.objects.filter(username="sjrj01").update(last_login=at)
    again = slips.print_slips_again(batch, address="", by=city.administrator, at=at)
    assert set(passwords(again)) == {"韩督查", "赵六"}
    assert not set(passwords(again).values()) & set(first.values())
    Account.objects.update(last_login=at)
    with pytest.raises(Refused, match="都已经登录过"):
        slips.print_slips_again(batch, address="", by=city.administrator, at=at)


def test_the_same_file_twice_changes_nothing(city, at):
    written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    again = take_in("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    assert {plan.outcome for plan in seen(again, city.administrator, at).plans} == {RowOutcome.UNCHANGED}


def test_a_batch_is_taken_back_until_somebody_has_signed_in(city, at):
    before = Account.objects.count()
    batch = written("ACCOUNTS", ledger(city), by=city.administrator, at=at)
    sheet_of(batch, city, at)
    Account.objects.filter(username="hengyue").update(last_login=at)
    with pytest.raises(Refused, match="已经有人登录过"):
        imports.undo(batch, by=city.administrator, at=at)
    Account.objects.filter(username="hengyue").update(last_login=None)
    imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.administrator, at=at)
    assert Account.objects.count() == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([4, "钱一", "经办人", None, "qianyi", None], "要写明所在单位"),
        ([4, "钱一", "主任", None, "qianyi", None], "不在可填的内容里"),
        ([4, "钱一", "企业", None, "qianyi", "没有的公司"], "没有登记企业“没有的公司”"),
        ([4, "钱一", "企业", None, "qianyi", None], "企业账号要写明企业名称"),
        ([4, "钱一", "领导", None, "SJRJ01", None], "登录名与第 3 行相同"),
        ([4, "钱一、孙二", "领导", None, None, None], "一行只写一个人"),
        ([4, None, "领导", None, None, None], "没有写姓名"),
        ([4, "钱一", None, None, None, None], "没有写角色"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_goes_in(city, at, row, why):
    done = written("ACCOUNTS", ledger(city, row), by=city.administrator, at=at)
    (refusal,) = done.refusals
    assert done.counts == {"CREATED": 3, "REFUSED": 1}
    assert why in refusal["cells"][0][1]


def test_a_sign_in_name_of_somebody_else_is_refused(city, at):
    Account.objects.filter(pk=city.clerk.pk).update(username="qianyi")
    file = book(["姓名", "角色", "登录名"], ["钱一", "领导", "QianYi"])
    (plan,) = seen(take_in("ACCOUNTS", file, by=city.administrator, at=at), city.administrator, at).plans
    assert "登录名已有人使用" in plan.sentence


def test_only_the_administrator_imports_accounts(city, at):
    with pytest.raises(Refused, match="您的账号不能导入账号"):
        take_in("ACCOUNTS", ledger(city), by=city.clerk, at=at)


def test_twenty_slips_stand_on_two_pages(city, at):
    more = [[n, f"经办{n}", "经办人", city.bureau.name, f"jb{n:03}", None] for n in range(4, 21)]
    batch = written("ACCOUNTS", ledger(city, *more), by=city.administrator, at=at)
    printed = texts(sheet_of(batch, city, at))
    assert len(printed) == 20
    assert all("http://gongjian.test/" in "".join(slip) for slip in printed)
