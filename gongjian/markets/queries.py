"""The local market: what firms need and who nearby makes it, with the reason; the ledger of introductions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.enterprises.states import EnterpriseStatus
from gongjian.markets.goods_in_notes import GoodsMention, read_goods
from gongjian.markets.models import Introduction, Product
from gongjian.markets.rules import CHAIN, Fit, Goods, fold, kind_in_english, nearness
from gongjian.markets.states import Side
from gongjian.markets.wording import NEAR, REASON_MESSAGES
from gongjian.people.folded_names import containing
from gongjian.people.models import Account, Area
from gongjian.people.queries import spelt, whole_city, within
from gongjian.people.states import Role
from gongjian.visits.models import Stop

MOST_FIRMS = 5  # most firms shown for one product


@dataclass(frozen=True)
class Match:
    """One possible partner: the product, how well it fits, and the reason in a sentence."""

    product: Product
    score: float
    reason: str


@dataclass(frozen=True)
class ProductMatches:
    """One product with its best partners, and how many firms fit in all."""

    product: Product
    matches: tuple[Match, ...]
    firms: int


def products_in_force(account: Account, side: Side) -> QuerySet[Product]:
    """The products made (or bought) now by active firms the account may see."""
    rows = Product.objects.filter(side=side, ended_on__isnull=True, enterprise__in=visible_firms(account))
    return rows.filter(enterprise__status=EnterpriseStatus.ACTIVE).select_related("enterprise__area")


def products_in_city(account: Account, side: Side) -> QuerySet[Product]:
    """The products made (or bought) now by active firms in the whole city of the account."""
    area = account.reads_area or Area.objects.filter(enterprises__accounts__account=account).first()
    rows = Product.objects.filter(whole_city(area, "enterprise__area"), side=side, ended_on__isnull=True)
    return rows.filter(
        enterprise__status=EnterpriseStatus.ACTIVE, enterprise__merged_into__isnull=True
    ).select_related("enterprise__area")


def match_products(products: Iterable[Product], partners: QuerySet[Product]) -> list[ProductMatches]:
    """Each product with its partners, in two queries for any number of products."""
    wanted = list(products)
    goods = Goods(partners.order_by().values_list("name", flat=True).distinct())
    fits = {product.name: dict(goods.names_that_fit(product.name)) for product in wanted}
    names = {name for names_that_fit in fits.values() for name in names_that_fit}
    by_name: dict[str, list[Product]] = {}
    for offer in partners.filter(name__in=names).order_by("pk"):
        by_name.setdefault(offer.name, []).append(offer)
    return [_matches_of(product, fits[product.name], by_name) for product in wanted]


def _matches_of(product: Product, fits: dict[str, Fit], by_name: dict[str, list[Product]]) -> ProductMatches:
    candidates = [
        (offer, fit)
        for name, fit in fits.items()
        for offer in by_name.get(name, ())
        if offer.enterprise_id != product.enterprise_id
    ]
    ranked = sorted(candidates, key=lambda pair: (-_score(product, *pair), pair[0].pk))
    best: dict[int, Match] = {}
    for offer, fit in ranked:
        if offer.enterprise_id not in best and len(best) < MOST_FIRMS:
            best[offer.enterprise_id] = Match(
                offer, round(_score(product, offer, fit), 3), match_reason(product, offer, fit)
            )
    return ProductMatches(
        product, tuple(best.values()), len({offer.enterprise_id for offer, _fit in candidates})
    )


def _score(product: Product, offer: Product, fit: Fit) -> float:
    own, other = product.enterprise, offer.enterprise
    near, _steps = nearness(own.area.path, other.area.path, step=Area.steplen)
    return fit.value + near + (CHAIN if own.chain and own.chain == other.chain else 0.0)


def match_reason(product: Product, offer: Product, fit: Fit) -> str:
    """Why these two fit, in a sentence: the words, the chain, how near they are."""
    kind = fit.kind if in_chinese() else kind_in_english(fit.kind)
    facts = {"a": product.name, "b": offer.name, "words": fit.words, "kind": kind}
    why = "kind" if fit.kind else "same" if product.name == offer.name else "words"
    sentence = _(REASON_MESSAGES[why]) % facts
    own, other = product.enterprise, offer.enterprise
    parts = [sentence]
    if own.chain and own.chain == other.chain:
        parts.append(_(REASON_MESSAGES["chain"]) % {"chain": own.chain})
    _bonus, steps = nearness(own.area.path, other.area.path, step=Area.steplen)
    if steps:
        parts.append(_(REASON_MESSAGES[NEAR[min(steps, 3) - 1]]))
    return _("；").join(parts)


def products_needed(account: Account) -> QuerySet[Product]:
    """The products bought by the firms an account may see.

    Those bought from outside come first, and among them those that are made in the city.
    """
    rows = products_in_force(account, Side.BUYS)
    goods = Goods(products_in_city(account, Side.MAKES).order_by().values_list("name", flat=True).distinct())
    wanted = rows.order_by().values_list("name", flat=True).distinct()
    made_nearby = [name for name in wanted if goods.names_that_fit(name)]
    made_here = Case(When(name__in=made_nearby, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(F("outside").desc(nulls_last=True), made_here, "name", "enterprise")


def products_with_text(rows: QuerySet[Product], text: str) -> QuerySet[Product]:
    """The products whose name or firm contains a text."""
    firm = containing(text, "enterprise") | spelt(text, "enterprise")
    return rows.filter(firm | Q(name__icontains=text))


def notes_of(stop: Stop) -> str:
    """All notes of one stop as one text."""
    return "\n".join(note.text for note in stop.notes.all())


def new_goods_in_notes(texts: Mapping[int, str]) -> dict[int, list[GoodsMention]]:
    """Firm -> the goods its notes name that are not recorded for it yet; two queries, or none without notes."""
    if not any(text.strip() for text in texts.values()):
        return {}
    now = Product.objects.filter(ended_on__isnull=True).order_by()
    known = {fold(name) for name in now.values_list("name", flat=True).distinct()}
    recorded = {
        (firm, side == Side.BUYS, fold(name))
        for firm, side, name in now.filter(enterprise__in=texts).values_list("enterprise", "side", "name")
    }
    return {
        firm: [
            mention
            for mention in read_goods(text, known=known)
            if (firm, mention.buys, fold(mention.name)) not in recorded
        ]
        for firm, text in texts.items()
    }


def products_of(enterprise: Enterprise, side: Side) -> QuerySet[Product]:
    """The products one firm makes (or buys) now."""
    return (
        enterprise.products.filter(side=side, ended_on__isnull=True)
        .select_related("enterprise__area")
        .order_by("pk")
    )


def introductions_visible_to(account: Account) -> QuerySet[Introduction]:
    """The introductions an account may see: between firms it may both see; of its unit for a handler; of its firm for a firm."""
    rows = Introduction.objects.select_related(
        "need__enterprise__area",
        "offer__enterprise__area",
        "area",
        "assignment__lead_unit",
        "assignment__responsible_person",
    )
    if account.role == Role.HANDLER:
        return rows.filter(assignment__lead_unit=account.unit_id or 0)
    if account.role == Role.ENTERPRISE:
        own = Enterprise.objects.filter(accounts__account=account).values("pk")
        return rows.filter(Q(need__enterprise__in=own) | Q(offer__enterprise__in=own))
    return rows.filter(
        within(account.reads_area, "need__enterprise__area"),
        within(account.reads_area, "offer__enterprise__area"),
    )
