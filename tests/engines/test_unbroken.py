"""What stands on one line of a paper, in whatever font it is shown."""

import pytest

from gongjian.engines.paper.blocks import PaperTable
from gongjian.engines.paper.tables import lay_out
from gongjian.engines.paper.unbroken import least_width, surely_one_line, width


@pytest.mark.parametrize("code", ["WT2026-000200", "JB2026-000582", "11-24", "2027-02-28", "0372-0071467"])
def test_a_code_has_marks_where_it_could_be_broken_however_narrow_its_cell(code):
    assert not surely_one_line(code, 3)
    assert surely_one_line(code, 40)


@pytest.mark.parametrize("figure", ["12", "98,765.4", "0"])
def test_a_figure_has_no_place_to_be_broken(figure):
    assert surely_one_line(figure, 1)


@pytest.mark.parametrize(("text", "wide"), [("企业", 2), ("12", 1.28), ("WT", 1.5), ("-", 0.55)])
def test_figures_and_capitals_are_as_wide_as_in_the_fonts_that_stand_in(text, wide):
    assert width(text) == pytest.approx(wide)


def test_the_column_of_a_code_is_wide_enough_for_any_font():
    table = PaperTable(
        ("编号", "企业", "问题", "牵头单位", "应办日期"),
        tuple(
            (
                f"WT2026-{n:06d}",
                "安川市永固兴达特种纸业有限公司",
                "厂区门口规划道路没有打通" * 4,
                "市局",
                "09-28",
            )
            for n in range(9)
        ),
    )
    layout = lay_out(table)
    room = layout.widths[0] / (layout.size * 25.4 / 72)
    assert room >= least_width("WT2026-000200")
