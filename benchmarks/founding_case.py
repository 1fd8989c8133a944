"""The founding case as rows: the delegation of Kabupaten Bandung and the needs of Kota Surakarta."""

from datetime import date
from pathlib import Path

from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking.contacts import ContactFacts, open_trade_contact
from matchmaking.delegation_import import import_list
from matchmaking.models import TradeContact
from products import importing
from regions.models import Office, Region

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
LISTS = {"32.04": "delegasi-kab-bandung.xlsx", "33.72": "kebutuhan-kota-surakarta.xlsx"}
DAY = date(2018, 3, 22)


def make_founding_case() -> TradeContact:
    """Open the trade contact of 22 March 2018 and import both lists, as officers do on their pages.

    Needs the reference data. Duplicates are decided the way the portal suggests.
    """
    guest, host = (_office(code) for code in LISTS)
    facts = ContactFacts(
        title="Kontak dagang Kabupaten Bandung – Kota Surakarta",
        starts_on=DAY,
        ends_on=DAY,
        place="Kota Surakarta",
        summary="",
        commodities=(),
        businesses_per_delegation=35,
        pairs_per_business=8,
    )
    contact, _is_new = open_trade_contact(actor=COMMAND, guest_office=guest, host_office=host, facts=facts)
    for delegation in contact.delegations.select_related("office").order_by("pk"):
        path = SAMPLES / LISTS[delegation.office.region.code]
        now, today = timezone.now(), timezone.localdate()
        batch = importing.upload(
            actor=COMMAND,
            office=delegation.office,
            file_name=path.name,
            content=path.read_bytes(),
            today=today,
        )
        import_list(actor=COMMAND, batch=batch, delegation=delegation, now=now, today=today)
    return contact


def _office(code: str) -> Office:
    region = Region.objects.get(code=code)
    office, _is_new = Office.objects.get_or_create(
        region=region, defaults={"name": f"Dinas Koperasi dan UKM {region.name}"}
    )
    return office
