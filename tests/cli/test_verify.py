"""What is changed beside the chain of events is named with table, row and field; what the product did itself is no alarm."""

import pytest
from django.db import connection

from gongjian.attachments.storage import path_of
from gongjian.audit.queries import day_head
from gongjian.cli.main import main
from gongjian.people.accounts.services import set_active
from gongjian.people.models import Account
from tests import scenes
from tests.factories import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = scenes.ledger(AT)
    set_active(made.city.handler, active=False, by=made.city.administrator, at=AT)
    set_active(made.city.handler, active=True, by=made.city.administrator, at=AT)
    return made


def verified(capsys, *words):
    code = main(["verify", *words])
    return code, capsys.readouterr().out


def alter(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_ledger_made_by_the_product_gives_no_alarm(world, capsys):
    code, told = verified(capsys)
    assert (code, told.splitlines()[1:]) == (0, ["数据库、附件和各表数据与留痕一致"])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_on", "2027-12-31"),
        ("state", "ON_HOLD"),
        ("outcome", "SOLVED"),
        ("round", 3),
        ("closed_on", "2026-11-30"),
        ("extension_until", "2027-01-31"),
        ("objections", 2),
        ("next_due_on", "2027-12-30"),
        ("signed_on", "2026-11-24"),
    ],
)
def test_a_column_of_an_assignment_is_named(world, capsys, column, value):
    row = world.owed.assignment
    alter(f"UPDATE assignments_assignment SET {column} = %s WHERE id = %s", value, row.pk)
    code, told = verified(capsys)
    assert (code, f"assignments_assignment 第 {row.pk} 行 {column}：现为 {value}" in told) == (1, True), told


def test_another_lead_unit_and_another_person_are_named(world, capsys):
    row, city = world.owed.assignment, world.city
    alter("UPDATE assignments_assignment SET lead_unit_id = %s WHERE id = %s", city.other_bureau.pk, row.pk)
    alter(
        "UPDATE assignments_assignment SET responsible_person_id = %s WHERE id = %s",
        city.other_director.pk,
        row.pk,
    )
    told = verified(capsys)[1]
    assert "lead_unit_id" in told
    assert "responsible_person_id" in told


def test_a_field_that_was_changed_by_hand_after_its_event_is_named(world, capsys):
    Account.objects.filter(pk=world.city.handler.pk).update(is_active=False)
    code, told = verified(capsys)
    assert (code, f"people_account 第 {world.city.handler.pk} 行 is_active" in told) == (1, True), told


@pytest.mark.parametrize("act", ["other bytes", "gone", "other digest"])
def test_an_attachment_that_is_not_what_was_put_in_is_named(world, capsys, act):
    file = path_of(world.file.digest)
    content = file.read_bytes()
    if act == "other bytes":
        file.write_bytes(content + b"!")
    elif act == "gone":
        file.unlink()
    else:
        alter("UPDATE attachments_attachment SET digest = %s WHERE id = %s", "0" * 64, world.file.pk)
    code, told = verified(capsys)
    file.write_bytes(content)  # tests share the folder
    assert (code, f"attachments_attachment 第 {world.file.pk} 行" in told) == (1, True), told


def test_a_printed_head_is_the_head_the_chain_had_then(world, capsys):
    head = day_head(TODAY)
    assert verified(capsys, "--head", f"{head.length}:{head.digest}")[0] == 0
    assert verified(capsys, "--head", f"{head.length - 1}：{head.digest}")[0] == 1
    assert "被整条改写过" in verified(capsys, "--head", f"{head.length}:{'0' * 64}")[1]


@pytest.mark.parametrize("head", ["12", "abc:def", ":", "12:"])
def test_a_head_that_is_none_is_told(world, capsys, head):
    assert main(["verify", "--head", head]) == 1
    assert "两样都在打印的日链头上" in capsys.readouterr().err
