"""Naming the project that a problem is about."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account
from gongjian.projects.models import Project
from gongjian.projects.queries import search_projects, visible_to
from gongjian.web.forms import Form, Pick

NAME = _("重点项目")


def project_pick() -> Pick:
    """A field for a project, found by typing."""
    return Pick(label=NAME, source="project-find", required=False, offers_new=False)


def limit_projects(field: Any, account: Account) -> None:
    """Offer the projects that the account sees."""
    field.queryset, field.find = visible_to(account), partial(search_projects, account=account)


class ProjectOfProblemForm(Form):
    """The project of a problem; blank: none."""

    project = project_pick()

    def __init__(self, *args: Any, account: Account, chosen: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"project": chosen and chosen.pk}, **kwargs)
        field: Any = self.fields["project"]
        limit_projects(field, account)
        if chosen is not None and not self.is_bound:
            field.widget.labels = lambda _keys: [(str(chosen.pk), str(chosen))]
