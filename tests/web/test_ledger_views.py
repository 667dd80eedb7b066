"""The ledger as it is looked at: search and two filters with the rest folded, saved views as tabs, columns chosen and kept, dense lines."""

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from gongjian.people.models import SavedFilter
from gongjian.web.filter_parts import parts_of
from gongjian.web.problems.ledger.table_rows import USUAL, all_headings
from tests import scenes
from tests.web.test_pages import signed_in

LEDGER = "/problems/"


@pytest.fixture
def world(db):
    return scenes.ledger(timezone.now())


class Five(forms.Form):
    """A search and four filters."""

    q = forms.CharField(required=False)
    a = forms.CharField(required=False)
    b = forms.CharField(required=False)
    c = forms.CharField(required=False)
    d = forms.CharField(required=False)
    key = forms.CharField(required=False, widget=forms.HiddenInput)


def names(fields):
    return [field.name for field in fields]


@pytest.mark.parametrize(
    ("asked", "at_hand", "expected"),
    [
        ({}, (), (["q", "a", "b"], ["c", "d"], 0)),
        ({"q": "x", "a": "1"}, (), (["q", "a", "b"], ["c", "d"], 0)),
        ({"c": "1", "d": ""}, (), (["q", "a", "b"], ["c", "d"], 1)),
        ({"c": "1", "d": "2"}, (), (["q", "a", "b"], ["c", "d"], 2)),
        ({"a": "1", "d_text": "市金融局"}, ("b", "c"), (["q", "b", "c"], ["a", "d"], 2)),
    ],
)
def test_the_search_and_two_filters_stand_open_and_the_fold_says_how_many_are_in_use(
    asked, at_hand, expected
):
    parts = parts_of(Five(asked), at_hand)
    assert (names(parts.at_hand), names(parts.rest), parts.used) == expected
    assert names(parts.hidden) == ["key"]


def test_a_fold_for_one_field_is_none():
    class Small(forms.Form):
        q = forms.CharField()
        a = forms.CharField()
        b = forms.CharField()
        c = forms.CharField()

    parts = parts_of(Small({}))
    assert (names(parts.at_hand), parts.rest) == (["q", "a", "b", "c"], [])
    assert parts_of(None).at_hand == ()


def main(client, address=LEDGER):
    return client.get(address).content.decode().split('<main id="main"')[1].split("</main>")[0]


def test_the_ledger_folds_its_filters_and_an_order_is_no_filter(world):
    clerk = signed_in(world.city.clerk)
    page = main(clerk)
    before, folded = page.split('<details class="filter-rest"')[:2]
    assert all(f'name="{name}"' in before for name in ("q", "light", "area"))
    folded = folded.split("</details>")[0]
    assert all(f'name="{name}"' in folded for name in ("category", "kind", "since", "measure", "sort"))
    assert "hidden>用了 0 项" in folded
    assert ">用了 2 项<" in main(clerk, LEDGER + "?category=FINANCE&since=2026-01-01&sort=due&light=RED")


def test_saved_views_are_tabs(world):
    clerk = signed_in(world.city.clerk)
    SavedFilter.objects.all().delete()
    clerk.post(reverse("filter-keep"), {"name": "红灯", "query": "light=RED"})
    assert '<a href="?light=RED" aria-current="page">红灯</a>' in main(clerk, LEDGER + "?light=RED")
    page = main(clerk)
    assert '<a href="?light=RED">红灯</a>' in page
    assert f'<a href="{LEDGER}" aria-current="page">全部</a>' in page


def test_columns_and_lines_are_chosen_and_kept(world):
    clerk, heads = signed_in(world.city.clerk), all_headings()
    page = main(clerk)
    assert [name for name in heads if f"<th>{heads[name]}</th>" in page] == list(USUAL)
    address = reverse("ledger-columns")
    answer = clerk.post(
        address, {"column": ["unit", "recorded", "nonsense"], "lines": "dense", "back": LEDGER + "?light=RED"}
    )
    assert answer["Location"] == LEDGER + "?light=RED"
    page = main(clerk)
    shown = [name for name in heads if f"<th>{heads[name]}</th>" in page]
    assert shown == ["light", "number", "firm", "text", "unit", "recorded"]
    row = page.split("<tbody>")[1].split("</tr>")[0]
    assert [name for name in heads if f'data-label="{heads[name]}"' in row] == shown
    assert 'class="table table-hover ledger cards dense"' in page
    clerk.post(address, {"usual": "yes"})
    page = main(clerk)
    assert [name for name in heads if f"<th>{heads[name]}</th>" in page] == list(USUAL)
    assert "cards dense" not in page


@pytest.mark.parametrize("kept", ["", ".", "dense", "<script>", "unit.unit.unit", "x" * 3000])
def test_whatever_the_cookie_says_the_ledger_has_its_rows(world, kept):
    clerk = signed_in(world.city.clerk)
    clerk.cookies["ledger_shown"] = kept
    page = main(clerk)
    assert world.owed.number in page
    assert "<script>" not in page.split("<tbody>")[1]
