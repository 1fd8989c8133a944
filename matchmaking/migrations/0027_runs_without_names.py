"""Take the names of businesses out of the reports of runs; pages look them up by their ids."""

from django.db import migrations

LISTS = ("few", "many")


def clear_names(apps, schema_editor):
    ProposalRun = apps.get_model("matchmaking", "ProposalRun")
    for run in ProposalRun.objects.only("counts").order_by("pk").iterator(chunk_size=20):
        lines = [line for name in LISTS for line in run.counts.get(name) or []]
        named = [line for line in lines if line.pop("business", None) is not None]
        if named:
            ProposalRun.objects.filter(pk=run.pk).update(counts=run.counts)


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0026_commitments_told_apart")]

    operations = [migrations.RunPython(clear_names, migrations.RunPython.noop)]
