"""Reference data of the catalogue, for platform admins."""

from django.contrib import admin

from products.models import Category, CategoryComplement, Unit


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ("code", "label_id", "dimension", "base", "factor")
    list_select_related = ("base",)
    ordering = ("dimension", "code")


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ("code", "name_id", "name_en", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name_id", "name_en")
    ordering = ("position", "code")


@admin.register(CategoryComplement)
class CategoryComplementAdmin(admin.ModelAdmin):
    list_display = ("buyer", "supplier", "need_id", "role", "weight")
    list_editable = ("weight",)
    list_select_related = ("buyer", "supplier")
    list_filter = ("role",)
    autocomplete_fields = ("buyer", "supplier")
    ordering = ("buyer__code", "supplier__code")
