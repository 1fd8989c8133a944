"""Triggers that keep each product's document true and note the words that occur.

A document holds, by weight: A the product's name, B its category as the lexeme ``@<id>`` (what the category
is called is looked up when somebody searches, so new synonyms hold at once), C its description, D the name,
district, region and province of its business; name and description as words and as Indonesian stems.
Products and businesses may be written by anything: these are the database's own.
"""

from django.db import migrations

WAIT_BRIEFLY = "SET LOCAL lock_timeout = '3s'"

FUNCTIONS = r"""
CREATE FUNCTION search_folded(raw text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT regexp_replace(
        lower(unaccent(normalize(
            regexp_replace(raw, '[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g'), NFKC))),
        '[!-/:-@\[-`{-~]+', ' ', 'g')
$$;

CREATE FUNCTION search_words_of_business(business bigint) RETURNS text
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT search_folded(concat_ws(' ', b.name, b.district, r.name, p.name))
    FROM products_business b
    JOIN regions_region r ON r.id = b.region_id
    JOIN regions_province p ON p.id = r.province_id
    WHERE b.id = business
$$;

CREATE FUNCTION search_document(name text, description text, category bigint, business bigint)
RETURNS tsvector LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT setweight(to_tsvector('simple', n) || to_tsvector('indonesian', n), 'A')
        || format('''@%s'':1B', category)::tsvector
        || setweight(to_tsvector('simple', d) || to_tsvector('indonesian', d), 'C')
        || setweight(to_tsvector('simple', coalesce(search_words_of_business(business), '')), 'D')
    FROM (SELECT search_folded(name), search_folded(description)) AS text (n, d)
$$;

CREATE FUNCTION search_learn(folded text) RETURNS void
LANGUAGE sql VOLATILE SET search_path FROM CURRENT AS $$
    INSERT INTO products_searchword (word)
    SELECT DISTINCT new.word FROM regexp_split_to_table(folded, '\s+') AS new (word)
    WHERE length(new.word) BETWEEN 4 AND 40 AND new.word !~ '[0-9]'
        AND NOT EXISTS (SELECT FROM products_searchword known WHERE known.word = new.word)
$$;

CREATE FUNCTION search_keep_product() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.document IS NOT NULL AND (OLD.name, OLD.description, OLD.category_id, OLD.business_id)
            = (NEW.name, NEW.description, NEW.category_id, NEW.business_id) THEN
            NEW.document := OLD.document;
            RETURN NEW;
        END IF;
    END IF;
    NEW.document := search_document(NEW.name, NEW.description, NEW.category_id, NEW.business_id);
    PERFORM search_learn(search_folded(NEW.name) || ' '
        || coalesce(search_words_of_business(NEW.business_id), ''));
    RETURN NEW;
END $$;

CREATE FUNCTION search_keep_business() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE products_product
    SET document = search_document(name, description, category_id, business_id)
    WHERE business_id = NEW.id;
    PERFORM search_learn(search_words_of_business(NEW.id));
    RETURN NULL;
END $$;

CREATE FUNCTION search_keep_region() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE products_product p
    SET document = search_document(p.name, p.description, p.category_id, p.business_id)
    FROM products_business b JOIN regions_region r ON r.id = b.region_id
    WHERE p.business_id = b.id
        AND CASE TG_TABLE_NAME WHEN 'regions_region' THEN r.id ELSE r.province_id END = NEW.id;
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER search_document
BEFORE INSERT OR UPDATE OF name, description, category_id, business_id ON products_product
FOR EACH ROW EXECUTE FUNCTION search_keep_product();

CREATE TRIGGER search_document AFTER UPDATE OF name, district, region_id ON products_business
FOR EACH ROW WHEN ((OLD.name, OLD.district, OLD.region_id) <> (NEW.name, NEW.district, NEW.region_id))
EXECUTE FUNCTION search_keep_business();

CREATE TRIGGER search_document AFTER UPDATE OF name, province_id ON regions_region
FOR EACH ROW WHEN ((OLD.name, OLD.province_id) <> (NEW.name, NEW.province_id))
EXECUTE FUNCTION search_keep_region();

CREATE TRIGGER search_document AFTER UPDATE OF name ON regions_province
FOR EACH ROW WHEN (OLD.name <> NEW.name)
EXECUTE FUNCTION search_keep_region();
"""

NO_TRIGGERS = """
DROP TRIGGER search_document ON regions_province;
DROP TRIGGER search_document ON regions_region;
DROP TRIGGER search_document ON products_business;
DROP TRIGGER search_document ON products_product;
"""

NO_FUNCTIONS = """
DROP FUNCTION search_keep_region();
DROP FUNCTION search_keep_business();
DROP FUNCTION search_keep_product();
DROP FUNCTION search_learn(text);
DROP FUNCTION search_document(text, text, bigint, bigint);
DROP FUNCTION search_words_of_business(bigint);
DROP FUNCTION search_folded(text);
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0008_search_tables"), ("regions", "0001_initial")]

    operations = [
        migrations.RunSQL(WAIT_BRIEFLY, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(migrations.RunSQL.noop, WAIT_BRIEFLY),
    ]
