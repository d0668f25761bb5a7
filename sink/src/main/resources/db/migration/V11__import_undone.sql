ALTER TABLE import ADD COLUMN undone bigint;
COMMENT ON COLUMN import.undone IS 'While it is UNDOING: source records taken away or put back so far.';
