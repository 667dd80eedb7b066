"""The files a forge and a catalogue read are sound: changelog, publiccode.yml, workflow, templates."""

import copy
import re
import tomllib

import pytest
import yaml

from tests.house.planted import planted
from tests.house.repository import (
    changelog_faults,
    form_faults,
    publiccode_faults,
    releases,
    workflow_faults,
)
from tests.house.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
FORMS = sorted(p for p in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
CHANGES = ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md"
WORKFLOW = ROOT / ".github" / "workflows" / "test.yml"
PYTHONS = ["3.11", "3.12", "3.13"]
PUBLIC = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_the_changelog_stands_in_versions():
    assert changelog_faults(CHANGELOG, version=PROJECT["version"]) == []


LOG = "# Changelog\n\n## 0.2.0 - unreleased\n\n### Added\n\n- A.\n\n## 0.1.0 - 2026-11-25\n\n### Fixed\n\n- B.\n"


@planted(test_the_changelog_stands_in_versions)
@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_the_package_has_the_open_or_the_newest_released_version(version):
    assert changelog_faults(LOG, version=version) == []
    assert changelog_faults(LOG.replace("unreleased", "2026-12-01"), version="0.2.0") == []


@planted(test_the_changelog_stands_in_versions)
@pytest.mark.parametrize(
    ("written", "instead", "version"),
    [
        ("", "", "0.3.0"),
        ("0.2.0 - unreleased", "0.2.0 - 2026-12-01", "0.1.0"),
        ("0.2.0 - unreleased", "Unreleased", "0.1.0"),
        ("0.1.0 - 2026-11-25", "0.1.0", "0.1.0"),
        ("0.1.0 - 2026-11-25", "0.1.0 - unreleased", "0.1.0"),
        ("0.1.0 - 2026-11-25", "0.3.0 - 2026-11-25", "0.2.0"),
        ("### Fixed", "### Mended", "0.1.0"),
        ("- B.", "", "0.1.0"),
        ("- A.", "", "0.1.0"),
        ("- A.", "### Fixed", "0.1.0"),
    ],
)
def test_a_planted_fault_of_the_changelog_is_found(written, instead, version):
    assert changelog_faults(LOG.replace(written, instead), version=version) != []


@planted(test_the_changelog_stands_in_versions)
def test_later_versions_have_later_dates():
    log = LOG.replace("unreleased", "2026-11-01")
    assert changelog_faults(log, version="0.2.0") == ["dates do not fall from top to bottom"]


def test_publiccode_describes_the_newest_release():
    assert publiccode_faults(PUBLIC, root=ROOT) == []
    number, day = next((number, day) for number, day in releases(CHANGELOG) if day != "unreleased")
    assert PUBLIC["softwareVersion"] == ".".join(map(str, number))
    assert PUBLIC["releaseDate"] == day
    assert PUBLIC["legal"]["license"] == PROJECT["license"]
    minimum = next(one["versionMin"] for one in PUBLIC["dependsOn"]["open"] if one["name"] == "Python")
    assert PROJECT["requires-python"] == f">={minimum}"
    assert (
        set(PUBLIC["description"]) == set(PUBLIC["localisation"]["availableLanguages"]) == {"zh-Hans", "en"}
    )


FAULTS = {
    "an unknown version": lambda told: told.update(publiccodeYmlVersion="4"),
    "no licence": lambda told: told["legal"].pop("license"),
    "no contact": lambda told: told["maintenance"].update(contacts=[]),
    "no features": lambda told: told["description"]["en"].pop("features"),
    "too long for one line": lambda told: told["description"]["en"].update(shortDescription="x" * 151),
    "too short to tell": lambda told: told["description"]["zh-Hans"].update(longDescription="x" * 149),
    "a status of our own": lambda told: told.update(developmentStatus="nearly"),
    "a category of our own": lambda told: told["categories"].append("campaigns"),
    "a scope of our own": lambda told: told["intendedAudience"]["scope"].append("campaigns"),
    "a picture that is not there": lambda told: told["description"]["en"]["screenshots"].append("none.png"),
    "a key of our own": lambda told: told.update(motto="x"),
    "a day without quotes": lambda told: told.update(releaseDate=yaml.safe_load("2026-11-25")),
    "no address": lambda told: told.update(url="gongjian"),
}


@planted(test_publiccode_describes_the_newest_release)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_of_publiccode_is_found(fault):
    told = copy.deepcopy(PUBLIC)
    FAULTS[fault](told)
    assert len(publiccode_faults(told, root=ROOT)) == 1


def test_the_workflow_calls_exactly_make_test():
    text = WORKFLOW.read_text(encoding="utf-8")
    assert workflow_faults(yaml.safe_load(text), text=text, pythons=PYTHONS) == []


@planted(test_the_workflow_calls_exactly_make_test)
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("run: make test", "run: make check"),
        ("run: make test", "run: make test PYTHON=python3.11"),
        ("run: make test", "run: apt-get install make && make test"),
        (', "3.13"', ""),
        ("contents: read", "contents: write"),
        ("PYTHON: python", "TOKEN: ${{ secrets.TOKEN }}\n      PYTHON: python"),
    ],
)
def test_a_planted_fault_of_the_workflow_is_found(written, instead):
    text = WORKFLOW.read_text(encoding="utf-8")
    assert written in text
    text = text.replace(written, instead)
    assert len(workflow_faults(yaml.safe_load(text), text=text, pythons=PYTHONS)) == 1


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_forms_speak_both_languages(path):
    assert form_faults(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@planted(test_issue_forms_speak_both_languages)
def test_a_planted_fault_of_a_form_is_found():
    assert len(FORMS) == 2
    for plant in (
        lambda form: form.update(name="Fault"),
        lambda form: form.update(title=""),
        lambda form: form["body"][1]["attributes"].update(label="做了什么"),
    ):
        form = yaml.safe_load(FORMS[0].read_text(encoding="utf-8"))
        plant(form)
        assert len(form_faults(form)) == 1


def half_told(text):
    """Headings and boxes of a template for changes that are not in both languages."""
    lines = [line for line in text.splitlines() if line.startswith(("## ", "- [ ] "))]
    return [line for line in lines if not re.search(r"[\u4e00-\u9fff].* · .*[a-z]", line)]


def test_the_template_for_changes_speaks_both_languages():
    assert half_told(CHANGES.read_text(encoding="utf-8")) == []


@planted(test_the_template_for_changes_speaks_both_languages)
def test_a_box_in_one_language_is_found():
    assert half_told(CHANGES.read_text(encoding="utf-8") + "- [ ] Tested\n") == ["- [ ] Tested"]
