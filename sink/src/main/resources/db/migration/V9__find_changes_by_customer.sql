-- An erasure takes from a customer's changes what leads back to the record that said it. As with row_outcome: a Bloom filter for each range of
-- blocks, because a tree over these ids would cost more than the row.
CREATE INDEX customer_change_customer_idx ON customer_change
    USING brin (customer_id text_bloom_ops (n_distinct_per_range = 2500)) WITH (pages_per_range = 32, autosummarize = on);
