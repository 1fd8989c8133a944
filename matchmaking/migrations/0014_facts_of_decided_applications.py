"""Keep names, districts and who went before with the decisions that were made before they were kept."""

from django.db import migrations


def keep_facts(apps, schema_editor):
    Application = apps.get_model("matchmaking", "Application")
    Participation = apps.get_model("matchmaking", "Participation")
    decided = Application.objects.filter(curation__state="decided", decided_facts=None)
    for row in decided.select_related("business", "curation__delegation").iterator():
        before = Participation.objects.filter(
            business=row.business_id, created_at__lt=row.curation.decided_at
        ).exclude(delegation__trade_contact=row.curation.delegation.trade_contact_id)
        ordered = before.order_by("-delegation__trade_contact__starts_on", "-pk")
        titles = list(ordered.values_list("delegation__trade_contact__title", flat=True))
        row.decided_facts = {
            "name": row.business.name,
            "district": row.business.district,
            "went_to": titles,
        }
        row.save(update_fields=["decided_facts"])


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0013_application_decided_facts")]

    operations = [migrations.RunPython(keep_facts, migrations.RunPython.noop)]
