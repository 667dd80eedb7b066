"""Routes of the problem ledger and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.problems import bulk, ledger, past, views
from gongjian.web.rights import FIELD, OFFICE, READERS

urlpatterns = [
    path("problems/", ledger.ledger, name="problem-ledger"),
    path("problems/then/", past.then, name="problem-then"),
    path("problems/export/", ledger.export, name="problem-export"),
    path("problems/filters/", ledger.keep_filter, name="filter-keep"),
    path("problems/filters/<int:pk>/drop/", ledger.drop_filter, name="filter-drop"),
    path("problems/bulk/", bulk.act, name="problem-bulk"),
    path("problems/bulk/<int:pk>/undo/", bulk.undo, name="bulk-undo"),
    path("problems/new/", views.new, name="problem-new"),
    path("problems/due/", views.due_preview, name="due-preview"),
    path("problems/<int:pk>/", views.problem, name="problem"),
    path("problems/<int:pk>/edit/", views.edit, name="problem-edit"),
    path("problems/<int:pk>/answer/", views.answer, name="problem-answer"),
    path("problems/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("problems/<int:pk>/hand-over/take/", views.take_suggestion, name="suggestion-take"),
    path("problems/<int:pk>/slip/", views.slip, name="slip"),
    path("problems/<int:pk>/slip.docx", views.slip_word, name="slip-word"),
    path("problems/<int:pk>/code/", views.issue_code, name="firm-code"),
    path("problems/<int:pk>/word/", views.firm_word, name="firm-word"),
    path("problems/<int:pk>/close/", views.close, name="problem-close"),
]

RIGHTS = {
    "problem-ledger": READERS,
    "problem-then": READERS,
    "problem-export": READERS,
    "filter-keep": READERS,
    "filter-drop": READERS,
    "problem-bulk": OFFICE,
    "bulk-undo": OFFICE,
    "problem-new": FIELD,
    "due-preview": FIELD,
    "problem": READERS,
    "problem-edit": FIELD,
    "problem-answer": FIELD,
    "hand-over": frozenset({Role.CLERK, Role.LEADER}),
    "suggestion-take": frozenset({Role.CLERK, Role.LEADER}),
    "slip": READERS,
    "slip-word": READERS,
    "firm-code": OFFICE,
    "firm-word": FIELD,
    "problem-close": OFFICE,
}
