"""The certificate of a commended area or unit (荣誉证书) as a Word file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, SlipForm
from gongjian.people.queries import office_of
from gongjian.standings.models import CommendationLine

WIDTHS = (26, 26, 26, 26, 26, 26)  # millimetres


def certificate(line: CommendationLine) -> bytes:
    """The .docx of one certificate; the seal goes by hand where the issuer stands."""
    row = line.commendation
    day = timezone.localdate(row.confirmed_at) if row.confirmed_at else timezone.localdate(row.written_at)
    issuer = office_of(row.area)
    form = SlipForm(
        title=_("荣誉证书"),
        left=_("证书号：%(year)s年第%(number)s号") % {"year": day.year, "number": line.number},
        right="",
        on=day,
        widths=WIDTHS,
        rows=(
            _wide(_("授予"), str(line), 16),
            _wide(_("表彰名称"), row.title, 12),
            _wide(_("事迹"), line.merit, 40),
            _wide(_("依据"), row.basis, 12),
            _wide(_("颁发单位"), _("%(issuer)s（盖章）") % {"issuer": issuer or row.area}, 30),
        ),
    )
    return word_file.render(form)


def _wide(label: str, value: str, height: int) -> FormRow:
    return FormRow((FormCell(label, 1, label=True), FormCell(value, 5)), height)
