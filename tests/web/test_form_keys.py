"""One opened form is carried out once."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.urls import reverse

from gongjian.audit import Refused
from gongjian.audit.models import Event, UsedForm
from gongjian.audit.services import record
from gongjian.audit.used_forms import services as used_forms
from gongjian.notices.models import Notice
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Person
from gongjian.problems.models import Problem
from gongjian.visits.models import Note, Visit
from gongjian.web.form_keys import OnceOnly
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, EnterpriseFactory, PersonFactory, UsedFormFactory, VisitFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


def problem_facts(city):
    return {
        "enterprise": str(city.firm.pk),
        "text": "厂区门口的路坑洼，货车进不来",
        "kind": "DIFFICULTY",
        "category": "LAND",
    }


def opened(client, address, action=""):
    return form_to(text(client.get(address)), action)


def test_a_problem_sent_twice_is_one_and_the_second_leads_to_it(city):
    client, address = as_(city.clerk), reverse("problem-new")
    data = opened(client, address).filled(**problem_facts(city))
    first, second = client.post(address, data), client.post(address, data, follow=True)
    assert Problem.objects.count() == 1
    assert first.status_code == 302
    assert second.redirect_chain[0][0] == first["Location"]
    assert "没有重复办理" in text(second)


def test_back_and_another_text_keeps_the_text_and_offers_to_send_it(city):
    client, address = as_(city.clerk), reverse("problem-new")
    data = opened(client, address).filled(**problem_facts(city))
    client.post(address, data)
    answer = client.post(address, data | {"text": "另一件事：食堂排烟被投诉"})
    assert answer.status_code == 409
    assert "另一件事：食堂排烟被投诉" in text(answer)
    again = form_to(text(answer), address)
    assert client.post(address, again.filled()).status_code == 302
    assert Problem.objects.count() == 2


@pytest.mark.parametrize("what", ["visit", "note", "person", "move"])
def test_other_forms_are_carried_out_once_as_well(city, what):
    client = as_(city.clerk)
    visit = VisitFactory(area=city.county, recorded_by=city.clerk)
    pages = {
        "visit": (reverse("visit-new"), "", {"title": "走访甲厂", "starts_on": "2026-11-24"}, Visit),
        "note": (
            reverse("visit", args=[visit.pk]),
            reverse("note-add", args=[visit.pk]),
            {"text": "全县用工平稳"},
            Note,
        ),
        "person": (reverse("person-new"), "", {"name": "万里云"}, Person),
    }
    if what == "move":
        client, pages["move"] = _remind()
    page, action, facts, model = pages[what]
    data = opened(client, page, action).filled(**facts)
    before = model._default_manager.count()
    answers = [client.post(action or page, data) for _n in range(3)]
    assert model._default_manager.count() == before + 1
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1


def _remind():
    ledger = scenes.ledger(AT)
    client = as_(ledger.city.clerk)
    owed = ledger.owed.pk
    verb = reverse("assignment-move", args=[ledger.owed.assignment_id, "remind"])
    return client, (reverse("problem", args=[owed]), verb, {"remind-text": "请抓紧"}, Notice)


def test_a_refused_form_is_not_used_up(city):
    client, address = as_(city.clerk), reverse("problem-new")
    data = opened(client, address).filled(**problem_facts(city) | {"text": ""})
    assert client.post(address, data).status_code == 422
    assert not UsedForm.objects.exists()
    assert client.post(address, data | {"text": "补写了内容的问题"}).status_code == 302


def test_each_form_of_a_page_has_a_key_of_its_own(city):
    client = as_(city.clerk)
    page = text(client.get(reverse("visit", args=[VisitFactory(area=city.county).pk])))
    keys = [part.split('"')[0] for part in page.split('name="form_key" value="')[1:]]
    assert len(keys) == len(set(keys)) == page.count('method="post"')


def _refuse():
    raise Refused("不行。")


def test_what_an_inner_savepoint_took_back_takes_the_key_with_it(city):
    person = PersonFactory()
    form = used_forms.SubmittedForm(key="k", content="c")
    with used_forms.submitted(form), transaction.atomic():
        with suppress(Refused), transaction.atomic():
            record(PeopleEvent.PERSON_ADDED, subject=person, by=None, at=AT, name="甲")
            _refuse()
        assert not UsedForm.objects.exists()
        record(PeopleEvent.PERSON_ADDED, subject=person, by=None, at=AT, name="乙")
    assert UsedForm.objects.get().pk == "k"


def test_another_request_with_the_same_key_leaves_nothing(city):
    person = PersonFactory()
    for again in (False, True):
        form = used_forms.SubmittedForm(key="k", content="c")
        with used_forms.submitted(form):
            if not again:
                with transaction.atomic():
                    record(PeopleEvent.PERSON_ADDED, subject=person, by=None, at=AT, name="甲")
                continue
            with pytest.raises(used_forms.FormAlreadyUsed), transaction.atomic():
                record(PeopleEvent.PERSON_ADDED, subject=person, by=None, at=AT, name="乙")
    assert Event.objects.filter(subject_id=person.pk).count() == 1


def test_old_keys_are_forgotten():
    UsedFormFactory(at=AT - used_forms.KEPT_FOR)
    kept = UsedFormFactory(at=AT)
    assert used_forms.forget_old(at=AT + (AT - AT)) == 0
    UsedFormFactory(at=AT - used_forms.KEPT_FOR * 2)
    assert used_forms.forget_old(at=AT) == 1
    assert UsedForm.objects.filter(pk=kept.pk).exists()


def test_two_presses_at_the_same_moment_make_one(city, monkeypatch):
    client, address = as_(city.clerk), reverse("problem-new")
    data = opened(client, address).filled(**problem_facts(city))
    first = client.post(address, data)
    monkeypatch.setattr(
        OnceOnly, "process_view", lambda *_args: None
    )  # the second came before the first was done
    second = client.post(address, data)
    assert Problem.objects.count() == 1
    assert (second.status_code, second["Location"]) == (302, first["Location"])


def test_a_firm_registered_twice_is_one(city):
    client, address = as_(city.clerk), reverse("enterprise-new")
    data = opened(client, address).filled(name="安川县新立纺织有限公司", area=str(city.county.pk))
    before = EnterpriseFactory._meta.model._default_manager.count()
    assert [client.post(address, data).status_code for _n in range(2)] == [302, 302]
    assert EnterpriseFactory._meta.model._default_manager.count() == before + 1
