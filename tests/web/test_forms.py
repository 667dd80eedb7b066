"""Forms: errors, refusals, type-ahead fields, filters."""

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from gongjian.audit import Refused
from gongjian.people.models import Unit
from gongjian.people.queries import find_units
from gongjian.web.forms import DateField, Form, Pick, PickMany, attempt
from tests.factories import AccountFactory, AreaFactory, UnitFactory
from tests.web.template_text import rendered


class Wish(Form):
    text = forms.CharField(label="内容")
    due = DateField(label="期限", required=False)
    kind = forms.ChoiceField(label="类型", choices=[("", "—"), ("A", "甲")], required=False)


def test_a_required_field_is_asked_for_by_name():
    form = Wish({})
    assert form.errors == {"text": ["请填写“内容”。"]}


def test_a_wrong_date_says_how_to_write_it():
    assert Wish({"text": "x", "due": "2月30日"}).errors["due"] == ["请填写有效的日期，如 2026-11-24。"]


def test_a_field_is_drawn_with_label_error_and_kept_value():
    form = Wish({"text": "", "due": "bad"})
    html = rendered('{% include "components/_form.html" %}', form=form)
    assert 'for="id_text"' in html
    assert 'href="#id_text"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-describedby="id_text_error"' in html
    assert 'value="bad"' in html
    assert "必填" in html


def test_attempt_runs_the_service_once_the_form_is_valid():
    assert attempt(Wish({"text": "a"}), lambda: 7) == 7
    assert attempt(Wish({}), lambda: pytest.fail("ran")) is None


@pytest.mark.parametrize(("field", "place"), [("text", "text"), ("nowhere", "__all__"), (None, "__all__")])
def test_a_refusal_becomes_an_error_at_its_field(field, place):
    def refuse():
        raise Refused("请换一个。", field=field)

    form = Wish({"text": "a"})
    assert attempt(form, refuse) is None
    assert form.errors == {place: ["请换一个。"]}


class Choosing(Form):
    lead = Pick(label="牵头单位", source="component-units")
    support = PickMany(label="协办单位", source="component-units", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("lead", "support"):
            field = self.fields[name]
            assert isinstance(field, Pick)
            field.queryset, field.find = Unit.objects.all(), find_units


def chosen(query):
    return Choosing(QueryDict(query))


@pytest.mark.django_db
class TestPick:
    @pytest.fixture(autouse=True)
    def units(self):
        area = AreaFactory()
        self.finance = UnitFactory(name="市金融工作局", area=area)
        self.finance_2 = UnitFactory(name="市金融工作局二科", area=area)
        self.labour = UnitFactory(name="市人社局", area=area)

    def test_by_key(self):
        form = chosen(f"lead={self.labour.pk}&lead_text=市人社局")
        assert form.is_valid()
        assert form.cleaned_data["lead"] == self.labour

    def test_by_typed_text_without_script(self):
        assert chosen("lead_text=人社").is_valid()

    def test_a_whole_name_wins_over_longer_ones(self):
        form = chosen("lead_text=市金融工作局")
        assert form.is_valid()
        assert form.cleaned_data["lead"] == self.finance

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("lead_text=金融", "对应多条记录"),
            ("lead_text=没有", "没有找到“没有”"),
            ("", "请选择“牵头单位”。"),
            ("lead=999999", "请选择“牵头单位”。"),
        ],
    )
    def test_a_text_that_means_no_single_record_says_how_to_go_on(self, query, sentence):
        form = chosen(query)
        assert sentence in form.errors["lead"][0]

    def test_what_was_typed_is_kept_on_the_page(self):
        html = str(chosen("lead_text=金融")["lead"])
        assert 'value="金融"' in html
        assert 'name="lead_text"' in html

    def test_several_by_key_and_by_name(self):
        form = chosen(
            f"lead_text=人社&support={self.finance.pk}&support={self.finance.pk}&support_text=市人社局、市金融工作局二科"
        )
        assert form.is_valid()
        assert form.cleaned_data["support"] == [self.finance, self.labour, self.finance_2]

    def test_a_starting_value_is_drawn_with_its_name(self):
        form = Choosing(initial={"lead": self.labour, "support": [self.finance]})
        assert 'value="市人社局"' in str(form["lead"])
        assert "市金融工作局" in str(form["support"])

    def test_the_list_offers_what_was_looked_for(self, client):
        client.force_login(AccountFactory(), backend="gongjian.web.session.Backend")
        html = client.get(reverse("component-units"), {"q": "人社"}).content.decode()
        assert f'data-key="{self.labour.pk}"' in html
        assert "金融" not in html


@pytest.mark.parametrize("given", ["form", "filter"])
def test_filters_are_drawn_from_a_form_or_a_filter_and_dressed_once(rf, given):
    class Plain(forms.Form):
        q = forms.CharField(label="搜索", required=False)

    plain = Plain({"q": "水泥"})
    value = plain if given == "form" else type("Filter", (), {"form": plain})()
    html = rendered(
        '{% include "components/_filters.html" with target="#list" %}', request=rf.get("/x"), **{given: value}
    )
    assert 'value="水泥"' in html
    assert html.count("form-control") == 1
    assert 'hx-target="#list"' in html
