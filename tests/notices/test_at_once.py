"""What is due today leaves at once; SMS by a generic gateway; the text for the group chat."""

import json
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import tell_due_today
from gongjian.audit import Refused
from gongjian.cli.checks.channels import channels as check_channels
from gongjian.notices import outbox
from gongjian.notices import services as notices
from gongjian.notices.gateway import send_by_gateway
from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.notices.rules import quiet_until
from gongjian.problems import services as problems
from gongjian.problems.group_chat.queries import text_of_problem, text_of_today, text_of_visit
from gongjian.visits import services as visits
from tests import scenes
from tests.factories import AT, TODAY
from tests.problems.doing import hand_over

NIGHT = AT.replace(hour=22)
CITY = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def c(db):
    made = scenes.city()
    for kind, address, unit in (
        ("WECOM", "wecombot://key", made.bureau),
        ("SMS", "https://g/?t={text}", made.office),
    ):
        notices.add_channel(
            name=f"{unit}", kind=kind, address=address, unit=unit, by=made.administrator, at=AT
        )
    return made


def tell(c, *, key="a", due_on=TODAY, by=None, at=AT):
    return notices.notify(to=[c.bureau], key=key, kind="TASK", sentence="请办理", due_on=due_on, by=by, at=at)


@pytest.mark.parametrize(
    ("days", "is_asked", "made"),
    [
        (0, False, 1),
        (0, True, 1),
        (1, True, 0),
        (30, False, 0),
        (-1, True, 1),
        (-1, False, 0),
        (None, True, 0),
    ],
)
def test_what_is_due_today_leaves_at_once(c, days, is_asked, made):
    tell(c, due_on=None if days is None else TODAY + timedelta(days), by=c.clerk if is_asked else None)
    assert Sending.objects.filter(kind="AT_ONCE").count() == made


def test_each_leaves_once_and_no_digest_repeats_it(c):
    tell(c)
    tell(c)
    tell(c, key="b", due_on=None)
    notices.make_digests(working=True, at=AT)
    assert {(row.kind, row.count) for row in Sending.objects.all()} == {("AT_ONCE", 1), ("DIGEST", 1)}
    told: list[str] = []

    def send(_address, title, _text):
        told.append(title)
        return ""

    assert outbox.deliver(at=AT, send=send) == (2, 0)
    assert any("今天到期" in title for title in told)
    assert outbox.deliver(at=AT, send=lambda *_all: "") == (0, 0)


def test_in_quiet_hours_a_person_is_heard_and_the_clock_waits(c):
    tell(c, key="clock", at=NIGHT)
    tell(c, key="person", by=c.clerk, at=NIGHT)
    assert outbox.deliver(at=NIGHT, send=lambda *_all: "") == (1, 0)
    assert outbox.deliver(at=NIGHT + timedelta(hours=11), send=lambda *_all: "") == (1, 0)


@pytest.mark.parametrize(
    ("hour", "until"),
    [(9, (24, 9, 0)), (18, (25, 8, 30)), (23, (25, 8, 30)), (3, (24, 8, 30)), (12, (24, 12, 0))],
)
def test_the_end_of_the_quiet_hours(hour, until):
    at = datetime(2026, 11, 24, hour, tzinfo=CITY)
    rule = QuietHours()
    assert quiet_until(at, rule.starts, rule.ends) == datetime(
        2026, 11, until[0], until[1], until[2], tzinfo=CITY
    )


def test_a_matter_handed_over_for_today_is_sent_with_the_act(c):
    hand_over(c, problems.record(enterprise=c.firm, text="停电", by=c.clerk, at=AT), due=TODAY, regime=None)
    assert Sending.objects.get(kind="AT_ONCE").channel.unit == c.bureau


def test_the_clock_tells_once_of_what_is_due_today(c):
    hand_over(c, problems.record(enterprise=c.firm, text="续贷", by=c.clerk, at=AT))
    due = Assignment.objects.get().next_due_on
    at = datetime.combine(due, AT.timetz())
    assert tell_due_today(at=at - timedelta(days=1)) == 0
    assert (tell_due_today(at=at), tell_due_today(at=at)) == (1, 0)
    assert "今天到期" in Notice.objects.filter(due_on=due).latest("pk").text
    assert Sending.objects.filter(kind="AT_ONCE").count() == 1


class Stub(BaseHTTPRequestHandler):
    seen: list = []
    answer = 200

    def _take(self):
        length = int(self.headers.get("Content-Length") or 0)
        type(self).seen.append(
            (self.command, self.path, self.headers.get("Content-Type"), self.rfile.read(length).decode())
        )
        self.send_response(type(self).answer)
        if type(self).answer == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_all):
        """Say nothing."""


for method in ("do_GET", "do_POST"):
    setattr(Stub, method, Stub._take)


@pytest.fixture
def gateway():
    Stub.seen, Stub.answer = [], 200
    server = HTTPServer(("127.0.0.1", 0), Stub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


TEXT = '今天到期：“续贷”&工单"1"\n第二行'


def test_the_gateway_gets_the_text_in_the_address(gateway):
    assert send_by_gateway(f"{gateway}/send?to=138&text={{text}}&t={{title}}", "标题", TEXT) == ""
    (command, path, _kind, body) = Stub.seen[0]
    assert (command, body) == ("GET", "")
    assert parse_qs(urlsplit(path).query) == {"to": ["138"], "text": [TEXT], "t": ["标题"]}


def test_the_gateway_gets_json(gateway):
    assert send_by_gateway(f'{gateway}/send {{"to": ["138"], "content": "{{text}}"}}', "标题", TEXT) == ""
    command, _path, kind, body = Stub.seen[0]
    assert (command, json.loads(body)) == ("POST", {"to": ["138"], "content": TEXT})
    assert kind.startswith("application/json")


def test_the_gateway_gets_a_form(gateway):
    assert send_by_gateway(f"{gateway}/send to=138&content={{text}}", "标题", TEXT) == ""
    assert parse_qs(Stub.seen[0][3]) == {"to": ["138"], "content": [TEXT]}


@pytest.mark.parametrize("code", [400, 403, 500, 503])
def test_a_gateway_that_refuses_is_named(gateway, code):
    Stub.answer = code
    assert str(code) in send_by_gateway(f"{gateway}/?t={{text}}", "标题", TEXT)


def test_the_gateway_does_not_follow_elsewhere(gateway):
    Stub.answer = 302
    assert "302" in send_by_gateway(f"{gateway}/?t={{text}}", "标题", TEXT)
    assert len(Stub.seen) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/?t={text}", "http://[bad/?t={text}"])
def test_a_gateway_that_is_not_there_is_named(address):
    assert "连不上" in send_by_gateway(address, "标题", TEXT)


def test_sms_needs_no_other_program_and_a_place_for_the_text(c, gateway, monkeypatch):
    monkeypatch.setattr(outbox, "is_installed", lambda: False)
    channel = c.office.channels.get()
    notices.update_channel(channel, name="短信", address=f"{gateway}/?t={{text}}", by=c.administrator, at=AT)
    notices.notify(to=[c.office], key="x", kind="TASK", sentence="请办理", due_on=TODAY, by=c.clerk, at=AT)
    assert outbox.deliver(at=AT) == (1, 0)
    assert len(Stub.seen) == 1
    with pytest.raises(Refused, match="text"):
        notices.update_channel(channel, name="短信", address="https://g/send", by=c.administrator, at=AT)


def test_doctor_explains_what_a_channel_needs(c, monkeypatch):
    monkeypatch.setattr(outbox, "is_installed", lambda: False)
    found = check_channels()
    assert "Apprise" in found.says
    assert "pip install" in found.do
    monkeypatch.setattr(outbox, "is_installed", lambda: True)
    assert check_channels().says == "通知通道正常"
    tell(c)
    Sending.objects.update(state="FAILED")
    assert "没有送达" in check_channels().says
    Channel.objects.update(is_active=False)
    assert "没有启用" in check_channels().says


def test_the_text_for_the_group_chat_says_who_owes_what_by_when(c):
    facts = {"starts_on": TODAY, "ends_on": TODAY, "enterprises": [c.firm], "by": c.clerk, "at": AT}
    visit = visits.plan(kind="VISIT", title="走访恒岳机械", area=c.county, **facts)
    first = problems.record(
        enterprise=c.firm, text="续贷缺手续，电话13912345678", visit=visit, by=c.clerk, at=AT
    )
    problems.record(enterprise=c.firm, text="缺工", visit=visit, by=c.clerk, at=AT)
    hand_over(c, first)
    first.refresh_from_db()
    text = text_of_problem(first, today=TODAY)
    for part in (first.number, "恒岳机械", "续贷缺手续", "金融", "陆川平", "协调续贷", "12月4日"):
        assert part in text, part
    assert "13912345678" not in text
    whole = text_of_visit(visit, c.clerk, today=TODAY)
    assert "收集问题 2 个" in whole
    assert "还没有交办" in whole
    assert "共 0 件" in text_of_today(c.clerk, today=TODAY)
    due = date.fromisoformat(str(first.assignment.next_due_on))
    assert first.number in text_of_today(c.clerk, today=due)
    assert "共 0 件" in text_of_today(c.other_handler, today=due)
