"""A problem, and how it goes on."""

import pytest

from gongjian.assignments import services as assignments
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT
from tests.problems.doing import hand_over


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def problem(c):
    return problems.record(
        enterprise=c.firm, text="流动资金贷款到期，续贷缺手续", raised_by="高总", by=c.clerk, at=AT
    )


@pytest.fixture
def owed(c, problem):
    return hand_over(c, problem)


@pytest.fixture
def resolved(c, problem, owed):
    assignments.accept(owed, by=c.handler, at=AT)
    assignments.resolve(owed, outcome="SOLVED", text="已续贷", by=c.handler, at=AT)
    problem.refresh_from_db()
    return problem
