"""The table of Django's database cache: sign-in limits count across all web processes."""

from django.db import migrations

FORWARD = """
CREATE TABLE tradecontact_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX tradecontact_cache_expires ON tradecontact_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only_rows")]

    operations = [migrations.RunSQL(FORWARD, "DROP TABLE tradecontact_cache")]
