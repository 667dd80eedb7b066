"""The pages each role works on, by route; `hand-over-page` is a problem that waits to be handed over."""

PAGES = {
    "CLERK": (
        "today", "visit-book", "visit-new", "visit", "problem-ledger", "problem-new", "problem", "hand-over-page", "slip", "intake",
        "article", "bulletins", "bulletin", "number", "enterprise-register", "enterprise", "calendar", "calendar-proposal", "regimes",
        "regime", "areas", "units", "unit", "persons", "person", "components", "manual", "manual-page",
    ),
    "HANDLER": ("desk", "assignment"),
    "LEADER": ("leader",),
    "ENTERPRISE": ("firm", "firm-problem", "word"),
    "AUDITOR": ("audit", "day-head"),
    "ADMINISTRATOR": ("accounts", "account", "account-new", "password"),
}  # fmt: skip
