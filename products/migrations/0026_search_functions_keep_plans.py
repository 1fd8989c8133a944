"""The search's functions keep their plans and read a business once for each product written.

A function in SQL is planned anew at every call, one in PL/pgSQL once in a session; and the words of a
business were made twice, for the document and for the words learnt.
"""

from importlib import import_module

from django.db import migrations

AS_BEFORE = import_module("products.migrations.0009_search_triggers").FUNCTIONS
NO_FUNCTIONS = (
    AS_BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + "DROP FUNCTION search_document_of(text, text, bigint, text)"
)
FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION search_words_of_business(business bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN (
        SELECT search_folded(concat_ws(' ', b.name, b.district, r.name, p.name))
        FROM products_business b
        JOIN regions_region r ON r.id = b.region_id
        JOIN regions_province p ON p.id = r.province_id
        WHERE b.id = business
    );
END $$;

CREATE FUNCTION search_document_of(n text, d text, category bigint, words text)
RETURNS tsvector LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN setweight(to_tsvector('simple', n) || to_tsvector('indonesian', n), 'A')
        || format('''@%s'':1B', category)::tsvector
        || setweight(to_tsvector('simple', d) || to_tsvector('indonesian', d), 'C')
        || setweight(to_tsvector('simple', words), 'D');
END $$;

CREATE OR REPLACE FUNCTION search_document(name text, description text, category bigint, business bigint)
RETURNS tsvector LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN search_document_of(search_folded(name), search_folded(description), category,
        coalesce(search_words_of_business(business), ''));
END $$;

CREATE OR REPLACE FUNCTION search_learn(folded text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO products_searchword (word)
    SELECT DISTINCT new.word FROM regexp_split_to_table(folded, '\s+') AS new (word)
    WHERE length(new.word) BETWEEN 4 AND 40 AND new.word !~ '[0-9]'
        AND NOT EXISTS (SELECT FROM products_searchword known WHERE known.word = new.word);
END $$;

CREATE OR REPLACE FUNCTION search_keep_product() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    words text;
    name text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.document IS NOT NULL AND (OLD.name, OLD.description, OLD.category_id, OLD.business_id)
            = (NEW.name, NEW.description, NEW.category_id, NEW.business_id) THEN
            NEW.document := OLD.document;
            RETURN NEW;
        END IF;
    END IF;
    words := coalesce(search_words_of_business(NEW.business_id), '');
    name := search_folded(NEW.name);
    NEW.document := search_document_of(name, search_folded(NEW.description), NEW.category_id, words);
    PERFORM search_learn(name || ' ' || words);
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0025_evidence_goes_with_its_business")]

    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
