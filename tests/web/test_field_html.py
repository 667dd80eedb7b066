"""A list drawn in one go says what Django's own templates say; an address of a row is that of its route."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils.translation import gettext_lazy

from gongjian.web.field_html import Renderer
from gongjian.web.templatetags.gongjian import page_of

CHOICES = [
    ("", gettext_lazy("请选择")),
    (1234, "一千二百三十四"),
    ("<a>&\"'", "<b>&\"'"),
    ("组", [("x", "甲"), ("y", "乙")]),
]


class Drawn(forms.Form):
    """Lists of every kind, and a field that is none."""

    one = forms.ChoiceField(choices=CHOICES)
    none = forms.ChoiceField(choices=[], required=False)
    many = forms.MultipleChoiceField(choices=CHOICES, required=False)
    off = forms.ChoiceField(choices=CHOICES, disabled=True, help_text="提示")
    wide = forms.ChoiceField(
        choices=CHOICES, widget=forms.Select(attrs={"class": "a b", "data-x": 5, "hidden": False})
    )
    text = forms.CharField()


class Reader(HTMLParser):
    """What a browser gets to know: tags with their attributes, and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def handle_starttag(self, tag, attrs):
        self.told.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.told.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.told.append(data.strip())


def said(form):
    reader = Reader()
    reader.feed("".join(str(field) for field in form))
    return reader.told


@pytest.mark.parametrize(
    "data", [None, {"one": "1234", "many": ["x", ""], "wide": "<a>&\"'", "text": "<i>"}, {"one": "no"}]
)
def test_lists_are_drawn_as_django_draws_them(data):
    ours, theirs = Drawn(data, renderer=Renderer()), Drawn(data, renderer=DjangoTemplates())
    assert said(ours) == said(theirs)


@pytest.mark.parametrize("pk", [1, 10, 1234567])
@pytest.mark.parametrize("route", ["problem", "enterprise"])
def test_the_address_of_a_row_is_that_of_its_route(route, pk):
    assert page_of(route, pk) == reverse(route, args=[pk])
