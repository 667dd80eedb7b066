"""The interface for other systems: tokens, subtrees, pushing once, reading out, refusals."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from gongjian.assignments import services as assignments
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of, verify
from gongjian.people.outside_systems import services as outside_systems
from gongjian.people.states import Role
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.web.manual.markdown_pages import TEXT
from gongjian.web.open311 import operations, urls, views
from gongjian.web.rights import SYSTEMS, matrix
from tests import scenes
from tests.factories import AT, ApiSystemFactory, EnterpriseFactory, ProblemFactory

BASE = "/open311/v2/"
NEW = {"external_number": "RX-1", "service_code": "FINANCE", "description": "续贷缺手续", "credit_code": ""}


@pytest.fixture
def city(db):
    return scenes.city()


@pytest.fixture
def hotline(city):
    return ApiSystemFactory(area=city.city, token="gj_hotline")


def caller(token="gj_hotline"):  # noqa: S107  a token of the test
    return Client(headers={"authorization": f"Bearer {token}"})


def push(city, client=None, **changed):
    body = NEW | {"firm": city.firm.name} | changed
    return (client or caller()).post(
        BASE + "requests.json", json.dumps(body), content_type="application/json"
    )


def told(answer):
    return [(e["code"], e["field"]) for e in answer.json()["errors"]]


def test_the_matrix_covers_every_route_of_the_interface():
    routes = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("api-")
    }
    assert {name for name, roles in matrix().items() if roles == SYSTEMS} == routes - {"api-document"}
    assert Role.SYSTEM not in frozenset().union(*(r for n, r in matrix().items() if n not in routes))


@pytest.mark.parametrize("path", ["services.json", "requests.json", "requests/1.json", "changes.json"])
def test_only_a_token_opens_the_interface(city, hotline, path):
    browser = Client()
    browser.force_login(city.clerk, backend="gongjian.web.session.Backend")
    for client in (Client(), browser, caller("gj_wrong"), caller("hotline"), caller("gj_" + "长" * 300)):
        answer = client.get(BASE + path)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "Bearer" in answer.json()["errors"][0]["description"]
    assert caller().get(BASE + path).status_code in {200, 404}


def test_a_token_dies_by_revoking_renewing_and_time(city):
    system, token = outside_systems.add_system(
        name="省平台",
        kind="SUPERIOR",
        area=city.city,
        pushes=False,
        valid_until=AT.date() + timedelta(300),
        by=city.administrator,
        at=AT,
    )
    assert outside_systems.system_by_token(token, today=AT.date()) == system
    assert outside_systems.system_by_token(token, today=AT.date() + timedelta(301)) is None
    assert token not in str(Event.objects.values_list("data", flat=True))
    system, newer = outside_systems.renew_token(
        system, valid_until=AT.date() + timedelta(400), by=city.administrator, at=AT
    )
    assert outside_systems.system_by_token(token, today=AT.date()) is None
    assert outside_systems.system_by_token(newer, today=AT.date()) == system
    outside_systems.revoke_system(system, by=city.administrator, at=AT)
    assert outside_systems.system_by_token(newer, today=AT.date()) is None


def test_a_call_is_noted_and_too_many_are_refused(city):
    system = ApiSystemFactory(area=city.city, token="gj_quick", per_minute=2)
    assert outside_systems.count_use(system, at=AT)
    assert outside_systems.count_use(system, at=AT)
    assert not outside_systems.count_use(system, at=AT)
    assert outside_systems.count_use(system, at=AT + timedelta(minutes=1))
    system.refresh_from_db()
    assert system.last_used_at == AT + timedelta(minutes=1)
    answers = [caller("gj_quick").get(BASE + "services.json") for _ in range(6)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused  # six calls within two minutes at most
    assert 0 < int(refused[0]["Retry-After"]) <= 60


def test_a_push_is_recorded_once_with_the_system_as_actor(city, hotline):
    first, again = push(city), push(city)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    problem = Problem.objects.get()
    assert (problem.channel, problem.recorded_by) == ("HOTLINE", hotline.account)
    assert {e.by_name for e in events_of(problem)} == {"安川市12345热线"}
    assert [e.name for e in events_of(problem)] == ["problem.recorded", "problem.pushed"]
    assert first.json()["status"] == "open"
    assert first.json()["external_number"] == "RX-1"
    assert verify() is None


def test_changed_content_corrects_until_it_is_handed_over(city, hotline, at):
    pk = push(city).json()["service_request_id"]
    changed = push(city, description="续贷缺一份证明")
    assert changed.status_code == 200
    assert changed.json()["service_request_id"] == pk
    assert changed.json()["description"] == "续贷缺一份证明"
    problems.hand_over(
        Problem.objects.get(),
        lead_unit=city.bureau,
        responsible_person=city.director,
        task="办",
        due=at.date() + timedelta(9),
        on_the_spot=False,
        by=city.clerk,
        at=at,
    )
    late = push(city, description="又改了")
    assert late.status_code == 409
    assert told(late) == [(409, "external_number")]
    assert "新编号" in late.json()["errors"][0]["description"]
    assert push(city, description="续贷缺一份证明").status_code == 200
    other = EnterpriseFactory(area=city.county)
    assert push(city, firm=other.name).status_code == 409
    assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"firm": ""}, "credit_code"),
        ({"firm": "没有这家公司"}, "firm"),
        ({"credit_code": "91410500MA00000000"}, "credit_code"),
        ({"description": "  \n"}, "description"),
        ({"description": "a\x00b"}, "description"),
        ({"external_number": ""}, "external_number"),
        ({"service_code": "WEATHER"}, "service_code"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_field(city, hotline, changed, field):
    answer = push(city, **changed)
    assert answer.status_code == 422
    assert told(answer) == [(422, field)]
    assert not Problem.objects.exists()


def test_two_firms_of_one_name_and_broken_json(city, hotline):
    EnterpriseFactory(name=city.firm.name, area=city.county)
    assert told(push(city)) == [(422, "firm")]
    answer = caller().post(BASE + "requests.json", "{", content_type="application/json")
    assert (answer.status_code, told(answer)) == (400, [(400, "")])


def test_a_reading_system_cannot_push(city):
    ApiSystemFactory(area=city.city, token="gj_reader", pushes=False)
    assert push(city, caller("gj_reader")).status_code == 403


def test_a_system_sees_and_pushes_only_below_its_area(city):
    ApiSystemFactory(area=city.other_county, token="gj_north")
    north, here = caller("gj_north"), ProblemFactory(enterprise=city.firm, area=city.county)
    there = ProblemFactory(area=city.other_county, enterprise__area=city.other_county)
    assert [r["number"] for r in north.get(BASE + "requests.json").json()["requests"]] == [there.number]
    assert north.get(f"{BASE}requests/{here.pk}.json").status_code == 404
    assert north.get(f"{BASE}requests/{there.pk}.json").status_code == 200
    assert told(push(city, north)) == [(422, "firm")]
    assert north.get(BASE + "changes.json").json()["requests"] == []


def test_state_light_reason_and_due_are_read_out(city, hotline, at):
    pk = push(city).json()["service_request_id"]
    due = at.date() + timedelta(9)
    task = problems.hand_over(
        Problem.objects.get(),
        lead_unit=city.bureau,
        responsible_person=city.director,
        task="办",
        due=due,
        on_the_spot=False,
        by=city.clerk,
        at=at,
    )
    assignments.accept(task, by=city.handler, at=at)
    one = caller().get(f"{BASE}requests/{pk}.json").json()
    assert one["state"] == "IN_PROGRESS"
    assert one["light"] in {"GREEN", "YELLOW", "RED", "DARK_RED"}
    assert one["due_on"] == due.isoformat()
    assert "前完成" in one["reason"]
    assert one["agency_responsible"] == city.bureau.name
    assert one["status"] == "open"


def test_pages_filters_and_the_cursor(city, hotline, at, django_assert_max_num_queries):
    made = [int(push(city, external_number=f"RX-{n}").json()["service_request_id"]) for n in range(5)]
    ProblemFactory(enterprise=city.firm, area=city.county, category="LABOUR", answered_on=at.date())
    first = caller().get(BASE + "requests.json?limit=2").json()
    assert [int(r["service_request_id"]) for r in first["requests"]] == made[:2]
    rest = caller().get(f"{BASE}requests.json?after={first['next_after']}&limit=200").json()
    assert (len(rest["requests"]), rest["next_after"]) == (4, None)
    for query, n in (("mine=true", 5), ("status=closed", 1), ("status=open", 5), ("service_code=LABOUR", 1)):
        assert len(caller().get(f"{BASE}requests.json?{query}").json()["requests"]) == n, query
    cursor = first["cursor"]
    assert caller().get(f"{BASE}changes.json?cursor={cursor}").json() == {
        "requests": [],
        "cursor": cursor,
        "more": False,
    }
    problems.answer_on_the_spot(Problem.objects.get(pk=made[3]), answer="已说明", by=city.clerk, at=at)
    changed = caller().get(f"{BASE}changes.json?cursor={cursor}").json()
    assert [int(r["service_request_id"]) for r in changed["requests"]] == [made[3]]
    seen, cursor, more = set(), 0, True
    while more:
        page = caller().get(f"{BASE}changes.json?cursor={cursor}&limit=3").json()
        seen |= {int(r["service_request_id"]) for r in page["requests"]}
        cursor, more = page["cursor"], page["more"]
    assert seen == set(made)
    with django_assert_max_num_queries(12):
        caller().get(BASE + "requests.json?limit=200")
    with django_assert_max_num_queries(12):
        caller().get(BASE + "changes.json?limit=200")


def test_the_document_speaks_the_language_asked_for(city):
    chinese = Client().get(BASE + "openapi.json").json()
    english = Client(headers={"accept-language": "en"}).get(BASE + "openapi.json").json()
    assert chinese["paths"].keys() == {
        f"{BASE}{p}" for p in ("services.json", "requests.json", "requests/{pk}.json", "changes.json")
    }
    assert re.search(r"[\u4e00-\u9fff]", json.dumps(chinese, ensure_ascii=False))
    assert not re.search(r"[\u4e00-\u9fff]", json.dumps(english, ensure_ascii=False))
    assert "http://" not in json.dumps(english)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manuals_example_runs(live_server, monkeypatch, capsys, language):
    city = scenes.city()
    ApiSystemFactory(area=city.city, token="gj_manual")
    text = (TEXT / language / "interface.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.setenv("GONGJIAN_ADDRESS", live_server.url + BASE.rstrip("/"))
    monkeypatch.setenv("GONGJIAN_TOKEN", "gj_manual")
    exec(compile(example, "interface.md", "exec"), {})  # noqa: S102  the manual's own text
    problem = Problem.objects.get()
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith(problem.number)
    assert printed[1].startswith(problem.number)
    assert printed[-1] == f"cursor {Event.objects.latest('seq').seq}"


# --- the administrator's pages


def test_the_token_is_shown_once(city):
    admin = Client()
    admin.force_login(city.administrator, backend="gongjian.web.session.Backend")
    facts = {
        "name": "省平台",
        "kind": "SUPERIOR",
        "area": city.county.pk,
        "valid_until": "2027-11-01",
        "per_minute": "60",
        "pushes": "on",
    }
    page = admin.post("/systems/new/", facts).content.decode()
    [token] = re.findall(r"gj_[\w-]{43}", page)
    assert caller(token).get(BASE + "services.json").status_code == 200
    [pk] = set(re.findall(r"/systems/(\d+)/", page))
    assert token not in admin.get(f"/systems/{pk}/").content.decode()
    assert token not in admin.get("/systems/").content.decode()
    admin.post(f"/systems/{pk}/", {"keeper": "吴工", "per_minute": "5"})
    assert push(city, caller(token)).status_code == 403
    newer = re.findall(
        r"gj_[\w-]{43}", admin.post(f"/systems/{pk}/renew/", {"valid_until": "2027-05-01"}).content.decode()
    )
    assert newer != [token]
    assert caller(token).get(BASE + "services.json").status_code == 401
    admin.post(f"/systems/{pk}/revoke/")
    assert caller(*newer).get(BASE + "services.json").status_code == 401
    assert "已吊销" in admin.get(f"/systems/{pk}/").content.decode()
    again = admin.post(f"/systems/{pk}/revoke/")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("name", "until", "words"),
    [(" ", "2027-11-01", "系统名称"), ("省平台", "2020-01-01", "今天以后"), ("省平台", "2099-01-01", "两年")],
)
def test_a_system_that_makes_no_sense_is_refused(city, name, until, words):
    admin = Client()
    admin.force_login(city.administrator, backend="gongjian.web.session.Backend")
    facts = {
        "name": name,
        "kind": "SUPERIOR",
        "area": city.county.pk,
        "valid_until": until,
        "per_minute": "60",
    }
    answer = admin.post("/systems/new/", facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_system_has_no_sign_in_and_no_password(city, hotline):
    admin = Client()
    admin.force_login(city.administrator, backend="gongjian.web.session.Backend")
    assert not hotline.account.has_usable_password() or hotline.account.password == ""
    assert admin.post(f"/accounts/{hotline.account.pk}/reset/").status_code == 404
    assert hotline.account.name not in admin.get("/accounts/").content.decode()


def test_the_routes_are_those_of_the_operations():
    written = {one.name: str(one.pattern) for one in urls.urlpatterns if one.callback is views.operation}
    stated = {name: f"open311/v2/{one.pattern}" for name, one in operations.OPERATIONS.items()}
    assert written == stated
