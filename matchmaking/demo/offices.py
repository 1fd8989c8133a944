"""The demonstration's offices and the people who may sign in. The accounts exist nowhere else."""

from dataclasses import dataclass

from accounts.actors import Actor, Via
from accounts.models import User
from regions.models import Office, OfficeMember, Region

BANDUNG, SURAKARTA, SEMARANG = "32.04", "33.72", "33.74"
PASSWORD = "kontak-dagang-2018"  # noqa: S105 - printed by make run; a database with other rows is refused


@dataclass(frozen=True)
class SignIn:
    """An account with its role in English; ``region`` is the code of the office's region, if any."""

    role: str
    email: str
    name: str
    region: str = ""
    is_head: bool = False


OFFICES = {
    BANDUNG: ("Dinas Koperasi dan UKM Kabupaten Bandung", "Soreang, Kabupaten Bandung"),
    SURAKARTA: ("Dinas Koperasi, UKM dan Perindustrian Kota Surakarta", "Jebres, Kota Surakarta"),
    SEMARANG: ("Dinas Koperasi dan Usaha Mikro Kota Semarang", "Semarang Tengah, Kota Semarang"),
}
SIGN_INS = (
    SignIn("officer of Kabupaten Bandung", "petugas@bandung.contoh.test", "Rani Peraga", BANDUNG),
    SignIn("its head of office", "kepala@bandung.contoh.test", "Dadan Peraga", BANDUNG, is_head=True),
    SignIn("officer of Kota Surakarta", "petugas@surakarta.contoh.test", "Sekar Peraga", SURAKARTA),
    SignIn("officer of Kota Semarang", "petugas@semarang.contoh.test", "Bima Peraga", SEMARANG),
    SignIn("platform admin", "admin@contoh.test", "Admin Peraga"),
)


@dataclass(frozen=True)
class Desk:
    """One office with the officer who does its part of the demonstration."""

    office: Office
    officer: Actor


def open_offices() -> dict[str, Desk]:
    """Create the offices and the accounts; return the desks by their region's code."""
    regions = {region.code: region for region in Region.objects.filter(code__in=OFFICES)}
    offices = {
        code: Office.objects.create(region=regions[code], name=name, address=address)
        for code, (name, address) in OFFICES.items()
    }
    desks: dict[str, Desk] = {}
    for sign_in in SIGN_INS:
        if not sign_in.region:
            User.objects.create_superuser(sign_in.email, PASSWORD, name=sign_in.name)
            continue
        desk = Desk(offices[sign_in.region], _hire(sign_in, offices[sign_in.region]))
        desks.setdefault(sign_in.region, desk)  # the first one named does the office's part
    return desks


def _hire(sign_in: SignIn, office: Office) -> Actor:
    """Create an account that works for an office, and return it as the one who acts."""
    user = User.objects.create_user(sign_in.email, PASSWORD, name=sign_in.name)
    role = OfficeMember.Role.HEAD if sign_in.is_head else OfficeMember.Role.OFFICER
    OfficeMember.objects.create(user=user, office=office, role=role)
    return Actor(via=Via.ACCOUNT, user_id=user.pk, office_id=office.pk, region_id=office.region_id)
