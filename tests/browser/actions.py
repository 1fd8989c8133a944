"""What browser tests do again and again."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from accounts.models import User

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def sign_in(page: Page, user: User) -> None:
    """Give the page's browser the session of a user, without the sign-in form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": settings.PUBLIC_URL}])


def follow(link: Locator) -> None:
    """Click a link and wait until the page it leads to is there, for steps that look at a page at once."""
    with link.page.expect_navigation():
        link.click()


def assert_accessible(page: Page) -> None:
    """Fail when axe finds a barrier on the page as it is shown now."""
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]

    found = [
        f"{violation['id']}: {violation['help']} — {node['html'][:200]}"
        for violation in violations
        for node in violation["nodes"]
    ]
    assert found == [], "\n".join(found)
