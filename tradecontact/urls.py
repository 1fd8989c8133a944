"""Root URLs: the public catalogue at the root, the office's work, signing in, support."""

from django.contrib import admin
from django.urls import include, path

from tradecontact import health

urlpatterns = [
    path("", include("products.urls")),
    path("", include("matchmaking.urls")),
    path("akun/", include("allauth.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
