"""The office's pages of its businesses: what they show, correct and refuse."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from products import links, profiles, timeline
from products.forms.profiles import OfficeBusinessForm
from products.links import link_of_token
from products.models import Business, ImportBatch, ImportedRow, Need, PersonalLink, Product
from products.needs import NeedFacts, record_need
from products.views.saving import try_to_save
from regions.models import OfficeMember
from tests.clients import admin_client, client_of
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    ImportBatchFactory,
    NeedFactory,
    OfficeMemberFactory,
    ParticipationFactory,
    PersonalLinkFactory,
    PriceTierFactory,
    ProductFactory,
    RegionFactory,
    UserFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
LIST = "/binaan/"


def page(name: str, *args: object) -> str:
    return reverse(f"products:{name}", args=args)


def office_with_business(**values: object) -> tuple[OfficeMember, Business]:
    member = OfficeMemberFactory()
    return member, BusinessFactory(office=member.office, **values)


# The list


def test_list_holds_the_own_region_with_its_private_columns() -> None:
    member, business = office_with_business(
        name="Kaos Rengganis", owner_name="Ibu R.", phone="+6281270001234"
    )
    BusinessFactory(name="Usaha Jauh", owner_name="Orang Jauh")

    response = client_of(member).get(LIST)

    assert "Kaos Rengganis" in response.text
    assert "Ibu R." in response.text
    assert "0812-7000-1234" in response.text
    assert "Jauh" not in response.text
    assert page("business_manage", business.pk) in response.text


def test_filters_and_orders_of_the_list() -> None:
    member, kaos = office_with_business(name="Kaos", district="Soreang", phone="+6281270001234")
    abon = BusinessFactory(office=member.office, name="Abon", district="Ciparay", owner_name="Ibu A.")
    ProductFactory(business=kaos)
    PersonalLinkFactory(business=kaos)
    NeedFactory(business=abon)
    client = client_of(member)

    def names(**query: str) -> list[str]:
        return [business.name for business in client.get(LIST, query).context["page"]]

    assert names() == names(urut="nama") == names(urut="kebutuhan") == names(urut="x") == ["Abon", "Kaos"]
    assert names(urut="kecamatan") == ["Abon", "Kaos"]
    assert names(urut="produk") == ["Kaos", "Abon"]
    assert (
        names(perlu="produk") == names(perlu="nomor") == names(perlu="tautan") == names(q="ibu a") == ["Abon"]
    )
    assert names(q="soreang") == ["Kaos"]


def test_empty_list_says_where_businesses_come_from() -> None:
    client = client_of(OfficeMemberFactory())

    assert "Belum ada pelaku usaha" in client.get(LIST).text
    assert "Tidak ada usaha yang cocok dengan saringan ini." in client.get(LIST, {"q": "zzz"}).text


def test_admin_sees_every_region_and_a_user_of_no_office_nothing() -> None:
    business = BusinessFactory()
    nobody = Client()
    nobody.force_login(UserFactory())

    assert business.region.name in admin_client().get(LIST).text
    assert nobody.get(LIST).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    member = OfficeMemberFactory()
    for _number in range(count):
        ProductFactory(business=BusinessFactory(office=member.office, line=FamilyFactory()))
    client = client_of(member)

    with django_assert_num_queries(5):
        client.get(LIST)


# One business


def test_page_of_a_business_shows_all_the_office_knows() -> None:
    member, business = office_with_business(nib="9120009900507", story="Sejak 1999.")
    PriceTierFactory(product=ProductFactory(business=business, name="Kaos"), price_rupiah=85_000)
    NeedFactory(business=business, text="Kain katun")
    participation = ParticipationFactory(delegation__office=member.office, business=business)

    response = client_of(member).get(page("business_manage", business.pk))

    for shown in ("9120009900507", "Sejak 1999.", "Rp85.000", "Kain katun"):
        assert shown in response.text
    assert participation.delegation.trade_contact.title in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    member, business = office_with_business()
    for _number in range(count):
        PriceTierFactory(product=ProductFactory(business=business))
        NeedFactory(business=business, area_region=RegionFactory())
        ParticipationFactory(delegation__office=member.office, business=business)
        links.issue_link(actor=actor_of(member), business=business, now=timezone.now())
    client = client_of(member)

    with django_assert_num_queries(15):
        client.get(page("business_manage", business.pk))


def test_history_tells_of_the_business_its_products_and_needs() -> None:
    member, business = office_with_business()
    actor = actor_of(member)
    product = ProductFactory(business=business)
    profiles.update_business(actor=actor, business=business, version=1, changes={"district": "Soreang"})
    profiles.update_product(
        actor=actor, product=product, version=1, changes={"price_tiers": {1: 5000}, "min_order": 3}
    )
    need, _new = record_need(
        actor=actor,
        business=business,
        source=Need.Source.FORM,
        facts=NeedFacts(category=FamilyFactory(), text="Kain"),
    )
    profiles.withdraw_need(actor=actor, need=need, now=timezone.now())
    profiles.reopen_need(actor=actor, need=need)
    ImportedRow.objects.create(
        batch=ImportBatchFactory(
            office=member.office,
            file_name="lama.xlsx",
            state=ImportBatch.State.IMPORTED,
            content=None,
            imported_at=timezone.now() - timedelta(days=1),
        ),
        kind="products.business",
        row_id=business.pk,
        version=1,
    )

    lines = [(line.text, line.note) for line in timeline.of_business(business)]

    assert lines == [
        ("Kebutuhan dibuka lagi.", ""),
        ("Kebutuhan ditarik.", ""),
        ("Kebutuhan dicatat: “Kain”.", ""),
        ("Diperbaiki: pesanan minimum, harga.", ""),
        ("Diperbaiki: kecamatan.", ""),
        ("Dicatat atau diperbarui dari daftar Excel.", "lama.xlsx"),
    ]


def test_acts_without_words_and_gone_businesses_are_still_told() -> None:
    member, business = office_with_business()
    line = links.issue_link(actor=COMMAND, business=business, now=timezone.now())[0]
    entry = links.history.record(actor=actor_of(member), subject=line, action="baru", business_id=business.pk)

    told = timeline.tell([entry], {})
    gone = timeline.tell([entry], {"personallink.baru": "%(business)s selesai."})
    Business.objects.filter(pk=business.pk).delete()
    after = timeline.tell([entry], {"personallink.baru": "%(business)s selesai."})

    assert told[0].text == "Ada perubahan."
    assert told[0].who == f"{member.user.name}, {member.office.name}"
    assert (gone[0].text, after[0].text) == (f"{business.name} selesai.", "Usaha yang sudah dihapus selesai.")
    assert timeline.of_business(business)[-1].who == "perintah sistem"


# Correcting


def test_profile_is_corrected_on_behalf_and_a_stale_save_shows_both_texts() -> None:
    member, business = office_with_business(name="Kaos", district="Soreang")
    client, edit = client_of(member), page("business_edit", business.pk)
    typed = {"version": "1", "name": "Kaos Dua Jarum", "district": "Soreang"}

    saved = client.post(edit, typed, follow=True)
    stale = client.post(edit, typed | {"name": "Kaos Tiga Jarum"})
    again = client.post(edit, typed | {"name": "Kaos Tiga Jarum", "version": "2"}, follow=True)

    assert "Data usaha disimpan." in saved.text
    assert stale.status_code == 409
    assert "Data ini baru saja diubah oleh orang lain." in stale.text
    assert "<td>Kaos Dua Jarum</td>" in stale.text
    assert "<td>Kaos Tiga Jarum</td>" in stale.text
    assert again.status_code == 200
    assert Business.objects.get(pk=business.pk).name == "Kaos Tiga Jarum"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"name": ""}, "Tulis nama usaha."),
        ({"phone": "12"}, "Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890."),
        ({"email": "x"}, "Tulis alamat e-mail lengkap, mis. nama@contoh.id."),
        ({"size_band": "raksasa"}, "Pilih skala usaha dari daftar."),
    ],
)
def test_mistakes_in_the_profile_are_told(change: dict, text: str) -> None:
    member, business = office_with_business()

    response = client_of(member).post(
        page("business_edit", business.pk), {"version": "1", "name": "Kaos"} | change
    )

    assert response.status_code == 422
    assert text in response.text


def test_product_and_need_are_corrected_on_behalf() -> None:
    member, business = office_with_business()
    product, need = ProductFactory(business=business), NeedFactory(business=business)
    client = client_of(member)

    client.post(
        page("product_edit", business.pk, product.pk),
        {
            "version": "1",
            "name": "Kaos",
            "category": product.category.pk,
            "price_1": "85.000",
            "min_order": "12",
        },
    )
    client.post(
        page("need_edit", business.pk, need.pk),
        {"version": "1", "text": "Kain katun", "category": need.category.pk, "frequency": "once"},
    )

    stored = Product.objects.get()
    assert (stored.name, stored.min_order, stored.price_tiers.get().price_rupiah) == ("Kaos", 12, 85_000)
    assert (Need.objects.get().text, Need.objects.get().frequency) == ("Kain katun", "once")


def test_product_is_begun_on_behalf_once_and_then_completed() -> None:
    member, business = office_with_business()
    client, family = client_of(member), FamilyFactory()
    address = page("product_new", business.pk)
    typed = {
        "name": "Tas mendong",
        "category": family.pk,
        "form_token": "00000000-0000-0000-0000-000000000001",
    }

    answers = [client.post(address, typed) for _ in range(2)]

    product = Product.objects.get()
    assert (product.name, product.status) == ("Tas mendong", "draft")
    assert [answer.url for answer in answers] == [page("product_edit", business.pk, product.pk)] * 2
    wrong = client.post(address, {"name": "", "form_token": "x"})
    assert wrong.status_code == 422
    assert "Tulis nama produk." in wrong.content.decode()


def test_mistakes_in_a_product_and_a_need_are_told() -> None:
    member, business = office_with_business()
    product, need = ProductFactory(business=business), NeedFactory(business=business)
    client = client_of(member)

    of_product = client.post(page("product_edit", business.pk, product.pk), {"version": "1"})
    of_need = client.post(page("need_edit", business.pk, need.pk), {"version": "1"})

    assert (of_product.status_code, of_need.status_code) == (422, 422)
    assert "Tulis nama produk." in of_product.text
    assert "Tulis apa yang dicari." in of_need.text


def test_a_refusal_of_the_domain_lands_in_the_form() -> None:
    _member, business = office_with_business(name="Kaos")
    form = OfficeBusinessForm({"version": "1", "name": "Kaos"}, row=business)

    def refuse(version: int) -> None:
        raise ValidationError({"name": f"Nama ini tidak boleh, versi {version}."})

    attempt = try_to_save(form, business, refuse)

    assert (attempt.is_saved, attempt.status, attempt.differences) == (False, 422, None)
    assert form.errors["name"] == ["Nama ini tidak boleh, versi 1."]


def test_need_is_withdrawn_and_opened_again() -> None:
    member, business = office_with_business()
    need = NeedFactory(business=business)
    client = client_of(member)

    withdrawn = client.post(page("need_withdraw", business.pk, need.pk), follow=True)
    is_withdrawn = Need.objects.get().withdrawn_at is not None
    opened = client.post(page("need_reopen", business.pk, need.pk), follow=True)

    assert is_withdrawn
    assert "Kebutuhan ditarik. Anda dapat membukanya lagi di halaman ini." in withdrawn.text
    assert "Kebutuhan dibuka lagi." in opened.text
    assert Need.objects.get().withdrawn_at is None


# Personal links


def test_fresh_link_is_shown_once_with_a_ready_message_and_works() -> None:
    member, business = office_with_business(name="Kaos & Jarum", phone="+6281270001234")
    client = client_of(member)

    response = client.post(page("link_issue", business.pk), {"next": "/meja-kerja/"})

    address = response.context["address"]
    assert link_of_token(address.rstrip("/").rsplit("/")[-1], timezone.now()).business == business
    assert address in response.text
    assert response.context["whatsapp"].startswith(
        "https://wa.me/6281270001234?text=Selamat%20pagi%2C%20Kaos%20%26"
    )
    assert unquote(response.context["whatsapp"]).endswith(address)
    assert response["Cache-Control"] == "no-store"
    assert 'href="/meja-kerja/"' in response.text
    assert address not in client.get(page("business_manage", business.pk)).text
    assert PersonalLink.objects.get().created_by == member.user


@pytest.mark.parametrize("elsewhere", ["https://jahat.test/", "//jahat.test/", "javascript:alert(1)", ""])
def test_after_the_link_one_never_leaves_the_portal(elsewhere: str) -> None:
    member, business = office_with_business()

    response = client_of(member).post(page("link_issue", business.pk), {"next": elsewhere})

    assert response.context["back_url"] == page("business_manage", business.pk)
    assert "jahat" not in response.text


def test_without_a_number_the_message_asks_for_a_receiver_and_reading_again_makes_no_link() -> None:
    member, business = office_with_business()
    client = client_of(member)

    made = client.post(page("link_issue", business.pk))
    opened = client.get(page("link_issue", business.pk))

    assert made.context["whatsapp"].startswith("https://wa.me/?text=")
    assert "pilih penerimanya di WhatsApp" in made.text
    assert opened["Location"] == page("business_manage", business.pk)
    assert PersonalLink.objects.count() == 1


def test_link_is_revoked_once_and_states_are_told() -> None:
    member, business = office_with_business()
    client = client_of(member)
    PersonalLinkFactory(business=business, expires_at=timezone.now() - timedelta(days=1))
    live = PersonalLinkFactory(business=business)

    before = client.get(page("business_manage", business.pk)).text
    revoked = client.post(page("link_revoke", live.pk), follow=True)
    moment = PersonalLink.objects.get(pk=live.pk).revoked_at
    client.post(page("link_revoke", live.pk))

    assert "sudah lewat" in before
    assert "berlaku" in before
    assert "Tautan dicabut. Yang membukanya sekarang diminta menghubungi dinas." in revoked.text
    assert "dicabut" in revoked.text
    assert moment is not None
    assert PersonalLink.objects.get(pk=live.pk).revoked_at == moment


# Nobody else


def test_office_of_another_region_reaches_nothing() -> None:
    _member, business = office_with_business()
    product, need = ProductFactory(business=business), NeedFactory(business=business)
    link = PersonalLinkFactory(business=business)
    stranger = client_of(OfficeMemberFactory())
    readable = [
        page("business_manage", business.pk),
        page("business_edit", business.pk),
        page("product_edit", business.pk, product.pk),
        page("need_edit", business.pk, need.pk),
        page("link_issue", business.pk),
    ]
    postable = [
        *readable[1:],
        page("need_withdraw", business.pk, need.pk),
        page("need_reopen", business.pk, need.pk),
        page("link_revoke", link.pk),
    ]

    assert {stranger.get(address).status_code for address in readable} == {404}
    assert {stranger.post(address, {"version": 1}).status_code for address in postable} == {404}
    assert PersonalLink.objects.get().revoked_at is None


def test_product_or_need_of_another_business_in_the_address_is_404() -> None:
    member, business = office_with_business()
    other = BusinessFactory(office=member.office)
    product, need = ProductFactory(business=other), NeedFactory(business=other)
    client = client_of(member)

    assert client.get(page("product_edit", business.pk, product.pk)).status_code == 404
    assert client.get(page("need_edit", business.pk, need.pk)).status_code == 404
