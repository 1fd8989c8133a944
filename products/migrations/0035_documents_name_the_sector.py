"""A product's document names its sector too, as the lexeme ``#<id>`` beside its category's ``@<id>``.

A word that means a whole sector ("makanan") asked for each of its thirteen families; with a second such word
PostgreSQL weighed thousands of products that have only one of them.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION search_document_of(n text, d text, category bigint, words text)
RETURNS tsvector LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
    sector bigint := (SELECT coalesce(c.parent_id, c.id) FROM products_category c WHERE c.id = category);
BEGIN
    RETURN setweight(to_tsvector('simple', n) || to_tsvector('indonesian', n), 'A')
        || format('''@%s'':1B ''#%s'':1B', category, sector)::tsvector
        || setweight(to_tsvector('simple', d) || to_tsvector('indonesian', d), 'C')
        || setweight(to_tsvector('simple', words), 'D');
END $$;

CREATE FUNCTION search_keep_category() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE products_product
    SET document = search_document(name, description, category_id, business_id)
    WHERE category_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER search_document AFTER UPDATE OF parent_id ON products_category
FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id)
EXECUTE FUNCTION search_keep_category();
"""

NO_FUNCTIONS = r"""
DROP TRIGGER search_document ON products_category;
DROP FUNCTION search_keep_category();

CREATE OR REPLACE FUNCTION search_document_of(n text, d text, category bigint, words text)
RETURNS tsvector LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN setweight(to_tsvector('simple', n) || to_tsvector('indonesian', n), 'A')
        || format('''@%s'':1B', category)::tsvector
        || setweight(to_tsvector('simple', d) || to_tsvector('indonesian', d), 'C')
        || setweight(to_tsvector('simple', words), 'D');
END $$;
"""

DOCUMENTS_ANEW = (
    "UPDATE products_product SET document = search_document(name, description, category_id, business_id)"
)


class Migration(migrations.Migration):
    dependencies = [("products", "0034_business_women_led")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DOCUMENTS_ANEW),
        migrations.RunSQL(DOCUMENTS_ANEW, NO_FUNCTIONS),
    ]
