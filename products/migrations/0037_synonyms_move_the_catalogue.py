"""A change of equal words moves the catalogue's version: a search finds, counts and marks other products."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("products", "0036_saved_search_press_of_one_address")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER products_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            "ON products_searchsynonym FOR EACH STATEMENT EXECUTE FUNCTION products_note_change()",
            "DROP TRIGGER products_note_change ON products_searchsynonym",
        )
    ]
