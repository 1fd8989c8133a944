"""The actor: who acts, for whom, and through what. A value, made once per request or command."""

from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    """The door an act came through; stored with every history line."""

    ACCOUNT = "account"
    LINK = "link"
    PUBLIC_FORM = "public_form"
    COMMAND = "command"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts.

    An officer has a user and an office with its region; the holder of a personal link has a
    business, and the one trade contact that the link opens where it was made for one; an admin may act
    for every office; nobody else has any of these.
    """

    via: Via
    user_id: int | None = None
    office_id: int | None = None
    region_id: int | None = None
    business_id: int | None = None
    trade_contact_id: int | None = None
    is_admin: bool = False

    @property
    def is_officer(self) -> bool:
        return self.office_id is not None

    @property
    def is_staff(self) -> bool:
        """True for people who work with the portal itself: officers and platform admins."""
        return self.is_officer or self.is_admin


ANONYMOUS = Actor(via=Via.PUBLIC_FORM)
COMMAND = Actor(via=Via.COMMAND, is_admin=True)
