"""After the demonstration's return visit: its stories, the follow-up questions, tasks done, messages gone."""

from datetime import date, timedelta

from matchmaking import followups, office_tasks
from matchmaking.demo.catalogue import Businesses
from matchmaking.demo.deals import Deal
from matchmaking.demo.offices import Desk
from matchmaking.demo.return_visit import (
    Visit,
    by_link,
    day_of_return_visit,
    hold_return_visit,
    pair_between,
)
from matchmaking.demo.stories import STILL, STOPPED, STORIES, News, Story
from matchmaking.models import Pair, Reason, Step, Task, TradeContact
from matchmaking.models.followups import DAYS, FollowUp
from outbox.models import Message
from outbox.resending import note_sent_by_hand
from products.models import Business

FOLLOW_UPS = DAYS[:3]
"""The days after the visit on which sides were asked until now."""
DONE = "Kotak dilapisi karton; contoh kedua diterima baik."
DONE_AFTER = 19  # days after the visit


def tell_return_visit(
    first: TradeContact, desks: dict[str, Desk], businesses: Businesses, today: date
) -> TradeContact:
    """Hold the return visit of ``first`` and tell what became of its pairs until today."""
    couples = [story.couple for story in STORIES]
    visit = hold_return_visit(first, desks, businesses, couples, day_of_return_visit(today))
    deals = [(_deal(visit, story, businesses), story) for story in STORIES]
    for deal, story in deals:
        deal.meet()
        story.tell(deal)
    for days in FOLLOW_UPS:
        followups.sweep(now=visit.at(days))
        for deal, story in deals:
            _answer(deal, story.news, days)
    _finish_task(visit, businesses["Jejak Lembayung"])
    _send_by_hand(visit)
    return visit.contact


def _deal(visit: Visit, story: Story, businesses: Businesses) -> Deal:
    seller, buyer = businesses[story.seller], businesses[story.buyer]
    product = seller.products.select_related("unit", "category").get(name=story.product)
    pair = pair_between(visit, seller, buyer)
    return Deal(visit=visit, pair=pair, seller=seller, buyer=buyer, product=product)


def _answer(deal: Deal, news: News, days: int) -> None:
    """Let both sides answer the question of a day: by link, or through their office without an address."""
    place = FOLLOW_UPS.index(days)
    answer = news[place] if place < len(news) else None
    for business, says in ((deal.seller, answer), (deal.buyer, STILL if answer == STOPPED else answer)):
        pair = Pair.objects.get(pk=deal.pair.pk)
        if says is None or pair.step == Step.CLOSED:
            continue
        is_end = says == STOPPED
        reply = followups.Reply(
            answer=says,
            reason=Reason.PRICE if is_end else None,
            note="Galeri mencari wayang yang lebih murah." if is_end else "",
        )
        followups.record_reply(
            actor=by_link(business) if business.email else deal.visit.officer_of(business),
            follow_up=FollowUp.objects.get(pair=pair, asked=business, days=days),
            reply=reply,
            now=deal.visit.at(days + 1),
            today=deal.visit.on(days + 1),
        )


def _finish_task(visit: Visit, business: Business) -> None:
    """Let the office say that the packaging is better now."""
    task = Task.objects.get(business=business, reason=Reason.PACKAGING)
    office_tasks.change_task(
        actor=visit.officer_of(business),
        task=task,
        owner=office_tasks.owners_of(task.office_id)[0],
        due_on=task.due_on,
        done_note=DONE,
        now=visit.at(DONE_AFTER),
    )


def _send_by_hand(visit: Visit) -> None:
    """Let officers say that they sent the messages of that time through their own WhatsApp."""
    officers = {desk.office.pk: desk.officer for desk in visit.desks.values()}
    rows = Message.objects.filter(channel=Message.Channel.WHATSAPP, state=Message.State.QUEUED)
    for message in rows.filter(queued_at__lt=visit.at(FOLLOW_UPS[-1] + 2)).order_by("pk"):
        if message.office_id in officers:
            note_sent_by_hand(
                actor=officers[message.office_id],
                message=message,
                now=message.queued_at + timedelta(hours=1),
            )
