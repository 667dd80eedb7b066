"""Lights, days, moments and unknown values as templates draw them."""

from datetime import UTC, date, datetime

import pytest

from tests.web.template_text import rendered


@pytest.mark.parametrize(
    ("light", "left", "expected"),
    [
        ("GREEN", 3, ("绿灯", "●", "剩3个工作日")),
        ("YELLOW", 0, ("黄灯", "▲", "今日到期")),
        ("RED", -2, ("红灯", "◆", "超期2个工作日")),
        ("DARK_RED", -12, ("深红灯", "■", "超期12个工作日")),
        ("GREY", None, ("灰灯", "‖")),
        ("DONE", None, ("已了结", "✓")),
    ],
)
def test_a_light_has_colour_shape_and_words(light, left, expected):
    html = rendered("{% light light left=left why=why %}", light=light, left=left, why="因为…")
    assert all(part in html for part in expected)
    assert f"light-{light.lower().replace('_', '-')}" in html
    assert 'title="因为…"' in html


def test_a_light_without_a_clock_says_no_days():
    assert "工作日" not in rendered("{% light 'GREY' %}")


def test_days_and_moments_read_as_people_write_them():
    this_year = datetime.now(UTC).year
    assert rendered("{{ d|day }}", d=date(2001, 2, 3)) == "2001年2月3日（周六）"
    assert rendered("{{ d|day }}", d=date(this_year, 2, 3)).startswith("2月3日（周")
    assert rendered("{{ d|moment }}", d=datetime(2026, 11, 24, 1, 30, tzinfo=UTC)) == "2026-11-24 09:30"
    assert rendered("{{ d|day }}{{ d|moment }}", d=None) == ""


def test_unknown_is_neither_nothing_nor_zero():
    assert rendered("{{ a|known }} {{ b|known }}", a=None, b=0) == "未知 0"


def test_an_undo_address_stays_inside_the_site():
    assert rendered("{{ t|undo_address }}", t="undo:/problems/undo/3") == "/problems/undo/3"
    assert rendered("{{ t|undo_address }}", t="undo:https://elsewhere.example") == ""
