"""The product's search document, the words that occur, and groups of equal words."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import products.models.search

WAIT_BRIEFLY = "SET LOCAL lock_timeout = '3s'"  # behind a long reader, else everybody queues behind us


class Migration(migrations.Migration):
    dependencies = [("products", "0007_listing")]

    operations = [
        migrations.RunSQL(WAIT_BRIEFLY, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="product",
            name="document",
            field=products.models.search.DocumentField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="SearchSynonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        blank=True, db_index=False, editable=False, max_length=40, verbose_name="kode"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        verbose_name="kata yang sama artinya",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="versi")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="dihapus")),
            ],
            options={
                "verbose_name": "padanan kata",
                "verbose_name_plural": "padanan kata",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="search_synonym_code_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__len__gte", 2)),
                        name="search_synonym_has_two_words",
                        violation_error_message="Tulis paling sedikit dua kata yang sama artinya.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="search_word"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_letters", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, WAIT_BRIEFLY),
    ]
