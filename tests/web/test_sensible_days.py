"""Every date field of every form refuses a year that makes no sense, and the form keeps what was typed."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from gongjian import web
from gongjian.web.forms import DateField
from tests import scenes
from tests.web.test_pages import signed_in

ROOT = Path(web.__path__[0])


def date_fields():
    """Every date field that a form declares."""
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(("gongjian.web", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        if "templatetags" in name:
            continue
        for label, kind in inspect.getmembers(import_module(name), inspect.isclass):
            if issubclass(kind, forms.Form) and kind.__module__ == name:
                for field, made in kind.base_fields.items():
                    if isinstance(made, forms.DateField):
                        yield f"{label}.{field}", made


def test_every_date_field_of_a_form_is_the_one_that_looks_at_the_year():
    found = dict(date_fields())
    assert len(found) > 25
    assert {name for name, field in found.items() if not isinstance(field, DateField)} == set()
    for name, field in found.items():
        for typed in ("0202-11-24", "2206-11-24", "1000-01-01"):
            with pytest.raises(forms.ValidationError, match="请核对"):
                field.clean(typed)
            assert name


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["0206-11-24", "2206-11-24", "1026-01-05"])
def test_the_form_comes_back_with_its_sentence(typed):
    world = scenes.ledger(timezone.now())
    facts = {"kind": "VISIT", "title": "走访两家", "area": world.city.county.pk, "starts_on": typed}
    answer = signed_in(world.city.clerk).post(reverse("visit-new"), facts)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert "请核对年份" in page
