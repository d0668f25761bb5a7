-- An event that was rejected may be sent again, by a till that got no answer or by a webhook's retries, and is rejected again. The same
-- record with the same problems is one row, the first. Rows of files need no such key: no line of an import is decided twice.

DELETE FROM reject r
USING (
    SELECT ctid AS row, row_number() OVER (PARTITION BY directory_id, record_id, stage, errors::text ORDER BY first_seen, ctid) AS nth
    FROM reject
    WHERE import_id IS NULL
) held
WHERE r.ctid = held.row AND held.nth > 1;

-- A digest, because ids and problems may be longer than an entry of an index.
CREATE UNIQUE INDEX reject_event_key ON reject (directory_id, md5(record_id || ' ' || stage || ' ' || errors::text)) WHERE import_id IS NULL;

COMMENT ON TABLE reject IS
    'Records that were read and break a rule, with every problem found; append-only. An event that is sent again and has the same problems is there once.';
