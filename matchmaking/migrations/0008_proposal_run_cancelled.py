import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("matchmaking", "0007_least_pairs_in_range"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="proposalrun", name="proposal_run_state_known"),
        migrations.AddField(
            model_name="proposalrun",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="proposalrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "menunggu giliran"),
                    ("running", "sedang dihitung"),
                    ("done", "selesai"),
                    ("failed", "terhenti"),
                    ("cancelled", "dibatalkan"),
                ],
                default="queued",
                max_length=9,
                verbose_name="keadaan",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalrun",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]),
                name="proposal_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalrun",
            constraint=models.CheckConstraint(
                condition=Q(cancelled_by=None) | Q(state="cancelled"),
                name="proposal_run_canceller_only_when_cancelled",
            ),
        ),
    ]
