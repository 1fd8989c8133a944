"""A transaction that writes products twice is told apart from one that did so once.

``products_catalogue_change`` keeps one row for each late transaction with the number of its writes. Old rows
go now and then; the newest one tells the versions apart all the same.
"""

from django.db import migrations

COUNT_WRITES = """
ALTER TABLE products_catalogue_change ADD COLUMN writes bigint NOT NULL DEFAULT 1;
CREATE OR REPLACE FUNCTION products_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    INSERT INTO products_catalogue_change AS change VALUES (mine, 1)
    ON CONFLICT (txid) DO UPDATE SET writes = change.writes + 1;
    IF mine % 100 = 0 THEN
        DELETE FROM products_catalogue_change WHERE txid < mine - 2000;
    END IF;
    RETURN NULL;
END $$
"""
COUNT_TRANSACTIONS = """
CREATE OR REPLACE FUNCTION products_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO products_catalogue_change VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
ALTER TABLE products_catalogue_change DROP COLUMN writes
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0019_checked_has_evidence")]

    operations = [migrations.RunSQL(COUNT_WRITES, COUNT_TRANSACTIONS)]
