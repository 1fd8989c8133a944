"""The rules of the house that a reader of one file cannot see broken."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "regions", "outbox", "products", "matchmaking", "reports"]
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "helpers",
    "services",
    "managers",
    "common",
    "signals",
    "selectors",
    "misc",
}

# Every page that opens without signing in. A page not named here asks for a sign-in.
PUBLIC_PAGES = {
    "healthz",
    "readyz",
    "set_language",
    "matchmaking:home",
    "matchmaking:contacts",
    "matchmaking:contact_public",
    "matchmaking:inquiry_new",
    "matchmaking:inquiry_to_business",
    "matchmaking:inquiry_to_need",
    "matchmaking:inquiry_receipt",
    "matchmaking:inquiry_withdraw",
    "matchmaking:region_options",
    "matchmaking:application_new",
    "matchmaking:application_receipt",
    "matchmaking:link_applications",
    "matchmaking:link_apply",
    "matchmaking:link_withdraw",
    "matchmaking:link_home",
    "matchmaking:link_inbox",
    "matchmaking:link_inbox_answer",
    "matchmaking:link_digest",
    "matchmaking:digest_stop",
    "matchmaking:link_language",
    "matchmaking:link_pair",
    "matchmaking:link_answer",
    "matchmaking:link_pair_path",
    "matchmaking:link_pair_close",
    "matchmaking:link_pair_reopen",
    "matchmaking:link_pair_file",
    "matchmaking:link_sample_new",
    "matchmaking:link_sample_report",
    "matchmaking:link_sample_judge",
    "matchmaking:link_quote_request_new",
    "matchmaking:link_quote_request",
    "matchmaking:link_quote_request_close",
    "matchmaking:link_pair_money",
    "matchmaking:link_commitment_new",
    "matchmaking:link_consignment_new",
    "matchmaking:link_consignment_settle",
    "matchmaking:link_commitment_answer",
    "matchmaking:link_commitment_withdraw",
    "matchmaking:link_commitment_ask",
    "matchmaking:link_follow_up",
    "matchmaking:ask",
    "matchmaking:ask_language",
    "matchmaking:link_opened",
    "matchmaking:link_messages",
    "matchmaking:link_inquiries",
    "matchmaking:link_products",
    "matchmaking:link_product_edit",
    "matchmaking:link_product_new",
    "matchmaking:link_product_send",
    "matchmaking:link_photos",
    "matchmaking:link_photo_change",
    "matchmaking:link_photo_file",
    "matchmaking:link_need_new",
    "matchmaking:link_need_edit",
    "matchmaking:link_need_withdraw",
    "matchmaking:link_need_reopen",
    "matchmaking:link_profile",
    "matchmaking:link_need_prolong",
    "matchmaking:link_need_board",
    "matchmaking:link_board_need",
    "matchmaking:link_catalogue_save",
    "matchmaking:link_search_save",
    "matchmaking:link_certificates",
    "matchmaking:link_certificate_new",
    "matchmaking:link_certificate_edit",
    "matchmaking:link_certificate_remove",
    "matchmaking:link_evidence",
    "products:catalogue",
    "products:province_map",
    "products:need_board",
    "products:need_detail",
    "products:search_save",
    "products:search_saved",
    "products:search_confirm",
    "products:subscription",
    "products:product_detail",
    "products:photo_file",
    "products:business_detail",
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every named route below ``resolver`` with its namespaced name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


def python_files() -> list[Path]:
    return [
        path
        for app in [*APPS, "tradecontact"]
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_public_pages_are_exactly_the_literal_list() -> None:
    ours = [
        (name, pattern)
        for name, pattern in patterns(get_resolver())
        if not name.startswith(("admin:", "account_", "mfa_"))
    ]

    open_pages = {name for name, pattern in ours if not getattr(pattern.callback, "login_required", True)}

    assert open_pages == PUBLIC_PAGES


def test_views_have_the_name_of_their_url() -> None:
    ours = [
        (name.split(":")[1], pattern.callback.__name__)
        for name, pattern in patterns(get_resolver())
        if name.startswith(("matchmaking:", "outbox:", "products:", "reports:"))
    ]

    assert [pair for pair in ours if pair[0] != pair[1]] == []


def test_views_hold_no_query() -> None:
    views = [path for path in python_files() if "views" in path.parts or path.name == "views.py"]

    assert [str(path) for path in views if ".objects" in path.read_text()] == []


def test_module_names_say_something() -> None:
    assert [str(path) for path in python_files() if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_no_signal_is_received() -> None:
    assert [str(path) for path in python_files() if "@receiver" in path.read_text()] == []


def test_no_save_is_overridden() -> None:
    saves = [
        f"{path}:{node.lineno}" for path in python_files() for node in functions(path) if node.name == "save"
    ]

    assert saves == []


def test_templates_hold_no_inline_style_or_script() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    forbidden = re.compile(
        r"""\sstyle=|<style|\son(?:blur|change|click|error|focus|input|key\w+|load|mouse\w+|submit)=|<script(?![^>]*\ssrc=)"""
    )

    assert [str(path) for path in templates if forbidden.search(path.read_text())] == []
