"""Putting a firm on the register and correcting it."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise
from tests.web.enterprises.page_texts import CODE, text_of

pytestmark = pytest.mark.django_db


def whole(city, **changed):
    return {
        "name": "安川市青禾食品有限公司",
        "area": city.county.pk,
        "size": "",
        "status": "ACTIVE",
    } | changed


def test_a_firm_is_registered_and_its_page_opens(as_clerk, city):
    posted = whole(
        city,
        credit_code=CODE.lower(),
        size="no",
        registered_area=city.other_county.pk,
        founded_on="2012-03-04",
        makes="面粉",
    )
    response = as_clerk.post(reverse("enterprise-new"), posted, follow=True)
    firm = Enterprise.objects.get(credit_code=CODE)
    assert response.redirect_chain[-1][0] == reverse("enterprise", args=[firm.pk])
    assert (firm.above_designated_size, firm.registered_area) == (False, city.other_county)
    assert firm.founded_on == date(2012, 3, 4)
    assert [event.by_id for event in events_of(firm)] == [city.clerk.pk]


def test_a_refused_code_keeps_what_was_typed(as_clerk, city):
    response = as_clerk.post(
        reverse("enterprise-new"), whole(city, credit_code="123", makes="面粉", address="南街 1 号")
    )
    assert response.status_code == 422
    html = text_of(response)
    assert "现在是 3 位" in html
    for kept in ("安川市青禾食品有限公司", "面粉", "南街 1 号", 'value="123"'):
        assert kept in html
    assert not Enterprise.objects.filter(name="安川市青禾食品有限公司").exists()


def test_a_missing_name_is_asked_for(as_clerk, city):
    response = as_clerk.post(reverse("enterprise-new"), whole(city, name=""))
    assert response.status_code == 422
    assert "请填写“企业名称”。" in text_of(response)


def test_only_areas_the_account_writes_can_be_chosen(client, city):
    client.force_login(city.county_clerk)
    response = client.post(reverse("enterprise-new"), whole(city, area=city.other_county.pk))
    assert response.status_code == 422
    assert not Enterprise.objects.filter(area=city.other_county).exists()


def test_a_correction_starts_from_what_is_known(as_clerk, city):
    Enterprise.objects.filter(pk=city.firm.pk).update(
        above_designated_size=True, credit_code=CODE, makes="齿轮", founded_on=date(2001, 2, 3)
    )
    address = reverse("enterprise-edit", args=[city.firm.pk])
    form = as_clerk.get(address).context["form"]
    start = {name: form[name].value() for name in form.fields}
    assert (start["size"], start["credit_code"], start["makes"]) == ("yes", CODE, "齿轮")
    posted = {name: getattr(value, "pk", value) or "" for name, value in start.items()}
    assert as_clerk.post(address, posted).status_code == 302
    assert not events_of(city.firm).exists()
    assert as_clerk.post(address, posted | {"makes": "齿轮箱", "size": ""}).status_code == 302
    city.firm.refresh_from_db()
    assert (city.firm.makes, city.firm.above_designated_size) == ("齿轮箱", None)


def test_a_refused_correction_is_shown(as_clerk, city):
    response = as_clerk.post(
        reverse("enterprise-edit", args=[city.firm.pk]), whole(city, credit_code="1" * 18)
    )
    assert response.status_code == 422
    assert "校验位" in text_of(response)
