"""The public catalogue, and the office's pages of one business."""

from django.urls import URLPattern, path

from products.views import (
    catalogue,
    certificates,
    complements,
    evidence,
    exports,
    listing,
    manage,
    needs,
    photos,
    production,
    province_map,
    saved_searches,
    synonyms,
)

app_name = "products"
urlpatterns: list[URLPattern] = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("katalog/peta/", province_map.province_map, name="province_map"),
    path("produk/<int:product_id>/", catalogue.product_detail, name="product_detail"),
    path("usaha/<int:business_id>/", catalogue.business_detail, name="business_detail"),
    path("kebutuhan/", needs.need_board, name="need_board"),
    path("kebutuhan/<int:need_id>/", needs.need_detail, name="need_detail"),
    path("simpan-pencarian/terkirim/", saved_searches.search_saved, name="search_saved"),
    path("simpan-pencarian/konfirmasi/<str:token>/", saved_searches.search_confirm, name="search_confirm"),
    path("simpan-pencarian/<slug:board>/", saved_searches.search_save, name="search_save"),
    path("langganan/<str:token>/", saved_searches.subscription, name="subscription"),
    path("binaan/", manage.businesses, name="businesses"),
    path("binaan/unduh/", exports.businesses_export, name="businesses_export"),
    path("binaan/antrean/unduh/", exports.queue_export, name="queue_export"),
    path("binaan/antrean/", listing.listing_queue, name="listing_queue"),
    path("binaan/antrean/aturan/", listing.listing_rule, name="listing_rule"),
    path("binaan/antrean/perubahan/<int:revision_id>/", listing.revision_review, name="revision_review"),
    path(
        "binaan/<int:business_id>/produk/<int:product_id>/periksa/",
        listing.product_review,
        name="product_review",
    ),
    path("binaan/<int:business_id>/", manage.business_manage, name="business_manage"),
    path("binaan/<int:business_id>/ubah/", manage.business_edit, name="business_edit"),
    path("binaan/<int:business_id>/produk/tambah/", manage.product_new, name="product_new"),
    path("binaan/<int:business_id>/produk/<int:product_id>/", manage.product_edit, name="product_edit"),
    path(
        "binaan/<int:business_id>/produk/<int:product_id>/foto/", photos.product_photos, name="product_photos"
    ),
    path(
        "binaan/<int:business_id>/produk/<int:product_id>/foto/<int:photo_id>/",
        photos.photo_change,
        name="photo_change",
    ),
    path("foto/<str:token>-<int:width>.webp", photos.photo_file, name="photo_file"),
    path("binaan/<int:business_id>/kebutuhan/<int:need_id>/", manage.need_edit, name="need_edit"),
    path(
        "binaan/<int:business_id>/kebutuhan/<int:need_id>/tarik/", manage.need_withdraw, name="need_withdraw"
    ),
    path("binaan/<int:business_id>/kebutuhan/<int:need_id>/buka/", manage.need_reopen, name="need_reopen"),
    path(
        "binaan/<int:business_id>/kebutuhan/<int:need_id>/perpanjang/",
        needs.need_prolong,
        name="need_prolong",
    ),
    path("binaan/<int:business_id>/tautan/", manage.link_issue, name="link_issue"),
    path("binaan/sertifikat/", certificates.certificates, name="certificates"),
    path(
        "binaan/<int:business_id>/sertifikat/",
        certificates.business_certificates,
        name="business_certificates",
    ),
    path("binaan/<int:business_id>/sertifikat/tambah/", certificates.certificate_new, name="certificate_new"),
    path(
        "binaan/<int:business_id>/sertifikat/<int:certificate_id>/",
        certificates.certificate_check,
        name="certificate_check",
    ),
    path(
        "binaan/<int:business_id>/sertifikat/<int:certificate_id>/ubah/",
        certificates.certificate_edit,
        name="certificate_edit",
    ),
    path(
        "binaan/<int:business_id>/sertifikat/<int:certificate_id>/cabut/",
        certificates.certificate_uncheck,
        name="certificate_uncheck",
    ),
    path(
        "binaan/<int:business_id>/sertifikat/<int:certificate_id>/hapus/",
        certificates.certificate_remove,
        name="certificate_remove",
    ),
    path("binaan/<int:business_id>/diproduksi-sendiri/", production.production, name="production"),
    path(
        "binaan/<int:business_id>/diproduksi-sendiri/cabut/",
        production.production_revoke,
        name="production_revoke",
    ),
    path("berkas/<str:file_token>/", evidence.evidence_file, name="evidence_file"),
    path("siapa-membeli-dari-siapa/", complements.complements, name="complements"),
    path("siapa-membeli-dari-siapa/unduh/", exports.complements_export, name="complements_export"),
    path("siapa-membeli-dari-siapa/tambah/", complements.complement_new, name="complement_new"),
    path(
        "siapa-membeli-dari-siapa/<int:complement_id>/", complements.complement_edit, name="complement_edit"
    ),
    path(
        "siapa-membeli-dari-siapa/<int:complement_id>/hapus/",
        complements.complement_remove,
        name="complement_remove",
    ),
    path(
        "siapa-membeli-dari-siapa/<int:complement_id>/kembalikan/",
        complements.complement_restore,
        name="complement_restore",
    ),
    path("padanan-kata/", synonyms.synonyms, name="synonyms"),
    path("padanan-kata/tambah/", synonyms.synonyms_new, name="synonyms_new"),
    path("padanan-kata/<int:synonyms_id>/", synonyms.synonyms_edit, name="synonyms_edit"),
    path("padanan-kata/<int:synonyms_id>/hapus/", synonyms.synonyms_remove, name="synonyms_remove"),
    path("padanan-kata/<int:synonyms_id>/kembalikan/", synonyms.synonyms_restore, name="synonyms_restore"),
    path("binaan/tautan/<int:link_id>/cabut/", manage.link_revoke, name="link_revoke"),
]
