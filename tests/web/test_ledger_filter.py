"""The ledger's filter by unit is found by typing: by key, by name, and a name nobody bears keeps what was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.problems.models import Problem
from tests import scenes
from tests.web.test_pages import signed_in


@pytest.fixture
def world(db):
    return scenes.ledger(timezone.now())


def numbers(world, **asked):
    """Which problems the clerk's ledger lists."""
    page = signed_in(world.city.clerk).get(reverse("problem-ledger"), asked).content.decode()
    return {p.pk for p in Problem.objects.all() if f">{p.number}</a>" in page}, page


def test_a_unit_is_chosen_by_key_or_by_name(world):
    unit = world.owed.assignment.lead_unit
    owed = set(Problem.objects.filter(assignment__lead_unit=unit).values_list("pk", flat=True))
    assert owed
    assert owed != set(Problem.objects.values_list("pk", flat=True))
    found, page = numbers(world, unit=unit.pk)
    assert found == owed
    assert f'value="{unit}"' in page
    assert "<option" not in page.split('data-pick="/units/find/"')[1].split("</div>")[0]
    assert numbers(world, unit_text=unit.name)[0] == owed


def test_a_unit_nobody_knows_is_said_and_the_text_is_kept(world):
    _found, page = numbers(world, unit_text="月球事务局")
    assert "没有找到“月球事务局”" in page
    assert 'value="月球事务局"' in page


def test_filters_by_light_count_what_they_list(world):
    for light in ("GREEN", "YELLOW", "RED", "DARK_RED", "GREY", "DONE"):
        found, page = numbers(world, light=light)
        assert f"共 {len(found)} 个问题" in page, light


def test_a_line_shows_what_is_owed_and_never_runs_what_somebody_typed(world):
    nasty = '<script>alert("x")</script>&{0}%s'
    Problem.objects.filter(pk=world.owed.pk).update(text=nasty)
    owed = Problem.objects.get(pk=world.owed.pk)
    _found, page = numbers(world)
    line = page.split(f'<tr data-href="{reverse("problem", args=[owed.pk])}">')[1].split("</tr>")[0]
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;{0}%s" in line
    assert "<script" not in line
    task = owed.assignment
    for said in (
        task.lead_unit,
        task.responsible_person,
        f"{task.due_on:%m-%d}",
        owed.enterprise,
        owed.get_category_display(),
    ):
        assert f"{said}" in line, said
    assert line.count("<td") == page.split("<thead>")[1].split("</thead>")[0].count("<th")
