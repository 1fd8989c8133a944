"""What a curation has decided stays: scores and decisions no longer change, addenda are only added."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER addendum_append_only BEFORE UPDATE OR DELETE ON matchmaking_addendum
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION curation_score_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched matchmaking_curationscore;
BEGIN
    IF TG_OP = 'DELETE' THEN touched := OLD; ELSE touched := NEW; END IF;
    IF (SELECT curation.state FROM matchmaking_application AS application
        JOIN matchmaking_curation AS curation ON curation.id = application.curation_id
        WHERE application.id = touched.application_id) = 'decided' THEN
        RAISE EXCEPTION 'the scores of a decided curation stay (curation_score_frozen)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'curation_score_frozen';
    END IF;
    RETURN touched;
END $$;
CREATE TRIGGER curation_score_frozen BEFORE INSERT OR UPDATE OR DELETE ON matchmaking_curationscore
    FOR EACH ROW EXECUTE FUNCTION curation_score_frozen();

CREATE FUNCTION application_decision_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided stays, an addendum changes it (application_decision_frozen)'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'application_decision_frozen';
END $$;
CREATE TRIGGER application_decision_frozen BEFORE UPDATE ON matchmaking_application
    FOR EACH ROW WHEN (
        OLD.decision <> '' AND (OLD.decision, OLD.reason, OLD.reserve_number)
            IS DISTINCT FROM (NEW.decision, NEW.reason, NEW.reserve_number)
    ) EXECUTE FUNCTION application_decision_frozen();
"""
BACKWARD = """
DROP TRIGGER application_decision_frozen ON matchmaking_application;
DROP FUNCTION application_decision_frozen();
DROP TRIGGER curation_score_frozen ON matchmaking_curationscore;
DROP FUNCTION curation_score_frozen();
DROP TRIGGER addendum_append_only ON matchmaking_addendum;
"""


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0010_curation"), ("accounts", "0002_append_only_rows")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
