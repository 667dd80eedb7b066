"""Merging duplicates: every relation is declared, everything moves, clashes are settled and told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from gongjian.audit import Refused
from gongjian.audit.queries import events_of, verify
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.merging import services as merging
from gongjian.enterprises.models import Contact, Enterprise, Fact
from gongjian.visits.models import Note, Stop
from tests.factories import (
    ContactFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    FactFactory,
    IntroductionFactory,
    NoteFactory,
    PairingFactory,
    PersonFactory,
    ProblemFactory,
    ProductFactory,
    QualificationFactory,
    StopFactory,
    VisitFactory,
)
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def duplicate(city):
    return EnterpriseFactory(name="恒岳机械公司", area=city.county)


@pytest.fixture
def merge(city, duplicate, at):
    """Merge the duplicate into the firm of the scene; returns the event's data."""

    def merged(**changed):
        facts = {"duplicate": duplicate, "by": city.clerk, "at": at} | changed
        enterprises.merge_firms(city.firm, **facts)
        return events_of(city.firm).get(name="enterprise.merged").data

    return merged


def test_every_relation_to_a_firm_is_declared():
    """A new foreign key to a firm must say what a merge does with it."""
    pointing = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and field.related_model is Enterprise
    }
    assert pointing == {relation.path for relation in merging.MERGES}
    assert merging.undeclared_relations() == []


@pytest.mark.parametrize("relation", merging.MERGES, ids=lambda relation: relation.path)
def test_what_must_be_unique_with_the_firm_is_settled(relation):
    """A unique constraint over the foreign key without a rule would break the merge."""
    app, name, field = relation.path.split(".")
    model = apps.get_model(app, name)
    for constraint in model._meta.constraints:
        fields, condition = getattr(constraint, "fields", ()), getattr(constraint, "condition", None)
        if field in fields:
            if condition is None:
                assert set(fields) - {field} == set(relation.once)
            assert set(fields) - {field} <= set(relation.once)
    for named in (*relation.once, *relation.filled, *filter(None, [relation.sole])):
        model._meta.get_field(named)


def test_an_undeclared_relation_stops_the_merge(merge, duplicate, monkeypatch):
    monkeypatch.delitem(merging.DECLARED, "problems.Problem.enterprise")
    with pytest.raises(RuntimeError, match=r"problems\.Problem\.enterprise"):
        merge()
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


def test_everything_moves_and_the_duplicate_stays_as_a_pointer(city, duplicate, merge):
    older = EnterpriseFactory(area=city.county, merged_into=duplicate)
    rows: list[Any] = [
        ContactFactory(enterprise=duplicate),
        PairingFactory(enterprise=duplicate),
        FactFactory(enterprise=duplicate),
        QualificationFactory(enterprise=duplicate),
        EnterpriseAccountFactory(enterprise=duplicate),
        StopFactory(enterprise=duplicate),
        ProblemFactory(enterprise=duplicate),
    ]
    data = merge()
    for row in rows:
        row.refresh_from_db()
        assert row.enterprise == city.firm
    older.refresh_from_db()
    duplicate.refresh_from_db()
    assert older.merged_into == duplicate.merged_into == city.firm
    for relation in Enterprise._meta.related_objects:
        left = relation.related_model._default_manager.filter(**{relation.field.name: duplicate})
        assert not left.exists(), merging.relation_path(relation)
    assert data["moved"] == len(rows) + 1
    assert data["rows"]["problems.Problem.enterprise"] == [rows[-1].pk]
    assert data["duplicate"] == duplicate.pk
    [away] = events_of(duplicate)
    assert (away.name, away.data["keeper"]) == ("enterprise.merged_away", city.firm.pk)
    assert verify() is None


def test_both_firms_on_one_visit_become_one_stop_with_all_notes(city, duplicate, merge):
    visit = VisitFactory()
    kept = StopFactory(visit=visit, enterprise=city.firm, result="", received_by="赵总")
    dropped = StopFactory(visit=visit, enterprise=duplicate, result="PROBLEMS", received_by="钱总")
    NoteFactory(visit=visit, stop=kept, text="甲")
    NoteFactory(visit=visit, stop=dropped, text="乙")
    data = merge()
    [stop] = Stop.objects.all()
    assert stop == kept
    assert (stop.result, stop.received_by) == ("PROBLEMS", "赵总")
    assert set(Note.objects.values_list("text", "stop")) == {("甲", kept.pk), ("乙", kept.pk)}
    [told] = data["rows"]["visits.Stop.enterprise"]
    assert (told["received_by"], told["result"]) == ("钱总", "PROBLEMS")


def test_of_two_values_from_one_source_the_keepers_stands_and_the_other_is_told(city, duplicate, merge):
    FactFactory(enterprise=city.firm, value=Decimal(100))
    FactFactory(enterprise=duplicate, value=Decimal(96))
    FactFactory(enterprise=duplicate, value=Decimal(95), source="税务部门")
    data = merge()
    assert {(f.source, f.value) for f in Fact.objects.all()} == {
        ("企业月报", Decimal(100)),
        ("税务部门", Decimal(95)),
    }
    dropped, moved = data["rows"]["enterprises.Fact.enterprise"]
    assert dropped["value"] == "96.0000"
    assert moved == Fact.objects.get(source="税务部门").pk


def test_one_main_contact_is_left_and_no_contact_twice(city, duplicate, merge):
    main = ContactFactory(enterprise=city.firm, name="赵总", phone="1", is_main=True)
    ContactFactory(enterprise=duplicate, name="赵总", phone="1", is_main=True)
    ContactFactory(enterprise=duplicate, name="钱总", phone="2", is_main=True)
    merge()
    assert list(city.firm.contacts.filter(is_main=True)) == [main]
    assert sorted(city.firm.contacts.values_list("name", flat=True)) == ["赵总", "钱总"]


def test_the_only_main_contact_stays_main(city, duplicate, merge):
    ContactFactory(enterprise=duplicate, is_main=True)
    merge()
    assert Contact.objects.get().is_main


def test_one_person_is_not_paired_twice(city, duplicate, merge):
    person = PersonFactory()
    PairingFactory(enterprise=city.firm, person=person, since=None)
    PairingFactory(enterprise=duplicate, person=person, since=date(2025, 3, 1))
    PairingFactory(enterprise=duplicate, person=person, until=date(2024, 1, 1))
    merge()
    assert set(city.firm.pairings.values_list("since", "until")) == {
        (date(2025, 3, 1), None),
        (None, date(2024, 1, 1)),
    }


def test_what_the_keeper_does_not_know_it_takes(city, duplicate, merge):
    Enterprise.objects.filter(pk=city.firm.pk).update(industry="机械", above_designated_size=False)
    Enterprise.objects.filter(pk=duplicate.pk).update(
        industry="铸造",
        makes="齿轮",
        above_designated_size=True,
        credit_code=CODE,
        founded_on=date(2010, 5, 1),
    )
    data = merge()
    city.firm.refresh_from_db()
    duplicate.refresh_from_db()
    assert (city.firm.industry, city.firm.above_designated_size) == ("机械", False)
    assert (city.firm.makes, city.firm.founded_on) == ("齿轮", date(2010, 5, 1))
    assert (city.firm.credit_code, duplicate.credit_code) == (CODE, None)
    assert data["filled"] == {"makes": "齿轮", "founded_on": "2010-05-01", "credit_code": CODE}


def test_the_keepers_own_code_stands_and_the_other_is_told(city, duplicate, merge):
    Enterprise.objects.filter(pk=city.firm.pk).update(credit_code="911100007109250324")
    Enterprise.objects.filter(pk=duplicate.pk).update(credit_code=CODE)
    data = merge()
    city.firm.refresh_from_db()
    assert city.firm.credit_code == "911100007109250324"
    assert data["credit_code"] == CODE


def test_a_firm_does_not_merge_with_itself(city, merge):
    with pytest.raises(Refused) as refused:
        merge(duplicate=city.firm)
    assert refused.value.field == "duplicate"


def test_pointers_never_form_a_ring(city, duplicate, merge, at):
    """A page opened before the merge still holds both firms as they were."""
    stale = Enterprise.objects.get(pk=city.firm.pk)
    merge()
    with pytest.raises(Refused, match="已经并入"):
        enterprises.merge_firms(duplicate, duplicate=stale, by=city.clerk, at=at)
    with pytest.raises(Refused, match="已经并入"):
        merge()


def test_only_a_clerk_of_both_areas_merges(city, duplicate, merge):
    elsewhere = EnterpriseFactory(area=city.other_county)
    for changed in (
        {"by": city.officer},
        {"by": city.administrator},
        {"by": city.county_clerk, "duplicate": elsewhere},
    ):
        with pytest.raises(Refused):
            merge(**changed)
    merge(by=city.county_clerk)


def test_products_of_the_same_name_become_one_and_keep_their_introductions(city, duplicate, merge):
    kept = ProductFactory(enterprise=city.firm, side="MAKES", name="法兰", spec="")
    ProductFactory(enterprise=duplicate, side="MAKES", name="铸件")
    twin = ProductFactory(enterprise=duplicate, side="MAKES", name="法兰", spec="DN80")
    introduction = IntroductionFactory(offer=twin)
    merge()
    introduction.refresh_from_db()
    kept.refresh_from_db()
    assert (introduction.offer_id, kept.spec) == (kept.pk, "DN80")
    assert sorted(city.firm.products.values_list("name", flat=True)) == ["法兰", "铸件"]


def test_the_same_introduction_on_both_sides_is_refused_and_nothing_is_lost(city, duplicate, merge):
    first = IntroductionFactory(offer=ProductFactory(enterprise=city.firm, side="MAKES", name="法兰"))
    twin = ProductFactory(enterprise=duplicate, side="MAKES", name="法兰")
    IntroductionFactory(offer=twin, need=first.need)
    with pytest.raises(Refused, match="法兰"):
        merge()
    twin.refresh_from_db()
    assert twin.enterprise_id == duplicate.pk
