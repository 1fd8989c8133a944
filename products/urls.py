"""The public catalogue, and the office's pages of one business."""

from django.urls import URLPattern, path

from products.views import catalogue

app_name = "products"
urlpatterns: list[URLPattern] = [
    path("katalog/", catalogue.catalogue, name="catalogue"),
    path("produk/<int:product_id>/", catalogue.product_detail, name="product_detail"),
    path("usaha/<int:business_id>/", catalogue.business_detail, name="business_detail"),
]
