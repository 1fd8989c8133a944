"""What was committed and confirmed stays as it was written; a commitment may be withdrawn once."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER confirmation_append_only BEFORE UPDATE OR DELETE ON matchmaking_confirmation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION commitment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before matchmaking_commitment := OLD;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
        before.withdrawn_at := NEW.withdrawn_at;
        before.withdrawn_reason := NEW.withdrawn_reason;
        IF before IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a commitment stays as it was recorded, it can only be withdrawn (commitment_frozen)'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_frozen';
END $$;
CREATE TRIGGER commitment_frozen BEFORE UPDATE OR DELETE ON matchmaking_commitment
    FOR EACH ROW EXECUTE FUNCTION commitment_frozen();

CREATE FUNCTION commitment_within_pair() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_pair matchmaking_pair;
    below matchmaking_commitment;
BEGIN
    SELECT * INTO of_pair FROM matchmaking_pair WHERE id = NEW.pair_id;
    SELECT * INTO below FROM matchmaking_commitment WHERE id = NEW.grew_from_id;
    IF (NEW.seller_id <> NEW.buyer_id
            AND (LEAST(NEW.seller_id, NEW.buyer_id), GREATEST(NEW.seller_id, NEW.buyer_id))
            IS DISTINCT FROM (of_pair.business_a_id, of_pair.business_b_id))
        OR (NEW.grew_from_id IS NOT NULL
            AND (below.pair_id, below.seller_id) IS DISTINCT FROM (NEW.pair_id, NEW.seller_id)) THEN
        RAISE EXCEPTION 'a commitment is between the two sides of its pair (commitment_within_pair)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_within_pair';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_within_pair BEFORE INSERT ON matchmaking_commitment
    FOR EACH ROW EXECUTE FUNCTION commitment_within_pair();
"""
BACKWARD = """
DROP TRIGGER commitment_within_pair ON matchmaking_commitment;
DROP FUNCTION commitment_within_pair();
DROP TRIGGER commitment_frozen ON matchmaking_commitment;
DROP FUNCTION commitment_frozen();
DROP TRIGGER confirmation_append_only ON matchmaking_confirmation;
"""


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0022_commitments"), ("accounts", "0002_append_only_rows")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
