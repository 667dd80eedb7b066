"""Events of the local market."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class MarketEvent(EventName):
    """What can happen to a product or an introduction."""

    ADDED = "product.added", _("登记%(side)s产品%(names)s")
    ENDED = "product.ended", _("停用产品%(name)s")
    INTRODUCED = "introduction.made", _("引荐%(seller)s的%(offer)s给%(buyer)s（需%(need)s），交%(unit)s办理")
    RESULT = "introduction.result", _("对接结果：%(result)s%(amount)s %(note)s")
