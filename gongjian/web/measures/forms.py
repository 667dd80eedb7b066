"""The scope of a measure as it stands in an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Area, Unit
from gongjian.web.forms import DateField, Form


class ScopeForm(Form):
    """Area, leading unit, firm and period; what is left out is not narrowed."""

    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.all(), required=False)
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.all(), required=False)
    enterprise = forms.ModelChoiceField(label=_("企业"), queryset=Enterprise.objects.all(), required=False)
    first = DateField(label=_("统计起"), required=False)
    last = DateField(label=_("统计止"), required=False)
