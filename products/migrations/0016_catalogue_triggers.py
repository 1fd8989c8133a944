"""The facts of a product (prices, place, certificates) are kept by triggers, and filled here once.

``products_fill_facts`` runs before every insert and update of a product and gathers its facts anew, so
nothing that Python writes there lasts. Changes of prices, certificates, businesses and regions touch the
products they concern, whose own trigger then does the work. Products are touched in the order of their ids,
so that two transactions do not wait for each other in a circle.

``products_catalogue_change`` holds one row for each transaction that wrote products. Counts that were made
while the same rows of it were visible are still right, so a web server may keep them (``facets.py``).

A certificate that ended before yesterday is left out. ``certificates_until`` is the day on which the first
of the rest ends; after it ``products_certificates`` says what is still held.
"""

from django.db import migrations

CERTIFICATES = """
CREATE FUNCTION products_certificates(of_product bigint, of_business bigint, on_day date, only_checked boolean)
RETURNS varchar[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT kind ORDER BY kind), '{}')::varchar[]
    FROM products_certificate
    WHERE business_id = of_business AND (product_id IS NULL OR product_id = of_product)
        AND (state = 'checked' OR (state = 'unchecked' AND NOT only_checked))
        AND (valid_until IS NULL OR valid_until >= on_day)
$$
"""
FILL = """
CREATE FUNCTION products_fill_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    yesterday date := current_date - 1;
BEGIN
    SELECT business.region_id, region.province_id INTO NEW.region_id, NEW.province_id
    FROM products_business business JOIN regions_region region ON region.id = business.region_id
    WHERE business.id = NEW.business_id;
    SELECT min(price_rupiah), max(price_rupiah) INTO NEW.lowest_price, NEW.highest_price
    FROM products_pricetier WHERE product_id = NEW.id;
    SELECT min(valid_until) INTO NEW.certificates_until
    FROM products_certificate
    WHERE business_id = NEW.business_id AND (product_id IS NULL OR product_id = NEW.id)
        AND state IN ('checked', 'unchecked') AND valid_until >= yesterday;
    NEW.certificates_held := products_certificates(NEW.id, NEW.business_id, yesterday, false);
    NEW.certificates_checked := products_certificates(NEW.id, NEW.business_id, yesterday, true);
    NEW.sample := (NEW.id * 40503) % 65536 / 64;
    RETURN NEW;
END $$
"""
TOUCH = """
CREATE FUNCTION products_touch(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE products_product SET sample = sample
    WHERE id IN (SELECT id FROM products_product WHERE id = ANY(ids) ORDER BY id FOR UPDATE)
$$
"""
CHANGED = """
CREATE TABLE products_catalogue_change (txid bigint PRIMARY KEY);
CREATE FUNCTION products_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO products_catalogue_change VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER products_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON products_product
FOR EACH STATEMENT EXECUTE FUNCTION products_note_change()
"""
UNCHANGED = """
DROP TRIGGER products_note_change ON products_product;
DROP FUNCTION products_note_change;
DROP TABLE products_catalogue_change
"""
TRIGGER = """
CREATE TRIGGER products_fill_facts BEFORE INSERT OR UPDATE ON products_product
FOR EACH ROW EXECUTE FUNCTION products_fill_facts()
"""


def touching(table: str, of_rows: str) -> list[tuple[str, str]]:
    """Return SQL and its reverse: changes of ``table`` touch the products that ``of_rows`` finds."""
    name = f"{table}_touch"
    create = f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM products_touch(ARRAY({of_rows.format(rows="new_rows")}));
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM products_touch(ARRAY({of_rows.format(rows="old_rows")}));
        ELSE
            PERFORM products_touch(ARRAY({of_rows.format(rows="(TABLE old_rows UNION TABLE new_rows) both_rows")}));
        END IF;
        RETURN NULL;
    END $$
    """
    steps = [(create, f"DROP FUNCTION {name}")]
    tables = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }
    for act, rows in tables.items():
        trigger = f"{name}_{act.lower()}"
        steps.append(
            (
                f"CREATE TRIGGER {trigger} AFTER {act} ON {table} REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
                f"DROP TRIGGER {trigger} ON {table}",
            )
        )
    return steps


def moving(table: str, column: str, of_row: str) -> list[tuple[str, str]]:
    """Return SQL and its reverse: a row of ``table`` with another ``column`` touches its products."""
    name = f"{table}_move"
    create = f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM products_touch(ARRAY({of_row}));
        RETURN NULL;
    END $$
    """
    trigger = (
        f"CREATE TRIGGER {name} AFTER UPDATE OF {column} ON {table} FOR EACH ROW "
        f"WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION {name}()"
    )
    return [(create, f"DROP FUNCTION {name}"), (trigger, f"DROP TRIGGER {name} ON {table}")]


STEPS = [
    (CERTIFICATES, "DROP FUNCTION products_certificates"),
    (FILL, "DROP FUNCTION products_fill_facts"),
    (TOUCH, "DROP FUNCTION products_touch"),
    (TRIGGER, "DROP TRIGGER products_fill_facts ON products_product"),
    (CHANGED, UNCHANGED),
    *touching("products_pricetier", "SELECT product_id FROM {rows}"),
    *touching(
        "products_certificate",
        "SELECT id FROM products_product WHERE business_id IN (SELECT business_id FROM {rows})",
    ),
    *moving("products_business", "region_id", "SELECT id FROM products_product WHERE business_id = NEW.id"),
    *moving("regions_region", "province_id", "SELECT id FROM products_product WHERE region_id = NEW.id"),
]


class Migration(migrations.Migration):
    dependencies = [("products", "0015_catalogue_facts")]

    operations = [
        *[migrations.RunSQL(create, drop) for create, drop in STEPS],
        migrations.RunSQL("UPDATE products_product SET sample = sample", migrations.RunSQL.noop),
    ]
