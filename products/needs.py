"""Needs: what a business looks for, stated by itself or noted by an officer on the phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from accounts.models import Consent
from products import taxonomy
from products.models import Business, Category, Need, Unit
from products.need_line import Reading, read_line
from products.search import families_of
from products.taxonomy import LINES_OF_BUSINESS
from regions.models import Office, Province, Region
from regions.places import areas_by_name

CONSENT_WORDING = "telepon-1"  # version of the sentence beside the checkbox of the phone form


@dataclass(frozen=True, kw_only=True)
class NeedFacts:
    """What is written down about a need. ``None`` means unknown; prices are whole rupiah for one unit.

    Suppliers must be from ``area_province`` or from ``area_region``; from anywhere when neither is given.
    """

    category: Category
    text: str
    quantity: int | None = None
    frequency: str = Need.Frequency.MONTHLY
    unit: Unit | None = None
    price_ceiling_rupiah: int | None = None
    certificates_required: tuple[str, ...] = ()
    area_province: Province | None = None
    area_region: Region | None = None
    wanted_from: date | None = None
    open_until: date | None = None

    def columns(self) -> dict[str, object]:
        """Return the values by the fields of ``Need``."""
        return {**self.__dict__, "certificates_required": sorted(self.certificates_required)}


@dataclass(frozen=True)
class HeardNeed:
    """What one line says, with the rows that its words name."""

    reading: Reading
    category: Category | None
    unit: Unit | None


@transaction.atomic
def record_need(
    *, actor: Actor, business: Business, source: Need.Source, facts: NeedFacts, has_consent: bool = False
) -> tuple[Need, bool]:
    """Add a need of ``business``; return it, and whether it is new.

    ``has_consent`` says that the person agreed to be contacted about it, and writes that down. A
    need with the same facts in every field is the same need: the first one is returned.

    Raises:
        PermissionDenied: the actor may not change this business.
        ValidationError: a need by phone without consent, or a rule of ``Need`` is broken.
    """
    owner = Business.objects.editable_by(actor).select_for_update(of=("self",)).filter(pk=business.pk).first()
    if owner is None:
        raise PermissionDenied(_("Kebutuhan dicatat oleh usahanya sendiri atau dinas wilayahnya."))
    if source == Need.Source.PHONE and not has_consent:
        raise ValidationError({"has_consent": _("Tanyakan persetujuannya lebih dahulu, lalu beri tanda.")})
    standing = Need.objects.filter(business=owner, withdrawn_at=None, **facts.columns())
    existing = standing.order_by("pk").first()
    if existing is not None:
        return existing, False
    consent = _noted_consent(actor) if has_consent else None
    need = Need(
        business=owner, source=source, consent=consent, recorded_by_id=actor.user_id, **facts.columns()
    )
    need.full_clean(exclude=["business", "consent", "recorded_by"])
    need.save()
    history.record(
        actor=actor, subject=need, action="recorded", after={"text": need.text}, business_id=owner.pk
    )
    return need, True


def read_needs(lines: Sequence[str], today: date) -> list[HeardNeed]:
    """Return what each line says, by the taxonomy, units and places of the database. Costs four queries."""
    goods = Category.objects.exclude(code=LINES_OF_BUSINESS).exclude(parent__code=LINES_OF_BUSINESS)
    categories = {category.code: category for category in goods.order_by("position", "pk")}
    units = {unit.code: unit for unit in Unit.objects.order_by("code")}
    families = families_of(list(categories.values()))
    spellings = [
        taxonomy.Unit(unit.code, unit.label_id, unit.label_en, tuple(unit.synonyms))
        for unit in units.values()
    ]
    areas = areas_by_name()
    readings = [
        read_line(line, families=families, units=spellings, today=today, areas=areas) for line in lines
    ]
    return [
        HeardNeed(reading, categories.get(reading.category or ""), units.get(reading.unit or ""))
        for reading in readings
    ]


@transaction.atomic
def register_business(
    *, actor: Actor, office: Office, name: str, phone: str, district: str
) -> tuple[Business, bool]:
    """Write down a business that the office hears of for the first time; return it, and whether it is new.

    The same name with the same number is the same business, so pressing twice makes one.

    Raises:
        PermissionDenied: the actor works for another office.
        ValidationError: the number or the name stands in the office's list for another business.
    """
    if not (actor.is_admin or actor.office_id == office.pk):
        raise PermissionDenied(_("Pelaku usaha dicatat oleh dinas wilayahnya."))
    Office.objects.select_for_update().get(pk=office.pk)  # one writer per office's list
    listed = _listed_business(office, name, phone)
    if listed is not None:
        return listed, False
    business = Business(office=office, region_id=office.region_id, name=name, phone=phone, district=district)
    business.full_clean(exclude=["office", "region"])
    business.save()
    history.record(actor=actor, subject=business, action="registered", business_id=business.pk)
    return business, True


def _listed_business(office: Office, name: str, phone: str) -> Business | None:
    """Return the business with this name and number; refuse one that has only half of both."""
    known = Business.objects.filter(office=office).order_by("pk")
    by_phone = known.filter(phone=phone).first()
    if by_phone is not None and by_phone.name.casefold() != name.casefold():
        message = _("Nomor ini sudah tercatat untuk %(name)s. Pilih usaha itu, atau periksa nomornya.")
        raise ValidationError({"phone": message % {"name": by_phone.name}})
    if by_phone is None and known.filter(name__iexact=name).exists():
        message = _("Nama ini sudah tercatat. Pilih usaha itu, atau tulis nama yang membedakannya.")
        raise ValidationError({"name": message})
    return by_phone


def _noted_consent(actor: Actor) -> Consent:
    return Consent.objects.create(
        purpose=Consent.Purpose.CONTACT,
        wording_version=CONSENT_WORDING,
        via=actor.via,
        recorded_by_id=actor.user_id,
    )
