"""Every rule that the database keeps is broken here once, and the database refuses it by name."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts.actors import COMMAND
from accounts.history import record
from matchmaking.models import Application, Interest, Pair
from products.models import Category
from tests.factories import (
    AddendumFactory,
    ApplicationFactory,
    ApplicationLinkFactory,
    BusinessFactory,
    CategoryFactory,
    CertificateFactory,
    ComplementFactory,
    ConflictFactory,
    ConsentFactory,
    CriterionFactory,
    CurationFactory,
    CurationScoreFactory,
    DelegationFactory,
    DigestSettingFactory,
    EvidenceFactory,
    ImportBatchFactory,
    InquiryFactory,
    InterestFactory,
    InvitationFactory,
    LinkUseFactory,
    MessageFactory,
    MessageTemplateFactory,
    NeedFactory,
    OfficeFactory,
    OfficeMemberFactory,
    PairFactory,
    ParticipationFactory,
    PersonalLinkFactory,
    PhotoFactory,
    PriceTierFactory,
    ProductFactory,
    ProductionProofFactory,
    ProposalRunFactory,
    ProvinceFactory,
    RegionFactory,
    ReviewerFactory,
    RevisionFactory,
    SavedSearchFactory,
    SendingCountFactory,
    SubscriberFactory,
    SupplyOfferFactory,
    SynonymFactory,
    TradeContactFactory,
    UnitFactory,
    UserFactory,
)
from tests.followup_refusals import FOLLOW_UP_REFUSALS
from tests.money_refusals import MONEY_REFUSALS
from tests.path_refusals import PATH_REFUSALS
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db


LATER = datetime(2018, 4, 1, tzinfo=UTC)


def twice(factory: Callable, **values: object) -> None:
    factory(**values)
    factory(**values)


def saved_by_one_press() -> None:
    """Two questions of one address."""
    press = {"subscriber": SubscriberFactory(), "form_token": uuid.UUID(int=1)}
    SavedSearchFactory(**press)
    SavedSearchFactory(**press, query="q=kotak")


def two_first_photos() -> None:
    """The rule is looked at when the transaction ends, so that photos can change places."""
    twice(PhotoFactory, product=ProductFactory())
    connection.check_constraints()


def pair_in_wrong_order() -> None:
    first, second = BusinessFactory(), BusinessFactory()
    PairFactory(business_a=second, business_b=first)


def pair_with_itself() -> None:
    business = BusinessFactory()
    PairFactory(business_a=business, business_b=business)


def pair_inside_one_region() -> None:
    office = OfficeFactory()
    PairFactory(business_a=BusinessFactory(office=office), business_b=BusinessFactory(office=office))


def pair_moved_into_one_region() -> None:
    pair = PairFactory()
    neighbour = BusinessFactory(office=pair.business_a.office)
    Pair.objects.filter(pk=pair.pk).update(business_b=neighbour)


def pair_twice_in_one_contact() -> None:
    pair = PairFactory()
    PairFactory(trade_contact=pair.trade_contact, business_a=pair.business_a, business_b=pair.business_b)


def category_its_own_parent() -> None:
    category = CategoryFactory()
    Category.objects.filter(pk=category.pk).update(parent=category)


def complement_with_itself() -> None:
    family = CategoryFactory()
    ComplementFactory(buyer=family, supplier=family)


def history_changed() -> None:
    entry = record(actor=COMMAND, subject=OfficeFactory(), action="opened")
    entry.action = "closed"
    entry.save()


def history_entry_through_unknown_door() -> None:
    entry = record(actor=COMMAND, subject=OfficeFactory(), action="opened")
    entry.pk, entry.via = None, "telepati"
    entry.save()


def certificate_twice() -> None:
    twice(CertificateFactory, business=BusinessFactory())


def imported_row_twice() -> None:
    batch = ImportBatchFactory()
    for _ in range(2):
        batch.rows.create(kind="products.business", row_id=1, version=1)


def second_host() -> None:
    contact = TradeContactFactory()
    twice(DelegationFactory, trade_contact=contact, role="host")


def packed(**wrong: object) -> None:
    facts = {"unit": UnitFactory(code="dus"), "pack_content": 12, "pack_unit": UnitFactory(code="bungkus")}
    ProductFactory(**(facts | wrong))


def pack_of_its_own_unit() -> None:
    unit = UnitFactory(code="dus")
    packed(unit=unit, pack_unit=unit)


def conflict_twice() -> None:
    conflict = ConflictFactory()
    ConflictFactory(application=conflict.application, reviewer=conflict.reviewer)


def score_twice() -> None:
    score = CurationScoreFactory()
    CurationScoreFactory(application=score.application, reviewer=score.reviewer, criterion=score.criterion)


def score_after_the_decision() -> None:
    curation = CurationFactory(state="decided", decided_at=LATER)
    CurationScoreFactory(application__curation=curation)


def decision_changed() -> None:
    application = ApplicationFactory(state="chosen", decision="chosen", reason="Nilai tertinggi")
    Application.objects.filter(pk=application.pk).update(reason="Alasan lain")


def facts_changed() -> None:
    application = ApplicationFactory(state="chosen", decision="chosen", reason="Nilai tertinggi")
    Application.objects.filter(pk=application.pk).update(decided_facts={"went_to": []})


REFUSALS: list[tuple[str, Callable[[], object]]] = [
    ("user_email_unique", lambda: twice(UserFactory, email="sama@contoh.test")),
    ("user_email_lower_case", lambda: UserFactory(email="Besar@contoh.test")),
    ("consent_purpose_known", lambda: ConsentFactory(purpose="apa saja")),
    ("consent_via_known", lambda: ConsentFactory(via="telepati")),
    ("consent_append_only", lambda: ConsentFactory().delete()),
    ("sending_count_network_unique", lambda: twice(SendingCountFactory)),
    ("sending_count_positive", lambda: SendingCountFactory(count=0)),
    ("history_via_known", history_entry_through_unknown_door),
    ("history_append_only", history_changed),
    ("history_append_only", lambda: record(actor=COMMAND, subject=OfficeFactory(), action="opened").delete()),
    ("province_code_unique", lambda: [ProvinceFactory(code="98").__class__(code="98").save()]),
    ("province_latitude_in_range", lambda: ProvinceFactory(code="98", latitude=91)),
    ("province_longitude_in_range", lambda: ProvinceFactory(code="98", longitude=-181)),
    ("region_code_unique", lambda: twice(RegionFactory, code="98.01")),
    ("region_kind_known", lambda: RegionFactory(kind="negara")),
    ("region_latitude_in_range", lambda: RegionFactory(latitude=-91)),
    ("region_longitude_in_range", lambda: RegionFactory(longitude=181)),
    ("office_region_unique", lambda: twice(OfficeFactory, region=RegionFactory())),
    ("office_member_user_unique", lambda: twice(OfficeMemberFactory, user=UserFactory())),
    ("office_member_role_known", lambda: OfficeMemberFactory(role="tamu")),
    ("unit_code_unique", lambda: [UnitFactory(code="x").__class__(code="x", dimension="count").save()]),
    ("unit_factor_positive", lambda: UnitFactory(code="x", factor=0)),
    ("category_code_unique", lambda: twice(CategoryFactory, code="sama")),
    ("category_not_its_own_parent", category_its_own_parent),
    (
        "complement_pair_unique",
        lambda: twice(ComplementFactory, buyer=None, supplier=CategoryFactory()),
    ),
    ("complement_weight_in_range", lambda: ComplementFactory(weight=1.2)),
    ("complement_role_known", lambda: ComplementFactory(role="hiasan")),
    ("complement_two_categories", complement_with_itself),
    ("search_synonym_code_unique", lambda: twice(SynonymFactory, code="keripik")),
    ("search_synonym_has_two_words", lambda: SynonymFactory(words=["keripik"])),
    ("business_name_not_empty", lambda: BusinessFactory(name="")),
    ("business_size_band_known", lambda: BusinessFactory(size_band="raja")),
    ("business_women_led_known", lambda: BusinessFactory(women_led="x")),
    ("certificate_kind_unique", certificate_twice),
    ("certificate_kind_known", lambda: CertificateFactory(kind="ijazah")),
    ("certificate_state_known", lambda: CertificateFactory(state="hilang")),
    ("personal_link_token_unique", lambda: twice(PersonalLinkFactory, token_hash="a" * 64)),
    (
        "personal_link_expires_after_creation",
        lambda: PersonalLinkFactory(expires_at=datetime(2017, 1, 1, tzinfo=UTC)),
    ),
    ("product_name_not_empty", lambda: ProductFactory(name="")),
    ("product_min_order_positive", lambda: ProductFactory(min_order=0)),
    ("product_capacity_positive", lambda: ProductFactory(capacity_per_month=0)),
    ("product_status_known", lambda: ProductFactory(status="hilang")),
    ("product_refusal_has_reason", lambda: ProductFactory(status="sent_back")),
    ("product_submitted_has_time", lambda: ProductFactory(status="submitted")),
    ("product_pack_content_positive", lambda: packed(pack_content=0)),
    ("product_pack_is_whole", lambda: packed(pack_unit=None)),
    ("product_pack_of_another_unit", pack_of_its_own_unit),
    ("product_shelf_life_positive", lambda: ProductFactory(shelf_life_days=0)),
    ("product_sample_terms_known", lambda: ProductFactory(sample_terms="beli")),
    (
        "product_sample_price_when_paid",
        lambda: ProductFactory(sample_terms="free", sample_price_rupiah=5_000),
    ),
    ("product_consignment_days_when_accepted", lambda: ProductFactory(consignment_days=30)),
    ("product_delivery_area_known", lambda: ProductFactory(delivery_area="bulan")),
    ("product_delivery_places_when_listed", lambda: ProductFactory(delivery_area="listed")),
    ("product_form_token_unique", lambda: twice(ProductFactory, form_token=uuid.UUID(int=1))),
    ("product_revision_one_waiting", lambda: twice(RevisionFactory, product=ProductFactory())),
    ("product_revision_state_known", lambda: RevisionFactory(state="hilang", decided_at=LATER)),
    ("product_revision_refusal_has_reason", lambda: RevisionFactory(state="refused", decided_at=LATER)),
    ("product_revision_decided_has_time", lambda: RevisionFactory(state="accepted")),
    ("photo_position_unique", two_first_photos),
    (
        "photo_once_per_product",
        lambda: twice(PhotoFactory, product=ProductFactory(), content_hash="f" * 64),
    ),
    ("photo_token_unique", lambda: twice(PhotoFactory, token="sama")),
    ("photo_token_not_empty", lambda: PhotoFactory(token="")),
    ("photo_position_in_range", lambda: PhotoFactory(position=9)),
    ("photo_sides_positive", lambda: PhotoFactory(width=0)),
    ("price_tier_quantity_unique", lambda: twice(PriceTierFactory, product=ProductFactory())),
    ("price_tier_price_positive", lambda: PriceTierFactory(price_rupiah=0)),
    ("price_tier_quantity_positive", lambda: PriceTierFactory(min_quantity=0)),
    ("need_text_not_empty", lambda: NeedFactory(text="")),
    ("need_quantity_positive", lambda: NeedFactory(quantity=0)),
    ("need_price_ceiling_positive", lambda: NeedFactory(price_ceiling_rupiah=0)),
    (
        "need_open_until_after_start",
        lambda: NeedFactory(wanted_from=date(2018, 4, 1), open_until=date(2018, 3, 1)),
    ),
    (
        "need_area_is_one_place",
        lambda: NeedFactory(area_province=ProvinceFactory(), area_region=RegionFactory()),
    ),
    ("need_source_known", lambda: NeedFactory(source="surat")),
    ("need_frequency_known", lambda: NeedFactory(frequency="kadang")),
    ("need_by_phone_has_consent", lambda: NeedFactory(source="phone", consent=None)),
    ("import_batch_state_known", lambda: ImportBatchFactory(state="hilang", content=None)),
    ("import_batch_keeps_file_only_in_preview", lambda: ImportBatchFactory(state="imported", content=b"PK")),
    ("imported_row_unique", imported_row_twice),
    ("trade_contact_slug_unique", lambda: twice(TradeContactFactory, slug="sama")),
    ("trade_contact_ends_after_start", lambda: TradeContactFactory(ends_on=date(2018, 3, 21))),
    (
        "trade_contact_pairs_positive",
        lambda: TradeContactFactory(pairs_per_business=0, least_pairs_per_business=0),
    ),
    (
        "trade_contact_least_pairs_in_range",
        lambda: TradeContactFactory(pairs_per_business=2, least_pairs_per_business=3),
    ),
    ("trade_contact_quota_positive", lambda: TradeContactFactory(businesses_per_delegation=0)),
    (
        "delegation_office_unique",
        lambda: twice(DelegationFactory, trade_contact=TradeContactFactory(), office=OfficeFactory()),
    ),
    ("delegation_one_host", second_host),
    ("delegation_role_known", lambda: DelegationFactory(role="juri")),
    (
        "participation_business_unique",
        lambda: twice(ParticipationFactory, delegation=DelegationFactory(), business=BusinessFactory()),
    ),
    ("proposal_run_one_live", lambda: twice(ProposalRunFactory, trade_contact=TradeContactFactory())),
    ("proposal_run_state_known", lambda: ProposalRunFactory(state="tidur")),
    ("proposal_run_canceller_only_when_cancelled", lambda: ProposalRunFactory(cancelled_by=UserFactory())),
    ("pair_two_businesses_in_order", pair_in_wrong_order),
    ("pair_regions_differ", pair_with_itself),
    ("pair_regions_differ", pair_inside_one_region),
    ("pair_regions_differ", pair_moved_into_one_region),
    ("pair_unique_per_contact", pair_twice_in_one_contact),
    ("pair_score_in_range", lambda: PairFactory(score=1.01)),
    ("pair_origin_known", lambda: PairFactory(origin="langit")),
    ("pair_answers_known", lambda: PairFactory(answer_b="mungkin")),
    (
        "pair_not_locked_and_hidden",
        lambda: PairFactory(
            locked_at=datetime(2018, 3, 1, tzinfo=UTC),
            hidden_at=datetime(2018, 3, 1, tzinfo=UTC),
            staff_reason="x",
        ),
    ),
    ("pair_hidden_has_reason", lambda: PairFactory(hidden_at=datetime(2018, 3, 1, tzinfo=UTC))),
    ("interest_answer_known", lambda: InterestFactory(answer="mungkin")),
    ("interest_reason_known_and_not_of_yes", lambda: InterestFactory(answer="no", reason="entah")),
    ("interest_reason_known_and_not_of_yes", lambda: InterestFactory(answer="yes", reason="price")),
    ("link_use_known", lambda: LinkUseFactory(what="lain")),
    ("invitation_channel_known", lambda: InvitationFactory(channel="merpati")),
    (
        "invitation_sent_after_prepared",
        lambda: InvitationFactory(sent_at=datetime(2018, 3, 1, tzinfo=UTC)),
    ),
    ("invitation_mail_is_told_by_outbox", lambda: InvitationFactory(message=MessageFactory())),
    ("interest_via_known", lambda: InterestFactory(via="telepati")),
    ("interest_append_only", lambda: InterestFactory().delete()),
    ("interest_append_only", lambda: Interest.objects.filter(pk=InterestFactory().pk).update(answer="no")),
    ("inquiry_receipt_unique", lambda: twice(InquiryFactory, receipt_number="M-1")),
    ("inquiry_form_token_unique", lambda: twice(InquiryFactory, form_token=uuid.UUID(int=1))),
    ("inquiry_has_contact", lambda: InquiryFactory(phone="", email="")),
    ("inquiry_quantity_positive", lambda: InquiryFactory(quantity=0)),
    ("inquiry_has_sender", lambda: InquiryFactory(sender_name="")),
    ("inquiry_withdrawn_names_nobody", lambda: InquiryFactory(withdrawn_at=LATER)),
    ("inquiry_about_one_thing", lambda: InquiryFactory(about="business", product=ProductFactory())),
    ("inquiry_about_one_thing", lambda: InquiryFactory(about="product", need=NeedFactory())),
    ("inquiry_about_one_thing", lambda: InquiryFactory(about="cuaca")),
    ("digest_setting_of_one_reader", lambda: DigestSettingFactory(user=None)),
    ("digest_setting_of_one_reader", lambda: DigestSettingFactory(business=BusinessFactory())),
    ("digest_setting_language_known", lambda: DigestSettingFactory(language="xx")),
    ("curation_quota_positive", lambda: CurationFactory(quota=0)),
    ("curation_closes_after_opening", lambda: CurationFactory(closes_on=date(2018, 1, 31))),
    ("curation_state_known", lambda: CurationFactory(state="tidur")),
    ("curation_decided_has_time", lambda: CurationFactory(state="decided")),
    ("application_link_token_unique", lambda: twice(ApplicationLinkFactory, token_hash="a" * 64)),
    (
        "application_link_expires_after_creation",
        lambda: ApplicationLinkFactory(expires_at=datetime(2018, 1, 1, tzinfo=UTC)),
    ),
    ("criterion_name_unique", lambda: twice(CriterionFactory, curation=CurationFactory(), name="Mutu")),
    ("criterion_position_unique", lambda: twice(CriterionFactory, curation=CurationFactory(), position=1)),
    ("criterion_name_not_empty", lambda: CriterionFactory(name="")),
    ("criterion_weight_in_range", lambda: CriterionFactory(weight=101)),
    ("reviewer_user_unique", lambda: twice(ReviewerFactory, curation=CurationFactory(), user=UserFactory())),
    (
        "application_business_unique",
        lambda: twice(ApplicationFactory, curation=CurationFactory(), business=BusinessFactory()),
    ),
    ("application_receipt_unique", lambda: twice(ApplicationFactory, receipt_number="K-1")),
    ("application_form_token_unique", lambda: twice(ApplicationFactory, form_token=uuid.UUID(int=1))),
    (
        "application_reserve_number_unique",
        lambda: twice(
            ApplicationFactory,
            curation=CurationFactory(),
            state="reserve",
            decision="reserve",
            reason="Nilai di bawah batas",
            reserve_number=1,
        ),
    ),
    ("application_source_known", lambda: ApplicationFactory(source="surat")),
    ("application_state_known", lambda: ApplicationFactory(state="hilang", decision="chosen", reason="x")),
    ("application_decision_known", lambda: ApplicationFactory(state="chosen", decision="ya", reason="x")),
    ("application_decision_has_reason", lambda: ApplicationFactory(state="chosen", decision="chosen")),
    (
        "application_decision_has_facts",
        lambda: ApplicationFactory(state="chosen", decision="chosen", reason="x", decided_facts=None),
    ),
    ("application_decision_frozen", facts_changed),
    (
        "application_reserve_has_number",
        lambda: ApplicationFactory(state="reserve", decision="reserve", reason="x"),
    ),
    ("application_state_follows_decision", lambda: ApplicationFactory(decision="chosen", reason="x")),
    ("application_public_has_consent", lambda: ApplicationFactory(source="public")),
    ("application_decision_frozen", decision_changed),
    ("conflict_unique", conflict_twice),
    ("conflict_reason_not_empty", lambda: ConflictFactory(reason="")),
    ("curation_score_unique", score_twice),
    ("curation_score_in_range", lambda: CurationScoreFactory(score=6)),
    ("curation_score_frozen", score_after_the_decision),
    ("addendum_number_unique", lambda: twice(AddendumFactory, curation=CurationFactory())),
    ("addendum_number_positive", lambda: AddendumFactory(number=0)),
    ("addendum_reason_not_empty", lambda: AddendumFactory(reason="")),
    ("addendum_via_known", lambda: AddendumFactory(via="telepati")),
    ("addendum_append_only", lambda: AddendumFactory().delete()),
    ("supply_offer_once", lambda: twice(SupplyOfferFactory, need=NeedFactory(), business=BusinessFactory())),
    ("supply_offer_via_known", lambda: SupplyOfferFactory(via="telepati")),
    ("supply_offer_pair_or_waits", lambda: SupplyOfferFactory(pair=PairFactory())),
    ("supply_offer_pair_or_waits", lambda: SupplyOfferFactory(waits_because="")),
    ("supply_offer_pair_or_waits", lambda: SupplyOfferFactory(waits_because="malas")),
    ("subscriber_email_unique", lambda: twice(SubscriberFactory, email="sama@contoh.test")),
    ("subscriber_email_lower_case", lambda: SubscriberFactory(email="Besar@contoh.test")),
    ("subscriber_has_email_until_it_ends", lambda: SubscriberFactory(email="")),
    (
        "subscriber_has_email_until_it_ends",
        lambda: SubscriberFactory(ended_at=datetime(2018, 3, 1, tzinfo=UTC)),
    ),
    ("subscriber_language_known", lambda: SubscriberFactory(language="su")),
    ("saved_search_query_unique", lambda: twice(SavedSearchFactory, subscriber=SubscriberFactory())),
    ("saved_search_press_unique", saved_by_one_press),
    ("saved_search_kind_known", lambda: SavedSearchFactory(kind="mimpi")),
    ("saved_search_seen_from_confirmation", lambda: SavedSearchFactory(confirmed_at=None)),
    ("business_language_known", lambda: BusinessFactory(language="su")),
    ("certificate_checked_says_when", lambda: CertificateFactory(state="checked", checked_at=None)),
    ("certificate_checked_has_evidence", lambda: CertificateFactory(state="checked", check_note="")),
    ("evidence_token_unique", lambda: twice(EvidenceFactory, token="x" * 43)),
    (
        "evidence_same_file_once",
        lambda: twice(EvidenceFactory, business=BusinessFactory(), sha256="0" * 64),
    ),
    ("evidence_purpose_known", lambda: EvidenceFactory(purpose="iklan")),
    ("evidence_type_known", lambda: EvidenceFactory(content_type="text/html")),
    ("evidence_size_in_range", lambda: EvidenceFactory(size=0)),
    ("evidence_via_known", lambda: EvidenceFactory(via="pos")),
    (
        "production_proof_one_in_force",
        lambda: twice(ProductionProofFactory, evidence=EvidenceFactory(purpose="own_production")),
    ),
    (
        "production_proof_revoked_with_reason",
        lambda: ProductionProofFactory(revoked_at=datetime(2018, 4, 1, tzinfo=UTC)),
    ),
    ("message_key_unique", lambda: twice(MessageFactory, key="sama")),
    ("message_message_id_unique", lambda: twice(MessageFactory, message_id="<sama@contoh.test>")),
    ("message_channel_known", lambda: MessageFactory(channel="merpati")),
    ("message_language_known", lambda: MessageFactory(language="su")),
    ("message_state_known", lambda: MessageFactory(state="hilang")),
    ("message_has_recipient_until_erased", lambda: MessageFactory(to="")),
    ("message_has_recipient_until_erased", lambda: MessageFactory(erased_at=LATER)),
    ("message_sent_at_with_state", lambda: MessageFactory(state="sent")),
    ("message_sent_at_with_state", lambda: MessageFactory(sent_at=LATER)),
    ("message_claimed_while_sending", lambda: MessageFactory(state="sending")),
    ("message_is_tried_again", lambda: MessageFactory(state="failed", next_attempt_at=None)),
    ("message_settled_when_given_up", lambda: MessageFactory(settled_at=LATER)),
    ("message_template_one_of_a_kind", lambda: twice(MessageTemplateFactory, office=OfficeFactory())),
    ("message_template_language_known", lambda: MessageTemplateFactory(language="su")),
]
TRIGGERS = {
    "addendum_append_only",
    "application_decision_frozen",
    "commitment_frozen",
    "commitment_within_pair",
    "confirmation_append_only",
    "consent_append_only",
    "curation_score_frozen",
    "history_append_only",
    "interest_append_only",
    "pair_regions_differ",
    "pair_step_append_only",
}
KEEPERS = {
    "search_document",
    "products_fill_facts",
    "products_pricetier_touch_insert",
    "products_pricetier_touch_update",
    "products_pricetier_touch_delete",
    "products_certificate_touch_insert",
    "products_certificate_touch_update",
    "products_certificate_touch_delete",
    "products_business_move",
    "products_business_prove",
    "products_note_change",
    "regions_region_move",
}
"""These keep columns and refuse nothing."""
OUR_APPS = {"accounts", "regions", "outbox", "products", "matchmaking"}


REFUSALS += PATH_REFUSALS
REFUSALS += MONEY_REFUSALS
REFUSALS += FOLLOW_UP_REFUSALS


@pytest.mark.parametrize(("name", "break_it"), REFUSALS, ids=[name for name, _ in REFUSALS])
def test_database_refuses(name: str, break_it: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        break_it()

    assert refused.value.__cause__.diag.constraint_name == name


def test_every_constraint_and_trigger_is_broken_once() -> None:
    declared = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for constraint in model._meta.constraints
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()}

    assert triggers == TRIGGERS | KEEPERS
    assert {name for name, _ in REFUSALS} == declared | TRIGGERS


def test_a_pair_of_two_regions_is_accepted() -> None:
    scene = make_contact()

    pair = scene.make_pair()

    assert list(scene.trade_contact.pairs.all()) == [pair]
