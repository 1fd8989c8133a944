"""Who gets what from every address: one row per URL, one answer per role, as a page and as a fragment.

Roles: A nobody signed in, G officer of the guest office, H officer of the host office, X officer of a third
region, P platform admin, D an officer whose account was disabled. 302 is the sign-in page.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.actors import COMMAND
from products.links import issue_link
from products.models import PersonalLink
from regions.models import OfficeMember
from tests.addresses import Addresses
from tests.factories import (
    OfficeMemberFactory,
    UserFactory,
)
from tests.scenes import ContactScene, make_contact
from tests.test_conventions import patterns

pytestmark = pytest.mark.django_db

ROLES = "AGHXPD"
EVERYBODY = dict.fromkeys(ROLES, 200)
STAFF = {"A": 302, "G": 200, "H": 200, "X": 200, "P": 200, "D": 302}
WITH_OFFICE = STAFF | {"P": 404}
CONTACT = {"A": 302, "G": 200, "H": 200, "X": 404, "P": 200, "D": 302}
OWN_OFFICE = {"A": 302, "G": 200, "H": 404, "X": 404, "P": 404, "D": 302}
OWN_OFFICE_OR_ADMIN = OWN_OFFICE | {"P": 200}
OWN_DELEGATION = {"A": 302, "G": 200, "H": 200, "X": 404, "P": 404, "D": 302}
REVIEWER = OWN_OFFICE | {"P": 403}
GUEST_REGION = {"A": 302, "G": 200, "H": 404, "X": 404, "P": 200, "D": 302}


def everyone(status: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, status)


def post(answers: dict[str, int], allowed: int = 302) -> dict[str, int]:
    """The same roles for an address that only takes POST; ``allowed`` stands where a page would be."""
    return {role: allowed if status == 200 else status for role, status in answers.items()}


# name: (what fills the address, method, status per role)
MATRIX: dict[str, tuple[str, str, dict[str, int]]] = {
    "healthz": ("", "GET", EVERYBODY),
    "readyz": ("", "GET", EVERYBODY),
    "set_language": ("", "POST", everyone(302)),
    "matchmaking:home": ("", "GET", EVERYBODY),
    "matchmaking:contacts": ("", "GET", EVERYBODY),
    "matchmaking:contact_public": ("slug", "GET", EVERYBODY),
    "matchmaking:inquiry_new": ("product", "GET", EVERYBODY),
    "matchmaking:inquiry_to_business": ("business", "GET", EVERYBODY),
    "matchmaking:inquiry_to_need": ("need", "GET", EVERYBODY),
    "matchmaking:inquiry_receipt": ("form_token", "GET", EVERYBODY),
    "matchmaking:inquiry_withdraw": ("form_token", "GET", EVERYBODY),
    "matchmaking:region_options": ("", "GET", EVERYBODY),
    "products:catalogue": ("", "GET", EVERYBODY),
    "products:province_map": ("", "GET", EVERYBODY),
    "products:need_board": ("", "GET", EVERYBODY),
    "products:need_detail": ("need", "GET", EVERYBODY),
    "products:search_save": ("board", "GET", EVERYBODY),
    "products:search_saved": ("", "GET", EVERYBODY),
    "products:search_confirm": ("confirmation", "GET", EVERYBODY),
    "products:subscription": ("subscription", "GET", EVERYBODY),
    "products:product_detail": ("product", "GET", EVERYBODY),
    "products:business_detail": ("business", "GET", EVERYBODY),
    "matchmaking:link_home": ("token", "GET", EVERYBODY),
    "matchmaking:link_inbox": ("token", "GET", EVERYBODY),
    "matchmaking:link_inbox_answer": ("token pair", "POST", everyone(422)),
    "matchmaking:link_digest": ("token", "POST", everyone(302)),
    "matchmaking:digest_stop": ("digest", "GET", EVERYBODY),
    "matchmaking:link_language": ("token", "POST", everyone(302)),
    "matchmaking:link_pair": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_answer": ("token pair", "POST", everyone(422)),
    "matchmaking:link_opened": ("token", "POST", everyone(204)),
    "matchmaking:link_messages": ("token", "POST", everyone(302)),
    "matchmaking:link_inquiries": ("token", "GET", EVERYBODY),
    "matchmaking:link_products": ("token", "GET", EVERYBODY),
    "matchmaking:link_product_edit": ("token product", "GET", EVERYBODY),
    "matchmaking:link_product_new": ("token", "GET", EVERYBODY),
    "matchmaking:link_product_send": ("token product", "GET", EVERYBODY),
    "matchmaking:link_photos": ("token product", "GET", EVERYBODY),
    "matchmaking:link_photo_change": ("token product photo", "POST", everyone(302)),
    "matchmaking:link_photo_file": ("token photo_token", "GET", EVERYBODY),
    "matchmaking:link_need_new": ("token", "GET", EVERYBODY),
    "matchmaking:link_need_edit": ("token need", "GET", EVERYBODY),
    "matchmaking:link_need_withdraw": ("token need", "POST", everyone(302)),
    "matchmaking:link_need_reopen": ("token need", "POST", everyone(302)),
    "matchmaking:link_profile": ("token", "GET", EVERYBODY),
    "matchmaking:link_need_prolong": ("token need", "POST", everyone(302)),
    "matchmaking:link_need_board": ("token", "GET", EVERYBODY),
    "matchmaking:link_board_need": ("token need", "GET", EVERYBODY),
    "matchmaking:link_catalogue_save": ("token", "GET", EVERYBODY),
    "matchmaking:link_search_save": ("token", "GET", EVERYBODY),
    "matchmaking:link_certificates": ("token", "GET", EVERYBODY),
    "matchmaking:link_certificate_new": ("token", "GET", EVERYBODY),
    "matchmaking:link_certificate_edit": ("token certificate", "GET", EVERYBODY),
    "matchmaking:link_certificate_remove": ("token certificate", "POST", everyone(302)),
    "matchmaking:link_evidence": ("token evidence", "GET", EVERYBODY),
    "outbox:messages": ("", "GET", STAFF),
    "outbox:messages_resend": ("", "POST", post(STAFF)),
    "outbox:message_detail": ("message", "GET", OWN_OFFICE_OR_ADMIN),
    "outbox:message_resend": ("message", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "outbox:message_settle": ("message", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "outbox:message_sent_by_hand": ("message", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "outbox:wordings": ("", "GET", WITH_OFFICE),
    "outbox:wording_edit": ("kind language", "GET", WITH_OFFICE),
    "outbox:wording_reset": ("kind language", "POST", post(WITH_OFFICE)),
    "matchmaking:desk": ("", "GET", STAFF),
    "matchmaking:inbox": ("", "GET", STAFF),
    "matchmaking:inbox_task_done": (
        "task",
        "POST",
        {"A": 302, "G": 422, "H": 404, "X": 404, "P": 422, "D": 302},
    ),
    "matchmaking:inbox_digest": ("", "POST", everyone(302)),
    "matchmaking:inquiries": ("", "GET", STAFF),
    "matchmaking:inquiry_detail": ("receipt", "GET", GUEST_REGION),
    "matchmaking:inquiry_close": ("receipt", "POST", post(GUEST_REGION, 422)),
    "matchmaking:invitation_desk": ("slug", "GET", CONTACT),
    "matchmaking:invitations_send": ("slug", "POST", post(CONTACT, 422)),
    "matchmaking:invitation_whatsapp": ("slug business", "POST", post(GUEST_REGION)),
    "matchmaking:call_sheet": ("slug business", "GET", GUEST_REGION),
    "matchmaking:messages_refuse": ("slug business", "POST", post(GUEST_REGION)),
    "matchmaking:answers_lock": ("slug", "POST", post(CONTACT)),
    "matchmaking:contact_new": ("", "GET", STAFF),
    "matchmaking:contact_overview": ("slug", "GET", CONTACT),
    "matchmaking:contact_edit": ("slug", "GET", CONTACT),
    "matchmaking:contact_weights": ("slug", "GET", CONTACT),
    "matchmaking:guest_new": ("slug", "GET", CONTACT),
    "matchmaking:delegations": ("slug", "GET", CONTACT),
    "matchmaking:delegation_catalogue": ("slug delegation", "GET", CONTACT),
    "matchmaking:delegation_import": ("slug", "GET", OWN_DELEGATION),
    "matchmaking:import_template": ("slug", "GET", OWN_DELEGATION),
    "matchmaking:import_preview": ("slug batch", "GET", OWN_OFFICE),
    "matchmaking:import_columns": ("slug batch", "POST", post(OWN_OFFICE)),
    "matchmaking:import_decisions": ("slug batch", "POST", post(OWN_OFFICE, 422)),
    "matchmaking:import_apply": ("slug batch", "POST", post(OWN_OFFICE, 422)),
    "matchmaking:import_give_up": ("slug batch", "POST", post(OWN_OFFICE)),
    "matchmaking:import_undo": ("slug batch", "POST", post(OWN_OFFICE, 409)),
    "matchmaking:curation": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:curation_criteria": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:curation_reviewers": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:applicants_add": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:scoring_start": ("slug delegation", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:applications_reopen": ("slug delegation", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:application_link_issue": ("slug delegation", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:application_link_revoke": (
        "slug delegation application_link",
        "POST",
        post(OWN_OFFICE_OR_ADMIN),
    ),
    "matchmaking:application_join": ("slug delegation application", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:score_sheets": ("slug delegation", "GET", REVIEWER),
    "matchmaking:score_sheet": ("slug delegation application", "GET", REVIEWER),
    "matchmaking:scoring_finish": ("slug delegation", "POST", post(REVIEWER)),
    "matchmaking:conflict_declare": ("slug delegation application", "POST", post(REVIEWER, 422)),
    "matchmaking:curation_ranking": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:curation_decide": ("slug delegation", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:curation_protocol": ("slug delegation", "GET", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:application_withdraw": ("slug delegation application", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:application_amend": ("slug delegation application", "GET", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:applicant_admit": ("slug delegation", "GET", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:application_new": ("public_token", "GET", EVERYBODY),
    "matchmaking:application_receipt": ("application_token", "GET", EVERYBODY),
    "matchmaking:link_applications": ("token", "GET", EVERYBODY),
    "matchmaking:link_apply": ("token curation", "POST", everyone(302)),
    "matchmaking:link_withdraw": ("token own_application", "GET", EVERYBODY),
    "matchmaking:participant_add": ("slug delegation", "POST", post(OWN_OFFICE_OR_ADMIN, 422)),
    "matchmaking:participant_remove": ("slug delegation business", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:contact_needs": ("slug", "GET", CONTACT),
    "matchmaking:need_by_phone": ("slug", "GET", OWN_DELEGATION),
    "matchmaking:interest_board": ("slug", "GET", CONTACT),
    "matchmaking:pair_detail": ("slug pair", "GET", CONTACT),
    "matchmaking:pair_answer": ("slug pair business", "POST", post(CONTACT, 403) | {"G": 422}),
    "matchmaking:pair_path": ("slug pair", "GET", CONTACT),
    "matchmaking:pair_close": ("slug pair", "GET", CONTACT),
    "matchmaking:pair_reopen": ("slug pair", "POST", post(CONTACT, 422)),
    "matchmaking:pair_file": ("slug pair deal_file", "GET", CONTACT),
    "matchmaking:sample_new": ("slug pair", "GET", CONTACT),
    "matchmaking:sample_report": ("slug pair sample", "POST", post(CONTACT, 422)),
    "matchmaking:sample_judge": ("slug pair sample", "GET", CONTACT),
    "matchmaking:quote_request_new": ("slug pair", "GET", CONTACT),
    "matchmaking:quote_request": ("slug pair asked", "GET", CONTACT),
    "matchmaking:quote_request_close": ("slug pair asked", "POST", post(CONTACT) | {"G": 403}),
    "matchmaking:pair_money": ("slug pair", "GET", CONTACT),
    "matchmaking:commitment_new": ("slug pair", "GET", CONTACT),
    "matchmaking:consignment_new": ("slug pair", "GET", CONTACT),
    "matchmaking:consignment_settle": ("slug pair consignment", "GET", CONTACT),
    "matchmaking:commitment_answer": ("slug pair deal", "GET", post(CONTACT, 403)),
    "matchmaking:commitment_withdraw": ("slug pair deal", "GET", CONTACT | {"H": 403}),
    "matchmaking:commitment_ask": ("slug pair deal", "GET", CONTACT | {"G": 403, "P": 403}),
    "matchmaking:commitment_ask_revoke": ("slug pair deal", "POST", post(CONTACT) | {"G": 403, "P": 403}),
    "matchmaking:link_pair_money": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_commitment_new": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_consignment_new": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_consignment_settle": ("token pair consignment", "GET", EVERYBODY),
    "matchmaking:link_commitment_answer": ("token pair deal", "GET", EVERYBODY),
    "matchmaking:link_commitment_withdraw": ("token pair deal", "GET", everyone(403)),
    "matchmaking:link_commitment_ask": ("token pair deal", "GET", everyone(403)),
    "matchmaking:ask": ("ask_token", "GET", EVERYBODY),
    "matchmaking:ask_language": ("ask_token", "POST", everyone(302)),
    "matchmaking:link_pair_path": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_follow_up": ("token pair follow_up", "GET", EVERYBODY),
    "matchmaking:link_pair_close": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_pair_reopen": ("token pair", "POST", everyone(422)),
    "matchmaking:link_pair_file": ("token pair deal_file", "GET", EVERYBODY),
    "matchmaking:link_sample_new": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_sample_report": ("token pair sample", "POST", everyone(422)),
    "matchmaking:link_sample_judge": ("token pair sample", "GET", EVERYBODY),
    "matchmaking:link_quote_request_new": ("token pair", "GET", EVERYBODY),
    "matchmaking:link_quote_request": ("token pair asked", "GET", EVERYBODY),
    "matchmaking:link_quote_request_close": ("token pair asked", "POST", everyone(403)),
    "matchmaking:follow_ups": ("", "GET", STAFF),
    "matchmaking:follow_up": ("follow_up", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:follow_up_whatsapp": ("follow_up", "POST", post(OWN_OFFICE_OR_ADMIN)),
    "matchmaking:return_visit_new": ("slug", "GET", CONTACT),
    "matchmaking:office_tasks": ("", "GET", STAFF),
    "matchmaking:office_task": ("task", "GET", OWN_OFFICE_OR_ADMIN),
    "matchmaking:proposals": ("slug", "GET", CONTACT),
    "matchmaking:proposals_request": ("slug", "POST", post(CONTACT)),
    "matchmaking:proposals_progress": ("slug", "GET", CONTACT),
    "matchmaking:proposal_why_not": ("slug", "GET", CONTACT),
    "matchmaking:runs": ("slug", "GET", CONTACT),
    "matchmaking:run_detail": ("slug run", "GET", CONTACT),
    "matchmaking:run_cancel": ("slug run", "POST", post(CONTACT)),
    "matchmaking:pair_add": ("slug", "GET", CONTACT),
    "matchmaking:pair_lock": ("slug pair", "POST", post(CONTACT)),
    "matchmaking:pair_unlock": ("slug pair", "POST", post(CONTACT)),
    "matchmaking:pair_hide": ("slug pair", "POST", post(CONTACT, 422)),
    "matchmaking:pair_unhide": ("slug pair", "POST", post(CONTACT)),
    "reports:overview": ("", "GET", STAFF),
    "reports:ledger": ("", "GET", STAFF),
    "reports:ledger_rows": ("", "GET", STAFF),
    "reports:ledger_export": ("extension", "POST", post(STAFF, 409)),
    "reports:funnel": ("", "GET", STAFF),
    "reports:funnel_rows": ("", "GET", STAFF),
    "reports:funnel_export": ("extension", "POST", post(STAFF, 409)),
    "reports:balance": ("", "GET", STAFF),
    "reports:balance_export": ("extension", "POST", post(STAFF, 409)),
    "reports:equity": ("", "GET", STAFF),
    "reports:equity_rows": ("", "GET", STAFF),
    "reports:equity_export": ("extension", "POST", post(STAFF, 409)),
    "reports:council": ("slug", "GET", CONTACT),
    "reports:council_export": ("slug extension", "POST", post(CONTACT, 409)),
    "products:businesses": ("", "GET", STAFF),
    "products:businesses_export": ("", "POST", STAFF),
    "products:queue_export": ("", "POST", STAFF),
    "products:complements_export": ("", "POST", STAFF),
    "matchmaking:delegation_export": ("slug", "POST", CONTACT),
    "matchmaking:needs_export": ("slug", "POST", CONTACT),
    "matchmaking:interest_export": ("slug", "POST", CONTACT),
    "matchmaking:proposals_export": ("slug", "POST", CONTACT),
    "matchmaking:runs_export": ("slug", "POST", CONTACT),
    "matchmaking:inquiries_export": ("", "POST", STAFF),
    "products:listing_queue": ("", "GET", STAFF),
    "products:listing_rule": ("", "POST", post(STAFF) | {"P": 403}),
    "products:product_review": ("business product", "GET", GUEST_REGION),
    "products:revision_review": ("revision", "GET", GUEST_REGION),
    "products:business_manage": ("business", "GET", GUEST_REGION),
    "products:business_edit": ("business", "GET", GUEST_REGION),
    "products:product_edit": ("business product", "GET", GUEST_REGION),
    "products:product_new": ("business", "GET", GUEST_REGION),
    "products:product_photos": ("business product", "GET", GUEST_REGION),
    "products:photo_change": ("business product photo", "POST", post(GUEST_REGION)),
    "products:photo_file": ("photo_token width", "GET", GUEST_REGION | {"A": 404, "D": 404}),
    "products:need_edit": ("business need", "GET", GUEST_REGION),
    "products:need_withdraw": ("business need", "POST", post(GUEST_REGION)),
    "products:need_reopen": ("business need", "POST", post(GUEST_REGION)),
    "products:need_prolong": ("business need", "POST", post(GUEST_REGION)),
    "matchmaking:supply_new": ("need", "GET", STAFF),
    "matchmaking:supply_offers": ("", "GET", STAFF),
    "matchmaking:supply_offer_detail": ("offer", "GET", CONTACT),
    "matchmaking:supply_offer_close": ("offer", "POST", post(CONTACT, 422)),
    "products:certificates": ("", "GET", STAFF),
    "products:business_certificates": ("business", "GET", GUEST_REGION),
    "products:certificate_new": ("business", "GET", GUEST_REGION),
    "products:certificate_edit": ("business certificate", "GET", GUEST_REGION),
    "products:certificate_check": ("business certificate", "GET", GUEST_REGION),
    "products:certificate_uncheck": ("business certificate", "POST", post(GUEST_REGION, 422)),
    "products:certificate_remove": ("business certificate", "POST", post(GUEST_REGION)),
    "products:production": ("business", "GET", GUEST_REGION),
    "products:production_revoke": ("business", "POST", post(GUEST_REGION, 422)),
    "products:evidence_file": ("evidence", "GET", GUEST_REGION),
    "products:complements": ("", "GET", STAFF),
    "products:complement_new": ("", "GET", STAFF),
    "products:complement_edit": ("complement", "GET", STAFF),
    "products:complement_remove": ("complement", "POST", post(STAFF)),
    "products:complement_restore": ("complement", "POST", post(STAFF)),
    "products:synonyms": ("", "GET", STAFF),
    "products:synonyms_new": ("", "GET", STAFF),
    "products:synonyms_edit": ("synonyms", "GET", STAFF),
    "products:synonyms_remove": ("synonyms", "POST", post(STAFF)),
    "products:synonyms_restore": ("synonyms", "POST", post(STAFF)),
    "products:link_issue": ("business", "POST", GUEST_REGION),
    "products:link_revoke": ("link", "POST", post(GUEST_REGION)),
}


# Where a fragment is answered otherwise than a page: the card that changed, the page to load anew.
FRAGMENT = {"matchmaking:pair_lock": 200, "matchmaking:pair_unlock": 200}
PAGE = {"matchmaking:proposals_progress": 302}


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def addresses(scene: ContactScene) -> Addresses:
    return Addresses(scene)


@pytest.fixture
def sign_in(scene: ContactScene, client: Client) -> Callable[[str], Client]:
    """Return a client signed in as a role."""

    def client_of(role: str) -> Client:
        members: dict[str, OfficeMember] = {"G": scene.guest, "H": scene.host, "X": scene.stranger}
        if role in members:
            client.force_login(members[role].user)
        elif role == "P":
            client.force_login(UserFactory(is_superuser=True))
        elif role == "D":
            disabled = OfficeMemberFactory()
            client.force_login(disabled.user)
            type(disabled.user).objects.filter(pk=disabled.user_id).update(is_active=False)
        return client

    return client_of


def test_every_address_has_its_row() -> None:
    ours = {
        name for name, _ in patterns(get_resolver()) if not name.startswith(("admin:", "account_", "mfa_"))
    }

    assert ours == set(MATRIX)


@pytest.mark.parametrize("fragment", [False, True], ids=["page", "fragment"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MATRIX)
def test_role_gets(
    name: str,
    role: str,
    fragment: bool,  # noqa: FBT001 - a value of this test's table
    addresses: Addresses,
    sign_in: Callable[[str], Client],
) -> None:
    filled, method, answers = MATRIX[name]
    path = reverse(name, args=[addresses[key] for key in filled.split()])
    headers = {"HX-Request": "true"} if fragment else {}

    response = getattr(sign_in(role), method.lower())(path, headers=headers)

    allowed = (FRAGMENT if fragment else PAGE).get(name)
    expected = allowed if allowed and role in "GHP" else answers[role]
    assert response.status_code == expected
    if role in "AD" and answers[role] == 302 and answers["G"] != 302:
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_link_opens_nothing_of_another_business(
    scene: ContactScene, addresses: Addresses, client: Client
) -> None:
    _, token = issue_link(actor=COMMAND, business=scene.host_business, now=datetime.now(UTC))
    own = addresses["pair"]
    third = scene.make_pair()  # a pair of two other businesses
    foreign = [
        reverse("matchmaking:link_product_edit", args=[token, addresses["product"]]),
        reverse("matchmaking:link_photos", args=[token, addresses["product"]]),
        reverse("matchmaking:link_photo_file", args=[token, addresses["photo_token"]]),
        reverse("matchmaking:link_need_edit", args=[token, addresses["need"]]),
        reverse("matchmaking:link_pair", args=[token, third.pk]),
        reverse("matchmaking:link_pair_path", args=[token, third.pk]),
        reverse("matchmaking:link_pair_file", args=[token, third.pk, addresses["deal_file"]]),
        reverse("matchmaking:link_pair_money", args=[token, third.pk]),
        reverse("matchmaking:link_commitment_answer", args=[token, third.pk, addresses["deal"]]),
        reverse("matchmaking:link_sample_judge", args=[token, third.pk, addresses["sample"]]),
        reverse("matchmaking:link_quote_request", args=[token, third.pk, addresses["asked"]]),
        reverse("matchmaking:link_certificate_edit", args=[token, addresses["certificate"]]),
        reverse("matchmaking:link_evidence", args=[token, addresses["evidence"]]),
    ]

    assert {client.get(path).status_code for path in foreign} == {404}
    assert client.get(reverse("matchmaking:link_pair", args=[token, own])).status_code == 200


def test_a_revoked_link_opens_nothing(addresses: Addresses, client: Client) -> None:
    assert addresses["token"]
    PersonalLink.objects.update(revoked_at=datetime.now(UTC))

    names = {name for name, (filled, *_) in MATRIX.items() if "token" in filled.split()}
    names.remove("matchmaking:link_language")  # leads back to the page that says so
    answers = {
        getattr(client, MATRIX[name][1].lower())(
            reverse(name, args=[addresses[key] for key in MATRIX[name][0].split()])
        ).status_code
        for name in names
    }

    assert answers == {410}
