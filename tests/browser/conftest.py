"""A real Chromium on a live server; a page with an error, or that asks another host, fails its test."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bin import chromium

# Playwright's loop lives in the thread of the test, which makes Django believe it runs asynchronously.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

OPEN_PAGE = Callable[..., Page]
RESPONSE_NOISE = "Failed to load resource"  # told by `watch` itself, with the address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = os.environ.get("CHROMIUM") or chromium.find()
    if not path:
        pytest.fail(chromium.NOT_FOUND)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str, playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium.QUIET)
    yield browser
    browser.close()


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, reference_data: None, settings: Settings
) -> Iterator[OPEN_PAGE]:
    """Return a function that opens a blank page in a browser of its own; its arguments are Playwright's."""
    settings.PUBLIC_URL = live_server.url
    contexts, troubles = [], []

    def open_blank(**options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, timezone_id="Asia/Jakarta", **({"locale": "id-ID"} | options)
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, troubles)
        return page

    yield open_blank
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def phone(open_page: OPEN_PAGE) -> Page:
    """A page on a small phone, in Indonesian."""
    return open_page(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)


@pytest.fixture
def desktop(open_page: OPEN_PAGE) -> Page:
    """A page on an office's computer, in Indonesian."""
    return open_page(viewport={"width": 1280, "height": 800})


def watch(page: Page, troubles: list[str]) -> None:
    """Write down script errors, refusals by the Content-Security-Policy, broken files and foreign hosts."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(RESPONSE_NOISE):
            troubles.append(f"console: {message.text} ({page.url})")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in {None, "localhost", "127.0.0.1"}:
            troubles.append(f"foreign host: {request.url}")

    def on_response(response: Response) -> None:
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= (500 if is_page else 400):
            troubles.append(f"{response.status}: {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(f"script: {error} ({page.url})"))
    page.on("request", on_request)
    page.on("response", on_response)
