"""The hidden token of a public form: it makes pressing twice one sending, and tells people from bots.

A token is made when a form is opened, for one subject such as a product, and signed. Nothing is stored
until the form is sent.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

SALT = "public-form"
YOUNGEST = timedelta(seconds=3)  # nobody fills a form in faster
OLDEST = timedelta(hours=24)


@dataclass(frozen=True)
class FormToken:
    """A token that this portal made for this form."""

    value: uuid.UUID
    age: timedelta


def new_token(subject: str, now: datetime) -> str:
    """Return the signed token of a form that is opened now.

    ``subject`` names what the form is about, such as ``product 7``.
    """
    made = {"form": str(uuid.uuid4()), "subject": subject, "at": now.timestamp()}
    return signing.dumps(made, salt=SALT)


def read_token(text: str, subject: str, now: datetime) -> FormToken | None:
    """Return the token, or None when it is forged, of another subject's form, or older than a day."""
    try:
        made = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    age = timedelta(seconds=now.timestamp() - made["at"])
    if made["subject"] != subject or age > OLDEST:
        return None
    return FormToken(uuid.UUID(made["form"]), age)
