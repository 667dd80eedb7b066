"""Two people edit one record: nobody's text is lost, nobody's is overwritten without a word."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people.models import Presence
from gongjian.people.presence.rules import FRESH
from gongjian.visits.states import NoteHeading
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, AccountFactory, ApiSystemFactory, ChannelFactory, StopFactory, VisitFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db
CHANGED_BY_BOTH = "两种写法都在下面"


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def other(city):
    return AccountFactory(role="CLERK", name="乙同志", reads_area=city.city, writes_area=city.city)


def choice(page, field, which):
    """The radio button of one of the two texts."""
    start = page.index(f'value="{which}:', page.index(f'name="choose_{field}"')) + len('value="')
    return {f"choose_{field}": page[start : page.index('"', start)]}


def two_open(city, other, address, action=""):
    first, second = as_(city.clerk), as_(other)
    forms = [form_to(text(client.get(address)), action) for client in (first, second)]
    return first, second, *forms


def test_two_headings_of_one_stop_both_stay(city, other):
    stop = StopFactory(visit=VisitFactory(area=city.county, recorded_by=city.clerk), enterprise=city.firm)
    page, action = reverse("visit", args=[stop.visit_id]), reverse("stop-record", args=[stop.pk])
    a, b, a_form, b_form = two_open(city, other, page, action)
    name = f"s{stop.pk}-"
    headings = [NoteHeading.PLANNING, NoteHeading.PRODUCTION]
    texts = ["明年新上两条线", "满负荷生产"]
    for client, form, heading, words in zip((a, b), (a_form, b_form), headings, texts, strict=True):
        facts = {f"{name}note_{heading.value}": words, f"{name}result": "NOTHING"}
        assert client.post(action, form.filled(**facts)).status_code == 302
    assert {note.heading: note.text for note in stop.notes.all()} == dict(zip(headings, texts, strict=True))


def test_one_heading_changed_by_both_comes_back_side_by_side(city, other):
    stop = StopFactory(visit=VisitFactory(area=city.county, recorded_by=city.clerk), enterprise=city.firm)
    page, action = reverse("visit", args=[stop.visit_id]), reverse("stop-record", args=[stop.pk])
    a, b, a_form, b_form = two_open(city, other, page, action)
    field, result = f"s{stop.pk}-note_{NoteHeading.PLANNING.value}", f"s{stop.pk}-result"
    a.post(action, a_form.filled(**{field: "甲写的规划", result: "NOTHING"}))
    answer = b.post(action, b_form.filled(**{field: "乙写的规划", result: "NOTHING"}))
    shown = text(answer)
    assert answer.status_code == 422
    for words in ("甲写的规划", "乙写的规划", CHANGED_BY_BOTH, city.clerk.name):
        assert words in shown
    assert stop.notes.get().text == "甲写的规划"


@pytest.mark.parametrize(("which", "stays"), [("mine", "乙的电话"), ("theirs", "甲的电话")])
def test_the_choice_decides(city, other, which, stays):
    person = city.director
    address = reverse("person-edit", args=[person.pk])
    a, b, a_form, b_form = two_open(city, other, address)
    person.note = "原来的备注"
    person.save()
    a, b, a_form, b_form = two_open(city, other, address)
    a.post(address, a_form.filled(phone="甲的电话", note="甲的备注"))
    answer = b.post(address, b_form.filled(phone="乙的电话"))
    page = text(answer)
    assert "甲的备注" in form_to(page, "").prefilled["note"]
    assert b.post(address, form_to(page, "").filled()).status_code == 422  # no choice, no overwriting
    chosen = form_to(page, "").filled(**choice(page, "phone", which))
    assert b.post(address, chosen).status_code == 302
    person.refresh_from_db()
    assert (person.phone, person.note) == (stays, "甲的备注")


def test_a_third_change_asks_anew(city, other):
    person = city.director
    address = reverse("person-edit", args=[person.pk])
    a, b, a_form, b_form = two_open(city, other, address)
    a.post(address, a_form.filled(phone="一"))
    page = text(b.post(address, b_form.filled(phone="二")))
    a.post(address, form_to(text(a.get(address)), "").filled(phone="三"))
    answer = b.post(address, form_to(page, "").filled(**choice(page, "phone", "mine")))
    assert answer.status_code == 422
    assert "三" in text(answer)


@pytest.mark.parametrize(
    ("route", "fields"),
    [
        ("enterprise-edit", ("address", "makes")),
        ("unit-edit", ("duties", "short_name")),
        ("area-edit", ("note", "short_name")),
        ("visit-edit", ("place", "title")),
        ("problem-edit", ("text", "raised_by")),
        ("common-rename", ("title",)),
        ("introduction", ("note", "result")),
        ("system", ("keeper", "per_minute")),
    ],
)
def test_each_kind_of_record_keeps_both(route, fields):
    ledger = scenes.ledger(AT)
    client, address, page, action, record = _edited(ledger, route)
    forms = [form_to(text(client.get(page)), action) for _n in range(2)]
    new = {"result": ["SAMPLED", "CONTACTED"], "per_minute": ["50", "60"]}
    first = {fields[0]: new.get(fields[0], ["先写的"])[0]}
    assert client.post(address, forms[0].filled(**first)).status_code == 302
    last = fields[-1]
    answer = client.post(address, forms[1].filled(**{last: new.get(last, ["", "后写的"])[1]}))
    if len(fields) == 1:  # both wrote the one field there is
        assert answer.status_code == 422
        assert CHANGED_BY_BOTH in text(answer)
        return
    assert answer.status_code == 302, text(answer)
    record.refresh_from_db()
    for name, place in zip(fields, (0, 1), strict=True):
        wanted = new.get(name, ["先写的", "后写的"])[place]
        assert str(getattr(record, name)).split(".")[0] == wanted, name


def _edited(ledger, route):
    city = ledger.city
    record = {
        "enterprise-edit": city.firm,
        "unit-edit": city.bureau,
        "area-edit": city.county,
        "visit-edit": ledger.visit,
        "problem-edit": ledger.fresh,
        "common-rename": ledger.common,
        "introduction": ledger.introduction,
    }.get(route) or ApiSystemFactory()
    account = city.administrator if route in {"area-edit", "system"} else city.clerk
    address = reverse(route, args=[record.pk])
    page = reverse("common", args=[record.pk]) if route == "common-rename" else address
    action = address if route in {"common-rename", "system"} else ""
    return as_(account), address, page, action, record


def test_hours_and_thresholds_are_kept_apart_too(city):
    admin = as_(city.administrator)
    for route, first, second in (
        ("quiet-hours", {"starts": "20:00"}, {"digest_at": "09:00"}),
        ("ladder-days", {"reminder_before": "3"}, {"interview_after": "15"}),
    ):
        address = reverse(route)
        forms = [form_to(text(admin.get(address)), "") for _n in range(2)]
        assert admin.post(address, forms[0].filled(**first)).status_code == 302
        assert admin.post(address, forms[1].filled(**second)).status_code == 302
        shown = form_to(text(admin.get(address)), "").prefilled
        assert (first | second).items() <= shown.items()


def test_an_address_no_page_shows_is_compared_and_not_shown(city):
    channel = ChannelFactory(kind="WECOM", address="wecombot://first-key")
    admin, address = as_(city.administrator), reverse("channel-edit", args=[channel.pk])
    forms = [form_to(text(admin.get(address)), "") for _n in range(2)]
    admin.post(address, forms[0].filled(address="wecombot://second-key"))
    answer = admin.post(address, forms[1].filled(address="wecombot://third-key"))
    assert answer.status_code == 422
    assert "second-key" not in text(answer)
    channel.refresh_from_db()
    assert channel.address == "wecombot://second-key"


def _mark(answer, name):
    """Which text of the other person the choice of this name was offered against."""
    return text(answer).partition(f'name="{name}" value="mine:')[2].partition('"')[0]


def test_a_draft_of_a_policy_is_not_written_over(other):
    ledger = scenes.ledger(AT)
    address = reverse("policy-version", args=[ledger.draft.pk])
    client = as_(ledger.city.clerk)
    page = f"{address}?view=yaml"
    forms = [form_to(text(client.get(page)), "") for _n in range(2)]
    held = forms[0].prefilled["text"]
    first, second = (held.replace("10万元", amount) for amount in ("11万元", "12万元"))
    assert client.post(address, forms[0].filled(text=first, do="save")).status_code == 302
    answer = client.post(address, forms[1].filled(text=second, do="save"))
    assert answer.status_code == 422
    assert "11万元" in text(answer)
    assert "12万元" in text(answer)
    ledger.draft.refresh_from_db()
    assert "12万元" not in ledger.draft.text
    again = form_to(text(answer), "")
    assert client.post(address, again.filled(text=second, do="save")).status_code == 422  # no choice yet
    mine = {name: "mine:" + _mark(answer, name) for name in again.names if name.startswith("choose_")}
    assert client.post(address, again.filled(text=second, **mine, do="save")).status_code == 302
    ledger.draft.refresh_from_db()
    assert "12万元" in ledger.draft.text


def test_who_else_is_at_a_record_is_told_and_ends_by_itself(city, other):
    address = reverse("person-edit", args=[city.director.pk])
    first, second = as_(city.clerk), as_(other)
    assert other.name not in text(first.get(address))
    assert city.clerk.name in text(second.get(address)).split('class="present"')[1].split("</div>")[0]
    shown = text(first.get(address))
    assert f"{other.name}也在改这一条" in shown
    asked = shown.split('hx-get="')[1].split('"')[0]
    assert f"{other.name}也在改这一条" in text(first.get(asked, headers={"HX-Request": "true"}))
    Presence.objects.filter(account=other).update(seen_at=timezone.now() - FRESH * 2)
    assert "也在改这一条" not in text(first.get(address))


def test_who_has_saved_is_no_longer_there(city, other):
    address = reverse("person-edit", args=[city.director.pk])
    first, second = as_(city.clerk), as_(other)
    form = form_to(text(second.get(address)), "")
    second.post(address, form.filled(note="写好了"))
    assert "也在改这一条" not in text(first.get(address))


def test_a_mark_that_was_made_up_asks_nothing(city):
    answer = as_(city.clerk).get(reverse("present", args=["people.person:1"]))
    assert answer.status_code == 409
    assert not Presence.objects.exists()
