"""Plan the questions of pairs that agreed or met before there were any.

A question whose day has passed is left out, as it is when a step is taken late (``follow_up_plan``).
"""

from datetime import timedelta

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone

DAYS = (7, 30, 90, 180)
MOST_AT_ONCE = 500


def plan_missing(apps, schema_editor):
    Pair = apps.get_model("matchmaking", "Pair")
    PairStep = apps.get_model("matchmaking", "PairStep")
    FollowUp = apps.get_model("matchmaking", "FollowUp")
    today = timezone.localdate()
    began = PairStep.objects.filter(pair=OuterRef("pk"), to_step__in=["agreed", "met"]).order_by("pk")
    pairs = Pair.objects.filter(follow_ups=None).exclude(step="proposed").select_related("trade_contact")
    pairs = pairs.annotate(began_at=Subquery(began.values("at")[:1])).exclude(began_at=None).order_by("pk")
    missing = []
    for pair in pairs.iterator(chunk_size=MOST_AT_ONCE):
        contact = pair.trade_contact
        start = contact.ends_on or contact.starts_on or timezone.localdate(pair.began_at)
        missing += [
            FollowUp(pair=pair, asked_id=asked_id, days=days, due_on=start + timedelta(days=days))
            for days in DAYS
            for asked_id in (pair.business_a_id, pair.business_b_id)
            if start + timedelta(days=days) > today
        ]
    FollowUp.objects.bulk_create(missing, batch_size=MOST_AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0029_task_moved_at")]

    operations = [migrations.RunPython(plan_missing, migrations.RunPython.noop)]
