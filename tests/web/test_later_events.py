"""The table of later events: what makes an act come back, and what leaves it as it was meant."""

from dataclasses import dataclass, field

import pytest

from gongjian.assignments.events import AssignmentEvent
from gongjian.attachments.events import AttachmentEvent
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.notices.events import NoticeEvent
from gongjian.problems.events import ProblemEvent
from gongjian.visits.events import VisitEvent
from gongjian.web.moved_on.later_events import comes_back


@dataclass(frozen=True)
class Done:
    name: str
    data: dict = field(default_factory=dict)


FIGURE = {"key": "营业收入", "period": "2026-10", "source": "税务部门"}
TASK, FIRM = AssignmentEvent, EnterpriseEvent


@pytest.mark.parametrize(
    ("act", "since", "asked"),
    [
        (Done(TASK.ACCEPTED), [Done(TASK.REPORTED)], False),
        (Done(TASK.ACCEPTED), [Done(TASK.PERSON_CHANGED)], True),
        (Done(TASK.EXTENSION_GRANTED), [Done(TASK.REPORTED), Done(TASK.ESCALATED)], False),
        (Done(TASK.EXTENSION_GRANTED), [Done(TASK.EXTENSION_REFUSED), Done(TASK.EXTENSION_ASKED)], True),
        (Done(TASK.CHECK_PASSED), [Done(AttachmentEvent.DETACHED)], True),
        (Done(TASK.CHECK_PASSED), [Done(NoticeEvent.READ)], False),
        (Done(TASK.REMINDED), [Done(TASK.REMINDED)], True),
        (Done(TASK.INSTRUCTED), [Done(TASK.REMINDED)], False),
        (Done(TASK.INSTRUCTED), [Done(TASK.TAKEN_OVER)], True),
        (Done(TASK.SUPPORT_RELEASED, {"unit": "甲"}), [Done(TASK.SUPPORT_REPLIED, {"unit": "甲"})], True),
        (Done(TASK.SUPPORT_RELEASED, {"unit": "甲"}), [Done(TASK.SUPPORT_REPLIED, {"unit": "乙"})], False),
        (Done(FIRM.FACT_CORRECTED, FIGURE), [Done(FIRM.FACT_RECORDED, FIGURE)], True),
        (
            Done(FIRM.FACT_CORRECTED, FIGURE),
            [Done(FIRM.FACT_RECORDED, FIGURE | {"period": "2026-09"})],
            False,
        ),
        (Done(FIRM.CONTACT_ADDED), [Done(FIRM.MERGED_AWAY)], True),
        (Done(FIRM.MERGED), [Done(FIRM.CHANGED)], True),
        (Done(FIRM.MERGED), [Done(FIRM.FACT_RECORDED)], False),
        (Done(VisitEvent.FINISHED), [Done(VisitEvent.NOTED)], False),
        (Done(VisitEvent.CANCELLED), [Done(VisitEvent.NOTED)], True),
        (Done(ProblemEvent.CLOSED), [Done(ProblemEvent.WORD_GIVEN)], True),
        (Done(ProblemEvent.CLOSED), [Done(ProblemEvent.CALLED_BACK)], False),
        (Done(ProblemEvent.HANDED_OVER), [], False),
    ],
)
def test_what_makes_an_act_come_back(act, since, asked):
    assert comes_back(act, since) is asked
