-- What happened. Tables that only grow have no unique key: the offset they were read at is committed with them, so nothing is
-- appended twice, and an index would cost more than the row.

CREATE TABLE import (
    directory_id                text    NOT NULL,
    import_id                   text    NOT NULL,
    status                      text    NOT NULL DEFAULT 'RUNNING',
    file_name                   text,
    sha256                      text,
    size_bytes                  bigint,
    source_system               text,
    layout                      text,
    encoding                    text,
    delimiter                   text,
    mode                        text,
    on_error                    text,
    group_name                  text,
    forced                      boolean,
    dry_run                     boolean,
    columns                     text[],
    notes                       text,
    rows_read                   bigint  NOT NULL DEFAULT 0,
    declared_read               bigint,
    created                     bigint  NOT NULL DEFAULT 0,
    updated                     bigint  NOT NULL DEFAULT 0,
    unchanged                   bigint  NOT NULL DEFAULT 0,
    merged                      bigint  NOT NULL DEFAULT 0,
    review                      bigint  NOT NULL DEFAULT 0,
    rejected                    bigint  NOT NULL DEFAULT 0,
    suppressed                  bigint  NOT NULL DEFAULT 0,
    through_version             bigint  NOT NULL DEFAULT 0,
    refused_code                text,
    refused_message             text,
    directory_changed_meanwhile boolean NOT NULL DEFAULT false,
    claimed_at                  timestamptz,
    file_modified_at            timestamptz,
    started_at                  timestamptz,
    ended_at                    timestamptz,
    rows_held                   bigint  NOT NULL DEFAULT 0,
    completed_at                timestamptz,
    CONSTRAINT import_pkey PRIMARY KEY (directory_id, import_id)
);
-- Asked at every batch of the directory: is an import waiting for this version? Holds the few that are not finished.
CREATE INDEX import_unfinished_idx ON import (directory_id) WHERE completed_at IS NULL;
COMMENT ON TABLE import IS
    'Imports. RUNNING and PROCESSED as imports.v1 says; COMPLETE once every row outcome and every customer it led to can be read here.';
COMMENT ON COLUMN import.declared_read IS 'Rows that the reader of the file says it read; rows_read are those that were decided.';
COMMENT ON COLUMN import.rows_held IS 'Outcomes of this import in row_outcome so far; rows_read of them make it complete.';
COMMENT ON COLUMN import.completed_at IS 'When it became COMPLETE, or ended in another way; null while anything is awaited.';

CREATE TABLE row_outcome (
    directory_id text   NOT NULL,
    import_id    text   NOT NULL,
    line         bigint NOT NULL,
    outcome      text   NOT NULL,
    customer_id  text,
    source_key   text,
    version      bigint NOT NULL,
    rule         text,
    problems     json
);
-- An import's rows lie together in the order they were appended, and import ids sort by time: block ranges find them at no cost.
CREATE INDEX row_outcome_import_idx ON row_outcome USING brin (import_id, directory_id) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON TABLE row_outcome IS 'What each row of each import became; append-only. The submission''s record_id is the import''s sha256 and the line.';
COMMENT ON COLUMN row_outcome.line IS 'Physical line the record starts on; the header''s is 1.';
COMMENT ON COLUMN row_outcome.customer_id IS 'The customer that got it then; imports show --rows answers who owns it now.';

CREATE TABLE customer_change (
    directory_id   text        NOT NULL,
    customer_id    text        NOT NULL,
    version        bigint      NOT NULL,
    event_id       text        NOT NULL,
    type           text        NOT NULL,
    occurred_at    timestamptz NOT NULL,
    changed_fields text[],
    from_ids       text[],
    to_ids         text[],
    rule           text,
    evidence       text,
    record_id      text,
    import_id      text
);
-- Versions of a directory only rise, so the changes of a span of versions lie together.
CREATE INDEX customer_change_version_idx ON customer_change USING brin (version) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON TABLE customer_change IS 'What changed on whom, when and why; names of fields, never their values; append-only, as far back as the topic reaches.';

CREATE TABLE reject (
    directory_id  text        NOT NULL,
    record_id     text        NOT NULL,
    source_system text        NOT NULL,
    import_id     text,
    file_name     text,
    line          bigint,
    sheet_row     bigint,
    stage         text        NOT NULL,
    errors        json,
    raw           text,
    retryable     boolean     NOT NULL,
    first_seen    timestamptz NOT NULL
);
-- Rejects are few beside rows, and are asked for by import.
CREATE INDEX reject_import_idx ON reject (directory_id, import_id, line);
COMMENT ON TABLE reject IS 'Records that were read and break a rule, with every problem found; append-only.';

CREATE TABLE review (
    directory_id text        NOT NULL,
    review_id    text        NOT NULL,
    kind         text        NOT NULL,
    status       text        NOT NULL,
    customer_ids text[],
    source_keys  text[],
    rule         text,
    evidence     text,
    import_id    text,
    line         bigint,
    version      bigint      NOT NULL,
    raised_at    timestamptz NOT NULL,
    closed_at    timestamptz,
    closed_by    text,
    CONSTRAINT review_pkey PRIMARY KEY (directory_id, review_id)
);
-- The list of open questions, newest first.
CREATE INDEX review_open_idx ON review (directory_id, raised_at) WHERE status = 'OPEN';
COMMENT ON TABLE review IS 'Questions for a person, one row each; customer_ids are those concerned when it was raised.';

CREATE TABLE sale (
    directory_id  text        NOT NULL,
    source_system text        NOT NULL,
    sale_id       text        NOT NULL,
    customer_id   text,
    source_key    text,
    event_id      text        NOT NULL,
    voided        boolean     NOT NULL,
    version       bigint      NOT NULL,
    recorded_at   timestamptz NOT NULL,
    occurred_at   timestamptz NOT NULL,
    store         text,
    till          text,
    seller        text,
    ticket_number text,
    currency      text,
    total         numeric,
    refund_of     text,
    lines         json,
    payments      json,
    CONSTRAINT sale_pkey PRIMARY KEY (directory_id, source_system, sale_id)
);
-- Sales of a customer and of the ids merged into it.
CREATE INDEX sale_customer_idx ON sale (directory_id, customer_id) WHERE customer_id IS NOT NULL;
COMMENT ON TABLE sale IS 'Sales without contact details. customer_id is who it was recorded for: customer_sale says who that is now.';

CREATE VIEW sale_line AS
SELECT s.directory_id, s.source_system, s.sale_id, l.ordinal, l.line_id, l.sku, l.description, l.quantity, l.amount
FROM sale s
CROSS JOIN LATERAL ROWS FROM (
    json_to_recordset(s.lines) AS (line_id text, sku text, description text, quantity numeric, amount numeric)
) WITH ORDINALITY AS l (line_id, sku, description, quantity, amount, ordinal);
COMMENT ON VIEW sale_line IS 'Lines of sales, in order.';

CREATE VIEW customer_sale AS
SELECT resolve_customer(s.directory_id, s.customer_id) AS current_customer_id, s.*
FROM sale s;
COMMENT ON VIEW customer_sale IS 'Sales with the customer they belong to now, merges followed.';

CREATE TABLE command_result (
    directory_id text        NOT NULL,
    command_id   text        NOT NULL,
    type         text        NOT NULL,
    status       text        NOT NULL,
    code         text,
    message      text,
    customer_ids text[],
    version      bigint      NOT NULL,
    completed_at timestamptz NOT NULL,
    -- Who sent a command polls for its answer by its id.
    CONSTRAINT command_result_pkey PRIMARY KEY (directory_id, command_id)
);
COMMENT ON TABLE command_result IS 'How each command ended; a long one answers ACCEPTED first.';
