from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0018_checks_before_evidence"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", False), ("state", "checked")),
                    models.Q(
                        models.Q(("state", "checked"), _negated=True),
                        ("check_note", ""),
                        ("checked_at", None),
                        ("checked_by", None),
                    ),
                    _connector="OR",
                ),
                name="certificate_checked_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "checked"), _negated=True),
                    ("evidence__isnull", False),
                    models.Q(("check_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="certificate_checked_has_evidence",
                violation_error_message="Unggah berkasnya, atau tulis bagaimana Anda memeriksanya, mis. dilihat aslinya.",
            ),
        ),
    ]
