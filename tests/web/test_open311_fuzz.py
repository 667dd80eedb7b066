"""The interface called with what its own document allows, and with what it does not: no 5xx, no undocumented answer.

GONGJIAN_API_EXAMPLES sets the number of examples an operation and mode (default 25).
"""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import scenes
from tests.factories import ApiSystemFactory

EXAMPLES = int(os.environ.get("GONGJIAN_API_EXAMPLES", "25"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = 5
QUIET = [
    HealthCheck.too_slow,
    HealthCheck.function_scoped_fixture,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


def call(operation, mode):
    """Call one operation with many examples; returns the statuses met."""
    seen = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=QUIET,
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        answer = case.call(headers={"Authorization": "Bearer gj_fuzz"})
        case.validate_response(answer, checks=CHECKS)
        seen.add(answer.status_code)

    run()
    return seen


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_server_error_and_no_undocumented_answer(mode):
    city = scenes.city()
    ApiSystemFactory(area=city.city, token="gj_fuzz", per_minute=30_000)
    schema = schemathesis.openapi.from_dict(Client().get("/open311/v2/openapi.json").json())
    schema.app = get_wsgi_application()
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:
        if mode == GenerationMode.NEGATIVE and operation.label.endswith("services.json"):
            continue  # it takes nothing, so nothing can be wrong
        seen = call(operation, mode)
        assert seen, operation.label
        assert max(seen) < 500, operation.label
