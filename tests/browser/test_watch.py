"""The alarms of the browser tests ring."""

import pytest
from playwright.sync_api import Browser

from tests.browser.actions import assert_accessible
from tests.browser.conftest import watch

SITE = "http://localhost:1"
POLICY = "default-src 'none'; script-src 'self'"


def troubles_of(browser: Browser, html: str, headers: dict[str, str] | None = None) -> list[str]:
    """Show a page that no server needs to serve, and return what the alarms wrote down."""
    troubles: list[str] = []
    page = browser.new_page()
    watch(page, troubles)
    page.route("**/broken.png", lambda route: route.fulfill(status=404))
    page.route(
        "**/page", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers or {})
    )
    page.route("http://elsewhere.test/**", lambda route: route.fulfill(body=""))
    page.goto(f"{SITE}/page", wait_until="networkidle")
    page.close()
    return troubles


def test_quiet_page_rings_no_alarm(browser: Browser) -> None:
    assert troubles_of(browser, "<p>Selamat pagi</p><link rel=icon href=data:,>") == []


@pytest.mark.parametrize(
    ("html", "alarm"),
    [
        ("<script>throw new Error('lupa')</script>", f"script: lupa ({SITE}/page)"),
        ("<script>console.error('lupa')</script>", f"console: lupa ({SITE}/page)"),
        ("<img src=broken.png>", f"404: {SITE}/broken.png"),
        ("<img src=http://elsewhere.test/x>", "foreign host: http://elsewhere.test/x"),
    ],
)
def test_trouble_on_a_page_rings_its_alarm(browser: Browser, html: str, alarm: str) -> None:
    assert troubles_of(browser, html + "<link rel=icon href=data:,>") == [alarm]


def test_refusal_by_the_content_security_policy_rings_its_alarm(browser: Browser) -> None:
    troubles = troubles_of(browser, "<p style='color:red'>Halo</p>", {"Content-Security-Policy": POLICY})

    assert "Content Security Policy" in troubles[0]


def test_axe_names_the_barrier_and_the_element(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=id><title>x</title><main><h1>x</h1><img src=data:,></main></html>")

    with pytest.raises(AssertionError, match=r"image-alt: .* — <img src"):
        assert_accessible(page)

    page.close()
