COMMENT ON COLUMN customer.provenance IS
    'Where golden values came from, one element for each source, with the names of the fields it gave; customer_provenance has one row for each field.';

CREATE VIEW customer_provenance AS
SELECT c.directory_id, c.customer_id, f.field, s.source_key, s.system, s.observed_at, s.rule
FROM customer c
CROSS JOIN LATERAL json_to_recordset(c.provenance) AS p (fields json, source json)
CROSS JOIN LATERAL json_to_record(p.source) AS s (source_key text, system text, observed_at timestamptz, rule text)
CROSS JOIN LATERAL json_array_elements_text(p.fields) AS f (field);
COMMENT ON VIEW customer_provenance IS 'Which source record, and which rule, gave each field of a customer its value.';
