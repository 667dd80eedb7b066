"""Which template is in force for a paper."""

from gongjian.bulletins.models import PaperKind, PaperTemplate
from gongjian.people.models import Area


def template_of(area: Area, kind: str) -> PaperTemplate | None:
    """The area's own template of a kind of paper; for a slip, which goes down, the nearest of the areas above as well."""
    in_force = PaperTemplate.objects.filter(kind=kind, withdrawn_at=None)
    if kind != PaperKind.SLIP:
        return in_force.filter(area=area).first()
    paths = [area.path[: Area.steplen * depth] for depth in range(1, area.depth + 1)]
    return in_force.filter(area__path__in=paths).order_by("-area__depth").first()


def templates_in_force(area: Area) -> dict[str, PaperTemplate]:
    """The templates of an area by kind, without their content."""
    rows = (
        PaperTemplate.objects.filter(area=area, withdrawn_at=None).select_related("added_by").defer("content")
    )
    return {row.kind: row for row in rows}
