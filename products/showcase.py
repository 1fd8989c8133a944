"""What the public may read about a business and its products beyond their own columns."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from products.models import Business, Certificate, Product
from regions.places import places_named

TAGS = {
    Certificate.State.CHECKED: "yes",
    Certificate.State.UNCHECKED: "wait",
    Certificate.State.IN_PROCESS: "wait",
    Certificate.State.EXPIRED: "no",
}


@dataclass(frozen=True)
class ShownCertificate:
    """A certificate with its state in words; ``tag`` is the kind of the state's tag."""

    kind: str
    number: str
    state: str
    tag: str
    valid_until: date | None


def shown_certificates(certificates: Iterable[Certificate], today: date) -> list[ShownCertificate]:
    """Return certificates as they stand today, in the given order."""
    return [
        ShownCertificate(
            certificate.get_kind_display(),
            certificate.number,
            str(certificate.state_on(today).label),
            TAGS[certificate.state_on(today)],
            certificate.valid_until,
        )
        for certificate in certificates
    ]


@dataclass(frozen=True)
class UsualCertificate:
    """A certificate that goods of this kind usually need, and whether the product has it.

    ``products`` names the products it is said of, where it is said of several.
    """

    kind: str
    state: str
    tag: str
    products: str = ""


def usual_certificates(product: Product, today: date) -> list[UsualCertificate]:
    """Return what goods of the product's kind usually need: held, in process, expired, or missing.

    It is advice, not a rule. Costs two queries, none for a product of ``access.get_public_product``.
    """
    found = {one.kind: one for one in product.business.certificates.all() if one.product_id is None}
    found |= {one.kind: one for one in product.certificates.all()}
    return [_usual(Certificate.Kind(kind), found.get(kind), today) for kind in _usual_kinds(product)]


def usual_certificates_of(business: Business, today: date) -> list[UsualCertificate]:
    """Return what the products of a business usually need, each kind and state once with the products' names.

    Costs three queries.
    """
    rows = business.products.select_related("category").prefetch_related("certificates")
    names: dict[UsualCertificate, list[str]] = {}
    prefetch_related_objects([business], "certificates")
    for product in rows.order_by("name", "pk"):
        product.business = business
        for one in usual_certificates(product, today):
            names.setdefault(one, []).append(product.name)
    order = list(dict.fromkeys(one.kind for one in names))
    said = [replace(one, products=", ".join(products)) for one, products in names.items()]
    return sorted(said, key=lambda one: order.index(one.kind))


def _usual_kinds(product: Product) -> list[str]:
    return [kind for kind in product.category.certificates_usual if kind in Certificate.Kind]


def _usual(kind: Certificate.Kind, held: Certificate | None, today: date) -> UsualCertificate:
    if held is None:
        return UsualCertificate(str(kind.label), _("belum ada"), "no")
    if held.is_held_on(today):
        return UsualCertificate(str(kind.label), _("ada"), "yes")
    return UsualCertificate(str(kind.label), str(held.state_on(today).label), TAGS[held.state_on(today)])


def with_place_names(products: Iterable[Product]) -> list[Product]:
    """Return the products with the names of the places they are delivered to. Costs two queries, or none."""
    rows = list(products)
    names = places_named(code for product in rows for code in product.delivery_places)
    for product in rows:
        product.place_names = sorted(names.get(code, code) for code in product.delivery_places)
    return rows


def certificates_of_product(product: Product, today: date) -> list[ShownCertificate]:
    """Return the product's own certificates, and those of its business of other kinds.

    ``product`` comes from ``access.get_public_product``.
    """
    own = list(product.certificates.all())
    kinds = {certificate.kind for certificate in own}
    of_business = product.business.certificates.all()
    return shown_certificates([*own, *(other for other in of_business if other.kind not in kinds)], today)
