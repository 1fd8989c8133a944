"""Documents for the products that are there already, a batch at a time, so that nobody waits long.

Writing the name as it is lets the trigger make the document. A batch takes about a second.
"""

from django.db import migrations

BATCH = 2000
FILL = """
    UPDATE products_product SET name = name
    WHERE id IN (SELECT id FROM products_product WHERE id > %s AND document IS NULL ORDER BY id LIMIT %s)
    RETURNING id
"""


def fill(apps, schema_editor):
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(FILL, [last, BATCH])
            ids = [pk for (pk,) in cursor.fetchall()]
            if not ids:
                return
            last = max(ids)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("products", "0009_search_triggers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
