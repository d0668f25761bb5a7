-- What a customer's json blocks hold, one row each. An absorbed customer has none: they are on the one that absorbed it.

CREATE VIEW customer_email AS
SELECT c.directory_id, c.customer_id, e.ordinal, e.value, e.raw, coalesce(e."primary", false) AS "primary", e.label, e.quality,
       e.first_seen, e.last_seen, e.valid_to, e.source_ref
FROM customer c
CROSS JOIN LATERAL ROWS FROM (
    json_to_recordset(c.email_details) AS (raw text, value text, "primary" boolean, label text, quality text,
        first_seen timestamptz, last_seen timestamptz, valid_to timestamptz, source_ref text)
) WITH ORDINALITY AS e (raw, value, "primary", label, quality, first_seen, last_seen, valid_to, source_ref, ordinal);
COMMENT ON VIEW customer_email IS 'Email addresses of customers, one row each; ordinal 1 is the primary one.';

CREATE VIEW customer_phone AS
SELECT c.directory_id, c.customer_id, p.ordinal, p.e164, p.ext, p.raw, p.region, p.kind, coalesce(p."primary", false) AS "primary",
       p.label, p.quality, p.first_seen, p.last_seen, p.valid_to, p.source_ref
FROM customer c
CROSS JOIN LATERAL ROWS FROM (
    json_to_recordset(c.phone_details) AS (raw text, e164 text, ext text, region text, kind text, label text, "primary" boolean,
        quality text, first_seen timestamptz, last_seen timestamptz, valid_to timestamptz, source_ref text)
) WITH ORDINALITY AS p (raw, e164, ext, region, kind, label, "primary", quality, first_seen, last_seen, valid_to, source_ref, ordinal);
COMMENT ON VIEW customer_phone IS 'Phone numbers of customers, one row each; ordinal 1 is the primary one.';

CREATE VIEW customer_address AS
SELECT c.directory_id, c.customer_id, a.ordinal, a.label, a.type, coalesce(a."primary", false) AS "primary", a.line1, a.line2, a.line3,
       a.city, a.region, a.postal_code, a.country, a.first_seen, a.last_seen, a.source_ref
FROM customer c
CROSS JOIN LATERAL ROWS FROM (
    json_to_recordset(c.addresses) AS (label text, type text, "primary" boolean, line1 text, line2 text, line3 text, city text,
        region text, postal_code text, country text, first_seen timestamptz, last_seen timestamptz, source_ref text)
) WITH ORDINALITY AS a (label, type, "primary", line1, line2, line3, city, region, postal_code, country, first_seen, last_seen,
    source_ref, ordinal);
COMMENT ON VIEW customer_address IS 'Postal addresses of customers, one row each; ordinal 1 is the primary one.';

CREATE VIEW customer_external_id AS
SELECT c.directory_id, c.customer_id, x.system, x.kind, x.value
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.external_ids) AS x (system text, kind text, value text);
COMMENT ON VIEW customer_external_id IS 'Identifiers that other systems gave to customers.';

CREATE VIEW customer_consent AS
SELECT c.directory_id, c.customer_id, s.contact_value, s.channel, s.purpose, s.status, s.basis, s.decided_at, s.recorded_at,
       s.expires_at, s.evidence_ref
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.consents) AS s (contact_value text, channel text, purpose text, status text, basis text,
    decided_at timestamptz, recorded_at timestamptz, expires_at timestamptz, evidence_ref text);
COMMENT ON VIEW customer_consent IS 'Current consents; contact_value null concerns the person as a whole. Whether one may write to them is more than this.';

CREATE VIEW customer_group AS
SELECT c.directory_id, c.customer_id, g.name, g.origin
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.groups) AS g (name text, origin text);
COMMENT ON VIEW customer_group IS 'Groups customers are members of.';

CREATE VIEW customer_account AS
SELECT c.directory_id, c.customer_id, a.system, a.number, a.balance, a.credit_account, a.credit_limit, a.terms_days, a.discount, a.as_of
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.accounts) AS a (system text, number text, balance numeric, credit_account boolean,
    credit_limit numeric, terms_days integer, discount numeric, as_of timestamptz);
COMMENT ON VIEW customer_account IS 'Money accounts as each source system last gave them; never added up.';

CREATE VIEW source_record AS
SELECT c.directory_id, c.customer_id, s.source_key, s.record_id, s.system, s.source_customer_id, s.role, s.observed_at, s.rule,
       s.evidence, s.import_id, s.line
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.source_records) AS s (source_key text, record_id text, system text, source_customer_id text,
    role text, observed_at timestamptz, rule text, evidence text, import_id text, line bigint);
COMMENT ON VIEW source_record IS 'Which customer holds which source record now, and why it is there; the newest 500 of a customer.';

CREATE FUNCTION resolve_customer(directory text, id_or_code text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    -- Fixed, so that it works whatever the caller's search_path is.
    SET search_path = repertoire, pg_temp
AS $$
    WITH RECURSIVE start AS (
        SELECT customer_id, merged_into, 0 AS preference
        FROM customer WHERE directory_id = directory AND customer_id = id_or_code
        UNION ALL
        SELECT customer_id, merged_into, 1
        FROM customer WHERE directory_id = directory AND code = upper(id_or_code)
    ), chain (customer_id, merged_into, depth) AS (
        (SELECT customer_id, merged_into, 0 FROM start ORDER BY preference, customer_id LIMIT 1)
        UNION ALL
        SELECT c.customer_id, c.merged_into, chain.depth + 1
        FROM chain
        JOIN customer c ON c.directory_id = directory AND c.customer_id = chain.merged_into
        -- A chain that long is a loop, which only a fault can make: answer nothing rather than never.
        WHERE chain.depth < 10000
    )
    SELECT customer_id FROM chain WHERE merged_into IS NULL LIMIT 1
$$;
COMMENT ON FUNCTION resolve_customer(text, text) IS
    'The customer_id that an id, a code, or an id merged into it means now; null if there is none.';

CREATE VIEW merged_customer AS
WITH RECURSIVE chain (directory_id, absorbed_id, customer_id, depth) AS (
    SELECT directory_id, customer_id, merged_into, 1 FROM customer WHERE merged_into IS NOT NULL
    UNION ALL
    SELECT chain.directory_id, chain.absorbed_id, c.merged_into, chain.depth + 1
    FROM chain
    JOIN customer c ON c.directory_id = chain.directory_id AND c.customer_id = chain.customer_id
    WHERE c.merged_into IS NOT NULL AND chain.depth < 10000
)
SELECT DISTINCT ON (directory_id, absorbed_id) directory_id, absorbed_id, customer_id
FROM chain
ORDER BY directory_id, absorbed_id, depth DESC;
COMMENT ON VIEW merged_customer IS 'Every absorbed id and the customer it means now, chains followed to their end.';
