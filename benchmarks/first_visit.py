"""What a phone loads when it opens a page for the first time, against the budgets of the design."""

from collections import Counter

from playwright.sync_api import Browser, Request

KILOBYTE = 1000
BUDGETS = {
    "html": 15 * KILOBYTE,
    "css": 14 * KILOBYTE,
    "scripts": 18 * KILOBYTE,
    "pictures": 60 * KILOBYTE,
    "requests": 8,
}
LINK_PAGE_BUDGET = 100 * KILOBYTE
KINDS = {
    "document": "html",
    "stylesheet": "css",
    "script": "scripts",
    "image": "pictures",
    "other": "pictures",  # the drawings and icons that SVG's <use> asks for
    "font": "fonts",
    "fetch": "notes",  # the note that a personal link was opened
}


def first_visit(browser: Browser, address: str) -> dict[str, int]:
    """Return compressed bytes by kind, their ``total`` and the number of ``requests``.

    Counted are the bodies that go over the wire before the page is scrolled; ``data:`` addresses do not.
    """
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="id-ID"
    )
    page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright marks it
    page.goto(address, wait_until="networkidle")
    counted: Counter[str] = Counter(dict.fromkeys([*KINDS.values(), "total", "requests"], 0))
    for request in finished:
        if request.url.startswith("http"):
            size = request.sizes()["responseBodySize"]
            counted.update({KINDS[request.resource_type]: size, "total": size, "requests": 1})
    context.close()
    return dict(counted)


def over_budget(visit: dict[str, int], *, is_link_page: bool) -> dict[str, int]:
    """Return what exceeds its budget: the kind, and its bytes or count."""
    budgets = BUDGETS | ({"total": LINK_PAGE_BUDGET} if is_link_page else {})
    return {kind: visit[kind] for kind, most in budgets.items() if visit[kind] > most}
