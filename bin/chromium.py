"""The browser of the browser tests: the one installed, else Debian's package, else Playwright's own.

Usage: python -m bin.chromium    prints its path, after installing one when there is none
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NOT_FOUND = (
    "No browser for the browser tests: install Chromium (on Debian `apt install chromium`), "
    "or set CHROMIUM to the path of one."
)


def candidates() -> list[str]:
    """Return the paths of the browsers that may be here, the wanted one first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return [named]
    installed = [path for name in NAMES if (path := shutil.which(name))]
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return [*installed, own]


def starts(path: str) -> bool:
    """Tell whether the browser shows a page; Ubuntu's apt package, for one, is only a pointer to a snap."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=QUIET)
            browser.new_page().goto("data:text/html,<title>here</title>")
            browser.close()
        except Error:
            return False
    return True


def find() -> str | None:
    """Return the first browser that starts."""
    return next((path for path in candidates() if starts(path)), None)


def install() -> None:
    """Try Debian's package when root, then Playwright's download; say what happens on standard error."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        attempts = [["apt-get", "update"], apt, *attempts]
    for attempt in attempts:
        print(f"Looking for a browser: {' '.join(attempt)}", file=sys.stderr, flush=True)
        subprocess.run(
            attempt,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if attempt[1] != "update" and find():
            return


def main() -> None:
    """Print the path of a browser that starts; exit 1 with one sentence when none can be had."""
    path = find()
    if not path and not os.environ.get("CHROMIUM"):
        install()
        path = find()
    if not path:
        sys.exit(NOT_FOUND)
    print(path)


if __name__ == "__main__":
    main()
