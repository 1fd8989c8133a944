"""Changes that a business makes to a listed product, where its office wants to see them first.

Only the business's own changes wait, and only of a listed product; what the office types is its own word.
One revision waits per product: a second change joins it. Accepting writes the changed fields alone, over
whatever else has been corrected meanwhile.
"""

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products import photo_changes, profiles
from products.listing import ReasonMissing
from products.models import Business, Category, Product, ProductRevision, Unit
from products.photo_changes import Arrangement
from products.profiles import ProductChanges, StaleVersion

WAITING, ACCEPTED, REFUSED = ProductRevision.State


class AlreadyDecided(ValidationError):
    """Somebody else has decided this revision otherwise."""

    def __init__(self) -> None:
        super().__init__(_("Usulan perubahan ini sudah diputuskan. Muat ulang halaman."))


@transaction.atomic
def change_product(
    *, actor: Actor, product: Product, version: int, changes: ProductChanges, now: datetime
) -> ProductRevision | None:
    """Correct a product at once and return None, or keep the correction for the office and return it.

    Raises:
        PermissionDenied: the actor may not change this business.
        StaleVersion: somebody else has saved since ``version``.
        ValidationError: a value breaks a rule of the model.
    """
    locked = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    if not must_wait(actor, locked):
        profiles.update_product(actor=actor, product=locked, version=version, changes=changes)
        if actor.business_id is not None:
            _forget(locked, set(changes))
        return None
    return _propose(actor, locked, version, changes, now)


@transaction.atomic
def accept(*, actor: Actor, revision: ProductRevision, now: datetime) -> Product:
    """Write what waits into the product and return it; accepting twice writes once.

    Raises:
        PermissionDenied: the actor is not the office of the product's region.
        AlreadyDecided: it was refused.
        ValidationError: a value breaks a rule of the model by now.
    """
    locked = _decided(actor, revision, ACCEPTED, now)
    product = Product.objects.get(pk=revision.product_id)
    if locked is None:
        return product
    if locked.changes:
        changes = cast("ProductChanges", changed_values(locked))
        product = profiles.update_product(
            actor=actor, product=product, version=product.version, changes=changes
        )
    photo_changes.carry_out(actor, product, locked.photos)
    history.record(actor=actor, subject=product, action="revision_accepted", business_id=product.business_id)
    return product


@transaction.atomic
def refuse(*, actor: Actor, revision: ProductRevision, reason: str, now: datetime) -> None:
    """Leave the product as it is; the business reads the reason.

    Raises:
        PermissionDenied: the actor is not the office of the product's region.
        AlreadyDecided: it was accepted.
        ValidationError: without a reason.
    """
    if not reason:
        raise ReasonMissing
    locked = _decided(actor, revision, REFUSED, now, reason)
    if locked is not None:
        product = Product.objects.get(pk=locked.product_id)
        history.record(
            actor=actor,
            subject=product,
            action="revision_refused",
            note=reason,
            business_id=product.business_id,
        )


def is_waiting(product: Product) -> bool:
    """True while a change of the product waits for its office."""
    return product.revisions.filter(state=WAITING).exists()


def as_proposed(product: Product) -> Product:
    """Return the product, in memory only, as its business wants it: what waits stands over what is listed.

    Costs one query, and one for each family or unit that changes.
    """
    revision = _waiting(product)
    if revision is None:
        return product
    for name, value in changed_values(revision).items():
        setattr(product, "proposed_tiers" if name == "price_tiers" else name, value)
    return product


def changed_values(revision: ProductRevision) -> dict[str, Any]:
    """Return the changes as values that a product takes: ``profiles.plain_values`` the other way round.

    Costs a query for a family and one for each unit.
    """
    values: dict[str, Any] = dict(revision.changes)
    if values.get("category"):
        values["category"] = Category.objects.get(code=values["category"])
    for name in {"unit", "pack_unit"} & {name for name, code in values.items() if code}:
        values[name] = Unit.objects.get(code=values[name])
    if "price_tiers" in values:
        values["price_tiers"] = {int(quantity): price for quantity, price in values["price_tiers"].items()}
    return values


def photos_as_proposed(product: Product) -> Arrangement:
    """Return the photos of a product as its business wants them. Costs two queries."""
    waiting = _waiting(product)
    return photo_changes.arranged(product, waiting.photos if waiting else {})


@transaction.atomic
def propose_photos(
    *, actor: Actor, product: Product, wanted: Arrangement, now: datetime
) -> ProductRevision | None:
    """Keep for the office how a business wants the photos of a locked product; None when nothing waits."""
    profiles.require_editor(actor, product)
    return _keep(actor, product, {"photos": photo_changes.changes_to(product, wanted)}, now)


def must_wait(actor: Actor, product: Product) -> bool:
    """True for what a business itself changes of a listed product, where its office sees changes first."""
    is_own = actor.business_id is not None and not actor.is_staff
    return is_own and product.status == Product.Status.LISTED and product.business.office.sees_changes_first


def _propose(
    actor: Actor, product: Product, version: int, changes: ProductChanges, now: datetime
) -> ProductRevision | None:
    """Keep what differs from the listed product, together with what already waits."""
    profiles.require_editor(actor, product)
    waiting = _waiting(product)
    wanted = {**(waiting.changes if waiting else {}), **profiles.plain_values(changes)}
    stored = profiles.stored_values(product, wanted)
    wanted = {name: value for name, value in wanted.items() if value != stored[name]}
    if wanted == (waiting.changes if waiting else {}):
        return waiting
    if product.version != version:
        raise StaleVersion
    profiles.check_values(product, changed_values(ProductRevision(changes=wanted)))
    return _keep(actor, product, {"changes": wanted}, now)


def _keep(
    actor: Actor, product: Product, part: dict[str, dict[str, Any]], now: datetime
) -> ProductRevision | None:
    """Put ``changes`` or ``photos`` into what waits of a locked product; without any, nothing waits."""
    revision = _waiting(product) or ProductRevision(product=product, changes={})
    if all(getattr(revision, name) == value for name, value in part.items()):
        return revision if revision.pk else None
    for name, value in part.items():
        setattr(revision, name, value)
    if not revision.changes and not revision.photos:
        ProductRevision.objects.filter(pk=revision.pk).delete()
        return None
    revision.proposed_at = now
    revision.save()
    history.record(
        actor=actor,
        subject=product,
        action="revision_proposed",
        after={"fields": sorted(revision.changes) + ["photos"] * bool(revision.photos)},
        business_id=product.business_id,
    )
    return revision


def _waiting(product: Product) -> ProductRevision | None:
    return product.revisions.filter(state=WAITING).order_by("pk").first()


def _forget(product: Product, names: set[str]) -> None:
    """Take fields that the business has now changed at once out of what still waits of an earlier day."""
    waiting = _waiting(product)
    if waiting is None or not names & waiting.changes.keys():
        return
    waiting.changes = {name: value for name, value in waiting.changes.items() if name not in names}
    if waiting.changes or waiting.photos:
        waiting.save(update_fields=["changes"])
    else:
        waiting.delete()


def _decided(
    actor: Actor, revision: ProductRevision, state: str, now: datetime, reason: str = ""
) -> ProductRevision | None:
    """Decide a waiting revision and return it, locked after its product; None when decided so before."""
    product = Product.objects.select_for_update(of=("self",)).get(pk=revision.product_id)
    locked = ProductRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    is_own = Business.objects.editable_by(actor).filter(pk=product.business_id).exists()
    if not (actor.is_staff and is_own):
        raise PermissionDenied(_("Hanya dinas wilayahnya yang memutuskan perubahan produk."))
    if locked.state == state:
        return None
    if locked.state != WAITING:
        raise AlreadyDecided
    locked.state, locked.reason, locked.decided_at, locked.decided_by_id = state, reason, now, actor.user_id
    locked.clean_fields(exclude={field.name for field in locked._meta.fields} - {"reason"})
    locked.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    return locked
