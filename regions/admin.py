"""Reference data of places, offices and officers, for platform admins."""

from django.contrib import admin

from regions.models import Office, OfficeMember, Province, Region


@admin.register(Province)
class ProvinceAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "time_zone_short")
    ordering = ("code",)


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "province")
    list_select_related = ("province",)
    search_fields = ("code", "name")
    ordering = ("code",)


class OfficeMemberInline(admin.TabularInline):
    model = OfficeMember
    autocomplete_fields = ("user",)
    extra = 1


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    list_display = ("name", "region")
    list_select_related = ("region",)
    autocomplete_fields = ("region",)
    search_fields = ("name", "region__name")
    inlines = (OfficeMemberInline,)
    ordering = ("name",)
