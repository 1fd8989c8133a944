"""Home, trade contacts and everything inside one, the desk, inquiries, personal links."""

from django.urls import path

from matchmaking.views import (
    contacts,
    delegations,
    desk,
    exports,
    holder,
    imports,
    inquiries,
    interest,
<<<<<<< HEAD
    link_board,
    link_photos,
=======
    link_certificates,
>>>>>>> trust
    link_profiles,
    links,
    needs,
    pairs,
    proposals,
    public,
    runs,
    supply,
    weights,
)

app_name = "matchmaking"
urlpatterns = [
    path("", public.home, name="home"),
    path("kontak-dagang/", public.contacts, name="contacts"),
    path("meja-kerja/", desk.desk, name="desk"),
    path("kontak-dagang/buka/", contacts.contact_new, name="contact_new"),
    path("kontak-dagang/<slug:slug>/", public.contact_public, name="contact_public"),
    path("kontak-dagang/<slug:slug>/ringkasan/", contacts.contact_overview, name="contact_overview"),
    path("kontak-dagang/<slug:slug>/ubah/", contacts.contact_edit, name="contact_edit"),
    path("kontak-dagang/<slug:slug>/pasangan/bobot/", weights.contact_weights, name="contact_weights"),
    path("kontak-dagang/<slug:slug>/tamu/", contacts.guest_new, name="guest_new"),
    path("kontak-dagang/<slug:slug>/delegasi/", delegations.delegations, name="delegations"),
    path("kontak-dagang/<slug:slug>/delegasi/unduh/", exports.delegation_export, name="delegation_export"),
    path("kontak-dagang/<slug:slug>/kebutuhan/unduh/", exports.needs_export, name="needs_export"),
    path("kontak-dagang/<slug:slug>/minat/unduh/", exports.interest_export, name="interest_export"),
    path("kontak-dagang/<slug:slug>/pasangan/unduh/", exports.proposals_export, name="proposals_export"),
    path("kontak-dagang/<slug:slug>/perhitungan/unduh/", exports.runs_export, name="runs_export"),
    path("pernyataan-minat/unduh/", exports.inquiries_export, name="inquiries_export"),
    path("kontak-dagang/<slug:slug>/delegasi/impor/", imports.delegation_import, name="delegation_import"),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/templat/", imports.import_template, name="import_template"
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/",
        imports.import_preview,
        name="import_preview",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/kolom/",
        imports.import_columns,
        name="import_columns",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/keputusan/",
        imports.import_decisions,
        name="import_decisions",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/jalankan/",
        imports.import_apply,
        name="import_apply",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/batalkan/",
        imports.import_give_up,
        name="import_give_up",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/impor/<int:batch_id>/tarik/",
        imports.import_undo,
        name="import_undo",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/<int:delegation_id>/tambah/",
        delegations.participant_add,
        name="participant_add",
    ),
    path(
        "kontak-dagang/<slug:slug>/delegasi/<int:delegation_id>/keluarkan/<int:business_id>/",
        delegations.participant_remove,
        name="participant_remove",
    ),
    path("kontak-dagang/<slug:slug>/kebutuhan/", needs.contact_needs, name="contact_needs"),
    path("kontak-dagang/<slug:slug>/kebutuhan/telepon/", needs.need_by_phone, name="need_by_phone"),
    path("kontak-dagang/<slug:slug>/minat/", interest.interest_board, name="interest_board"),
    path("kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/", pairs.pair_detail, name="pair_detail"),
    path(
        "kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/jawab/<int:business_id>/",
        pairs.pair_answer,
        name="pair_answer",
    ),
    path("produk/<int:product_id>/minat/", inquiries.inquiry_new, name="inquiry_new"),
    path("minat/<uuid:form_token>/", inquiries.inquiry_receipt, name="inquiry_receipt"),
    path("wilayah/", inquiries.region_options, name="region_options"),
    path("pernyataan-minat/", inquiries.inquiries, name="inquiries"),
    path("pernyataan-minat/<str:receipt_number>/", inquiries.inquiry_detail, name="inquiry_detail"),
    path("pernyataan-minat/<str:receipt_number>/tutup/", inquiries.inquiry_close, name="inquiry_close"),
    path("kontak-dagang/<slug:slug>/perhitungan/", runs.runs, name="runs"),
    path("kontak-dagang/<slug:slug>/perhitungan/<int:run_id>/", runs.run_detail, name="run_detail"),
    path("kontak-dagang/<slug:slug>/perhitungan/<int:run_id>/batalkan/", runs.run_cancel, name="run_cancel"),
    path("kontak-dagang/<slug:slug>/pasangan/", proposals.proposals, name="proposals"),
    path(
        "kontak-dagang/<slug:slug>/pasangan/usulkan/",
        proposals.proposals_request,
        name="proposals_request",
    ),
    path(
        "kontak-dagang/<slug:slug>/pasangan/kemajuan/",
        proposals.proposals_progress,
        name="proposals_progress",
    ),
    path(
        "kontak-dagang/<slug:slug>/pasangan/mengapa-tidak/",
        proposals.proposal_why_not,
        name="proposal_why_not",
    ),
    path("kontak-dagang/<slug:slug>/pasangan/tambah/", proposals.pair_add, name="pair_add"),
    path("kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/kunci/", proposals.pair_lock, name="pair_lock"),
    path(
        "kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/buka-kunci/",
        proposals.pair_unlock,
        name="pair_unlock",
    ),
    path(
        "kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/sembunyikan/",
        proposals.pair_hide,
        name="pair_hide",
    ),
    path(
        "kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/tampilkan/",
        proposals.pair_unhide,
        name="pair_unhide",
    ),
    path("kebutuhan/<int:need_id>/memasok/", supply.supply_new, name="supply_new"),
    path("tawaran-memasok/", supply.supply_offers, name="supply_offers"),
    path("tawaran-memasok/<int:offer_id>/", supply.supply_offer_detail, name="supply_offer_detail"),
    path("tawaran-memasok/<int:offer_id>/tutup/", supply.supply_offer_close, name="supply_offer_close"),
    path("tautan/<str:token>/", links.link_home, name="link_home"),
    path("tautan/<str:token>/bahasa/", holder.link_language, name="link_language"),
    path("tautan/<str:token>/pasangan/<int:pair_id>/", links.link_pair, name="link_pair"),
    path("tautan/<str:token>/pasangan/<int:pair_id>/jawab/", links.link_answer, name="link_answer"),
    path("tautan/<str:token>/minat/", links.link_inquiries, name="link_inquiries"),
    path("tautan/<str:token>/produk/", link_profiles.link_products, name="link_products"),
    path(
        "tautan/<str:token>/produk/<int:product_id>/",
        link_profiles.link_product_edit,
        name="link_product_edit",
    ),
    path(
        "tautan/<str:token>/produk/<int:product_id>/foto/",
        link_photos.link_photos,
        name="link_photos",
    ),
    path(
        "tautan/<str:token>/produk/<int:product_id>/foto/<int:photo_id>/",
        link_photos.link_photo_change,
        name="link_photo_change",
    ),
    path("tautan/<str:token>/foto/<str:photo>.webp", link_photos.link_photo_file, name="link_photo_file"),
    path("tautan/<str:token>/kebutuhan/tambah/", link_profiles.link_need_new, name="link_need_new"),
    path("tautan/<str:token>/kebutuhan/<int:need_id>/", link_profiles.link_need_edit, name="link_need_edit"),
    path(
        "tautan/<str:token>/kebutuhan/<int:need_id>/tarik/",
        link_profiles.link_need_withdraw,
        name="link_need_withdraw",
    ),
    path(
        "tautan/<str:token>/kebutuhan/<int:need_id>/buka/",
        link_profiles.link_need_reopen,
        name="link_need_reopen",
    ),
<<<<<<< HEAD
    path(
        "tautan/<str:token>/kebutuhan/<int:need_id>/perpanjang/",
        link_board.link_need_prolong,
        name="link_need_prolong",
    ),
    path("tautan/<str:token>/papan-kebutuhan/", link_board.link_need_board, name="link_need_board"),
    path("tautan/<str:token>/papan-kebutuhan/simpan/", link_board.link_search_save, name="link_search_save"),
    path(
        "tautan/<str:token>/papan-kebutuhan/<int:need_id>/",
        link_board.link_board_need,
        name="link_board_need",
=======
    path("tautan/<str:token>/sertifikat/", link_certificates.link_certificates, name="link_certificates"),
    path(
        "tautan/<str:token>/sertifikat/tambah/",
        link_certificates.link_certificate_new,
        name="link_certificate_new",
    ),
    path(
        "tautan/<str:token>/sertifikat/<int:certificate_id>/",
        link_certificates.link_certificate_edit,
        name="link_certificate_edit",
    ),
    path(
        "tautan/<str:token>/sertifikat/<int:certificate_id>/hapus/",
        link_certificates.link_certificate_remove,
        name="link_certificate_remove",
    ),
    path(
        "tautan/<str:token>/berkas/<str:file_token>/", link_certificates.link_evidence, name="link_evidence"
>>>>>>> trust
    ),
    path("tautan/<str:token>/profil/", link_profiles.link_profile, name="link_profile"),
]
