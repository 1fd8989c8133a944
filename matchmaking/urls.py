"""Home, trade contacts and everything inside one, the desk, inquiries, personal links."""

from django.urls import path

from matchmaking.views import (
    applications,
    choosing,
    contacts,
    curation,
    delegations,
    desk,
    exports,
    holder,
    imports,
    inquiries,
    interest,
    link_board,
    link_certificates,
    link_photos,
    link_products,
    link_profiles,
    links,
    needs,
    office_tasks,
    pair_path,
    pairs,
    proposals,
    public,
    quotes,
    runs,
    samples,
    scoring,
    supply,
    weights,
)
from matchmaking.views.doors import DoorView, by_link, in_office

app_name = "matchmaking"
PAIR = "kontak-dagang/<slug:slug>/pasangan/<int:pair_id>/jalan/"
LINK_PAIR = "tautan/<str:token>/pasangan/<int:pair_id>/jalan/"
PATH_PAGES: list[tuple[str, DoorView]] = [
    ("", pair_path.pair_path),
    ("tutup/", pair_path.pair_close),
    ("buka-lagi/", pair_path.pair_reopen),
    ("berkas/<str:file_token>/", pair_path.pair_file),
    ("contoh/", samples.sample_new),
    ("contoh/<int:sample_id>/", samples.sample_report),
    ("contoh/<int:sample_id>/nilai/", samples.sample_judge),
    ("penawaran/", quotes.quote_request_new),
    ("penawaran/<int:request_id>/", quotes.quote_request),
    ("penawaran/<int:request_id>/tutup/", quotes.quote_request_close),
]
CURATION = "kontak-dagang/<slug:slug>/delegasi/<int:delegation_id>/kurasi/"
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
    path(CURATION, curation.curation, name="curation"),
    path(f"{CURATION}kriteria/", curation.curation_criteria, name="curation_criteria"),
    path(f"{CURATION}penilai/", curation.curation_reviewers, name="curation_reviewers"),
    path(f"{CURATION}pendaftar/", curation.applicants_add, name="applicants_add"),
    path(f"{CURATION}mulai/", curation.scoring_start, name="scoring_start"),
    path(f"{CURATION}buka-lagi/", curation.applications_reopen, name="applications_reopen"),
    path(f"{CURATION}tautan/", curation.application_link_issue, name="application_link_issue"),
    path(
        f"{CURATION}tautan/<int:link_id>/cabut/",
        curation.application_link_revoke,
        name="application_link_revoke",
    ),
    path(
        f"{CURATION}pendaftar/<int:application_id>/gabung/",
        curation.application_join,
        name="application_join",
    ),
    path(f"{CURATION}nilai/", scoring.score_sheets, name="score_sheets"),
    path(f"{CURATION}nilai/selesai/", scoring.scoring_finish, name="scoring_finish"),
    path(f"{CURATION}nilai/<int:application_id>/", scoring.score_sheet, name="score_sheet"),
    path(
        f"{CURATION}nilai/<int:application_id>/benturan/", scoring.conflict_declare, name="conflict_declare"
    ),
    path(f"{CURATION}peringkat/", choosing.curation_ranking, name="curation_ranking"),
    path(f"{CURATION}berita-acara/", choosing.curation_protocol, name="curation_protocol"),
    path(f"{CURATION}keputusan/", choosing.curation_decide, name="curation_decide"),
    path(
        f"{CURATION}pendaftar/<int:application_id>/mundur/",
        choosing.application_withdraw,
        name="application_withdraw",
    ),
    path(
        f"{CURATION}pendaftar/<int:application_id>/adendum/",
        choosing.application_amend,
        name="application_amend",
    ),
    path("daftar/<str:token>/", applications.application_new, name="application_new"),
    path("pendaftaran/<uuid:form_token>/", applications.application_receipt, name="application_receipt"),
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
    path("tugas/", office_tasks.office_tasks, name="office_tasks"),
    path("tugas/<int:task_id>/", office_tasks.office_task, name="office_task"),
    path("tautan/<str:token>/", links.link_home, name="link_home"),
    path("tautan/<str:token>/bahasa/", holder.link_language, name="link_language"),
    path("tautan/<str:token>/pasangan/<int:pair_id>/", links.link_pair, name="link_pair"),
    path("tautan/<str:token>/pasangan/<int:pair_id>/jawab/", links.link_answer, name="link_answer"),
    path("tautan/<str:token>/minat/", links.link_inquiries, name="link_inquiries"),
    path("tautan/<str:token>/pendaftaran/", applications.link_applications, name="link_applications"),
    path(
        "tautan/<str:token>/pendaftaran/<int:curation_id>/ikut/", applications.link_apply, name="link_apply"
    ),
    path(
        "tautan/<str:token>/pendaftaran/<int:application_id>/mundur/",
        applications.link_withdraw,
        name="link_withdraw",
    ),
    path("tautan/<str:token>/produk/", link_profiles.link_products, name="link_products"),
    path("tautan/<str:token>/produk/tambah/", link_products.link_product_new, name="link_product_new"),
    path(
        "tautan/<str:token>/produk/<int:product_id>/",
        link_products.link_product_edit,
        name="link_product_edit",
    ),
    path(
        "tautan/<str:token>/produk/<int:product_id>/kirim/",
        link_products.link_product_send,
        name="link_product_send",
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
    ),
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
    ),
    path("tautan/<str:token>/profil/", link_profiles.link_profile, name="link_profile"),
]
for rest, view in PATH_PAGES:
    for start, door in ((PAIR, in_office(view)), (LINK_PAIR, by_link(view))):
        urlpatterns.append(path(f"{start}{rest}", door, name=door.__name__))
