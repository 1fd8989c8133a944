"""Whatever a page of the catalogue shows moves its version: what products are shown with, too.

A place that gets another name rewrites its products' documents, which moves the version already.
"""

from django.db import migrations

SHOWN_WITH = ["products_business", "products_photo", "products_category", "products_unit"]


def noting(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER products_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION products_note_change()",
        f"DROP TRIGGER products_note_change ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("products", "0026_search_functions_keep_plans")]

    operations = [noting(table) for table in SHOWN_WITH]
