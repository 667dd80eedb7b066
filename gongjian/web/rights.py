"""The rights matrix: every route and the roles that may use it. A route without a row fails the tests."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from gongjian.people.states import Role

SECTIONS = (
    "health",
    "sign_in",
    "second_factor",
    "sessions",
    "today",
    "setup",
    "visits",
    "problems",
    "closing_quality",
    "triage",
    "auditor",
    "measures",
    "assignments",
    "indicators",
    "standings",
    "campaigns",
    "alerts",
    "attachments",
    "notices",
    "firm_portal",
    "enterprises",
    "projects",
    "imports",
    "superior_templates",
    "policies",
    "markets",
    "intake",
    "bulletins",
    "people",
    "pick_new",
    "administration",
    "complaints",
    "burden",
    "search",
    "manual",
    "components",
    "editing",
    "open311",
)

PUBLIC: frozenset[Role] = frozenset()  # no sign-in needed
SYSTEMS = frozenset({Role.SYSTEM})  # outside systems, known by their token: they have no sign-in and no pages
SIGNED_IN = frozenset(Role) - SYSTEMS
OFFICE = frozenset({Role.CLERK})
FIELD = frozenset({Role.CLERK, Role.LEADER, Role.OFFICER})  # who goes to firms and notes problems
HANDLING = frozenset({Role.CLERK, Role.HANDLER})
READERS = SIGNED_IN - {Role.ENTERPRISE}  # everybody inside the administration
RUNNING = frozenset({Role.ADMINISTRATOR})


@cache
def matrix() -> Mapping[str, frozenset[Role]]:
    """Route name -> roles; an empty set means public. ValueError when two sections use the same name."""
    lines: dict[str, frozenset[Role]] = {}
    for section in SECTIONS:
        rights: dict[str, frozenset[Role]] = import_module(f"gongjian.web.{section}.urls").RIGHTS
        if twice := lines.keys() & rights.keys():
            raise ValueError(f"route declared twice: {sorted(twice)}")
        lines |= rights
    return MappingProxyType(lines)
