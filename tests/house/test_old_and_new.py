"""Who corrects a record keeps the old and the new value of each field in its event."""

import re

from tests.house.calls import package
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

MECHANISM = {"gongjian.audit.changes.set_fields", "gongjian.audit.changes.changed"}
CORRECTS = re.compile(
    r"^(?:update|edit|rename|correct|change|set|switch|disable|save|renew_token|record_(?:stop|result|call_back))(?:_|$)"
)
# Verbs called so that correct no field of a record, each with its reason.
NO_FIELDS = {
    "gongjian.assignments.hand_over.services.change_person": "a move of the clock: its typed event names the person before and the new one",
    "gongjian.intake.drafts.services.update_draft": "a draft's fields are cells of one JSON column: the event names each with old and new",
    "gongjian.people.accounts.services.change_password": "a password stands in no event, neither old nor new",
}


def corrections_without_values(tree: Tree) -> list[str]:
    """Public verbs of services files that correct a record, by their name, and never reach the mechanism."""
    program = package(tree)
    keeping = program.reaching(*MECHANISM)
    return [
        name
        for name in program.functions
        if CORRECTS.match(name.rpartition(".")[2])
        and program.module_of(name).endswith(".services")
        and name not in keeping
    ]


def test_a_correction_keeps_old_and_new():
    found = corrections_without_values(REPOSITORY)
    assert [name for name in found if name not in NO_FIELDS] == []
    assert set(NO_FIELDS) <= set(found), "an exception that is no longer needed"


@planted(test_a_correction_keeps_old_and_new)
def test_a_correction_that_keeps_only_labels_is_reported(plant: Plant):
    text = (
        "from gongjian.audit.changes import set_fields\n"
        "def update_name(unit):\n    unit.name = 'a'\n    unit.save()\n    record(changed='name')\n\n"
        "def rename(unit):\n    unit.title = 'b'\n\n"
        "def update_phone(unit):\n    return set_fields(unit, {'phone': ''})\n\n"
        "def edit(unit):\n    return update_phone(unit)\n\n"
        "def settle(unit):\n    unit.save()\n"
    )
    files = {
        "gongjian/__init__.py": "",
        "gongjian/audit/__init__.py": "",
        "gongjian/audit/changes.py": "def set_fields(record, facts): ...\ndef changed(record, before, after): ...\n",
        "gongjian/people/__init__.py": "",
        "gongjian/people/services.py": text,
    }
    assert corrections_without_values(plant(files)) == [
        "gongjian.people.services.update_name",
        "gongjian.people.services.rename",
    ]
