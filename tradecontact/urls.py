"""Root URLs: the public catalogue at the root, the office's work, signing in, support."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from tradecontact import health

urlpatterns = [
    path("", include("products.urls")),
    path("", include("matchmaking.urls")),
    path("", include("outbox.urls")),
    path("laporan/", include("reports.urls")),
    path("akun/", include("allauth.urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
