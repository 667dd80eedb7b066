"""The pages each role works on, by route; `hand-over-page` is a problem that waits to be handed over."""

PAGES = {
    "CLERK": (
        "today", "triage", "call-backs", "call-back-draw", "call-backs-drawn", "problem-then", "visit-book", "visit-new", "visit", "problem-ledger", "problem-new", "problem", "hand-over-page", "slip", "intake",
        "article", "bulletins", "bulletin", "number", "enterprise-register", "enterprise", "calendar", "calendar-proposal", "regimes",
        "regime", "areas", "units", "unit", "persons", "person", "components", "manual", "manual-page",
    ),
    "HANDLER": ("desk", "assignment"),
    "LEADER": ("leader", "instruct",),
    "ENTERPRISE": ("firm", "firm-raise", "firm-problem", "word", "kiosk"),
    "AUDITOR": ("auditor", "closing-quality", "audit", "day-head"),
    "ADMINISTRATOR": ("accounts", "account", "account-new", "password"),
}  # fmt: skip
