"""What an officer may ask of the list of messages; a value nobody knows filters nothing."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from outbox.models import Message
from outbox.templates import TEMPLATES


class MessageFilter(django_filters.FilterSet):
    """State, kind, channel, and a word of recipient or subject."""

    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"), field_name="state", choices=Message.State.choices, empty_label=_("Semua")
    )
    jenis = django_filters.ChoiceFilter(
        label=_("Jenis"),
        field_name="kind",
        choices=[(kind, texts.title) for kind, texts in TEMPLATES.items()],
        empty_label=_("Semua"),
    )
    saluran = django_filters.ChoiceFilter(
        label=_("Saluran"), field_name="channel", choices=Message.Channel.choices, empty_label=_("Semua")
    )
    q = django_filters.CharFilter(label=_("Cari penerima atau judul"), method="find", max_length=100)

    class Meta:
        model = Message
        fields: list[str] = []

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(to__icontains=value) | Q(subject__icontains=value))
