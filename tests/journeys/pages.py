"""The pages each role works on, by route; `hand-over-page` is a problem that waits to be handed over. A test of the web holds them complete."""

PAGES = {
    "CLERK": (
        "sign-in", "today", "triage", "inbox", "inbox-list", "intake", "article", "manual", "manual-page", "components",
        "visit-book", "visit-new", "visit", "visit-edit",
        "problem-ledger", "problem-new", "problem", "problem-edit", "hand-over-page", "slip", "problem-then",
        "commons", "common", "common-told", "call-backs", "call-back-draw", "call-backs-drawn",
        "supervised", "escalation", "ladder", "ladder-days", "ladder-unit",
        "bulletins", "bulletin", "number", "burden", "askings",
        "complaints", "complaint-new", "complaint-receipt", "complaint",
        "enterprise-register", "enterprise", "enterprise-new", "enterprise-edit", "enterprise-merge", "firm-ask",
        "imports", "fact-template", "batch", "fact-conflicts",
        "policies", "policy", "policy-new", "policy-next", "policy-version", "policy-budget", "policy-what-if", "policy-compare", "policy-firms",
        "policy-notice", "policy-automatic", "firm-policies", "firm-card", "datum-ask", "payouts", "payout-new", "payout",
        "market", "market-firm", "market-introduce", "introductions", "introduction",
        "areas", "area-new", "area-edit", "units", "unit", "unit-new", "unit-edit", "persons", "person", "person-new", "person-edit",
        "calendar", "calendar-new", "calendar-proposal", "regimes", "regime", "regime-new", "regime-edit", "regime-change",
    ),
    "HANDLER": ("desk", "assignment"),
    "LEADER": ("leader", "instruct"),
    "ENTERPRISE": ("firm", "firm-raise", "firm-problem", "word", "kiosk", "my-policies"),
    "AUDITOR": ("auditor", "closing-quality", "audit", "day-head"),
    "ADMINISTRATOR": (
        "accounts", "account", "account-new", "password", "channels", "channel-new", "channel-edit", "quiet-hours", "sendings",
        "systems", "system", "system-new", "system-renew",
    ),
}  # fmt: skip
