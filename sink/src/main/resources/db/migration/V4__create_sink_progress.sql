CREATE TABLE sink_progress (
    sink        text        NOT NULL,
    cluster_id  text        NOT NULL,
    topic_id    text        NOT NULL,
    partition   integer     NOT NULL,
    topic       text        NOT NULL,
    epoch       bigint      NOT NULL,
    last_offset bigint      NOT NULL,
    missing     bigint      NOT NULL DEFAULT 0,
    gap_at      timestamptz,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sink_progress_pkey PRIMARY KEY (sink, cluster_id, topic_id, partition)
) WITH (
    -- Updated at every batch and never grows: leave the page free for that.
    fillfactor = 50
);
COMMENT ON TABLE sink_progress IS
    'How far each partition is in these tables. Moved in the transaction that writes the rows, so rows and offset never disagree; a reader whose epoch is not the newest may not move it.';
COMMENT ON COLUMN sink_progress.epoch IS 'Raised by whoever takes the partition; all before it are fenced.';
COMMENT ON COLUMN sink_progress.last_offset IS 'Offset of the last record that is in the tables, -1 for none.';
COMMENT ON COLUMN sink_progress.missing IS 'Offsets that were gone from the topic before they could be read.';
COMMENT ON COLUMN sink_progress.gap_at IS 'When that was last found.';

CREATE TABLE directory_version (
    directory_id text   NOT NULL,
    version      bigint NOT NULL,
    CONSTRAINT directory_version_pkey PRIMARY KEY (directory_id)
) WITH (fillfactor = 50);
COMMENT ON TABLE directory_version IS
    'The newest version of each directory that can be read here. Its row is also the lock under which an import becomes COMPLETE.';
