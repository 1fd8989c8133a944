"""What the public may read about a business and its products beyond their own columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from products.models import Certificate, Product

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


def certificates_of_product(product: Product, today: date) -> list[ShownCertificate]:
    """Return the product's own certificates, and those of its business of other kinds.

    ``product`` comes from ``access.get_public_product``.
    """
    own = list(product.certificates.all())
    kinds = {certificate.kind for certificate in own}
    of_business = product.business.certificates.all()
    return shown_certificates([*own, *(other for other in of_business if other.kind not in kinds)], today)
