"""The public catalogue, and the office's pages of one business."""

from django.urls import URLPattern

app_name = "products"
urlpatterns: list[URLPattern] = []
