"""What 新建 entered goes with the undone confirmation where nobody uses it, and stays, named, where somebody does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.audit.queries import events_of, verify
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.intake import services
from gongjian.people import services as people
from gongjian.people.models import Person, Post, Tenure
from gongjian.visits import services as visits
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import AT
from tests.intake.drafts import made
from tests.web.people.signed_in import as_, text

LATER = AT + timedelta(hours=1)
FIRM, BOSS = "安川市春和纺织有限公司", "宛知白"


@pytest.fixture
def c(db):
    return scenes.city()


def new(c, draft, field, name, *, at=AT):
    return services.register_name(draft, field=field, name=name, by=c.clerk, at=at)


def undo(c, draft, at=LATER):
    return services.undo_confirmation(draft, by=c.clerk, at=at)


@pytest.fixture
def visit(c):
    """A confirmed visit of a new person to a new firm."""
    draft = made(c, "VISIT", title="走访春和纺织", enterprises=FIRM, people=BOSS)
    new(c, draft, "enterprises", FIRM)
    new(c, draft, "people", BOSS)
    services.confirm_draft(draft, by=c.clerk, at=AT)
    draft.refresh_from_db()
    return draft


def test_a_new_firm_and_a_new_person_go_with_the_visit(c, visit):
    firm, person = Enterprise.objects.get(name=FIRM), Person.objects.get(name=BOSS)
    undone = undo(c, visit)
    assert (set(undone.taken), undone.kept) == ({FIRM, BOSS}, [])
    assert not Enterprise.objects.filter(name=FIRM).exists()
    assert not Person.objects.filter(name=BOSS).exists()
    assert not Visit.objects.exists()
    names = {"enterprise.taken_back": firm, "person.taken_back": person}
    for name, record in names.items():
        event = events_of(record).get(name=name)
        assert event.data["name"] in {FIRM, BOSS}
        assert "撤销来稿" in str(event)
    visit.refresh_from_db()
    assert visit.fields["enterprises"]["picked"] == visit.fields["people"]["picked"] == {}
    assert verify() is None


def test_it_can_be_confirmed_again_and_the_name_be_entered_again(c, visit):
    undo(c, visit)
    visit.refresh_from_db()
    new(c, visit, "enterprises", FIRM, at=LATER)
    services.confirm_draft(visit, by=c.clerk, at=LATER)
    assert [stop.enterprise.name for stop in Visit.objects.get().stops.all()] == [FIRM]


def _corrected(c):
    firm = Enterprise.objects.get(name=FIRM)
    enterprises.update_firm(firm, short_name="春和", by=c.clerk, at=LATER)


def _contact(c):
    firm = Enterprise.objects.get(name=FIRM)
    enterprises.add_contact(firm, name="王", phone="", by=c.clerk, at=LATER)


def _paired(c):
    firm = Enterprise.objects.get(name=FIRM)
    enterprises.add_pairing(firm, person=c.officer.person, kind="LEADER", since=None, by=c.clerk, at=LATER)


def _visited(c):
    today = timezone.localdate(AT)
    firm = Enterprise.objects.get(name=FIRM)
    facts = {"area": c.county, "starts_on": today, "ends_on": today, "kind": "VISIT", "title": "再走访"}
    visits.plan(enterprises=[firm], participants=[], **facts, by=c.clerk, at=LATER)


@pytest.mark.parametrize("use", [_corrected, _contact, _paired, _visited])
def test_a_firm_that_somebody_uses_stays_and_is_named(c, visit, use):
    use(c)
    undone = undo(c, visit)
    assert (undone.taken, undone.kept) == ([BOSS], [FIRM])
    assert Enterprise.objects.filter(name=FIRM).exists()
    assert "留在名册" in str(events_of(visit).get(name="draft.new_kept"))


def test_a_person_who_was_appointed_meanwhile_stays(c, visit):
    person = Person.objects.get(name=BOSS)
    people.appoint(person, unit=c.bureau, title="副局长", since=None, by=c.clerk, at=LATER)
    assert undo(c, visit).kept == [BOSS]
    assert Tenure.objects.filter(person=person).exists()


def test_a_record_that_another_draft_means_as_well_stays(c, visit):
    other = made(c, "STATEMENT", text="要抓落实", speaker="宛总", about="9")
    person = Person.objects.get(name=BOSS)
    services.pick_records(other, {("speaker", "宛总"): person}, by=c.clerk, at=LATER)
    assert undo(c, visit).kept == [BOSS]


def test_what_was_entered_on_an_earlier_day_stays_without_a_word(c):
    draft = made(c, "VISIT", title="走访春和纺织", enterprises=FIRM)
    new(c, draft, "enterprises", FIRM, at=AT - timedelta(days=1))
    services.confirm_draft(draft, by=c.clerk, at=AT)
    undone = undo(c, draft)
    assert (undone.taken, undone.kept) == ([], [])
    assert Enterprise.objects.filter(name=FIRM).exists()


def test_a_new_person_with_a_new_post_goes_post_first(c):
    draft = made(c, "PERSON", name=BOSS, posts="市金融局副局长")
    new(c, draft, "name", BOSS)
    draft.refresh_from_db()
    services.register_post(draft, title="市金融局副局长", unit=c.bureau, by=c.clerk, at=AT)
    services.confirm_draft(draft, by=c.clerk, at=AT)
    undone = undo(c, draft)
    assert undone.taken == ["市金融局副局长", BOSS]
    assert not Person.objects.filter(name=BOSS).exists()
    assert not Post.objects.filter(title="市金融局副局长").exists()


def test_what_was_picked_from_the_registers_is_never_removed(c):
    draft = made(c, "VISIT", title="走访恒岳机械", enterprises="恒岳机械", people=c.director.name)
    services.confirm_draft(draft, by=c.clerk, at=AT)
    assert undo(c, draft).taken == []
    assert Enterprise.objects.filter(pk=c.firm.pk).exists()
    assert Person.objects.filter(pk=c.director.pk).exists()


def test_the_page_says_what_went_and_what_stays(c):
    draft, now = made(c, "VISIT", title="走访春和纺织", enterprises=FIRM, people=BOSS), timezone.now()
    new(c, draft, "enterprises", FIRM, at=now)
    new(c, draft, "people", BOSS, at=now)
    services.confirm_draft(draft, by=c.clerk, at=now)
    enterprises.update_firm(Enterprise.objects.get(name=FIRM), short_name="春和", by=c.clerk, at=now)
    address = reverse("draft-decide", args=[draft.pk])
    page = text(as_(c.clerk).post(address, {"verb": "undo"}, follow=True))
    assert f"新建的{BOSS}一并收回" in page
    assert f"新建的{FIRM}已有别处用到" in page
