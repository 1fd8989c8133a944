"""Reference data of the catalogue, for platform admins.

All of it is only looked at here: units and categories follow their files in ``products/data``, and
officers edit the complements on their own page, where every change is history.
"""

from django.contrib import admin
from django.http import HttpRequest

from products.models import Category, CategoryComplement, Unit


class FromFileAdmin(admin.ModelAdmin):
    """Rows that the reference data command writes: shown, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Unit)
class UnitAdmin(FromFileAdmin):
    list_display = ("code", "label_id", "dimension", "base", "factor")
    list_select_related = ("base",)
    ordering = ("dimension", "code")


@admin.register(Category)
class CategoryAdmin(FromFileAdmin):
    list_display = ("code", "name_id", "name_en", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name_id", "name_en")
    ordering = ("position", "code")


@admin.register(CategoryComplement)
class CategoryComplementAdmin(FromFileAdmin):
    list_display = ("buyer", "supplier", "need_id", "role", "weight", "removed_at")
    list_select_related = ("buyer", "supplier")
    list_filter = ("role",)
    ordering = ("buyer__code", "supplier__code")
