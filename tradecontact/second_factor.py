"""Who has set up a second factor, for the acts that a password alone must not open."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest


def has_second_factor(request: HttpRequest) -> bool:
    """True with a second factor set up, and on one's own computer (``LOCAL``), where none is asked for."""
    return settings.LOCAL or is_mfa_enabled(request.user)
