"""The order in which a new office imports its ledgers: a later one knows the names of an earlier."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjian.imports.states import MAY, ImportKind
from gongjian.people.models import Account
from gongjian.people.states import Role

FACTS = "FACTS"  # monthly figures of firms: `ledgers/fact_import` reads and keeps them
FACTS_LABEL = _("企业月度数据")
ORDER = (
    ImportKind.AREAS,
    ImportKind.UNITS,
    ImportKind.PERSONS,
    ImportKind.ACCOUNTS,
    ImportKind.FIRMS,
    FACTS,
    ImportKind.VISITS,
    ImportKind.PROBLEMS,
    ImportKind.PAYOUTS,
)


def takes_facts(account: Account) -> bool:
    """Whether the account may import monthly figures of firms."""
    return account.role == Role.CLERK and account.writes_area_id is not None


def kinds_of(account: Account) -> list[tuple[str, Any]]:
    """The ledgers this account may import with their labels, in that order."""
    return [
        (str(kind), ImportKind(kind).label if kind != FACTS else FACTS_LABEL)
        for kind in ORDER
        if (takes_facts(account) if kind == FACTS else account.role in MAY[ImportKind(kind)])
    ]


def after(kind: str, account: Account) -> dict[str, Any] | None:
    """The ledger that follows this one: its label and the address where it is uploaded; None after the last."""
    kinds = kinds_of(account)
    rest = kinds[[name for name, _label in kinds].index(kind) + 1 :] if kind in dict(kinds) else []
    if not rest:
        return None
    name, label = rest[0]
    return {"label": label, "address": f"{reverse('imports')}?kind={name}"}
