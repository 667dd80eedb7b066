"""The reference of the language: every function has a form, every example is what every engine says, the pages are as printed."""

from datetime import date

import pytest

from gongjian.cli.match import FACTS
from gongjian.engines.policy import Catalogue, compile_policies, read_policy
from gongjian.engines.policy.language.functions import FUNCTIONS
from gongjian.engines.policy.tables.table import Table
from samples.policies import engines
from tests.engines.policy.wrong_rules import CONDITION, RIGHT
from tests.house.policy_language import forms, pages

CATALOGUE = Catalogue.load(FACTS)
AS_OF = date(2026, 3, 31)
BARE = (
    RIGHT[: RIGHT.index("define:")].replace('area: "4105"\n', "")
    + RIGHT[RIGHT.index("clauses:") : RIGHT.index("cases:")]
)
OTHER = read_policy(
    BARE.replace(CONDITION, "规上企业").replace("code: T-1", "code: T-0"), catalogue=CATALOGUE
)


def policy_of(form):
    condition, amount = (
        ("KNOWN(营业收入) OR NOT KNOWN(营业收入)", form["example"])
        if form.get("pays")
        else (form["example"], "0")
    )
    text = BARE.replace(CONDITION, f'"{condition}"').replace("amount: 10万元", f'amount: "{amount}"')
    return read_policy(text, catalogue=CATALOGUE)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form["name"])
def test_an_example_is_what_every_engine_says(form):
    policy, facts = policy_of(form), form["facts"]
    plan = compile_policies([policy], as_of=AS_OF, others=[OTHER])
    (answer,) = plan.explain(facts)
    assert str(answer.certain if form.get("pays") else answer.verdict) == form["answer"]
    outcome = plan.match(
        Table.from_columns({k: [v] for k, v in facts.items()} or {"税收": [None]}, catalogue=CATALOGUE)
    )
    assert outcome.verdicts_of_firm(0) == [answer.verdict]
    columns = {name: str(CATALOGUE.find(name.partition("@")[0]).kind) for name in plan.columns}
    engine = engines.DuckDB(columns)
    engine.load([facts])
    ((_, found),) = engines.ask(engine, [policy], as_of=AS_OF, others=[OTHER]).items()
    assert (found.verdict, found.certain, found.missing) == (answer.verdict, answer.certain, answer.missing)


def test_every_function_has_its_form():
    names = [form["name"] for form in forms()]
    assert len(set(names)) == len(names)
    assert set(FUNCTIONS) <= set(names)
    assert all(form["zh"] and form["en"] and form["form"] for form in forms())


def test_the_pages_are_as_printed():
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, f"make messages: {path}"
