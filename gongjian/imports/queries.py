"""Reads of imported ledgers."""

from django.db.models import Q, QuerySet

from gongjian.imports.models import ImportBatch, LearntHeading
from gongjian.imports.states import MAY, ImportKind, ImportState
from gongjian.people.models import Account, Area
from gongjian.people.queries import within


def batches_of(account: Account) -> QuerySet[ImportBatch]:
    """The imports an account may see: of its areas, and of the kinds its role imports; without their files."""
    kinds = [kind for kind, roles in MAY.items() if account.role in roles]
    rows = ImportBatch.objects.filter(within(account.reads_area), kind__in=kinds)
    return rows.defer("file", "refusals").select_related("area", "uploaded_by")


def written_before(batch: ImportBatch) -> ImportBatch | None:
    """An import of the same file that was written and stands."""
    rows = ImportBatch.objects.filter(digest=batch.digest, kind=batch.kind, state=ImportState.WRITTEN)
    return rows.exclude(pk=batch.pk).defer("file").first()


def learnt_headings(area: Area, kind: ImportKind | str) -> dict[str, str]:
    """What headings mean in the ledgers of an area's office, or of the offices above it."""
    above = Q(pk__in=[])
    for end in range(Area.steplen, len(area.path) + 1, Area.steplen):
        above |= Q(area__path=area.path[:end])
    rows = LearntHeading.objects.filter(above, kind=kind).order_by("area__path")
    return dict(rows.values_list("heading", "field"))
