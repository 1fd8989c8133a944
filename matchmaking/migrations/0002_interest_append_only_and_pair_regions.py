"""Answers are only ever added, and a pair joins two different regions; the database keeps both."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER interest_append_only BEFORE UPDATE OR DELETE ON matchmaking_interest
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION pair_regions_differ() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT region_id FROM products_business WHERE id = NEW.business_a_id)
     = (SELECT region_id FROM products_business WHERE id = NEW.business_b_id) THEN
        RAISE EXCEPTION 'a pair joins businesses of two different regions (pair_regions_differ)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pair_regions_differ';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pair_regions_differ BEFORE INSERT OR UPDATE OF business_a_id, business_b_id ON matchmaking_pair
    FOR EACH ROW EXECUTE FUNCTION pair_regions_differ();
"""
BACKWARD = """
DROP TRIGGER pair_regions_differ ON matchmaking_pair;
DROP FUNCTION pair_regions_differ();
DROP TRIGGER interest_append_only ON matchmaking_interest;
"""


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0001_initial"), ("accounts", "0002_append_only_rows")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
