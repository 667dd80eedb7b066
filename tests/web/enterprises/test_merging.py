"""Merging two entries of one firm."""

import pytest
from django.urls import reverse

from gongjian.enterprises.models import Enterprise
from tests.factories import (
    ContactFactory,
    EnterpriseFactory,
)
from tests.web.enterprises.page_texts import CODE, text_of

pytestmark = pytest.mark.django_db


def test_merging_shows_both_first_and_merges_what_was_shown(as_clerk, city):
    duplicate = EnterpriseFactory(name="恒岳机械公司", area=city.county, makes="齿轮")
    ContactFactory(enterprise=duplicate)
    address = reverse("enterprise-merge", args=[city.firm.pk])
    seen = as_clerk.post(address, {"duplicate": duplicate.pk})
    html = text_of(seen)
    assert seen.status_code == 200
    for shown in ("恒岳机械公司", "齿轮", "企业联系人", "不能撤销"):
        assert shown in html
    assert "通常是两家不同的企业" not in html
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None
    done = as_clerk.post(address, {"duplicate": duplicate.pk, "sure": duplicate.pk})
    assert done.url == reverse("enterprise", args=[city.firm.pk])
    duplicate.refresh_from_db()
    assert duplicate.merged_into == city.firm
    gone = as_clerk.get(reverse("enterprise", args=[duplicate.pk]))
    assert gone.url == reverse("enterprise", args=[city.firm.pk])


def test_another_firm_chosen_after_looking_is_shown_again(as_clerk, city):
    first, second = EnterpriseFactory.create_batch(2, area=city.county)
    response = as_clerk.post(
        reverse("enterprise-merge", args=[city.firm.pk]), {"duplicate": second.pk, "sure": first.pk}
    )
    assert response.status_code == 200
    assert second.name in text_of(response)
    assert not Enterprise.objects.filter(merged_into__isnull=False).exists()


def test_two_different_codes_are_a_warning(as_clerk, city):
    Enterprise.objects.filter(pk=city.firm.pk).update(credit_code=CODE)
    other = EnterpriseFactory(area=city.county, credit_code="911100007109250324")
    response = as_clerk.post(reverse("enterprise-merge", args=[city.firm.pk]), {"duplicate": other.pk})
    assert "通常是两家不同的企业" in text_of(response)


def test_a_firm_is_not_offered_itself(as_clerk, city):
    address = reverse("enterprise-merge", args=[city.firm.pk])
    for posted in ({"duplicate": city.firm.pk}, {"duplicate_text": "恒岳机械"}, {"duplicate_text": ""}):
        assert as_clerk.post(address, posted).status_code == 422
