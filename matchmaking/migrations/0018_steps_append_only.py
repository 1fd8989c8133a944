"""Steps are only ever added; pairs on which both sides agreed already have taken that step."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER pair_step_append_only BEFORE UPDATE OR DELETE ON matchmaking_pairstep
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER pair_step_append_only ON matchmaking_pairstep;
"""
AGREED = """
INSERT INTO matchmaking_pairstep
    (pair_id, from_step, to_step, reason, document, note, business_id, via, recorded_by_id, at)
SELECT DISTINCT ON (pair.id) pair.id, 'proposed', 'agreed', '', '', '',
    latest.business_id, latest.via, latest.recorded_by_id, latest.at
FROM matchmaking_pair AS pair JOIN matchmaking_interest AS latest ON latest.pair_id = pair.id
WHERE pair.answer_a = 'yes' AND pair.answer_b = 'yes'
ORDER BY pair.id, latest.id DESC;

UPDATE matchmaking_pair AS pair SET step = 'agreed', step_at = taken.at
FROM matchmaking_pairstep AS taken WHERE taken.pair_id = pair.id AND taken.to_step = 'agreed';
"""


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0017_path"), ("accounts", "0002_append_only_rows")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(AGREED, migrations.RunSQL.noop),
    ]
