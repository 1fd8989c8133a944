"""A business owner with a personal link, without a screen."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from products.links import issue_link
from products.models import Business


@dataclass
class LinkHolder:
    """Opens the pages behind one link. As a browser would, it sends ``Origin: null`` with a form."""

    token: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def path(self, name: str, *args: object) -> str:
        return reverse(f"matchmaking:{name}", args=[self.token, *args])

    def get(self, name: str, /, *args: object, **query: str) -> Any:
        return self.client.get(self.path(name, *args), query)

    def post(self, name: str, /, *args: object, query: str = "", **data: Any) -> Any:
        return self.client.post(f"{self.path(name, *args)}{query}", data, headers={"origin": "null"})


def holder_of(business: Business) -> LinkHolder:
    """Return the holder of a fresh link of ``business``."""
    _, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    return LinkHolder(token)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())
