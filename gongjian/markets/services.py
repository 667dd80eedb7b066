"""Recording products, introducing firms to each other and recording the result."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.states import Source
from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.audit.wording import SOURCE, source_word
from gongjian.enterprises.models import Enterprise
from gongjian.markets import perms
from gongjian.markets.events import MarketEvent
from gongjian.markets.models import Introduction, Product
from gongjian.markets.queries import match_reason, new_goods_in_notes, notes_of
from gongjian.markets.rules import fit_of, split_names
from gongjian.markets.states import IntroductionResult, ProductSource, Side
from gongjian.people.models import Account
from gongjian.people.queries import smallest_common
from gongjian.visits.models import Stop, Visit

LONGEST = 40


@transaction.atomic
def add_products(
    enterprise: Enterprise,
    *,
    side: Side | str,
    names: str,
    spec: str = "",
    yearly: str = "",
    outside: bool | None = None,
    found: ProductSource | str = ProductSource.PAGE,
    visit: Visit | None = None,
    by: Account,
    at: datetime,
) -> list[Product]:
    """Record what a firm makes or buys (登记产品), several names separated by 、; those already recorded are left."""
    perms.check_keep(by, enterprise)
    wanted = _checked_names(names)
    recorded = set(
        enterprise.products.filter(side=side, ended_on__isnull=True).values_list("name", flat=True)
    )
    products = Product.objects.bulk_create(
        Product(
            enterprise=enterprise,
            side=side,
            name=name,
            spec=spec.strip(),
            yearly=yearly.strip(),
            found=found,
            visit=visit,
            outside=outside if side == Side.BUYS else None,
            recorded_by=by,
            recorded_at=at,
        )
        for name in wanted
        if name not in recorded
    )
    if products:
        label = source_word(Side(side).label)
        record(MarketEvent.ADDED, subject=enterprise, by=by, at=at, side=label, names=_names_of(products))
    return products


def _checked_names(names: str) -> list[str]:
    """The names in this text. Raises Refused where there is none or one is too long to be a name."""
    wanted = split_names(names)
    if not wanted:
        raise Refused(_("请写产品名称，多个用、隔开。"), field="names")
    if long := [name for name in wanted if len(name) > LONGEST]:
        raise Refused(
            _("“%(name)s”太长。产品名称写物品本身，规格写在规格栏。") % {"name": long[0][:20]}, field="names"
        )
    return wanted


def _names_of(products: Iterable[Product]) -> str:
    return "、".join(product.name for product in products)


@transaction.atomic
def add_products_from_page(enterprise: Enterprise, *, by: Account, at: datetime) -> list[Product]:
    """Record the products named on the firm's page (从企业资料读取); raises Refused when none is new."""
    products: list[Product] = []
    for side, text in ((Side.MAKES, enterprise.makes), (Side.BUYS, enterprise.buys)):
        if split_names(text):
            products += add_products(enterprise, side=side, names=text, by=by, at=at)
    if not products:
        raise Refused(
            _("企业资料里没有新的产品。请在企业资料的“主要产品”“主要采购”里补充，或在这里直接登记。")
        )
    return products


@transaction.atomic
def add_products_from_notes(stop: Stop, wanted: Iterable[str], *, by: Account, at: datetime) -> list[Product]:
    """Record goods named in the notes of a stop (从走访记录登记); `wanted` are their keys, others are ignored."""
    proposals = {
        mention.key: mention
        for mention in new_goods_in_notes({stop.enterprise_id: notes_of(stop)}).get(stop.enterprise_id, ())
    }
    chosen = [proposals[key] for key in dict.fromkeys(wanted) if key in proposals]
    if not chosen:
        raise Refused(_("这些产品已经登记，或记录已经改动。请刷新页面再看。"))
    products: list[Product] = []
    for mention in chosen:
        products += add_products(
            stop.enterprise,
            side=Side.BUYS if mention.buys else Side.MAKES,
            names=mention.name,
            outside=mention.outside,
            found=ProductSource.VISIT,
            visit=stop.visit,
            by=by,
            at=at,
        )
    return products


@transaction.atomic
def end_product(product: Product, *, by: Account, at: datetime) -> Product:
    """End a product that is no longer made or bought (停用产品)."""
    product = (
        Product.objects.select_for_update(of=("self",)).select_related("enterprise__area").get(pk=product.pk)
    )
    perms.check_keep(by, product.enterprise)
    if product.ended_on is None:
        changes = set_fields(product, {"ended_on": timezone.localdate(at)})
        product.save(update_fields=["ended_on"])
        record(MarketEvent.ENDED, subject=product.enterprise, by=by, at=at, name=product.name, **changes)
    return product


@transaction.atomic
def introduce(need: Product, offer: Product, *, by: Account, at: datetime, **facts: Any) -> Introduction:
    """Introduce a buyer and a seller (引荐), once for each pair, as an assignment; `facts` as for any hand-over."""
    rows = Product.objects.select_related("enterprise__area")
    need, offer = rows.get(pk=need.pk), rows.get(pk=offer.pk)
    buyer, seller = need.enterprise, offer.enterprise
    perms.check_introduce(by, buyer, seller)
    if need.side != Side.BUYS or offer.side != Side.MAKES or buyer.pk == seller.pk:
        raise Refused(_("引荐要有一家采购、另一家生产。请从匹配结果里选。"))
    if need.ended_on or offer.ended_on:
        raise Refused(_("其中一项产品已经停用，不能引荐。请刷新后重选。"))
    if Introduction.objects.filter(need=need, offer=offer).exists():
        raise Refused(_("这两家的这项产品已经引荐过。请到引荐台账查看进展。"))
    area = smallest_common((buyer.area, seller.area))  # who sees only one of the two sees no matter of both
    task = assignments.assign(source=Source.INTRODUCTION, area=area, on_the_spot=False, by=by, at=at, **facts)
    with translation.override(SOURCE):  # it is worded again for whoever reads it
        reason = match_reason(need, offer, fit_of(need.name, offer.name))[:200]
    introduction = Introduction.objects.create(
        need=need,
        offer=offer,
        area=area,
        reason=reason,
        assignment=task,
        made_by=by,
        made_at=at,
    )
    record(
        MarketEvent.INTRODUCED,
        subject=introduction,
        by=by,
        at=at,
        seller=str(seller),
        offer=offer.name,
        buyer=str(buyer),
        need=need.name,
        unit=task.lead_unit.name,
        assignment=task.pk,
    )
    return introduction


@transaction.atomic
def record_result(
    introduction: Introduction,
    *,
    result: IntroductionResult | str,
    amount: Decimal | None = None,
    note: str = "",
    by: Account,
    at: datetime,
) -> Introduction:
    """Record the result of an introduction (对接结果); an order needs its amount, no result needs its reason."""
    row = (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("area", "assignment")
        .get(pk=introduction.pk)
    )
    perms.check_record_result(by, row)
    result = IntroductionResult(result)
    if result == IntroductionResult.ORDERED and (amount is None or amount <= 0):
        raise Refused(_("成交要填金额，单位万元。还没有金额请先选“已送样”或“已联系”。"), field="amount")
    if result == IntroductionResult.NOTHING:
        note = required_text(note, _("没有成，请写明原因，便于以后改进。"), field="note")
    kept = amount if result == IntroductionResult.ORDERED else None
    facts = {"result": result, "note": note.strip(), "result_on": timezone.localdate(at), "amount": kept}
    changes = set_fields(row, facts)
    row.save(update_fields=["result", "note", "result_on", "amount"])
    amount_in_words = _("，%(amount)s万元") % {"amount": row.amount} if row.amount else ""
    record(
        MarketEvent.RESULT,
        subject=row,
        by=by,
        at=at,
        result=source_word(result.label),
        amount=amount_in_words,
        note=row.note,
        kept=str(row.amount or ""),
        **changes,
    )
    return row
