"""Home, trade contacts and everything inside one, the desk, inquiries, personal links."""

from django.urls import URLPattern

app_name = "matchmaking"
urlpatterns: list[URLPattern] = []
