"""One index over the documents instead of the one over an expression; neither blocks a reader or a writer."""

import django.contrib.postgres.indexes
import django.contrib.postgres.operations
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("products", "0010_search_documents")]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["document"], name="product_document", gin_pending_list_limit=512
            ),
        ),
        django.contrib.postgres.operations.RemoveIndexConcurrently(
            model_name="product",
            name="product_text",
        ),
    ]
