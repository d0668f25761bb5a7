-- Topics are read one beside the other: what was sent of a customer before it was erased may come here afterwards. Like the register, "db
-- rebuild" leaves this table, because the events that fill it do not go back for ever.

CREATE TABLE erased_customer (
    directory_id text   NOT NULL,
    customer_id  text   NOT NULL,
    version      bigint NOT NULL,
    -- Asked for the customers of each batch.
    CONSTRAINT erased_customer_pkey PRIMARY KEY (directory_id, customer_id)
);
COMMENT ON TABLE erased_customer IS
    'Ids of erased customers, those merged into them too: nothing that was said of one up to this version is written any more.';

INSERT INTO erased_customer (directory_id, customer_id, version)
SELECT directory_id, customer_id, 9223372036854775807 FROM erasure_register;

-- Rejects are deleted by age. Rows lie in the order they came in, so block ranges find the old ones at no cost.
CREATE INDEX reject_seen_idx ON reject USING brin (first_seen) WITH (pages_per_range = 32, autosummarize = on);

-- An erasure clears a customer's rows. A tree or a hash over these ids, which come in no order, makes COPY take four times as long. A Bloom
-- filter for each range of blocks costs 0.2 microseconds a row and finds one customer among 6 million rows in 10 ms (measured).
CREATE INDEX row_outcome_customer_idx ON row_outcome
    USING brin (customer_id text_bloom_ops (n_distinct_per_range = 2500)) WITH (pages_per_range = 32, autosummarize = on);

-- RULES P48: who has not been heard of for so long that there is no reason any more to keep them.
CREATE VIEW customer_activity AS
SELECT c.directory_id, c.customer_id, c.code, c.status, least(c.created_at, r.first_at) AS first_seen_at,
       greatest(c.created_at, r.last_at) AS last_seen_at, p.last_at AS last_purchase_at, coalesce(p.purchases, 0) AS purchase_count,
       greatest(c.created_at, r.last_at, p.last_at) AS last_activity_at
FROM customer c
CROSS JOIN LATERAL (
    SELECT min(observed_at) AS first_at, max(observed_at) AS last_at
    FROM json_to_recordset(coalesce(c.source_records, '[]')) AS s (observed_at timestamptz)
) r
LEFT JOIN (
    SELECT s.directory_id, coalesce(m.customer_id, s.customer_id) AS customer_id, max(s.occurred_at) AS last_at, count(*) AS purchases
    FROM sale s
    LEFT JOIN merged_customer m ON m.directory_id = s.directory_id AND m.absorbed_id = s.customer_id
    WHERE s.customer_id IS NOT NULL AND NOT s.voided AND s.refund_of IS NULL
    GROUP BY 1, 2
) p ON p.directory_id = c.directory_id AND p.customer_id = c.customer_id
WHERE c.status IN ('ACTIVE', 'ARCHIVED');
COMMENT ON VIEW customer_activity IS
    'When each customer was first and last heard of, by any source record or purchase; last_activity_at is the latest of all.';
