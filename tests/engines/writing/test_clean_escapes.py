"""An escape in TOML or YAML stands for a sign: those nobody sees do not come in that way either."""

import pytest
import yaml

from gongjian.engines.clock.regime_file import dump_regime, package_regimes, parse_regime
from gongjian.engines.workdays.announcements import parse_notice
from gongjian.engines.writing.clean_toml import read_toml
from gongjian.engines.writing.clean_yaml import compose_yaml, read_yaml
from gongjian.policies.rule_files.queries import read_header
from tests.scenes import NEXT_YEAR

UNSEEN = ["\\u200b", "\\u0002", "\\u202e", "\\ufeff", "\\U000e0041", "\\u0085", "\\ue000"]


@pytest.mark.parametrize("escape", UNSEEN)
def test_toml_and_yaml_are_read_clean(escape):
    assert read_toml(f'name = "甲{escape}乙"\nlist = [{{"{escape}k" = "丙{escape}"}}]')["name"].split() in (
        ["甲乙"],
        ["甲", "乙"],
    )
    for read in (read_yaml, lambda text: yaml.SafeLoader("").construct_document(compose_yaml(text))):
        found = read(f'"na{escape}me": "甲{escape}乙"\nlist: ["丙{escape}", 7]')
        assert "".join("".join(found).split()) == "namelist"
        assert "".join(str(found["list"][0]).split()) == "丙"


def test_an_alias_is_refused_and_nothing_is_read_as_nothing():
    """Lists that refer to lists grow beyond any memory: nothing may be referred to twice."""
    deep = "a: &a [x]\n" + "\n".join(
        f"{new}: &{new} [*{old}, *{old}]"
        for old, new in zip("abcdefghijklmnopqrstu", "bcdefghijklmnopqrstuv", strict=True)
    )
    for text in ('a: &x "甲\\u200b"\nb: *x', deep):
        for read in (read_yaml, compose_yaml):
            with pytest.raises(yaml.YAMLError):
                read(text)
    assert read_yaml('a: "五 * 六"') == {"a": "五 * 六"}
    assert compose_yaml("") is None


@pytest.mark.parametrize("escape", UNSEEN[:3])
def test_names_of_regimes_days_off_and_rules_are_clean(escape):
    text = dump_regime(package_regimes()[0])
    name = package_regimes()[0]["name"]
    regime = parse_regime(text.replace(f'"{name}"', f'"{name}{escape}\\n"'))
    assert regime["name"] == name
    grade = regime["grades"][0]["name"]
    assert parse_regime(text.replace(f'"{grade}"', f'"{grade}{escape}"'))["grades"][0]["name"] == grade
    assert parse_notice(NEXT_YEAR.replace('"元旦"', f'"元{escape}旦"')).holidays[0].name == "元旦"
    assert read_header(f'name: "惠企{escape}政策"').name == "惠企政策"
