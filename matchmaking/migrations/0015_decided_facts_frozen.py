"""A decision carries its facts, and they stay with it."""

from django.db import migrations, models
from django.db.models import Q

TRIGGER = """
DROP TRIGGER application_decision_frozen ON matchmaking_application;
CREATE TRIGGER application_decision_frozen BEFORE UPDATE ON matchmaking_application
    FOR EACH ROW WHEN (
        OLD.decision <> '' AND ({old}) IS DISTINCT FROM ({new})
    ) EXECUTE FUNCTION application_decision_frozen();
"""


def trigger(*columns):
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return TRIGGER.format(old=old, new=new)


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0014_facts_of_decided_applications")]

    operations = [
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(decision="") | Q(decided_facts__isnull=False),
                name="application_decision_has_facts",
            ),
        ),
        migrations.RunSQL(
            trigger("decision", "reason", "reserve_number", "decided_facts"),
            trigger("decision", "reason", "reserve_number"),
        ),
    ]
