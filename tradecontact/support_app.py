"""Puts our support pages in the place of Django's admin; apart from them, since apps load first."""

from django.contrib.admin.apps import AdminConfig


class SupportConfig(AdminConfig):
    default_site = "tradecontact.support.SupportSite"
