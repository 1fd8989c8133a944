"""Computes the proposals of a trade contact and prints the list of its page."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import pairing, proposal_list
from matchmaking.models import Pair, TradeContact
from matchmaking.reasons import sentence


class Command(BaseCommand):
    help = "Compute and print the proposals of a trade contact; counts go to standard error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--trade-contact", required=True, metavar="SLUG", help="address of the contact")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")

    def handle(self, *args: Any, trade_contact: str, **options: Any) -> None:
        try:
            contact = TradeContact.objects.get(slug=trade_contact)
        except TradeContact.DoesNotExist:
            raise CommandError(f"There is no trade contact “{trade_contact}”.") from None
        run = pairing.propose_now(actor=COMMAND, trade_contact=contact, now=timezone.now())
        pairs = list(proposal_list.pairs_of(contact).shown())
        if options["json"]:
            self.stdout.write(json.dumps({"pairs": [as_json(pair) for pair in pairs]}, ensure_ascii=False))
        else:
            for pair in pairs:
                self.stdout.write(as_line(pair))
        counts, seconds = run.counts, run.counts["seconds"]
        self.stderr.write(
            f"{counts['pairs']} pairs, {counts['came']} new, {counts['went']} gone; "
            f"{counts['with_pairs']} of {counts['businesses']} businesses have one; "
            f"{sum(seconds.values()):.2f} seconds."
        )


def as_json(pair: Pair) -> dict[str, Any]:
    """Return a pair as scripts read it; names beside ids, sentences in the portal's language."""
    names = (
        "seller",
        "buyer",
        "product",
        "need",
        "implied",
        "seller_id",
        "buyer_id",
        "product_id",
        "need_id",
    )
    return {
        "id": pair.pk,
        "a": pair.business_a.name,
        "b": pair.business_b.name,
        "a_id": pair.business_a_id,
        "b_id": pair.business_b_id,
        "score": pair.score or 0.0,
        "trades": [{name: trade[name] for name in names} for trade in pair.trades],
        "reasons": [sentence(fact) for fact in pair.reasons],
        "unmet": [sentence(fact) for fact in pair.unmet],
    }


def as_line(pair: Pair) -> str:
    """Return a pair as one line of the table: rank, score, both names, what is traded."""
    traded = "; ".join(f"{trade['seller']} → {trade['product']}" for trade in pair.trades)
    rank = "–" if pair.rank is None else pair.rank
    return f"{rank:>4}  {pair.score or 0:.3f}  {pair.business_a.name} – {pair.business_b.name}  [{traded}]"
