"""Every contact on one line: how many pairs came how far, and what they agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accounts.actors import Actor
from reports.access import ContactChoice, contacts_of
from reports.funnel import Count, FunnelLine, PairQuestion, Stage, count_line
from reports.ledger import Line, Statement, statement_of
from reports.pair_rows import counts_by_contact
from reports.scope import Dimension

SHOWN = (Stage.PROPOSED, Stage.AGREED, Stage.MET, Stage.ORDER)


@dataclass(frozen=True)
class ContactLine:
    """One contact with its funnel and its line of the ledger."""

    contact: ContactChoice
    funnel: FunnelLine
    ledger: Line

    @property
    def stages(self) -> list[Count]:
        """The counts that fit on one line: proposed, both yes, met, order."""
        return [self.funnel.stages[stage] for stage in SHOWN]


def lines_of(actor: Actor, statement: Statement, year: str) -> list[ContactLine]:
    """Return a line for each contact, of one year or of all, the latest first. Costs two queries."""
    counts = counts_by_contact(actor, year)
    ledgers = {line.key: line for line in statement.lines}
    contacts = [one for one in contacts_of(actor) if year in {"", one.year}]
    return [
        ContactLine(
            contact,
            count_line(
                contact.slug, counts.get(contact.slug, {}), PairQuestion(contact=contact.slug, year=year)
            ),
            ledgers.get(contact.slug) or _nothing(statement, contact.slug),
        )
        for contact in contacts
    ]


def _nothing(statement: Statement, contact: str) -> Line:
    return statement_of([], replace(statement.question, contact=contact), Dimension.CONTACT).headline
