"""History lines say who did what, for whom, through what."""

import pytest

from accounts.actors import Actor, Via
from accounts.history import entries_of, record
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_line_keeps_actor_values_and_subject() -> None:
    office, user = OfficeFactory(), UserFactory()
    actor = Actor(via=Via.ACCOUNT, user_id=user.pk, office_id=office.pk)

    entry = record(actor=actor, subject=office, action="renamed", before="A", after="B", note="salah tulis")

    assert list(entries_of(office)) == [entry]
    assert (
        entry.subject_kind,
        entry.action,
        entry.before,
        entry.after,
        entry.note,
        entry.user,
        entry.via,
    ) == (
        "regions.office",
        "renamed",
        "A",
        "B",
        "salah tulis",
        user,
        "account",
    )


def test_history_of_another_row_is_not_shown() -> None:
    office, other = OfficeFactory(), OfficeFactory()
    record(actor=Actor(via=Via.COMMAND), subject=other, action="opened")

    assert list(entries_of(office)) == []


def test_an_officer_acting_for_a_business_names_the_business() -> None:
    office = OfficeFactory()

    entry = record(
        actor=Actor(via=Via.ACCOUNT, office_id=office.pk), subject=office, action="x", business_id=7
    )

    assert (entry.office_id, entry.business_id) == (office.pk, 7)
