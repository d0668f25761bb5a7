-- What has to be provable later. Both are filled from customers.changes.v1, which does not go back for ever: "db rebuild" leaves them.

CREATE TABLE consent_ledger (
    directory_id  text        NOT NULL,
    event_id      text        NOT NULL,
    ordinal       integer     NOT NULL,
    customer_id   text        NOT NULL,
    version       bigint      NOT NULL,
    contact_value text,
    channel       text        NOT NULL,
    purpose       text        NOT NULL,
    status        text        NOT NULL,
    effect        text        NOT NULL,
    basis         text        NOT NULL,
    decided_at    timestamptz,
    recorded_at   timestamptz NOT NULL,
    expires_at    timestamptz,
    source_system text,
    record_id     text,
    store         text,
    till          text,
    actor         text,
    evidence      text,
    -- A change event that is read again, after a rebuild, adds nothing.
    CONSTRAINT consent_ledger_pkey PRIMARY KEY (directory_id, event_id, ordinal)
);
-- Asked for one customer, and cleared of one that is erased.
CREATE INDEX consent_ledger_customer_idx ON consent_ledger (directory_id, customer_id);
COMMENT ON TABLE consent_ledger IS
    'Every consent statement, who made it where and on what ground; a revoke adds a row and removes none. Append-only, but for erased customers, whose rows go.';
COMMENT ON COLUMN consent_ledger.contact_value IS 'Normalised address or number; null: the person as a whole.';
COMMENT ON COLUMN consent_ledger.effect IS 'RECORDED, IGNORED (a yes that could not stand against an earlier no) or LAPSED.';
COMMENT ON COLUMN consent_ledger.record_id IS 'What said it: the file''s sha256 and line, or system and event id.';

CREATE TABLE erasure_register (
    directory_id   text        NOT NULL,
    customer_id    text        NOT NULL,
    erased_at      timestamptz NOT NULL,
    actor          text,
    reason         text,
    source_records bigint      NOT NULL,
    contact_points bigint      NOT NULL,
    retention_hold text,
    CONSTRAINT erasure_register_pkey PRIMARY KEY (directory_id, customer_id)
);
COMMENT ON TABLE erasure_register IS
    'That a customer was erased, when, by whom and why; nothing about whom. customer_id says nothing any more but what hangs on it: sales.';
