"""Every action that the code writes into history has words for the page that tells it."""

import ast
import importlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from matchmaking.timeline import OF_A_CONTACT, OF_A_PAIR
from outbox.explaining import OF_A_MESSAGE
from products.listing import Act
from products.synonyms import TOLD as OF_A_SYNONYM
from products.timeline import OF_A_BUSINESS

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "regions", "outbox", "products", "matchmaking", "reports"]
WORDS = {**OF_A_MESSAGE, **OF_A_CONTACT, **OF_A_PAIR, **OF_A_BUSINESS, **OF_A_SYNONYM}

# Actions that no page tells: lines for whoever looks into a complaint, of rows without a page of history.
NOT_TOLD = {
    "user.exported",
    "office.exported",
    "office.sees_changes_first",
    "importbatch.imported",
    "importbatch.undone",
    "inquiry.received",
    "inquiry.turned_into_pair",
    "inquiry.closed",
    "inquiry.withdrawn",
    "savedsearch.saved",
    "savedsearch.confirmed",
    "savedsearch.unsubscribed",
    "savedsearch.asked_again",
    "digestsetting.digest_wanted",
    "digestsetting.digest_refused",
    "messagetemplate.reworded",
    "messagetemplate.reset",
    "pair.answered",  # told by the answer itself
}
# Told by a function of its own, which a test of that page reads.
TOLD_ELSEWHERE = {f"categorycomplement.{act}" for act in ("added", "changed", "removed", "restored")}
# What one module writes lines about. A module that is not here writes none.
SUBJECTS = {
    "accounts.downloads": ["user"],
    "matchmaking.admission": ["application"],
    "matchmaking.answer_lock": ["tradecontact"],
    "matchmaking.applications": ["application", "curation", "business", "product"],
    "matchmaking.ask_links": ["pair"],
    "matchmaking.buyers": ["business"],
    "matchmaking.commitments": ["pair"],
    "matchmaking.contacts": ["tradecontact"],
    "matchmaking.curation": ["curation", "application"],
    "matchmaking.curation_decision": ["curation", "application", "delegation"],
    "matchmaking.delegation_import": ["delegation", "curation"],
    "matchmaking.delegations": ["delegation", "pair"],
    "matchmaking.demo.catalogue": ["business"],
    "matchmaking.digests": ["digestsetting"],
    "matchmaking.followups": ["pair"],
    "matchmaking.inquiries": ["inquiry"],
    "matchmaking.inquiry_withdrawal": ["inquiry", "business"],
    "matchmaking.interest": ["pair"],
    "matchmaking.office_tasks": ["pair"],
    "matchmaking.pairing": ["pair", "tradecontact"],
    "matchmaking.path": ["pair"],
    "matchmaking.quotes": ["pair"],
    "matchmaking.return_visit": ["tradecontact", "pair", "delegation"],
    "matchmaking.runs": ["tradecontact"],
    "matchmaking.samples": ["pair"],
    "matchmaking.sending": ["business"],
    "matchmaking.supply": ["supplyoffer"],
    "matchmaking.taking_along": ["delegation"],
    "matchmaking.weights": ["tradecontact"],
    "outbox.office_wording": ["messagetemplate"],
    "outbox.resending": ["message"],
    "products.certificates": ["certificate", "product"],
    "products.complements": ["categorycomplement"],
    "products.drafting": ["product"],
    "products.importing": ["importbatch"],
    "products.links": ["business"],
    "products.listing": ["office", "product"],
    "products.management.commands.export_list": ["office"],
    "products.need_expiry": ["need"],
    "products.needs": ["need", "business"],
    "products.photo_changes": ["product"],
    "products.production": ["business"],
    "products.profiles": ["need", "product", "business"],
    "products.reachability": ["business"],
    "products.revisions": ["product"],
    "products.saved_searches": ["savedsearch"],
    "products.synonyms": ["searchsynonym"],
}
# Actions that are the value of something: what it can be.
VALUES: dict[str, Sequence[str]] = {
    "row.state": ["chosen", "reserve", "refused", "withdrawn"],
    "act": [act.value for act in Act],
}


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return list(read_modules())


def read_modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and path.name != "history.py":
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name, ast.parse(path.read_text())


def calls_in(node: ast.AST) -> Iterator[ast.Call]:
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))


def name_of(call: ast.Call) -> str:
    return ast.unparse(call.func)


def action_of(call: ast.Call) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == "action"), None)


def passed_to(function: ast.FunctionDef, module: str) -> Iterator[ast.expr]:
    """Yield what is handed to a function of ``module`` as ``action``, there or in another module."""
    names = [argument.arg for argument in function.args.args]
    from_outside = f"{module.rpartition('.')[2]}.{function.name}"
    for name, tree in modules():
        for call in calls_in(tree):
            if name_of(call) == (function.name if name == module else from_outside):
                yield action_of(call) or call.args[names.index("action")]


def values_of(value: ast.expr, function: ast.FunctionDef, module: str) -> Iterator[str]:
    text = ast.unparse(value)
    if isinstance(value, ast.Constant):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from values_of(value.body, function, module)
        yield from values_of(value.orelse, function, module)
    elif text in VALUES:
        yield from VALUES[text]
    elif text == "action":
        for given in passed_to(function, module):
            yield from values_of(given, function, module)
    else:
        yield getattr(importlib.import_module(module), text)


def recorded() -> list[tuple[str, str]]:
    """Return every (module, action) that the code writes, in order."""
    found = []
    for module, tree in modules():
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for call in calls_in(function):
                value = action_of(call)
                if name_of(call) == "history.record" and value is not None:
                    found += [(module, action) for action in values_of(value, function, module)]
    return sorted(set(found))


def test_every_recorded_action_has_words() -> None:
    told = WORDS.keys() | NOT_TOLD | TOLD_ELSEWHERE

    without = [
        (module, action)
        for module, action in recorded()
        if not any(f"{subject}.{action}" in told for subject in SUBJECTS.get(module, []))
    ]

    assert without == []


def test_no_words_are_kept_for_what_nobody_records() -> None:
    actions = {action for _module, action in recorded()} | {"imported"}
    answers = {key for key in WORDS if key.startswith("interest.")}

    assert [key for key in sorted(WORDS.keys() - answers) if key.split(".")[1] not in actions] == []


def test_recording_is_called_by_its_module_name() -> None:
    """Otherwise the walk above would not see a line."""
    assert [name for name, tree in modules() for call in calls_in(tree) if name_of(call) == "record"] == []
