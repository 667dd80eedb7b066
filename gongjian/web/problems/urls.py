"""Routes of the problem ledger and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.problems import views
from gongjian.web.problems.blockers import views as blockers
from gongjian.web.problems.bulk import views as bulk
from gongjian.web.problems.common_problems import views as common_problems
from gongjian.web.problems.group_chat import views as group_chat
from gongjian.web.problems.ledger import views as ledger
from gongjian.web.problems.ledger_on_a_day import views as ledger_on_a_day
from gongjian.web.problems.recording import views as recording
from gongjian.web.rights import FIELD, OFFICE, READERS

urlpatterns = [
    path("problems/", ledger.ledger, name="problem-ledger"),
    path("problems/then/", ledger_on_a_day.then, name="problem-then"),
    path("problems/then/export/", ledger_on_a_day.export_then, name="problem-then-export"),
    path("problems/export/", ledger.export, name="problem-export"),
    path("problems/columns/", ledger.show_columns, name="ledger-columns"),
    path("problems/filters/", ledger.keep_filter, name="filter-keep"),
    path("problems/filters/<int:pk>/drop/", ledger.drop_filter, name="filter-drop"),
    path("problems/bulk/", bulk.act, name="problem-bulk"),
    path("problems/bulk/<int:pk>/undo/", bulk.undo, name="bulk-undo"),
    path("problems/alike/", common_problems.hints, name="alike"),
    path("common/", common_problems.commons, name="commons"),
    path("common/dismiss/", common_problems.dismiss, name="common-dismiss"),
    path("common/proposal/<int:pk>/", common_problems.proposal, name="common-proposal"),
    path("common/<int:pk>/", common_problems.common, name="common"),
    path("common/<int:pk>/rename/", common_problems.rename, name="common-rename"),
    path("common/<int:pk>/split/", common_problems.split, name="common-split"),
    path("common/<int:pk>/measure/", common_problems.measure, name="common-measure"),
    path("common/<int:pk>/land/", common_problems.land, name="common-land"),
    path("common/<int:pk>/told/mark/", common_problems.mark_told, name="common-mark-told"),
    path("common/<int:pk>/close/", common_problems.close, name="common-close"),
    path("common/<int:pk>/told/", common_problems.firms_to_tell, name="common-told"),
    path("problems/<int:pk>/join/", common_problems.join, name="common-join"),
    path("problems/new/", views.new, name="problem-new"),
    path("problems/units/", recording.suggest_units, name="suggest-units"),
    path("problems/due/", views.due_preview, name="due-preview"),
    path("problems/<int:pk>/", views.problem, name="problem"),
    path("problems/<int:pk>/edit/", views.edit, name="problem-edit"),
    path("problems/<int:pk>/project/", blockers.name_project, name="problem-project"),
    path("problems/<int:pk>/act/", views.act, name="problem-act"),
    path("problems/<int:pk>/answer/", views.answer, name="problem-answer"),
    path("problems/<int:pk>/decline/", views.decline, name="problem-decline"),
    path("problems/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("problems/<int:pk>/hand-over/take/", views.take_suggestion, name="suggestion-take"),
    path("problems/<int:pk>/slip/", views.slip, name="slip"),
    path("problems/<int:pk>/slip.docx", views.slip_word, name="slip-word"),
    path("problems/<int:pk>/text/", group_chat.of_problem, name="chat-problem"),
    path("visits/<int:pk>/text/", group_chat.of_visit, name="chat-visit"),
    path("today/text/", group_chat.of_today, name="chat-today"),
    path("problems/<int:pk>/code/", views.issue_code, name="firm-code"),
    path("problems/<int:pk>/word/", views.firm_word, name="firm-word"),
    path("problems/<int:pk>/close/", views.close, name="problem-close"),
]

OVERSEERS = frozenset({Role.CLERK, Role.LEADER, Role.AUDITOR})

RIGHTS = {
    "alike": FIELD,
    "commons": OVERSEERS,
    "common": READERS,
    "common-told": READERS,
    "common-proposal": OFFICE,
    "common-dismiss": OFFICE,
    "common-rename": OFFICE,
    "common-split": OFFICE,
    "common-measure": OFFICE,
    "common-land": OFFICE,
    "common-mark-told": OFFICE,
    "common-close": OFFICE,
    "common-join": OFFICE,
    "problem-ledger": READERS,
    "problem-then": READERS,
    "problem-then-export": READERS,
    "problem-export": READERS,
    "ledger-columns": READERS,
    "filter-keep": READERS,
    "filter-drop": READERS,
    "problem-bulk": OFFICE,
    "bulk-undo": OFFICE,
    "problem-new": FIELD,
    "suggest-units": FIELD,
    "due-preview": FIELD,
    "problem": READERS,
    "problem-act": READERS,
    "problem-edit": FIELD,
    "problem-project": FIELD,
    "problem-answer": FIELD,
    "hand-over": frozenset({Role.CLERK, Role.LEADER}),
    "problem-decline": frozenset({Role.CLERK, Role.LEADER}),
    "suggestion-take": frozenset({Role.CLERK, Role.LEADER}),
    "slip": READERS,
    "slip-word": READERS,
    "chat-problem": READERS,
    "chat-visit": READERS,
    "chat-today": READERS,
    "firm-code": OFFICE,
    "firm-word": FIELD,
    "problem-close": OFFICE,
}
