"""Schemes: loaded, drafted, edited as a table, sent to be signed, signed by another, sent back (评分方案)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.audit.wording import paper_words
from gongjian.engines.standings.library import shipped
from gongjian.engines.standings.schemes import BadScheme
from gongjian.engines.writing.excerpts import CHINESE
from gongjian.indicators.models import Indicator
from gongjian.people.models import Account, Area
from gongjian.people.states import AreaLevel
from gongjian.standings import perms
from gongjian.standings.events import StandingsEvent
from gongjian.standings.models import GroupMember, Scheme, SchemeItem, SchemeVersion
from gongjian.standings.queries import compared_areas
from gongjian.standings.schemes.queries import OF_ITEM, SETTINGS, scheme_of_settings
from gongjian.standings.schemes.refusals import why_bad
from gongjian.standings.states import VERSION_STEP, VersionState
from gongjian.standings.vocabulary import DISTRICTS, SUBDISTRICTS

Items = Sequence[tuple[Indicator, Mapping[str, Any]]]


@transaction.atomic
def draft_scheme(
    *, name: str, like: str, area: Area, month: date, by: Account, at: datetime, english: str = ""
) -> SchemeVersion:
    """Start a new scheme with its first draft (新建方案), like one that ships where `like` names it."""
    perms.check_keep(by, area)
    name = required_text(name, _("请写方案名称。"), field="name")
    if Scheme.objects.filter(area=area, name=name).exists():
        raise Refused(
            _("方案“%(name)s”已经有了。请换个名称，或在它下面另起一版。") % {"name": name}, field="name"
        )
    table: dict[str, Any] = dict(shipped().get(like, {"item": []}))
    items = _known_items(table)
    scheme = Scheme.objects.create(name=name, english=english, area=area)
    settings = {key: _plain(table[key]) for key in SETTINGS if key in table}
    version = SchemeVersion.objects.create(
        scheme=scheme,
        number=1,
        from_month=month,
        source=table.get("source" if CHINESE.search(area.name) else "english_source", ""),
        written_by=by,
        written_at=at,
        **settings,
    )
    _write_items(version, items)
    _write_groups(version, {one: _usual_group(one) for one in compared_areas(area)})
    _record(StandingsEvent.DRAFTED, version, by=by, at=at)
    return version


def _known_items(table: Mapping[str, Any]) -> Items:
    """The items of a shipped scheme with their indicators; Refused names those the catalogue lacks."""
    known = {one.key: one for one in Indicator.objects.filter(disabled_on__isnull=True)}
    if lacking := [each.get("name", each["key"]) for each in table["item"] if each["key"] not in known]:
        names = _("、").join(f"{name}" for name in lacking)
        raise Refused(
            _("这套方案要用的指标，目录里没有：%(names)s。请先在指标目录新增。") % {"names": names},
            field="like",
        )
    return [(known[each["key"]], each) for each in table["item"]]


def _plain(value: Any) -> Any:
    """A setting as it is stored: lists of decimals as text."""
    if not isinstance(value, list):
        return value
    return [[str(part) for part in each] if isinstance(each, list) else str(each) for each in value]


def _usual_group(area: Area) -> str:
    """Like with like to begin with: districts of a city apart from its counties, streets apart from towns."""
    with paper_words(area.name):
        if area.level == AreaLevel.COUNTY:
            return _("城区") if area.name.endswith(DISTRICTS) else _("县市")
        return _("街道") if area.name.endswith(SUBDISTRICTS) else _("乡镇")


@transaction.atomic
def next_version(scheme: Scheme, *, month: date, by: Account, at: datetime) -> SchemeVersion:
    """Start the next version of a scheme as a copy of its last (另起一版)."""
    perms.check_keep(by, scheme.area)
    last = scheme.versions.order_by("-number").first()
    if last is not None and last.state != VersionState.SIGNED:
        raise Refused(_("第%(number)s版还没有审签。请先改完、审签它。") % {"number": last.number})
    number = (scheme.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    settings = {name: getattr(last, name) for name in (*SETTINGS, "source")} if last else {}
    version = SchemeVersion.objects.create(
        scheme=scheme, number=number, from_month=month, written_by=by, written_at=at, **settings
    )
    if last is not None:
        _write_items(
            version, [(row.indicator, _facts_of(row)) for row in last.items.select_related("indicator")]
        )
        _write_groups(version, {row.area: row.group for row in last.members.select_related("area")})
    _record(StandingsEvent.DRAFTED, version, by=by, at=at)
    return version


def _facts_of(row: SchemeItem) -> dict[str, Any]:
    return {name: getattr(row, name) for name in OF_ITEM}


def _write_items(version: SchemeVersion, items: Items) -> None:
    SchemeItem.objects.bulk_create(
        SchemeItem(
            version=version,
            order=number,
            indicator=indicator,
            **{"lens": "QUALITY"} | {name: facts[name] for name in OF_ITEM if name in facts},
        )
        for number, (indicator, facts) in enumerate(items, 1)
    )


def _write_groups(version: SchemeVersion, groups: Mapping[Area, str]) -> None:
    GroupMember.objects.bulk_create(
        GroupMember(version=version, area=area, group=group.strip()) for area, group in groups.items()
    )


def _locked(version: SchemeVersion) -> SchemeVersion:
    rows = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme__area")
    return rows.get(pk=version.pk)


@transaction.atomic
def edit(
    version: SchemeVersion,
    *,
    settings: Mapping[str, Any],
    items: Items,
    groups: Mapping[Area, str],
    by: Account,
    at: datetime,
) -> SchemeVersion:
    """Change a draft: its settings, its whole table of items and the groups; the last editor counts as its author."""
    row = _locked(version)
    perms.check_edit(by, row)
    stored = {name: getattr(row, name) for name in SETTINGS}
    _check_usable(stored | dict(settings), items)
    before = [_as_text(item.indicator, _facts_of(item)) for item in row.items.select_related("indicator")]
    changes = set_fields(row, settings)
    row.written_by, row.written_at = by, at
    row.save()
    row.items.all().delete()
    row.members.all().delete()
    _write_items(row, items)
    _write_groups(row, groups)
    after = [_as_text(one, facts) for one, facts in items]
    lines = {"items_before": before, "items": after}
    _record(StandingsEvent.EDITED, row, by=by, at=at, **lines, **changes)
    return row


def _as_text(indicator: Indicator, facts: Mapping[str, Any]) -> str:
    """An item as its event keeps it."""
    return " ".join((indicator.name, *(f"{name}={facts.get(name)}" for name in OF_ITEM)))


def _check_usable(settings: Mapping[str, Any], items: Items) -> None:
    """Refuse what the engine cannot score by, and say why."""
    try:
        scheme_of_settings(dict(settings), list(items))
    except BadScheme as bad:
        names = {one.key: one.label for one, _facts in items}
        raise Refused(why_bad(bad, names)) from bad


def _stepped(version: SchemeVersion, verb: str, by: Account) -> SchemeVersion:
    row = _locked(version)
    perms.check_step(by, row, verb)
    row.state = VERSION_STEP[verb].to
    return row


@transaction.atomic
def propose(version: SchemeVersion, *, by: Account, at: datetime) -> SchemeVersion:
    """Send a version to be signed (送审签). Refused while it cannot be scored by."""
    row = _stepped(version, "propose", by)
    items = [(item.indicator, _facts_of(item)) for item in row.items.select_related("indicator")]
    _check_usable({name: getattr(row, name) for name in SETTINGS}, items)
    row.reason = ""
    row.save(update_fields=["state", "reason"])
    _record(StandingsEvent.PROPOSED, row, by=by, at=at)
    return row


@transaction.atomic
def sign(version: SchemeVersion, *, by: Account, at: datetime) -> SchemeVersion:
    """Sign a version (审签): it counts from its month on. Never by who wrote it."""
    row = _stepped(version, "sign", by)
    row.signed_by, row.signed_at = by, at
    row.save(update_fields=["state", "signed_by", "signed_at"])
    _record(StandingsEvent.SIGNED, row, by=by, at=at, month=f"{row.from_month:%Y-%m}")
    return row


@transaction.atomic
def send_back(version: SchemeVersion, *, reason: str, by: Account, at: datetime) -> SchemeVersion:
    """Send a version back to its author with the reason (退回)."""
    row = _stepped(version, "send-back", by)
    row.reason = required_text(reason, _("请写退回理由。"), field="reason")
    row.save(update_fields=["state", "reason"])
    _record(StandingsEvent.SENT_BACK, row, by=by, at=at, reason=row.reason)
    return row


def _record(
    event: StandingsEvent, version: SchemeVersion, /, *, by: Account | None, at: datetime, **facts: Any
) -> None:
    """Record an event in the trail of the scheme."""
    record(
        event,
        subject=version.scheme,
        by=by,
        at=at,
        scheme=version.scheme.name,
        number=version.number,
        version=version.pk,
        **facts,
    )
