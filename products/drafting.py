"""A product on its way into the catalogue: begun, filled in step by step, and sent to the office.

Whoever fills in on a phone saves often, and an answer may get lost on its way back. A save is therefore
only too late when somebody else has changed one of the same fields since the page was opened.
"""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from accounts.models import HistoryEntry
from products import listing, profiles, revisions
from products.listing_rules import missing_to_list
from products.models import Business, Category, Product
from products.profiles import ProductChanges, StaleVersion


@transaction.atomic
def begin_product(
    *, actor: Actor, business: Business, name: str, category: Category, form_token: uuid.UUID
) -> tuple[Product, bool]:
    """Make a draft and return it, and whether it is new: one form makes one draft, however often sent.

    Raises:
        PermissionDenied: the actor may not change this business.
        ValidationError: the form belongs to another business, or a rule of the model is broken.
    """
    owner = Business.objects.editable_by(actor).select_for_update(of=("self",)).filter(pk=business.pk).first()
    if owner is None:
        raise PermissionDenied(_("Hanya usaha itu sendiri atau dinas wilayahnya yang mengubah data ini."))
    made = Product.objects.filter(form_token=form_token).first()
    if made is not None and made.business_id != owner.pk:
        raise ValidationError(_("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi."))
    if made is not None:
        return made, False
    product = Product(
        business=owner, name=name, category=category, form_token=form_token, status=Product.Status.DRAFT
    )
    product.full_clean(exclude=["business", "category"])
    product.save()
    history.record(actor=actor, subject=product, action="begun", business_id=owner.pk)
    return product, True


@transaction.atomic
def save_step(
    *, actor: Actor, product: Product, version: int, changes: ProductChanges, now: datetime
) -> Product:
    """Save some fields and return the product; a listed one may wait for its office (``revisions``).

    Raises:
        PermissionDenied: the actor may not change this business.
        StaleVersion: somebody else has changed one of these fields since ``version``.
        ValidationError: a value breaks a rule of the model.
    """
    locked = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    if version < locked.version:
        if _others_changed(actor, locked, version, set(changes)):
            raise StaleVersion
        version = locked.version
    revisions.change_product(actor=actor, product=locked, version=version, changes=changes, now=now)
    return Product.objects.get(pk=product.pk)


def _others_changed(actor: Actor, product: Product, version: int, names: set[str]) -> bool:
    """Return whether a version since ``version`` touched these fields and was not the actor's own."""
    told_of = ["changed", "certificates_changed"]
    entries = history.entries_of(product).filter(action__in=told_of, after__version__gt=version)
    harmless = {
        told["version"]
        for entry in entries
        if (told := entry.after or {}) and (_is_by(actor, entry) or not names & set(told["fields"]))
    }
    return not harmless.issuperset(range(version + 1, product.version + 1))


def _is_by(actor: Actor, entry: HistoryEntry) -> bool:
    return (entry.via, entry.user_id) == (actor.via, actor.user_id)


@transaction.atomic
def send_to_office(*, actor: Actor, product: Product, now: datetime) -> Product:
    """Hand a product to the office once everything is there that the catalogue needs; twice is once.

    Raises:
        PermissionDenied: the actor may not change this business.
        StepNotAllowed: it is listed or suspended.
        ValidationError: something is missing; one sentence for each.
    """
    locked = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    profiles.require_editor(actor, locked)
    missing = missing_to_list(locked)
    if missing:
        raise ValidationError([one.sentence for one in missing])
    listing.move(actor=actor, products=[locked], act=listing.Act.SUBMIT, now=now)
    return Product.objects.get(pk=product.pk)
