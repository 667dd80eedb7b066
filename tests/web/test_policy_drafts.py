"""Two people write on one draft of a rule: each keeps what only he changed, and chooses where both changed the same."""

import pytest
from django.urls import reverse

from gongjian.policies import services as policies
from gongjian.policies.rule_files.queries import read_yaml
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, AccountFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return scenes.ledger(AT)


class Editor:
    """The editor as one person has opened it."""

    def __init__(self, world, *, yaml=False, account=None):
        self.client = as_(account or world.city.clerk)
        self.version, self.page = world.draft, reverse("policy-version", args=[world.draft.pk])
        self.form = form_to(text(self.client.get(self.page + ("?view=yaml" if yaml else ""))), "")

    def save(self, **typed):
        return self.client.post(self.page, self.form.filled(**typed, do="save"))

    def choose(self, answer, which, **more):
        """Press again, with this choice at each place."""
        page = text(answer)
        marks = [part.split('"')[0] for part in page.split('value="' + which + ":")[1:]]
        names = [
            part.rpartition('name="')[2].split('"')[0] for part in page.split('" value="' + which + ":")[:-1]
        ]
        again = form_to(page, "")
        chosen = {name: f"{which}:{mark}" for name, mark in zip(names, marks, strict=True)}
        return self.client.post(self.page, again.filled(**chosen, **more, do="save"))

    @property
    def rule(self):
        self.version.refresh_from_db()
        return read_yaml(self.version.text)


@pytest.fixture
def colleague(world):
    city = world.city.city
    return AccountFactory(role="CLERK", unit=world.city.office, reads_area=city, writes_area=city)


def test_different_fields_are_both_kept(world, colleague):
    mine, theirs = Editor(world), Editor(world, account=colleague)
    assert theirs.save(**{"head-issuer": "市财政局", "head-last_day": "2027-01-31"}).status_code == 302
    answer = mine.save(**{"head-document": "安政办〔2026〕18号", "part-amount": "12万元"})
    assert answer.status_code == 302
    rule = mine.rule
    assert (rule["issuer"], str(rule["last_day"])) == ("市财政局", "2027-01-31")
    assert rule["document"] == "安政办〔2026〕18号"
    assert "两人的改动都已保存" in text(mine.client.get(mine.page))


def test_one_s_own_draft_saved_twice_asks_nothing(world):
    editor = Editor(world)
    assert editor.save(**{"head-issuer": "市财政局"}).status_code == 302
    assert Editor(world).save(**{"head-issuer": "市工信局"}).status_code == 302
    assert editor.rule["issuer"] == "市工信局"


@pytest.mark.parametrize(("which", "kept"), [("mine", "市工信局"), ("theirs", "市财政局")])
def test_the_same_field_asks_and_keeps_all_else(world, colleague, which, kept):
    mine, theirs = Editor(world), Editor(world, account=colleague)
    theirs.save(**{"head-issuer": "市财政局", "head-source": "财政年报"})
    before = mine.rule
    answer = mine.save(**{"head-issuer": "市工信局", "head-document": "安政办〔2026〕18号"})
    assert answer.status_code == 422
    page = text(answer)
    for each in ("市财政局", "市工信局", str(colleague), "两人都改了", 'type="radio"'):
        assert each in page, each
    assert mine.rule == before
    assert mine.choose(answer, which).status_code == 302
    rule = mine.rule
    assert (rule["issuer"], rule["source"], rule["document"]) == (kept, "财政年报", "安政办〔2026〕18号")


def test_pressing_again_without_a_choice_asks_again(world, colleague):
    mine, theirs = Editor(world), Editor(world, account=colleague)
    theirs.save(**{"head-issuer": "市财政局"})
    answer = mine.save(**{"head-issuer": "市工信局"})
    again = mine.client.post(mine.page, form_to(text(answer), "").filled(do="save"))
    assert again.status_code == 422
    assert mine.rule["issuer"] == "市财政局"


def test_a_further_change_after_the_question_asks_anew(world, colleague):
    mine, theirs = Editor(world), Editor(world, account=colleague)
    theirs.save(**{"head-issuer": "市财政局"})
    answer = mine.save(**{"head-issuer": "市工信局"})
    Editor(world, account=colleague).save(**{"head-issuer": "市商务局"})
    again = mine.choose(answer, "mine")
    assert again.status_code == 422
    assert "市商务局" in text(again)
    assert mine.rule["issuer"] == "市商务局"


def test_the_text_view_is_compared_by_lines(world, colleague):
    mine, theirs = Editor(world, yaml=True), Editor(world, yaml=True, account=colleague)
    theirs.save(text=scenes.RULE.replace("name: 满负荷奖励", "name: 满产奖励"))
    assert (
        mine.save(text=scenes.RULE.replace("60\n    用电量@2025-02", "61\n    用电量@2025-02")).status_code
        == 302
    )
    mine.version.refresh_from_db()
    assert "name: 满产奖励" in mine.version.text
    assert "用电量@2025-01: 61" in mine.version.text


def test_text_view_and_fields_are_compared_by_fields(world, colleague):
    mine, theirs = Editor(world, yaml=True), Editor(world, account=colleague)
    theirs.save(**{"head-issuer": "市财政局"})
    assert mine.save(text=scenes.RULE.replace("name: 增长奖励", "name: 增量奖励")).status_code == 302
    assert mine.rule["issuer"] == "市财政局"
    assert mine.rule["benefit"]["parts"][1]["name"] == "增量奖励"


def test_a_clause_that_one_added_and_an_amount_that_the_other_changed(world, colleague):
    mine, theirs = Editor(world, yaml=True), Editor(world, yaml=True, account=colleague)
    more = "benefit:\n"
    clause = "- key: area\n  name: 在本市\n  reference: 第一条\n  condition: STARTS(地区代码, '99')\n"
    theirs.save(text=scenes.RULE.replace(more, clause + more, 1))
    mine.save(
        text=scenes.RULE.replace(
            "amount: 10万元\n    reference: 第三条\n  combine",
            "amount: 20万元\n    reference: 第三条\n  combine",
        )
    )
    rule = mine.rule
    assert [clause["key"] for clause in rule["clauses"]] == ["load", "area"]
    assert [part["amount"] for part in rule["benefit"]["parts"]] == ["10万元", "20万元"]


def test_a_draft_whose_opened_text_is_in_no_event_is_chosen_as_a_whole(world, colleague):
    mine = Editor(world, yaml=True)
    policies.edit(world.draft, text=scenes.RULE.replace("满负荷奖励", "满产奖励"), by=colleague, at=AT)
    mine.form.values = [
        (name, "000000000000" if name == "opened" else value) for name, value in mine.form.values
    ]
    answer = mine.save(text=scenes.RULE.replace("增长奖励", "增量奖励"))
    assert answer.status_code == 422
    assert mine.choose(answer, "mine").status_code == 302
    assert "增量奖励" in mine.version.text or "增量奖励" in str(mine.rule)
