"""An office is founded: asked at a terminal or told by options; areas of any city, its own papers, one regime, its calendar."""

from datetime import date

import pytest

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment, Regime
from gongjian.audit.queries import verify
from gongjian.bulletins.services import make_brief
from gongjian.cli import asking
from gongjian.cli.main import main
from gongjian.people.models import Account, Area, Unit
from tests.factories import AT, AccountFactory
from tests.scenes import NEXT_YEAR

pytestmark = pytest.mark.django_db
OWN = ["--office", "安阳市攻坚办公室", "--head", "安阳攻坚"]


def answers(monkeypatch, *lines):
    """Somebody sits at the terminal and types these; returns the questions that were asked."""
    asked, left = [], list(lines)

    def typed(question=""):
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(asking, "somebody_there", lambda: True)
    monkeypatch.setattr("builtins.input", typed)
    return asked


def test_a_city_comes_with_its_divisions_its_office_and_one_regime(capsys):
    regime = ["--regime", "13710-sx", "--regime-name", "安阳办理时限"]
    assert main(["init", "--city", "安阳市", *OWN, *regime]) == 0
    root = Area.objects.get(depth=1)
    assert (root.name, root.stat_code, root.level) == ("安阳市", "410500", "CITY")
    zone = Area.objects.get(stat_code="410571")
    assert (zone.level, zone.functional, zone.depth) == ("ZONE", True, 2)
    town = Area.objects.get(stat_code="410502101")
    assert (town.name, Area.objects.get_parent(town).name, town.level) == ("宝莲寺镇", "文峰区", "TOWNSHIP")
    assert f"{Area.objects.count() - 1} 个地区" in capsys.readouterr().out
    [own] = Regime.objects.filter(in_library=False)
    assert (own.name, own.taken_from.code) == ("安阳办理时限", "13710-sx")
    [office] = Unit.objects.all()
    assert (office.name, office.kind, office.area) == ("安阳市攻坚办公室", "OFFICE", root)
    assert verify() is None
    clerk = AccountFactory(role="CLERK", reads_area=root, writes_area=root)
    day = date(2026, 11, 23)
    brief = make_brief(area=root, first=day, last=day, by=clerk, at=AT)
    assert (brief.content["head"], brief.content["unit"]) == ("安阳攻坚", "安阳市攻坚办公室")


@pytest.mark.parametrize(
    ("words", "top", "level", "below"),
    [
        (["--city", "滑县"], "410526", "COUNTY", "TOWNSHIP"),
        (["--city", "上海市"], "310000", "CITY", "COUNTY"),
        (["--city", "东莞市"], "441900", "CITY", "TOWNSHIP"),
        (["--city", "我们市", "--areas", "3205"], "320500", "CITY", "COUNTY"),
        (["--city", "安阳市", "--areas", "none"], "", "CITY", None),
    ],
)
def test_the_areas_of_any_city_or_county(words, top, level, below):
    assert main(["init", *words]) == 0
    root = Area.objects.get(depth=1)
    assert (root.name, root.stat_code, root.level) == (words[1], top, level)
    first = Area.objects.filter(depth=2).order_by("path").first()
    assert (first.level if first else None) == below


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "请写明市或县的名称"),
        (["--city", "甲市", "--areas", "999999"], "统计用区划里没有代码"),
        (["--city", "鼓楼区"], "同名的地区有几个"),
        (["--city", "甲市", "--regime", "none-such"], "制度库里没有代号"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(words, why, capsys):
    assert main(["init", *words]) == 1
    assert why in capsys.readouterr().err
    assert not Account.objects.exists()


def test_at_a_terminal_it_asks(monkeypatch, capsys):
    typed = ("朝阳区", "2", "", "朝阳攻坚简报", "99", "1", "", "")
    asked = answers(monkeypatch, *typed)
    assert main(["init"]) == 0
    assert Area.objects.get(depth=1).stat_code == "220104"
    [office] = Unit.objects.all()
    assert (office.name, office.paper_head) == ("朝阳区攻坚办", "朝阳攻坚简报")
    assert Regime.objects.get(in_library=False).name == "朝阳区企业问题办理时限"
    out = capsys.readouterr().out
    assert "吉林省 朝阳区 220104" in out
    assert "没有这个序号" in out
    assert len(asked) == len(typed)
    assert "2004 至 2026 年" in asked[-1]


def test_a_year_of_the_calendar_is_adopted_with_it(tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text(NEXT_YEAR, encoding="utf-8")
    assert main(["init", "--city", "甲市", "--calendar", str(file)]) == 0
    assert 2027 in current_calendar().notices
    assert not Assignment.objects.exists()


def test_without_a_regime_none_is_offered_and_nothing_is_made_up():
    assert main(["init", "--city", "甲市"]) == 0
    assert not Regime.objects.filter(in_library=False).exists()
    assert Area.objects.count() == 1
