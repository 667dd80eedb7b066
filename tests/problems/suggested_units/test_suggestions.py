"""Suggestions from a ledger: the right office of the right level, kept and renewed, and the back-test of all that."""

from random import Random

import pytest

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.engines.likeness.character_pieces import with_category_piece
from gongjian.engines.likeness.training import Case
from gongjian.invented_city import wordings
from gongjian.invented_city.world import load
from gongjian.people.models import Unit
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units import backtest, model_file
from gongjian.problems.suggested_units.history import count_cases, read_history
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, read_lines
from gongjian.problems.suggested_units.model import train_model
from gongjian.problems.suggested_units.queries import LEAST_PROBABILITY, suggest
from tests.factories import AT, TODAY, UnitFactory
from tests.problems.doing import hand_over


def handled(c, problem, **more):
    """Handed over and signed for."""
    task = hand_over(c, problem, **more)
    own = {c.bureau: c.handler, c.other_bureau: c.other_handler}
    return assignments.accept(task, by=own.get(task.lead_unit, c.clerk), proxy_reason="纸质签收", at=AT)


@pytest.fixture
def duties(c, settings, tmp_path):
    settings.HOME = tmp_path
    for unit, text in ((c.bureau, "贷款续贷、融资担保"), (c.other_bureau, "用工招聘、社会保险、技能培训")):
        unit.duties = text
        unit.save()
    return UnitFactory(name="临河区人社局", area=c.county, superior=c.other_bureau)


def test_bureaus_under_one_another_are_one_line(c, duties):
    lines = read_lines()
    assert lines.line_of[duties.pk] == c.other_bureau.pk
    assert lines.candidates(c.other_bureau.pk, c.county) == [c.other_bureau, duties]
    assert lines.candidates(c.other_bureau.pk, c.other_county) == [c.other_bureau]
    assert c.office.pk not in lines.duties()


def test_a_ring_of_superiors_does_not_hang(c, duties):
    Unit.objects.filter(pk=c.other_bureau.pk).update(superior=duties)
    assert read_lines().line_of[duties.pk] in {duties.pk, c.other_bureau.pk}


def test_on_day_one_the_duty_list_suggests_with_its_words_and_leader(c, duties, problem):
    first = suggest([problem], today=TODAY)[problem.pk][0]
    assert (first.unit, first.person, first.cases) == (c.bureau, c.director, 0)
    assert any("贷" in word for word in first.words)
    assert 50 < first.percent <= 100


def test_an_unlikely_unit_is_not_offered(c, duties, problem):
    offered = suggest([problem], today=TODAY)[problem.pk]
    assert all(one.percent >= 100 * LEAST_PROBABILITY for one in offered)
    assert LEAST_PROBABILITY == 0.05


def test_a_closed_unit_is_not_suggested(c, duties, problem):
    c.bureau.disabled_on = TODAY
    c.bureau.save()
    assert c.bureau not in [suggestion.unit for suggestion in suggest([problem], today=TODAY)[problem.pk]]


def test_nothing_known_suggests_nothing(c, settings, tmp_path, problem):
    settings.HOME = tmp_path
    assert suggest([problem], today=TODAY) == {}
    assert suggest([], today=TODAY) == {}


def test_the_level_follows_the_history_of_the_line(c, duties):
    for n in range(12):
        problem = problems.record(
            enterprise=c.firm, text=f"用工缺{n}人，想招聘", origin="COUNTY", by=c.clerk, at=AT
        )
        handled(c, problem, lead_unit=duties, responsible_person=c.other_director, person_reason="专班负责")
    lines = read_lines()
    model = train_model(read_history(lines), lines)
    local = model.units("招聘缺人", area=c.county, origin="COUNTY", lines=lines)
    assert local[0][0] == duties
    assert sum(chance for _unit, _line, chance in local) == pytest.approx(1)


def test_a_hand_over_is_a_case_once_the_unit_has_signed_for_it(c, duties, owed):
    assert count_cases() == 0
    assert read_history(read_lines()) == []
    assignments.accept(owed, by=c.handler, at=AT)
    assert count_cases() == 1
    past = read_history(read_lines())[0]
    assert past.stayed
    assert past.case.text == "流动资金贷款到期，续贷缺手续"
    Problem.objects.update(category="FINANCE")
    assert read_history(read_lines())[0].case.text == with_category_piece(
        "流动资金贷款到期，续贷缺手续", "融资"
    )


def test_a_changed_duty_list_makes_a_new_model_at_once(c, duties, problem):
    suggest([problem], today=TODAY)
    before = model_file.load()
    c.other_bureau.duties = "贷款续贷、流动资金、到期、手续"
    c.other_bureau.save()
    suggest([problem], today=TODAY)
    assert model_file.load().digest != before.digest


def test_the_tick_learns_only_when_enough_is_new(c, duties):
    assert model_file.refresh() == "made"
    assert model_file.refresh() == "kept"
    for n in range(model_file.LEAST_GROWTH):
        handled(c, problems.record(enterprise=c.firm, text=f"贷款{n}", by=c.clerk, at=AT))
    assert model_file.refresh() == "made"
    assert model_file.load().cases == model_file.LEAST_GROWTH


def test_without_any_duty_there_is_no_model(c, settings, tmp_path):
    settings.HOME = tmp_path
    assert model_file.refresh() == "none"
    assert model_file.load() is None


# --- the back-test


@pytest.fixture
def city(c):
    """One unit a department of the invented city."""
    wanted = {matter.unit for matter in wordings.matters()}
    return {
        department["key"]: UnitFactory(name=department["name"], area=c.city, duties=department["duties"])
        for department in load("city.toml")["department"]
        if department["key"] in wanted
    }


def _past(c, city, n):
    dice, past = Random(7), []
    for at in range(n):
        phrasing = wordings.speak(dice, progress=at / n, product="水泥")
        unit = city[phrasing.matter.unit]
        case = Case(with_category_piece(phrasing.text, phrasing.matter.category), unit.pk)
        past.append(HandledProblem(case, unit.pk, 1, "COUNTY", c.county.path, stayed=at % 10 > 0))
    return past


def test_the_back_test_beats_the_commonest_unit_by_far(c, city):
    result = backtest.evaluate(_past(c, city, 700), read_lines())
    assert result.learnt == 560
    assert result.score.cases == 140
    assert result.score.top1 >= result.baseline + 0.15
    assert result.score.top3 >= 0.85
    assert result.stayed == pytest.approx(0.9)
    assert 0 < result.unlike.cases < result.score.cases
    assert result.unlike.top3 <= result.score.top3 + 0.05
    assert sum(row.cases for row in result.bins) == 140
    assert 0 <= result.calibration_error < 0.2
    assert result.duties_only.top3 > 0.5


def test_a_short_ledger_is_not_back_tested(c, owed):
    with pytest.raises(Refused, match="不足 50 个"):
        backtest.run()


def test_a_ledger_of_one_line_is_not_back_tested(c):
    past = [HandledProblem(Case("贷款", c.bureau.pk), c.bureau.pk, 1, "CITY", c.city.path, stayed=True)] * 60
    with pytest.raises(Refused, match="两个承办单位"):
        backtest.evaluate(past, read_lines())


# --- the wordings


def test_three_hundred_hand_written_wordings_and_new_ones_only_late():
    texts = {text for matter in wordings.matters() for text in matter.texts}
    later = {text for matter in wordings.matters() for text in matter.later}
    assert len(texts) + len(later) >= 300
    assert not texts & later
    dice = Random(3)
    early = {wordings.speak(dice, progress=0.79, product="水泥").wording for _n in range(2000)}
    late = {wordings.speak(dice, progress=0.8, product="水泥").wording for _n in range(2000)}
    assert not early & later
    assert late & later
    assert all("{" not in wordings.speak(dice, progress=1, product="水泥").text for _n in range(300))


def test_the_same_dice_say_the_same():
    first, second = (wordings.speak(Random(5), progress=1, product="水泥") for _n in range(2))
    assert first == second
