"""Whether its business was seen making its goods becomes one more fact of a product, kept as the others are."""

from django.db import migrations

FILL = """
CREATE OR REPLACE FUNCTION products_fill_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    yesterday date := current_date - 1;
BEGIN
    SELECT business.region_id, region.province_id, business.makes_itself
    INTO NEW.region_id, NEW.province_id, NEW.makes_itself
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
FILL_AS_BEFORE = """
CREATE OR REPLACE FUNCTION products_fill_facts() RETURNS trigger LANGUAGE plpgsql AS $$
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
MOVE = """
CREATE TRIGGER products_business_prove AFTER UPDATE OF makes_itself ON products_business FOR EACH ROW
WHEN (OLD.makes_itself IS DISTINCT FROM NEW.makes_itself) EXECUTE FUNCTION products_business_move()
"""
ONCE = """
UPDATE products_product SET sample = sample
WHERE business_id IN (SELECT id FROM products_business WHERE makes_itself)
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0022_product_makes_itself")]

    operations = [
        migrations.RunSQL(FILL, FILL_AS_BEFORE),
        migrations.RunSQL(MOVE, "DROP TRIGGER products_business_prove ON products_business"),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
