"""Messages, an office's wording, and its sender address."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from outbox.models import Message, MessageTemplate, SenderAddress
from tests.factories.regions import OfficeFactory

QUEUED_AT = datetime(2018, 3, 20, 3, 0, tzinfo=UTC)


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    office = factory.SubFactory(OfficeFactory)
    channel = Message.Channel.EMAIL
    kind = "inquiry_received"
    to = factory.Sequence(lambda n: f"penerima{n}@contoh.test")
    subject = "Kabar"
    body = "Ada kabar."
    language = "id"
    message_id = factory.Sequence(lambda n: f"<{n}@contoh.test>")
    queued_at = QUEUED_AT
    next_attempt_at = QUEUED_AT


class MessageTemplateFactory(DjangoModelFactory[MessageTemplate]):
    class Meta:
        model = MessageTemplate

    office = factory.SubFactory(OfficeFactory)
    kind = "inquiry_received"
    language = "id"
    subject = "Minat {nomor}"
    body = "Buka {alamat}"


class SenderAddressFactory(DjangoModelFactory[SenderAddress]):
    class Meta:
        model = SenderAddress

    office = factory.SubFactory(OfficeFactory)
    email = "dinas@contoh.test"
