-- The directory as its topic last said it: one wide row per customer, written whole.
-- Contact points, addresses and the like are json columns of that row and not tables of their own, because PostgreSQL takes some
-- 20 microseconds for each row it upserts; the views of V2 unnest them. "json" and not "jsonb": these blocks are written often,
-- read one customer at a time and never searched by their content, and json is checked but not rebuilt when it is written.

CREATE TABLE customer (
    directory_id        text        NOT NULL,
    customer_id         text        NOT NULL,
    code                text        NOT NULL,
    version             bigint      NOT NULL CHECK (version >= 0),
    status              text        NOT NULL,
    merged_into         text,
    merged_ids          text[],
    type                text        NOT NULL,
    title               text,
    given_name          text,
    family_name         text,
    display_name        text,
    company_name        text,
    job_title           text,
    preferred_language  text,
    birth_date          text,
    primary_email       text,
    primary_phone       text,
    emails              text[],
    phones              text[],
    email_details       json,
    phone_details       json,
    addresses           json,
    external_ids        json,
    consents            json,
    receipt_by_email    boolean,
    reverify            json,
    groups              json,
    tags                text[],
    notes               text,
    attributes          json,
    tax_ids             json,
    accounts            json,
    relations           json,
    loyalty             json,
    commerce            json,
    cards_on_file       json,
    provenance          json,
    quality             json,
    source_records      json,
    source_record_count integer     NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    retention_hold      boolean     NOT NULL,
    -- The upsert's conflict target, and how everything else points here.
    CONSTRAINT customer_pkey PRIMARY KEY (directory_id, customer_id)
) WITH (
    -- Room for a second version of a row on its own page, so that an image which changes no indexed column is a heap-only update.
    fillfactor = 85,
    -- An image of 2 to 4 kB stays in its row instead of being compressed and moved out, which costs more than the page does.
    toast_tuple_target = 8160
);

-- Looked up by hand: C-00001. Never changes for a customer, so it costs an insertion and no update.
CREATE INDEX customer_code_idx ON customer (directory_id, code);

-- Only absorbed customers are in it: resolving a merged id must not read the whole table.
CREATE INDEX customer_merged_idx ON customer (directory_id, merged_into) WHERE merged_into IS NOT NULL;

COMMENT ON TABLE customer IS
    'The golden record of each customer as customers.directory.v1 last said it, absorbed (MERGED) and ERASED ones included. A projection: never write to it.';
COMMENT ON COLUMN customer.version IS 'One counter per directory, never reused; an image never replaces a newer one.';
COMMENT ON COLUMN customer.merged_into IS 'When status is MERGED: the customer that absorbed this one; resolve_customer() follows it to the end.';
COMMENT ON COLUMN customer.emails IS 'Normalised addresses, primary first; email_details holds the rest of what is known of each, in the same order.';
COMMENT ON COLUMN customer.phones IS 'E.164 where the number is valid, else as typed; primary first; phone_details in the same order.';
COMMENT ON COLUMN customer.birth_date IS 'YYYY-MM-DD or --MM-DD: it may be partial, so it is no date.';
COMMENT ON COLUMN customer.provenance IS 'Field name to the source record, system, event time and rule its value came from.';
COMMENT ON COLUMN customer.source_records IS 'Source records held, the newest 500; source_record_count says how many there are in all.';
