"""Home, trade contacts and everything inside one, the desk, inquiries, personal links."""

from django.urls import path

from matchmaking.views import holder, link_profiles, links

app_name = "matchmaking"
urlpatterns = [
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
    path("tautan/<str:token>/profil/", link_profiles.link_profile, name="link_profile"),
]
