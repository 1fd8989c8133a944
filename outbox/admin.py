"""The address each office writes from, for platform admins: the mail server must be allowed to use it."""

from django.contrib import admin

from outbox.models import SenderAddress


@admin.register(SenderAddress)
class SenderAddressAdmin(admin.ModelAdmin):
    list_display = ("office", "email")
    list_select_related = ("office",)
    autocomplete_fields = ("office",)
    ordering = ("office__name",)
