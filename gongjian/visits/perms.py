"""Who may plan and record visits."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.audit.queries import events_of
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role
from gongjian.visits.events import VisitEvent
from gongjian.visits.models import Visit
from gongjian.visits.states import VisitState

RECORDERS = (Role.CLERK, Role.LEADER, Role.OFFICER)
TOUCHED = (VisitEvent.CHANGED, VisitEvent.STOP_ADDED, VisitEvent.STOP_RECORDED)


def check_plan(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk, leader or service officer of the area."""
    if account.role not in RECORDERS or not writes(account, area):
        raise Refused(
            _("只有%(area)s攻坚办、带队领导或首席服务官可以记录走访。请把情况告诉攻坚办。") % {"area": area}
        )


def check_write(account: Account, visit: Visit) -> None:
    """Raise Refused unless the account may plan visits of the area and the visit was not cancelled."""
    check_plan(account, visit.area)
    if visit.state == VisitState.CANCELLED:
        raise Refused(_("这次活动已经取消，不能再记录。请新建一次。"))


can_write = passes(check_write)


def built_on(what: str) -> str:
    """The sentence that somebody went on working with an entry, so that it stays."""
    return _("“%(what)s”已有人接着做了（改过、加了企业或记录、记了问题），不能收回。请在走访页更正。") % {
        "what": what
    }


def check_untouched(visit: Visit) -> None:
    """Raise Refused when an entry was corrected or added to after it was written."""
    changed = events_of(visit).filter(name__in=[e.value for e in TOUCHED]).exists()
    recorded = visit.stops.exclude(result="").exists()
    if changed or recorded or visit.notes.exists() or visit.problems.exists() or visit.pledges.exists():
        raise Refused(built_on(visit.title))
