from django.db import migrations
from django.db.models import OuterRef, Subquery

NOTE = "Diperiksa sebelum portal mencatat buktinya."


def say_when(apps, schema_editor):
    """Give certificates that were checked before this release a moment and a note."""
    certificates = apps.get_model("products", "Certificate").objects
    businesses = apps.get_model("products", "Business").objects
    recorded = businesses.filter(pk=OuterRef("business_id")).values("created_at")[:1]
    certificates.filter(state="checked").update(checked_at=Subquery(recorded), check_note=NOTE)


def forget(apps, schema_editor):
    certificates = apps.get_model("products", "Certificate").objects
    certificates.filter(check_note=NOTE).update(checked_at=None, check_note="")


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0017_trust"),
    ]

    operations = [migrations.RunPython(say_when, forget)]
